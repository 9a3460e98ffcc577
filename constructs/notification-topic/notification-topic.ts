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
  "another would replace the topic, and who subscribed would have to confirm again; make a second one, and move";

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
