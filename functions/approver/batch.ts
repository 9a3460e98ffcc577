import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { TryAgain, Untold, describeError } from "./errors";
import { type RequestMessage, parseMessage } from "./input";
import type { Journal } from "./journal";
import { requireTime } from "./pace";
import type { Queue } from "./queue";
import { type DecisionContext, settle } from "./settle";

/**
 * Minutes until a failed message is received again, after the first, second, … failure; after the last of these, the queue's own visibility
 * timeout applies. With five receives, a message is in the dead-letter queue after 48 minutes.
 */
const minutesUntilRetry = (attempt: number): number | undefined => [1, 3, 12, 32][attempt - 1];

/** Seconds until the message that replaces a failed event is received. */
const PAUSE = 60;

export interface BatchContext {
  /** Gives what deciding needs; the first call may have to read it. */
  readonly decisionContext: () => Promise<DecisionContext>;
  readonly queue: () => Promise<Queue>;
  readonly journal: Journal;
}

/**
 * Processes the records of a batch concurrently, as fast as the pace allows. A record that fails goes back to the queue, each time with a
 * longer delay, and in the end to the dead-letter queue.
 *
 * @throws if nothing can be decided, e.g. the policies cannot be read: all records then go back
 */
export async function workOff(
  event: SQSEvent,
  { decisionContext, queue, journal }: BatchContext,
): Promise<SQSBatchResponse> {
  const postpone = async ({ messageId, receiptHandle, attributes }: SQSRecord): Promise<void> => {
    const minutes = minutesUntilRetry(Number(attributes.ApproximateReceiveCount));
    if (minutes === undefined) return;
    try {
      await (await queue()).postpone(receiptHandle, minutes * 60);
    } catch (error) {
      // The message still comes back, after the queue's own visibility timeout.
      journal.warn("a message could not be postponed", { messageId, reason: describeError(error) });
    }
  };

  const around = await decisionContext().catch(async (error: unknown) => {
    await Promise.all(event.Records.map(postpone));
    throw error;
  });
  const inTurn = byKey();
  const record = async (sqs: SQSRecord): Promise<void> => {
    try {
      requireTime(around.remaining);
      const attempt = Number(sqs.attributes.ApproximateReceiveCount);
      const message = parseMessage(sqs.body, around.config.domainId);
      if (message.operation === "sweep") {
        const { sweep } = await import("./sweep");
        await sweep(message, around, await queue());
      } else if (message.operation === "take in") {
        const { takeIn } = await import("./later");
        await takeIn(message, attempt, around);
      } else {
        await inTurn(message.subscriptionRequestId, () => request(message, attempt, around, queue));
      }
    } catch (error) {
      journal.error("record failed", { messageId: sqs.messageId, reason: describeError(error) });
      await postpone(sqs);
      throw error;
    }
  };
  return processPartialResponse(event, record, new BatchProcessor(EventType.SQS), { throwOnFullBatchFailure: false });
}

/**
 * Decides a request. A permanent failure is announced. If a sweep found the request, that is all, because the next sweep finds it again. If an
 * event brought it, nothing would bring it again, so the event is replaced by a message that says that people have been told; that message is
 * retried like any other and ends in the dead-letter queue.
 */
async function request(
  message: RequestMessage,
  attempt: number,
  around: DecisionContext,
  queue: BatchContext["queue"],
): Promise<void> {
  const { projectId, subscriptionRequestId, trigger, failureTold, quietUntil } = message;
  try {
    const task = { ...message, quiet: quietUntil !== undefined, attempt, dryRun: false };
    const { outcome } = await settle(task, around);
    if (outcome !== "failed" || trigger === "sweep") return;
    if (failureTold) throw new TryAgain("it still fails, as was announced before");
    const successor = { operation: "decide", projectId, subscriptionRequestId, failureTold: true };
    await (await queue()).put([successor], PAUSE);
  } catch (error) {
    const back = new Date(around.now().getTime() + (minutesUntilRetry(attempt) ?? Infinity) * 60_000);
    const isNextSweeps = quietUntil !== undefined && !(back < quietUntil);
    if (error instanceof Untold || !isNextSweeps) throw error;
    around.journal.info("left to the next sweep", { subscriptionRequestId, reason: describeError(error) });
  }
}

/** Runs work with the same key one after the other: two that accept the same request at once would both announce it as their decision. */
function byKey(): (key: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (key, work) => {
    const next = (last.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
    last.set(key, next);
    return next;
  };
}
