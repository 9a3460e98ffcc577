import { setTimeout as sleep } from "node:timers/promises";
import { OutOfTime } from "./errors";

/** How much of an invocation is left, in milliseconds. */
export type Remaining = () => number;

/** What a request needs at most, from its first call to its announcement. */
export const TIME_FOR_ONE = 5_000;

/** @throws OutOfTime where there is too little time to begin another request and finish it */
export function requireTime(remaining: Remaining, milliseconds = TIME_FOR_ONE): void {
  if (remaining() < milliseconds) throw new OutOfTime("there is too little time left in this invocation");
}

/**
 * Spaces out acceptances and rejections. DataZone allows 3 acceptances and 3 rejections a second in an account and Region, and
 * the queue feeds two invocations at once, the least an event source mapping can: half for each.
 */
export class Pace {
  private next = 0;

  constructor(
    private readonly perSecond = 1.5,
    private readonly now: () => number = () => performance.now(),
    private readonly wait: (milliseconds: number) => Promise<unknown> = sleep,
  ) {}

  /** Waits for the next turn. @throws OutOfTime where the turn would come too late */
  async turn(remaining: Remaining): Promise<void> {
    const now = this.now();
    const start = Math.max(now, this.next);
    requireTime(remaining, start - now + TIME_FOR_ONE);
    this.next = start + 1000 / this.perSecond;
    if (start > now) await this.wait(start - now);
  }
}
