import { arnOf, existing, mapOf, object, optional, type PropsOf, rule, text } from "../inputs";
import { naming } from "../shared/names";
import { subscriptions } from "./subscriptions";

export type { Subscription } from "./subscriptions";

export const notificationTopicInputs = object({
  ...naming,
  /**
   * Existing topic. Its policy and the policy of its key must let the publishers publish: neither is changed here. Where it has a
   * customer-managed key, give that as `kmsKey`.
   * @default - a topic created here
   */
  topic: optional(existing.topic),
  /**
   * Sender name that e-mail subscribers see, at most 100 characters.
   * @default - the topic's name
   */
  displayName: optional(text(rule.matches(/^[^\r\n]{1,100}$/, "must be one line of 1 to 100 characters"))),
  /**
   * Customer-managed key that encrypts the messages. Its policy must allow `kms:GenerateDataKey*` and `kms:Decrypt` to the publishers, the
   * services events.amazonaws.com and cloudwatch.amazonaws.com included.
   * @default - a key created here, with such a policy and yearly rotation
   */
  kmsKey: optional(existing.key),
  /**
   * Roles that may publish, by a key of your choice that does not change later.
   * @default - none
   */
  publishers: optional(
    mapOf(
      object({ roleArn: arnOf.role }),
      rule.key,
      rule.atMost(50, "roles: the policies of topic and key hold 30 KB"),
    ),
    {},
  ),
  /**
   * EventBridge rules that may publish, by a key of your choice that does not change later.
   * @default - none
   */
  eventRules: optional(mapOf(existing.rule, rule.key, rule.atMost(50, "rules: a topic's policy holds 30 KB")), {}),
  /**
   * Subscriptions of the topic, by a key of your choice that does not change later. Changing one touches no other.
   * @default - none
   */
  subscriptions: optional(subscriptions, {}),
});
export type NotificationTopicProps = PropsOf<typeof notificationTopicInputs>;
