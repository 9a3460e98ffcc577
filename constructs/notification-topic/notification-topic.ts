import { Construct } from "constructs";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import {
  arnText,
  type Each,
  each,
  existing,
  givenOr,
  ifGiven,
  inputs,
  json,
  KEY,
  keysMatch,
  literal,
  madeWhere,
  matches,
  type Named,
  namedInputs,
  oneOf,
  policyDocument,
  reference,
  resolveProps,
  text,
} from "../hosting";
import { keyStatements, topicStatements } from "./statements";

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
   * A topic that is there already. Its policy, and that of its key, must let the publishers in: neither is touched here.
   * Give its customer-managed key, if it has one, as `kmsKey`.
   * @default - a topic made here
   */
  readonly topic?: { readonly arn: string };
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
  topic: existing,
  displayName: {
    kind: "string",
    optional: true,
    rules: [matches(/^[^\r\n]{1,100}$/, "must be one line of 1 to 100 characters")],
  },
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
  static readonly module = "notification-topic";
  /** ARN of the topic. */
  readonly arn: string;
  /** Name of the topic made here. */
  readonly name?: string;
  /** ARN of the key that encrypts the messages. */
  readonly keyArn?: string;
  /** The same key as an object, `{ arn: … }`: for what takes a topic together with its key. */
  readonly kmsKey?: { readonly arn: string };
  /** ARN of each subscription, by its key. An e-mail subscription has one only after its owner confirmed it. */
  readonly subscriptionArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    const p = resolveProps(this, notificationTopicInputs, props);
    const key = madeWhere({ not: [p.kmsKey, p.topic] }, (count) => {
      const policy = policyDocument(this, "key_policy", keyStatements(this, p.publishers), { count });
      return new KmsKey(this, "key", {
        description: `Encrypts the messages of the topic ${p.name}`,
        enableKeyRotation: true,
        policy,
        tags: p.tags,
        count,
      });
    });
    this.keyArn = givenOr(p.kmsKey, "arn", key);
    this.kmsKey = reference(p.kmsKey, key);
    const topic = madeWhere({ not: [p.topic] }, (count) => {
      return new SnsTopic(this, "topic", {
        name: p.name,
        displayName: p.displayName && literal(p.displayName),
        kmsMasterKeyId: this.keyArn,
        tags: p.tags,
        count,
      });
    });
    this.arn = givenOr(p.topic, "arn", topic)!;
    this.name = topic.attribute("name");
    madeWhere({ not: [p.topic] }, (count) => {
      const allowed = topicStatements(this, this.arn, p.publishers, p.eventRules);
      const policy = policyDocument(this, "topic_policy", allowed, { count });
      return new SnsTopicPolicy(this, "policy", { arn: this.arn, policy, count });
    });
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
