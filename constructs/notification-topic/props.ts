import { arnOf, existing, mapOf, object, optional, type PropsOf, rule, text } from "../inputs";
import { naming } from "../shared/names";
import { subscriptions } from "./subscriptions";

export type { Subscription } from "./subscriptions";

export const notificationTopicInputs = object({
  ...naming,
  /**
   * A topic that is there already. Its policy, and that of its key, must let the publishers in: neither is touched here.
   * Give its customer-managed key, if it has one, as `kmsKey`.
   * @default - a topic made here
   */
  topic: optional(existing.topic),
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
  kmsKey: optional(existing.key),
  /**
   * Roles that may publish.
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
   * EventBridge rules that may publish.
   * @default - none
   */
  eventRules: optional(mapOf(existing.rule, rule.key, rule.atMost(50, "rules: a topic's policy holds 30 KB")), {}),
  /**
   * Subscriptions, by a key of your choice that does not change later: a change touches that one alone.
   * @default - none
   */
  subscriptions: optional(subscriptions, {}),
});
export type NotificationTopicProps = PropsOf<typeof notificationTopicInputs>;
