import { randomUUID } from "node:crypto";
import { inputOf } from "../authorization/access";
import { awsError } from "../errors";
import type { Internals } from "../internals";
import type { Call, Reply, Service } from "../service";

type Attributes = Readonly<Record<string, string>>;

const ALLOW = "RedriveAllowPolicy";

interface MoveTask {
  readonly Status: "COMPLETED";
  readonly SourceArn: string;
  readonly DestinationArn: string;
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove: number;
  /** Epoch milliseconds. */
  readonly StartedTimestamp: number;
}

interface Message {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly MessageAttributes?: Readonly<Record<string, unknown>>;
}

/** What moto's SQS gets wrong about attributes, and lacks: moving messages out of a dead-letter queue. */
export class Queues implements Service {
  private readonly redriveAllowPolicies = new Map<string, string>();
  private readonly tasks: MoveTask[] = [];

  constructor(private readonly internals: Internals) {}

  async handle(call: Call): Promise<Reply | undefined> {
    if (call.service !== "sqs" || call.headers["x-amz-target"] === undefined) return undefined;
    switch (call.operation) {
      case "CreateQueue":
      case "SetQueueAttributes":
        return await this.setAttributes(call);
      case "GetQueueAttributes":
        return await this.getAttributes(call);
      case "DeleteQueue":
        this.redriveAllowPolicies.delete(queueName(call));
        return undefined;
      case "StartMessageMoveTask":
        return await this.move(call);
      case "ListMessageMoveTasks": {
        const { SourceArn } = inputOf(call);
        return json({ Results: this.tasks.filter((task) => task.SourceArn === SourceArn) });
      }
      default:
        return undefined;
    }
  }

  private async setAttributes(call: Call): Promise<Reply> {
    const input = inputOf(call);
    const { RedriveAllowPolicy, ...attributes } = (input["Attributes"] ?? {}) as Attributes;
    const name = queueName(call);
    // moto drops the policy whenever any other attribute is set.
    const Policy = call.operation === "SetQueueAttributes" ? (await this.attributes(name)).Policy : undefined;
    const Attributes = { ...(Policy !== undefined && { Policy }), ...attributes };
    const reply = await this.internals.moto({ ...call, body: Buffer.from(JSON.stringify({ ...input, Attributes })) });
    if (reply.status < 300 && RedriveAllowPolicy !== undefined) this.redriveAllowPolicies.set(name, RedriveAllowPolicy);
    return reply;
  }

  private async getAttributes(call: Call): Promise<Reply> {
    const input = inputOf(call) as { readonly AttributeNames?: readonly string[] };
    const { AttributeNames = [] } = input;
    const isAsked = AttributeNames.some((name) => name === "All" || name === ALLOW);
    // moto does not know the name; asked for nothing else, it would answer nothing of a queue that is not there.
    const known = AttributeNames.filter((name) => name !== ALLOW);
    const body = JSON.stringify({ ...input, AttributeNames: known.length > 0 || !isAsked ? known : ["QueueArn"] });
    const reply = await this.internals.moto({ ...call, body: Buffer.from(body) });
    if (reply.status >= 300) return reply;

    const answer = JSON.parse((reply.body ?? "{}").toString()) as { Attributes?: Attributes };
    const attributes: Record<string, string> = known.length > 0 ? { ...answer.Attributes } : {};
    const { RedrivePolicy } = attributes;
    // moto writes blanks into the policy, which Terraform takes for a change.
    if (RedrivePolicy !== undefined) attributes["RedrivePolicy"] = JSON.stringify(JSON.parse(RedrivePolicy));
    const allow = this.redriveAllowPolicies.get(queueName(call));
    if (allow && isAsked) attributes[ALLOW] = allow;
    return { ...reply, body: JSON.stringify({ ...answer, Attributes: attributes }) };
  }

  /** At once: a real task takes a while, and shows as RUNNING meanwhile. */
  private async move(call: Call): Promise<Reply> {
    const { SourceArn = "", DestinationArn } = inputOf(call) as { SourceArn?: string; DestinationArn?: string };
    const sources = await this.sourcesOf(SourceArn);
    if (sources.length === 0) {
      const message = "Source queue must be configured as a Dead Letter Queue.";
      return awsError(call, 400, "InvalidParameterValue", message);
    }
    const [only, ...others] = sources;
    const destination = DestinationArn ?? (others.length === 0 ? only : undefined);
    if (destination === undefined) {
      const message = `The sandbox does not know which of ${sources.join(", ")} a message came from: give a DestinationArn.`;
      return awsError(call, 400, "InvalidParameterValue", message);
    }
    const started = this.internals.now().getTime();
    const moved = await this.moveAll(SourceArn, destination);
    this.tasks.unshift({
      Status: "COMPLETED",
      SourceArn,
      DestinationArn: destination,
      ApproximateNumberOfMessagesMoved: moved,
      ApproximateNumberOfMessagesToMove: moved,
      StartedTimestamp: started,
    });
    return json({ TaskHandle: randomUUID() });
  }

  private async moveAll(source: string, destination: string): Promise<number> {
    const { aws, queueUrl } = this.internals;
    for (let moved = 0; ;) {
      const { Messages = [] } = await aws.json<{ Messages?: readonly Message[] }>("sqs", "AmazonSQS.ReceiveMessage", {
        QueueUrl: queueUrl(source),
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
      });
      if (Messages.length === 0) return moved;
      for (const { Body, ReceiptHandle, MessageAttributes = {} } of Messages) {
        const sent = { QueueUrl: queueUrl(destination), MessageBody: Body, MessageAttributes };
        await aws.json("sqs", "AmazonSQS.SendMessage", sent);
        await aws.json("sqs", "AmazonSQS.DeleteMessage", { QueueUrl: queueUrl(source), ReceiptHandle });
        moved += 1;
      }
    }
  }

  /** ARNs of the queues whose dead-letter queue this is. */
  private async sourcesOf(deadLetterArn: string): Promise<string[]> {
    const { QueueUrls = [] } = await this.internals.aws.json<{ QueueUrls?: string[] }>(
      "sqs",
      "AmazonSQS.ListQueues",
      {},
    );
    const queues = await Promise.all(QueueUrls.map((url) => this.attributes(url.split("/").at(-1) ?? "")));
    return queues
      .filter(
        ({ RedrivePolicy = "{}" }) =>
          (JSON.parse(RedrivePolicy) as Attributes)["deadLetterTargetArn"] === deadLetterArn,
      )
      .map(({ QueueArn }) => QueueArn);
  }

  private async attributes(name: string) {
    const found = await this.internals.aws.json<{
      Attributes: { readonly QueueArn: string; readonly Policy?: string; readonly RedrivePolicy?: string };
    }>("sqs", "AmazonSQS.GetQueueAttributes", { QueueUrl: `http://queue/${name}`, AttributeNames: ["All"] });
    return found.Attributes;
  }
}

function queueName(call: Call): string {
  const { QueueName, QueueUrl } = inputOf(call);
  return String(QueueName ?? String(QueueUrl).split("/").at(-1));
}

function json(body: unknown): Reply {
  return { status: 200, headers: { "content-type": "application/x-amz-json-1.0" }, body: JSON.stringify(body) };
}
