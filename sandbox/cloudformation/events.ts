import { randomUUID } from "node:crypto";
import { xml } from "../errors";
import type { Reply } from "../service";

/** One entry of a stack's history. */
interface StackEvent {
  readonly eventId: string;
  readonly timestamp: Date;
  readonly token: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

const NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

/** What DescribeStackEvents shows of a stack: moto knows nothing of resources, their failures or the request's token. */
export class History {
  private readonly events: StackEvent[] = [];
  /** ClientRequestToken of the request that is carried out: clients find their own events by it. */
  token = "";

  constructor(
    readonly stackName: string,
    readonly stackId: string,
    private readonly now: () => Date,
  ) {}

  resource(logicalId: string, type: string, status: string, reason = ""): void {
    this.add(logicalId, type, status, reason);
  }

  stack(status: string, reason = ""): void {
    this.add(this.stackName, "AWS::CloudFormation::Stack", status, reason);
  }

  private add(logicalId: string, type: string, status: string, reason: string): void {
    const { token } = this;
    this.events.push({ eventId: randomUUID(), timestamp: this.now(), token, logicalId, type, status, reason });
  }

  /** The answer to DescribeStackEvents: the latest first. */
  describe(): Reply {
    const members = [...this.events].reverse().map((event) => `<member>${this.render(event)}</member>`);
    return response("DescribeStackEvents", `<StackEvents>${members.join("")}</StackEvents>`);
  }

  private render({ eventId, timestamp, token, logicalId, type, status, reason }: StackEvent): string {
    return [
      ["StackId", this.stackId],
      ["EventId", eventId],
      ["StackName", this.stackName],
      ["LogicalResourceId", logicalId],
      ["PhysicalResourceId", type === "AWS::CloudFormation::Stack" ? this.stackId : ""],
      ["ResourceType", type],
      ["Timestamp", timestamp.toISOString()],
      ["ResourceStatus", status],
      ["ResourceStatusReason", reason],
      ["ClientRequestToken", token],
    ]
      .filter(([, value]) => value !== "")
      .map(([name, value = ""]) => `<${name}>${xml(value)}</${name}>`)
      .join("");
  }
}

/** A reply of the query protocol. */
export function response(action: string, result: string): Reply {
  return {
    status: 200,
    headers: { "content-type": "text/xml" },
    body:
      `<${action}Response xmlns="${NAMESPACE}">${result && `<${action}Result>${result}</${action}Result>`}` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  };
}
