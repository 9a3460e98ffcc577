import { setTimeout as sleep } from "node:timers/promises";
import { OutOfTime } from "./errors";

/** How much of an invocation is left, in milliseconds. */
export type Remaining = () => number;

/** Milliseconds that a request needs at most, from its first call to its announcement. */
export const TIME_FOR_ONE = 5_000;

/** Milliseconds without a call after which no missed turn is made up for. */
const IDLE = 5_000;

/** @throws OutOfTime where there is too little time to begin another request and finish it */
export function requireTime(remaining: Remaining, milliseconds = TIME_FOR_ONE): void {
  if (remaining() < milliseconds) throw new OutOfTime("there is too little time left in this invocation");
}

/**
 * Spaces out calls of one kind. One turn that was missed between two batches is made up for, no more: DataZone's quotas are token buckets that
 * hold one second's worth.
 */
export class Pace {
  private next = -Infinity;

  constructor(
    readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
    private readonly wait: (milliseconds: number) => Promise<unknown> = sleep,
  ) {}

  /** Waits for the next turn. @throws OutOfTime where the turn would come too late */
  async turn(remaining: Remaining): Promise<void> {
    const now = this.now();
    const interval = 1000 / this.perSecond;
    const start = now - this.next > IDLE ? now : Math.max(this.next, now - interval);
    requireTime(remaining, start - now + TIME_FOR_ONE);
    this.next = start + interval;
    if (start > now) await this.wait(start - now);
  }
}

/**
 * The paces of one process. The queue invokes two functions at once, the minimum of an event source mapping, so each uses half of DataZone's
 * quotas.
 */
export interface Paces {
  /** Acceptances and rejections: 3 each a second in an account and Region. */
  readonly decisions: Pace;
  /** Reading requests: GetSubscriptionRequestDetails, 8 a second. */
  readonly details: Pace;
}

export const paces = (...clock: [now?: () => number, wait?: (milliseconds: number) => Promise<unknown>]): Paces => ({
  decisions: new Pace(1.5, ...clock),
  details: new Pace(4, ...clock),
});
