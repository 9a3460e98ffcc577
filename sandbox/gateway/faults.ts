import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { awsError } from "../errors";
import type { Call, EventBridgeEvent, Reply } from "../service";

/** What to do with the next calls that match. A call is answered as usual unless `status` or `drop` says otherwise. */
export const FAULT = z.strictObject({
  /** Service of the SigV4 scope: `datazone`, `sqs`. */
  service: z.string(),
  /** Of an event that is dropped, its detail-type. */
  operation: z.string().optional(),
  /** Part of the path. */
  path: z.string().optional(),
  /** How many calls it hits. */
  times: z.int().positive().default(1),
  status: z.int().min(400).max(599).optional(),
  code: z.string().default("InternalFailure"),
  message: z.string().default("Injected by the sandbox."),
  /** Waits before anything else. */
  delayMs: z.int().nonnegative().default(0),
  /**
   * Closes the connection: before the call is carried out, or after it, so that only the reply is lost. `event`: an event that
   * the service sends does not get to the bus.
   */
  drop: z.enum(["request", "reply", "event"]).optional(),
});
export type Fault = z.input<typeof FAULT>;
type Armed = z.output<typeof FAULT>;

/** A fault closed the connection. */
export class Dropped extends Error {}

export class Faults {
  private armed: Armed[] = [];

  add(fault: Armed): void {
    this.armed.push({ ...fault });
  }

  clear(): void {
    this.armed = [];
  }

  /** Whether a fault keeps an event from the bus. */
  loses(event: EventBridgeEvent): boolean {
    const fault = this.armed.find(
      ({ service, operation, drop }) =>
        drop === "event" &&
        `aws.${service}` === event.source &&
        (operation ?? event["detail-type"]) === event["detail-type"],
    );
    if (fault) this.use(fault);
    return fault !== undefined;
  }

  private use(fault: Armed): void {
    if (--fault.times === 0) this.armed = this.armed.filter((one) => one !== fault);
  }

  /** Carries a call out under the first fault that matches it. */
  async apply(call: Call, carryOut: () => Promise<Reply>): Promise<{ readonly reply: Reply; readonly fault?: true }> {
    const fault = this.armed.find(
      ({ service, operation, path, drop }) =>
        drop !== "event" &&
        service === call.service &&
        (operation === undefined || operation === call.operation) &&
        (path === undefined || call.path.includes(path)),
    );
    if (!fault) return { reply: await carryOut() };
    this.use(fault);

    await sleep(fault.delayMs);
    if (fault.drop === "request") throw new Dropped();
    if (fault.status !== undefined) {
      return { reply: awsError(call, fault.status, fault.code, fault.message), fault: true };
    }
    const reply = await carryOut();
    if (fault.drop === "reply") throw new Dropped();
    return { reply, fault: true };
  }
}
