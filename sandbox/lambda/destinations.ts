import type { AwsClient } from "../gateway/aws-client";
import type { Internals } from "../internals";
import type { Execution, Resolved } from "./executor";

export type Condition = "Success" | "RetriesExhausted" | "EventAgeExceeded";

/** One asynchronous invocation that has come to its end. */
export interface Ended {
  readonly fn: Resolved;
  readonly requestId: string;
  /** JSON */
  readonly event: string;
  readonly condition: Condition;
  readonly attempts: number;
  readonly last: Execution | undefined;
}

/** The record that a destination gets. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function destinationRecord(
  { fn, requestId, event, condition, attempts, last }: Ended,
  now: Date,
): Record<string, unknown> {
  return {
    version: "1.0",
    timestamp: now.toISOString(),
    requestContext: { requestId, functionArn: withVersion(fn.arn), condition, approximateInvokeCount: attempts },
    requestPayload: JSON.parse(event) as unknown,
    ...(last && {
      responseContext: {
        statusCode: 200,
        executedVersion: fn.version,
        ...(last.error && { functionError: "Unhandled" }),
      },
      responsePayload: last.error ?? (JSON.parse(last.result ?? "null") as unknown),
    }),
  };
}

/** Sends a record to a queue, a topic, a function or an event bus, under the function's role. */
export async function sendToDestination(
  internals: Internals,
  role: AwsClient,
  destination: string,
  ended: Ended,
): Promise<void> {
  const record = destinationRecord(ended, internals.now());
  const text = JSON.stringify(record);
  const [, , service, , , ...rest] = destination.split(":");
  switch (service) {
    case "sqs":
      await role.json("sqs", "AmazonSQS.SendMessage", { QueueUrl: internals.queueUrl(destination), MessageBody: text });
      return;
    case "sns":
      await role.query("sns", "2010-03-31", "Publish", { TopicArn: destination, Message: text });
      return;
    case "lambda":
      await role.rest(
        "lambda",
        "POST",
        `/2015-03-31/functions/${encodeURIComponent(destination)}/invocations`,
        record,
        {
          "x-amz-invocation-type": "Event",
        },
      );
      return;
    case "events": {
      const result = ended.condition === "Success" ? "Success" : "Failure";
      const entry = {
        Source: "lambda",
        DetailType: `Lambda Function Invocation Result - ${result}`,
        Resources: [withVersion(ended.fn.arn), destination],
        Detail: text,
        EventBusName: rest.join(":").replace("event-bus/", ""),
      };
      await role.json("events", "AWSEvents.PutEvents", { Entries: [entry] });
      return;
    }
    default:
      throw new Error(`The sandbox cannot send to the destination ${destination}.`);
  }
}

/** Sends an event to the dead-letter queue or topic of the function itself, as it came. */
export async function sendToDeadLetter(
  internals: Internals,
  role: AwsClient,
  target: string,
  ended: Ended,
): Promise<void> {
  const attributes = {
    RequestID: ended.requestId,
    ErrorCode: "200",
    ErrorMessage: ended.last?.error?.errorMessage ?? ended.condition,
  };
  if (target.includes(":sqs:")) {
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
    );
    const QueueUrl = internals.queueUrl(target);
    await role.json("sqs", "AmazonSQS.SendMessage", { QueueUrl, MessageBody: ended.event, MessageAttributes });
  } else await role.query("sns", "2010-03-31", "Publish", { TopicArn: target, Message: ended.event });
}

function withVersion(arn: string): string {
  return arn.split(":").length === 7 ? `${arn}:$LATEST` : arn;
}
