import { Construct } from "constructs";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { choose, each, either, equal, given, Heading, json, keep, literal, make, policyDocument } from "../hosting";
import { resolveProps } from "../inputs";
import { settledName } from "../shared/names";
import { notificationTopicInputs, type NotificationTopicProps, type Subscription } from "./props";
import { keyStatements, topicStatements } from "./statements";

export { notificationTopicInputs, type NotificationTopicProps } from "./props";

const OTHER_TOPIC =
  "another name would replace the topic, and its subscribers would have to confirm again; create a second topic and move to it";

/**
 * A standard SNS topic for announcements of decisions, or for alarms: encrypted with a customer-managed key and TLS only. Only the named
 * roles and rules, and this account's CloudWatch alarms, can publish.
 */
export class NotificationTopic extends Construct {
  static readonly module = "notification-topic";
  /** ARN of the topic. */
  readonly arn: string;
  /** Name of the topic, if it was created here. */
  readonly name?: string;
  /** ARN of the key that encrypts the messages. */
  readonly keyArn?: string;
  /** The key that encrypts the messages, as an object `{ arn: … }`, for inputs that take a topic together with its key. */
  readonly kmsKey?: { readonly arn: string };
  /** ARN of each subscription, by the subscription's key. An e-mail subscription has an ARN only after its owner has confirmed it. */
  readonly subscriptionArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    const p = resolveProps(this, notificationTopicInputs, props);
    const makesTopic = given(p.topic).not;
    new Heading(this, "The key");
    const key = make(given(p.kmsKey).not.and(makesTopic), (_it, count) => {
      const policy = policyDocument(this, "key_policy", keyStatements(this, p.publishers), { count });
      return new KmsKey(this, "key", {
        description: `Encrypts the messages of the topic ${p.name}`,
        enableKeyRotation: true,
        policy,
        tags: p.tags,
        count,
      });
    });
    this.kmsKey = either(p.kmsKey, key);
    this.keyArn = this.kmsKey?.arn;
    new Heading(this, "The topic, and who may publish");
    const topic = make(makesTopic, (_it, count) => {
      return new SnsTopic(this, "topic", {
        name: settledName(this, "topic_name", p.name, OTHER_TOPIC, count),
        displayName: p.displayName && literal(p.displayName),
        kmsMasterKeyId: this.keyArn,
        tags: p.tags,
        count,
      });
    });
    this.arn = either(p.topic, topic)!.arn;
    this.name = topic.attribute("name");
    make(makesTopic, (_it, count) => {
      const allowed = topicStatements(this, this.arn, p.publishers, p.eventRules);
      const policy = policyDocument(this, "topic_policy", allowed, { count });
      return new SnsTopicPolicy(this, "policy", { arn: this.arn, policy, count });
    });
    this.subscriptionArns = this.subscribe(p.subscriptions);
  }

  private subscribe(subscriptions: Readonly<Record<string, Subscription>>): Readonly<Record<string, string>> {
    const toFunctions = keep(subscriptions, ({ protocol }) => equal(protocol, "lambda"));
    new Heading(this, "Subscriptions");
    const permissions = each(toFunctions, "invoke", ({ endpoint }, _key, id, forEach) => {
      return new LambdaPermission(this, id, {
        action: "lambda:InvokeFunction",
        functionName: endpoint,
        principal: "sns.amazonaws.com",
        sourceArn: this.arn,
        forEach,
      });
    });
    const made = each(subscriptions, "subscription", (subscription, _key, id, forEach) => {
      return new SnsTopicSubscription(this, id, {
        topicArn: this.arn,
        protocol: subscription.protocol,
        endpoint: subscription.endpoint,
        filterPolicy: choose(given(subscription.filterPolicy), json),
        rawMessageDelivery: subscription.rawMessageDelivery,
        redrivePolicy: choose(given(subscription.deadLetterQueue), ({ arn }) => json({ deadLetterTargetArn: arn })),
        dependsOn: permissions.all,
        forEach,
      });
    });
    return made.attribute("arn");
  }
}
