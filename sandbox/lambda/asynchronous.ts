import { setTimeout as sleep } from "node:timers/promises";
import type { Internals } from "../internals";
import { sendToDeadLetter, sendToDestination, type Condition } from "./destinations";
import type { Execution, Executor, Resolved } from "./executor";
import type { InvokeConfigs } from "./invoke-configs";

/** Lambda waits a minute before the second attempt and two before the third. */
const WAITS_SECONDS = [60, 120];
const OLDEST_SECONDS = 21_600;

/** Asynchronous invocations: accepted at once, tried up to three times, their outcome sent to the function's destinations. */
export class Asynchronous {
  private readonly stopping = new AbortController();

  constructor(
    private readonly internals: Internals,
    private readonly executor: Executor,
    private readonly configs: InvokeConfigs,
  ) {}

  /** Accepts an event; what becomes of it is not the caller's to know. */
  accept(fn: Resolved, event: string, requestId: string): void {
    this.carryOut(fn, event, requestId).catch((error: Error) => {
      if (!this.stopping.signal.aborted) process.stderr.write(`sandbox: invocation of ${fn.arn}: ${error.message}\n`);
    });
  }

  stop(): void {
    this.stopping.abort();
  }

  private async carryOut(fn: Resolved, event: string, requestId: string): Promise<void> {
    const config = this.configs.find(fn.arn);
    const { MaximumRetryAttempts = 2, MaximumEventAgeInSeconds = OLDEST_SECONDS } = config ?? {};
    let accepted = this.internals.now().getTime();
    let last: Execution | undefined;
    let condition: Condition = "RetriesExhausted";
    let attempts = 0;
    while (attempts <= MaximumRetryAttempts) {
      if (this.internals.now().getTime() - accepted > MaximumEventAgeInSeconds * 1000) {
        condition = "EventAgeExceeded";
        break;
      }
      last = await this.executor.run(fn, event, requestId);
      attempts += 1;
      if (!last.error) {
        condition = "Success";
        break;
      }
      if (attempts <= MaximumRetryAttempts) {
        const wait = (WAITS_SECONDS[attempts - 1] ?? 0) * 1000;
        await sleep(wait / this.internals.timeScale, undefined, { signal: this.stopping.signal });
        // The event ages by the whole wait.
        accepted -= wait - wait / this.internals.timeScale;
      }
    }

    const ended = { fn, requestId, event, condition, attempts, last };
    const role = await this.executor.role(fn);
    const { OnSuccess, OnFailure } = config?.DestinationConfig ?? {};
    const destination = (condition === "Success" ? OnSuccess : OnFailure)?.Destination;
    if (destination) await sendToDestination(this.internals, role, destination, ended);
    if (condition !== "Success" && fn.deadLetterArn)
      await sendToDeadLetter(this.internals, role, fn.deadLetterArn, ended);
  }
}
