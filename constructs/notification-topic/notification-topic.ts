import { Construct } from "constructs";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import {
  accountId,
  arn,
  arnText,
  blockIfAny,
  blockIfNone,
  Each,
  each,
  existing,
  givenOrMade,
  ifGiven,
  inputs,
  json,
  KEY,
  KEY_ADMINISTRATION,
  keysMatch,
  literal,
  Named,
  namedInputs,
  oneOf,
  OptionalBlock,
  partition,
  policyDocument,
  resolveProps,
  Statement,
  text,
  values,
} from "../hosting";

/** One subscription of a topic. */
export interface Subscription {
  /**
   * How messages are delivered, in SNS's words. Known at plan time. An `sqs` queue's own policy must let the topic send;
   * a `lambda` endpoint gets the permission that it needs here.
   */
  readonly protocol: "email" | "email-json" | "sqs" | "https" | "lambda";
  /** E-mail address, queue or function ARN, or URL. An e-mail subscription waits until its owner confirms it. */
  readonly endpoint: string;
  /**
   * Filter policy over the message attributes, e.g. `{ decision: ["waiting", "failed"] }`.
   * @default - every message
   */
  readonly filterPolicy?: Readonly<Record<string, readonly string[]>>;
  /**
   * Deliver the message itself, without SNS's envelope (sqs and https).
   * @default false
   */
  readonly rawMessageDelivery?: boolean;
  /**
   * Queue for what cannot be delivered.
   * @default - none: SNS drops it after its retries
   */
  readonly deadLetterQueue?: { readonly arn: string };
}

export interface NotificationTopicProps extends Named {
  /**
   * Name that e-mail subscribers see, at most 100 characters.
   * @default - the topic's name
   */
  readonly displayName?: string;
  /**
   * Customer-managed key to encrypt with. Its policy must let the publishers in (`kms:GenerateDataKey*`, `kms:Decrypt`),
   * the services events.amazonaws.com and cloudwatch.amazonaws.com among them.
   * @default - a key made here, with such a policy and yearly rotation
   */
  readonly kmsKey?: { readonly arn: string };
  /**
   * Roles that may publish.
   * @default - none
   */
  readonly publishers?: Readonly<Record<string, { readonly roleArn: string }>>;
  /**
   * EventBridge rules that may publish.
   * @default - none
   */
  readonly eventRules?: Readonly<Record<string, { readonly arn: string }>>;
  /**
   * Subscriptions, keyed by a name that stays: a change touches that one alone.
   * @default - none
   */
  readonly subscriptions?: Readonly<Record<string, Subscription>>;
}

export const notificationTopicInputs = inputs<NotificationTopicProps>()({
  ...namedInputs,
  displayName: { kind: "string", optional: true },
  kmsKey: existing,
  publishers: {
    kind: "map",
    optional: true,
    default: {},
    rules: [KEY],
    of: { kind: "object", fields: { roleArn: arnText } },
  },
  eventRules: {
    kind: "map",
    optional: true,
    default: {},
    rules: [KEY],
    of: { kind: "object", fields: { arn: arnText } },
  },
  subscriptions: {
    kind: "map",
    optional: true,
    default: {},
    rules: [KEY],
    of: {
      kind: "object",
      fields: {
        protocol: { kind: "string", rules: [oneOf("email", "email-json", "sqs", "https", "lambda")] },
        endpoint: text,
        filterPolicy: {
          kind: "map",
          optional: true,
          of: { kind: "list", of: text },
          rules: [keysMatch(/^(decision|project|environment)$/, "may filter on decision, project and environment")],
        },
        rawMessageDelivery: { kind: "bool", optional: true, default: false },
        deadLetterQueue: existing,
      },
    },
  },
});

/**
 * A standard SNS topic that announces decisions or alarms: encrypted with a customer-managed key, TLS only, and open for
 * publishing to the roles and rules that are named and to this account's CloudWatch alarms, to no one else.
 */
export class NotificationTopic extends Construct {
  readonly arn: string;
  /** ARN of the key that encrypts the messages. */
  readonly keyArn: string;
  /** ARN of each subscription, by its key. */
  readonly subscriptionArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    const p = resolveProps(this, notificationTopicInputs, props);
    this.keyArn = givenOrMade(p.kmsKey, (count) => {
      const policy = policyDocument(this, "key_policy", keyStatements(this, p.publishers));
      return new KmsKey(this, "key", {
        description: `Encrypts the messages of the topic ${p.name}`,
        enableKeyRotation: true,
        policy,
        tags: p.tags,
        count,
      });
    });
    const topic = new SnsTopic(this, "topic", {
      name: p.name,
      displayName: p.displayName && literal(p.displayName),
      kmsMasterKeyId: this.keyArn,
      tags: p.tags,
    });
    this.arn = topic.arn;
    const policy = policyDocument(this, "topic_policy", topicStatements(this, topic.arn, p.publishers, p.eventRules));
    new SnsTopicPolicy(this, "policy", { arn: topic.arn, policy });
    this.subscriptionArns = this.subscribe(p.subscriptions).attribute("arn");
  }

  private subscribe(subscriptions: Readonly<Record<string, ResolvedSubscription>>): Each<SnsTopicSubscription> {
    const permissions = each(
      subscriptions,
      "invoke",
      ({ endpoint }, _key, id, forEach) =>
        new LambdaPermission(this, id, {
          action: "lambda:InvokeFunction",
          functionName: endpoint,
          principal: "sns.amazonaws.com",
          sourceArn: this.arn,
          forEach,
        }),
      ["protocol", "lambda"],
    );
    return each(subscriptions, "subscription", (subscription, _key, id, forEach) => {
      return new SnsTopicSubscription(this, id, {
        topicArn: this.arn,
        protocol: subscription.protocol,
        endpoint: subscription.endpoint,
        filterPolicy: ifGiven(subscription.filterPolicy, json, undefined),
        rawMessageDelivery: subscription.rawMessageDelivery,
        redrivePolicy: ifGiven(
          subscription.deadLetterQueue,
          ({ arn }) => json({ deadLetterTargetArn: arn }),
          undefined,
        ),
        dependsOn: permissions.all,
        forEach,
      });
    });
  }
}

type ResolvedSubscription = Subscription & { readonly rawMessageDelivery: boolean };
type Publishers = Readonly<Record<string, { readonly roleArn: string }>>;

function keyStatements(
  scope: Construct,
  publishers: Publishers,
): Array<Statement | OptionalBlock<Statement> | undefined> {
  const useKey = ["kms:Decrypt", "kms:GenerateDataKey*"];
  return [
    {
      sid: "AdministerWithoutUsing",
      actions: KEY_ADMINISTRATION,
      resources: ["*"],
      principals: [{ type: "AWS", identifiers: [`arn:${partition(scope)}:iam::${accountId(scope)}:root`] }],
    },
    {
      // Without a source condition: what EventBridge and CloudWatch send with their calls to KMS is not documented, and
      // the topic's own policy already says which rules and alarms may publish.
      sid: "PublishingServices",
      actions: useKey,
      resources: ["*"],
      principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }],
    },
    blockIfAny(publishers, {
      sid: "PublishingRoles",
      actions: useKey,
      resources: ["*"],
      principals: [{ type: "AWS", identifiers: values(publishers, "roleArn") }],
    }),
  ];
}

function topicStatements(
  scope: Construct,
  topicArn: string,
  publishers: Publishers,
  eventRules: Readonly<Record<string, { readonly arn: string }>>,
): Array<Statement | OptionalBlock<Statement> | undefined> {
  const publish = { actions: ["sns:Publish"], resources: [topicArn] };
  const everyone = [{ type: "AWS", identifiers: ["*"] }];
  const notAService = { test: "Bool", variable: "aws:PrincipalIsAWSService", values: ["false"] };
  const roles = values(publishers, "roleArn");
  return [
    blockIfAny(publishers, { sid: "Publishers", ...publish, principals: [{ type: "AWS", identifiers: roles }] }),
    blockIfAny(eventRules, {
      sid: "EventRules",
      ...publish,
      principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
      condition: [{ test: "ArnEquals", variable: "aws:SourceArn", values: values(eventRules, "arn") }],
    }),
    {
      sid: "Alarms",
      ...publish,
      principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }],
      condition: [
        { test: "ArnLike", variable: "aws:SourceArn", values: [arn(scope, "cloudwatch", "alarm:*")] },
        { test: "StringEquals", variable: "aws:SourceAccount", values: [accountId(scope)] },
      ],
    },
    // Within one account an identity policy alone would do: only a Deny keeps everyone else from publishing.
    blockIfAny(publishers, {
      sid: "NoOneElse",
      effect: "Deny",
      ...publish,
      principals: everyone,
      condition: [notAService, { test: "ArnNotEquals", variable: "aws:PrincipalArn", values: roles }],
    }),
    blockIfNone(publishers, {
      sid: "NoOne",
      effect: "Deny",
      ...publish,
      principals: everyone,
      condition: [notAService],
    }),
    {
      sid: "TlsOnly",
      effect: "Deny",
      ...publish,
      principals: everyone,
      condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
    },
  ];
}
