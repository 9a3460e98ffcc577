import {
  arnText,
  existing,
  flag,
  listOf,
  mapOf,
  object,
  optional,
  type PropsOf,
  type Resolved,
  rule,
  text,
} from "../inputs";
import { naming } from "../shared/names";

/** One subscription of a topic. */
const subscription = object({
  /**
   * How messages are delivered, in SNS's words. Known at plan time. An `sqs` queue's own policy must let the topic send;
   * a `lambda` endpoint gets the permission that it needs here.
   */
  protocol: text(rule.oneOf("email", "email-json", "sqs", "https", "lambda")),
  /** E-mail address, queue or function ARN, or URL. An e-mail subscription waits until its owner confirms it. */
  endpoint: text(),
  /**
   * Filter policy over the message attributes, e.g. `{ decision: ["waiting", "failed"] }`.
   * @default - every message
   */
  filterPolicy: optional(
    mapOf(
      listOf(text()),
      rule.keysMatch(/^(decision|project|environment)$/, "may filter on decision, project and environment"),
    ),
  ),
  /**
   * Deliver the message itself, without SNS's envelope (sqs and https).
   * @default false
   */
  rawMessageDelivery: optional(flag(), false),
  /**
   * Queue for what cannot be delivered.
   * @default - none: SNS drops it after its retries
   */
  deadLetterQueue: optional(existing),
});
/** With its defaults. */
export type Subscription = Resolved<typeof subscription>;

export const notificationTopicInputs = object({
  ...naming,
  /**
   * A topic that is there already. Its policy, and that of its key, must let the publishers in: neither is touched here.
   * Give its customer-managed key, if it has one, as `kmsKey`.
   * @default - a topic made here
   */
  topic: optional(existing),
  /**
   * Name that e-mail subscribers see, at most 100 characters.
   * @default - the topic's name
   */
  displayName: optional(text(rule.matches(/^[^\r\n]{1,100}$/, "must be one line of 1 to 100 characters"))),
  /**
   * Customer-managed key to encrypt with. Its policy must let the publishers in (`kms:GenerateDataKey*`, `kms:Decrypt`),
   * the services events.amazonaws.com and cloudwatch.amazonaws.com among them.
   * @default - a key made here, with such a policy and yearly rotation
   */
  kmsKey: optional(existing),
  /**
   * Roles that may publish.
   * @default - none
   */
  publishers: optional(mapOf(object({ roleArn: arnText }), rule.key), {}),
  /**
   * EventBridge rules that may publish.
   * @default - none
   */
  eventRules: optional(mapOf(existing, rule.key), {}),
  /**
   * Subscriptions, keyed by a name that stays: a change touches that one alone.
   * @default - none
   */
  subscriptions: optional(mapOf(subscription, rule.key), {}),
});
export type NotificationTopicProps = PropsOf<typeof notificationTopicInputs>;
