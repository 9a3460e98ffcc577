import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { block, choose, either, filled, given, json, make, policyDocument, type Statements, values } from "../hosting";
import { settledName } from "../shared/names";
import type { ExistingQueue } from "./props";

/** Timeout of the function, in seconds. */
export const FUNCTION_TIMEOUT = 120;

const OTHER_QUEUE =
  "another name would replace the queue and lose the messages on it; deploy a second approver and move to it";

interface QueueProps {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly given: ExistingQueue | undefined;
  readonly kmsKey: { readonly arn: string } | undefined;
  readonly eventRules: Readonly<Record<string, { readonly arn: string }>>;
}

/** A queue that event rules may send to, over TLS only: an existing one, or one created here. */
export class EventQueue extends Construct {
  readonly arn: string;
  readonly url: string;
  readonly name: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: QueueProps,
    deadLetterQueue?: EventQueue,
  ) {
    super(scope, id);
    const made = make(given(props.given).not, (_it, count) => {
      return new SqsQueue(this, "Default", {
        name: settledName(this, "name", props.name, OTHER_QUEUE, count),
        // AWS's advice (Lambda, "Using Lambda with Amazon SQS"): six times the function's timeout, and five receives at least.
        visibilityTimeoutSeconds: deadLetterQueue && 6 * FUNCTION_TIMEOUT,
        redrivePolicy: deadLetterQueue && json({ deadLetterTargetArn: deadLetterQueue.arn, maxReceiveCount: 5 }),
        // The longest retention that SQS has. A message that is moved back to the queue keeps its age.
        messageRetentionSeconds: 14 * 24 * 3600,
        kmsMasterKeyId: choose(given(props.kmsKey), ({ arn }) => arn),
        sqsManagedSseEnabled: choose(given(props.kmsKey).not, true),
        tags: props.tags,
        count,
      });
    });
    const { arn, url, name } = either(props.given, made, "arn", "url", "name")!;
    this.arn = arn;
    this.url = url;
    this.name = name;
  }

  /** Lets the event rules send, to a queue that is made here, once something else is there. */
  open(dependsOn: ITerraformDependable[]): void {
    make(given(this.props.given).not, (_it, count) => {
      const policy = policyDocument(this, "document", this.statements(), { count });
      return new SqsQueuePolicy(this, "policy", { queueUrl: this.url, policy, dependsOn, count });
    });
  }

  private statements(): Statements {
    const { eventRules } = this.props;
    const send = { actions: ["sqs:SendMessage"], resources: [this.arn] };
    return [
      block(filled(eventRules), {
        sid: "EventRules",
        ...send,
        principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
        condition: [{ test: "ArnEquals", variable: "aws:SourceArn", values: values(eventRules, "arn") }],
      }),
      {
        sid: "TlsOnly",
        effect: "Deny",
        actions: ["sqs:*"],
        resources: [this.arn],
        principals: [{ type: "AWS", identifiers: ["*"] }],
        condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
      },
    ];
  }
}
