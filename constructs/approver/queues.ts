import { Construct } from "constructs";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import {
  blockIfAny,
  type Given,
  givenOr,
  ifGiven,
  json,
  madeWhere,
  policyDocument,
  trueUnless,
  values,
} from "../hosting";
import type { Statements } from "./permissions";
import type { ExistingQueue } from "./props";

/** Seconds that the function has for a batch. */
export const FUNCTION_TIMEOUT = 120;

interface QueueProps {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly given: Given<ExistingQueue>;
  readonly kmsKey: Given<{ readonly arn: string }>;
  readonly eventRules: Readonly<Record<string, { readonly arn: string }>>;
}

/** A queue that event rules may send to, over TLS: the one that is given, or one made here. */
export class EventQueue extends Construct {
  readonly arn: string;
  readonly url: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: QueueProps, deadLetterQueue?: EventQueue) {
    super(scope, id);
    const made = madeWhere({ not: [props.given] }, (count) => {
      return new SqsQueue(this, "Default", {
        name: props.name,
        // AWS's advice (Lambda, "Using Lambda with Amazon SQS"): six times the function's timeout, and five receives at least.
        visibilityTimeoutSeconds: deadLetterQueue && 6 * FUNCTION_TIMEOUT,
        redrivePolicy: deadLetterQueue && json({ deadLetterTargetArn: deadLetterQueue.arn, maxReceiveCount: 5 }),
        // The most that SQS keeps; a redriven message keeps its age.
        messageRetentionSeconds: 14 * 24 * 3600,
        kmsMasterKeyId: ifGiven(props.kmsKey, ({ arn }) => arn, undefined),
        sqsManagedSseEnabled: trueUnless(props.kmsKey),
        tags: props.tags,
        count,
      });
    });
    this.arn = givenOr(props.given, "arn", made)!;
    this.url = givenOr(props.given, "url", made)!;
    this.name = givenOr(props.given, "name", made)!;
    madeWhere({ not: [props.given] }, (count) => {
      const policy = policyDocument(this, "policy_document", this.statements(props), { count });
      return new SqsQueuePolicy(this, "policy", { queueUrl: this.url, policy, count });
    });
  }

  private statements({ eventRules }: QueueProps): Statements {
    const send = { actions: ["sqs:SendMessage"], resources: [this.arn] };
    return [
      blockIfAny(eventRules, {
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
