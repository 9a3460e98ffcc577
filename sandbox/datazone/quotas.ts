import type { Quotas } from "../service";
import type { Behaviour } from "./behaviour";
import { ApiError } from "./errors";

/** A token bucket for each operation: it holds one second's worth of calls, and at least one. */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly behaviour: Pick<Behaviour, "quotas">,
    private readonly surroundings: { readonly now: () => Date; readonly quotas: () => Quotas },
  ) {}

  /** @throws ApiError ThrottlingException where the operation's rate is used up */
  take(operation: string): void {
    const { enabled, scale } = this.surroundings.quotas();
    const rate = (this.behaviour.quotas[operation] ?? Infinity) * scale;
    if (!enabled || rate === Infinity) return;
    const size = Math.max(1, rate);
    const at = this.surroundings.now().getTime();
    const bucket = this.buckets.get(operation) ?? { tokens: size, at };
    const tokens = Math.min(size, bucket.tokens + (Math.max(0, at - bucket.at) / 1000) * rate);
    this.buckets.set(operation, { tokens: tokens < 1 ? tokens : tokens - 1, at });
    if (tokens < 1) throw new ApiError("ThrottlingException", `Rate exceeded: ${operation} allows ${rate} per second.`);
  }
}
