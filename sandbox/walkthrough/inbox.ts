import { aws, type Env } from "./clients";

/** An announcement as a machine gets it: SNS's message body and attributes. */
export interface Announcement {
  readonly body: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly subject?: string;
}

interface Received {
  readonly Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[];
}
interface Envelope {
  readonly Message: string;
  readonly Subject?: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Value: string }>>;
}

/** The queue that stands for a machine which listens to the topic. Keeps all it has received. */
export class Inbox {
  readonly received: Announcement[] = [];

  constructor(
    private readonly env: Env,
    private readonly url: string,
  ) {}

  /** Everything that matches, after a look at what has come in. */
  async find(matches: (announcement: Announcement) => boolean): Promise<Announcement[]> {
    const endpoint = ["--endpoint-url", this.env["AWS_ENDPOINT_URL"]!];
    const queue = ["--queue-url", this.url, "--max-number-of-messages", "10"];
    const { Messages = [] } = await aws<Received>(this.env, "sqs", "receive-message", ...queue, ...endpoint);
    for (const { Body, ReceiptHandle } of Messages) {
      this.received.push(announcement(JSON.parse(Body) as Envelope));
      await aws(
        this.env,
        "sqs",
        "delete-message",
        "--queue-url",
        this.url,
        "--receipt-handle",
        ReceiptHandle,
        ...endpoint,
      );
    }
    return this.received.filter(matches);
  }
}

function announcement({ Message, Subject, MessageAttributes = {} }: Envelope): Announcement {
  const attributes = Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value] as const);
  return { body: parsed(Message), attributes: Object.fromEntries(attributes), subject: Subject };
}

/** Alarms and arrival notices are text. */
function parsed(message: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(message) as Readonly<Record<string, unknown>>;
  } catch {
    return { text: message };
  }
}
