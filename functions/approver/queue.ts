import {
  ChangeMessageVisibilityCommand,
  SQSClient,
  type SQSClientConfig,
  SendMessageBatchCommand,
} from "@aws-sdk/client-sqs";
import { TryAgain } from "./errors";

export const queueClient = (settings: SQSClientConfig): SQSClient => new SQSClient(settings);

/** An SQS batch holds at most 10 messages. */
const BATCH = 10;

/** How often messages that SQS refuses are sent in all. */
const MOST_TRIES = 3;

/** The queue that events arrive on, and that the function itself sends messages to. */
export class Queue {
  constructor(
    private readonly client: Pick<SQSClient, "send">,
    private readonly url: string,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * Puts messages on the queue.
   *
   * @param delaySeconds until they can be received, at most 900
   * @throws if SQS does not accept all messages
   */
  async put(messages: readonly object[], delaySeconds = 0): Promise<void> {
    for (let start = 0; start < messages.length; start += BATCH) {
      const batch = messages.slice(start, start + BATCH).map((message) => JSON.stringify(message));
      let entries = batch.map((MessageBody, index) => ({ Id: String(index), MessageBody, DelaySeconds: delaySeconds }));
      for (let tries = 1; entries.length > 0; tries++) {
        const command = new SendMessageBatchCommand({ QueueUrl: this.url, Entries: entries });
        const { Failed = [] } = await this.client.send(command, { abortSignal: this.signal });
        entries = entries.filter(({ Id }) => Failed.some((failed) => failed.Id === Id));
        if (entries.length > 0 && tries === MOST_TRIES) {
          throw new TryAgain(`${entries.length} messages could not be queued: ${Failed[0]?.Code}`);
        }
      }
    }
  }

  /** Makes a received message visible again after a number of seconds. */
  async postpone(ReceiptHandle: string, seconds: number): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: this.url,
      ReceiptHandle,
      VisibilityTimeout: seconds,
    });
    await this.client.send(command, { abortSignal: this.signal });
  }
}
