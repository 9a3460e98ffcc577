import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { TryAgain, Untold, describeError } from "./errors";
import { type RequestMessage, parseMessage } from "./input";
import type { Journal } from "./journal";
import { requireTime } from "./pace";
import type { Queue } from "./queue";
import { type Surroundings, settle } from "./settle";

/**
 * Minutes until a message comes back that failed for the first, second, … time; after the last one the queue's own visibility
 * timeout holds. With the five receives of the queue made here: 48 minutes until it is in the dead-letter queue.
 */
const minutesUntilRetry = (attempt: number): number | undefined => [1, 3, 12, 32][attempt - 1];

/** Seconds until a request that failed for good is tried again. */
const PAUSE = 60;

export interface BatchSurroundings {
  /** What deciding needs; it may have to be read first. */
  readonly surroundings: () => Promise<Surroundings>;
  readonly queue: () => Promise<Queue>;
  readonly journal: Journal;
}

/**
 * Works off the records of a batch side by side, as far as the pace allows. Those that fail go back to the queue, each for longer
 * than the time before, and in the end to its dead-letter queue.
 *
 * @throws where nothing can be decided: all of them go back
 */
export async function workOff(
  event: SQSEvent,
  { surroundings, queue, journal }: BatchSurroundings,
): Promise<SQSBatchResponse> {
  const postpone = async ({ messageId, receiptHandle, attributes }: SQSRecord): Promise<void> => {
    const minutes = minutesUntilRetry(Number(attributes.ApproximateReceiveCount));
    if (minutes === undefined) return;
    try {
      await (await queue()).postpone(receiptHandle, minutes * 60);
    } catch (error) {
      // It comes back all the same, when the queue's own visibility timeout is over.
      journal.warn("a message could not be postponed", { messageId, reason: describeError(error) });
    }
  };

  const around = await surroundings().catch(async (error: unknown) => {
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
 * Decides a request. One that fails for good is announced and then done, where it is a sweep's: the next sweep finds it again. An
 * event has no next one, so a message takes its place that says what people know, is tried as often as any, and ends in the
 * dead-letter queue.
 */
async function request(
  message: RequestMessage,
  attempt: number,
  around: Surroundings,
  queue: BatchSurroundings["queue"],
): Promise<void> {
  const { projectId, subscriptionRequestId, trigger, failureTold, quietUntil } = message;
  try {
    const task = { ...message, quiet: quietUntil !== undefined, attempt, dryRun: false };
    const { outcome } = await settle(task, around);
    if (outcome !== "failed" || trigger === "sweep") return;
    if (failureTold) throw new TryAgain("it fails as it did when it was announced");
    const successor = { operation: "decide", projectId, subscriptionRequestId, failureTold: true };
    await (await queue()).put([successor], PAUSE);
  } catch (error) {
    const back = new Date(around.now().getTime() + (minutesUntilRetry(attempt) ?? Infinity) * 60_000);
    const isNextSweeps = quietUntil !== undefined && !(back < quietUntil);
    if (error instanceof Untold || !isNextSweeps) throw error;
    around.journal.info("left to the next sweep", { subscriptionRequestId, reason: describeError(error) });
  }
}

/** Makes work of the same key wait for one another: of two at once that accept a request, both would announce it as theirs. */
function byKey(): (key: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (key, work) => {
    const next = (last.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
    last.set(key, next);
    return next;
  };
}
