import type { Behaviour } from "./behaviour";
import { ApiError } from "./errors";

/** A token bucket for each operation: it holds one second's worth of calls, and at least one. */
export class Quotas {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly behaviour: Behaviour,
    private readonly now: () => Date,
  ) {}

  /** @throws ApiError ThrottlingException where the operation's rate is used up */
  take(operation: string): void {
    const rate = (this.behaviour.quotas[operation] ?? Infinity) * this.behaviour.quotaScale;
    if (rate === Infinity) return;
    const size = Math.max(1, rate);
    const at = this.now().getTime();
    const bucket = this.buckets.get(operation) ?? { tokens: size, at };
    const tokens = Math.min(size, bucket.tokens + (Math.max(0, at - bucket.at) / 1000) * rate);
    this.buckets.set(operation, { tokens: tokens < 1 ? tokens : tokens - 1, at });
    if (tokens < 1) throw new ApiError("ThrottlingException", `Rate exceeded: ${operation} allows ${rate} per second.`);
  }
}
