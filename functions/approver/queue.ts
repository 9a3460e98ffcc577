import { SQSClient, type SQSClientConfig, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { TryAgain } from "./errors";

/** Puts messages on the queue that events go to. */
export type Enqueue = (messages: readonly string[]) => Promise<void>;

export const queueClient = (settings: SQSClientConfig): SQSClient => new SQSClient(settings);

/** An SQS batch holds at most 10 messages. */
const BATCH = 10;

/** @throws where any message was not taken */
export const enqueuer =
  (client: Pick<SQSClient, "send">, queueUrl: string, signal?: AbortSignal): Enqueue =>
  async (messages) => {
    for (let start = 0; start < messages.length; start += BATCH) {
      const Entries = messages
        .slice(start, start + BATCH)
        .map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries });
      const { Failed = [] } = await client.send(command, { abortSignal: signal });
      if (Failed.length > 0) {
        throw new TryAgain(`${Failed.length} of ${Entries.length} messages could not be queued: ${Failed[0]?.Code}`);
      }
    }
  };
