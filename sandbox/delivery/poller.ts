import { setTimeout as sleep } from "node:timers/promises";
import type { Internals } from "../internals";
import type { Execution } from "../lambda/executor";
import type { Mapping } from "../lambda/mappings";
import { parsePattern } from "./pattern";

interface Message {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<
    Record<string, { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: string }>
  >;
}

/** Lambda starts with five pollers a queue. */
const POLLERS = 5;
const LONG_POLL_SECONDS = 5;
/** A queue hands out at most ten messages at a time. */
const MOST_RECEIVED = 10;

/**
 * Polls a queue for a function, with as many pollers as the mapping's maximum concurrency (else five), until it is ended.
 * What a batch leaves undone comes back after the rest of the queue's visibility timeout, which the sandbox shortens by its
 * time scale; while the function works on a message, the message stays invisible for the whole of it.
 */
export function poll(
  internals: Internals,
  mapping: Mapping,
  invoke: (functionArn: string, event: string) => Promise<Execution>,
): () => void {
  const poller = new Poller(internals, mapping, invoke);
  const ending = new AbortController();
  const workers = mapping.ScalingConfig?.MaximumConcurrency ?? POLLERS;
  for (let worker = 0; worker < workers; worker += 1) void poller.work(ending.signal);
  return () => ending.abort();
}

class Poller {
  private readonly matches: (message: Message) => boolean;
  private readonly url: string;

  constructor(
    private readonly internals: Internals,
    private readonly mapping: Mapping,
    private readonly invoke: (functionArn: string, event: string) => Promise<Execution>,
  ) {
    this.url = internals.queueUrl(mapping.EventSourceArn);
    const patterns = (mapping.FilterCriteria?.Filters ?? []).map(({ Pattern }) => parsePattern(Pattern));
    this.matches = (message) => {
      if (patterns.length === 0) return true;
      const record = { ...this.record(message), body: parsed(message.Body) };
      return patterns.some((pattern) => pattern(record));
    };
  }

  async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.once(signal);
      } catch (error) {
        if (signal.aborted) return;
        // As Lambda does while a queue or a function is gone: complain, and keep trying.
        process.stderr.write(`sandbox: polling ${this.mapping.EventSourceArn}: ${(error as Error).message}\n`);
        await sleep(1000, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async once(signal: AbortSignal): Promise<void> {
    const { BatchSize, MaximumBatchingWindowInSeconds } = this.mapping;
    const batch = await this.receive(Math.min(BatchSize, MOST_RECEIVED), LONG_POLL_SECONDS);
    if (batch.length === 0) return;
    const received = Date.now();
    const until = received + (MaximumBatchingWindowInSeconds * 1000) / this.internals.timeScale;
    while (batch.length < BatchSize && Date.now() < until && !signal.aborted) {
      const more = await this.receive(Math.min(BatchSize - batch.length, MOST_RECEIVED), 0);
      batch.push(...more);
      if (more.length === 0) await sleep(100);
    }
    if (signal.aborted) {
      for (const message of batch) await this.release(message, 0);
      return;
    }
    await this.hand(batch, received);
  }

  private async hand(batch: readonly Message[], received: number): Promise<void> {
    const wanted = batch.filter(this.matches);
    const unwanted = batch.filter((message) => !wanted.includes(message));
    const failed = wanted.length === 0 ? new Set<string>() : await this.failedOf(wanted);
    for (const message of [...unwanted, ...wanted]) {
      if (failed.has(message.MessageId)) await this.release(message, await this.remaining(received));
      else await this.sqs("DeleteMessage", { ReceiptHandle: message.ReceiptHandle });
    }
  }

  /** Invokes the function; the ids of the messages that it has not dealt with. */
  private async failedOf(batch: readonly Message[]): Promise<ReadonlySet<string>> {
    const all = new Set(batch.map(({ MessageId }) => MessageId));
    const event = JSON.stringify({ Records: batch.map((message) => this.record(message)) });
    const { error, result = "null" } = await this.invoke(this.mapping.FunctionArn, event).catch((reason: Error) => {
      process.stderr.write(`sandbox: ${this.mapping.FunctionArn} cannot be invoked: ${reason.message}\n`);
      return { error: true, result: undefined };
    });
    if (error) return all;
    if (!this.mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures")) return new Set();

    const reported = parsed(result) as { batchItemFailures?: readonly { itemIdentifier?: unknown }[] | null } | null;
    const failures = reported?.batchItemFailures ?? [];
    if (!Array.isArray(failures)) return all;
    const ids = failures.map(({ itemIdentifier }: { itemIdentifier?: unknown }) => itemIdentifier);
    // An identifier that is none of the batch's fails the whole batch.
    return ids.every((id) => typeof id === "string" && all.has(id)) ? new Set(ids as string[]) : all;
  }

  private async receive(count: number, waitSeconds: number): Promise<Message[]> {
    const { Messages = [] } = await this.sqs<{ Messages?: Message[] }>("ReceiveMessage", {
      MaxNumberOfMessages: count,
      WaitTimeSeconds: waitSeconds,
      AttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    return Messages;
  }

  private async release({ ReceiptHandle }: Message, seconds: number): Promise<void> {
    await this.sqs("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout: seconds });
  }

  /** Seconds for which a failed message has yet to stay invisible. */
  private async remaining(received: number): Promise<number> {
    const { Attributes } = await this.sqs<{ Attributes: { VisibilityTimeout: string } }>("GetQueueAttributes", {
      AttributeNames: ["VisibilityTimeout"],
    });
    const left = Number(Attributes.VisibilityTimeout) - (Date.now() - received) / 1000;
    return Math.max(0, Math.ceil(left / this.internals.timeScale));
  }

  private async sqs<T>(operation: string, input: Readonly<Record<string, unknown>>): Promise<T> {
    return await this.internals.aws.json<T>("sqs", `AmazonSQS.${operation}`, { QueueUrl: this.url, ...input });
  }

  private record(message: Message): Record<string, unknown> {
    const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
      name,
      {
        ...(value.StringValue !== undefined && { stringValue: value.StringValue }),
        ...(value.BinaryValue !== undefined && { binaryValue: value.BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: value.DataType,
      },
    ]);
    return {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes,
      messageAttributes: Object.fromEntries(attributes),
      md5OfBody: message.MD5OfBody,
      eventSource: "aws:sqs",
      eventSourceARN: this.mapping.EventSourceArn,
      awsRegion: this.internals.region,
    };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
