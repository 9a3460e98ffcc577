import { approverOptions, PARAMETER_NAME } from "../approver/props";
import { existing, mapOf, object, optional, type PropsOf, type Rule, rule, text } from "../inputs";
import { stackKeys } from "../project-membership/props";
import { domainUnitId } from "../shared/datazone";
import { notificationTopicInputs } from "../notification-topic/props";

const topic = notificationTopicInputs.fields;
/** What one can say of a topic here. */
export const topicOptions = {
  /**
   * Subscriptions, by a key of your choice that does not change later.
   * @default - none
   */
  subscriptions: topic.subscriptions,
  displayName: topic.displayName,
  /**
   * Customer-managed key to encrypt with. Its policy must let the approver's role, events.amazonaws.com and
   * cloudwatch.amazonaws.com use it (`kms:GenerateDataKey*`, `kms:Decrypt`).
   * @default - a key made here
   */
  kmsKey: topic.kmsKey,
  /**
   * A topic that is there already. Its policy must let the approver's role, the event rule and CloudWatch publish.
   * @default - a topic made here
   */
  topic: topic.topic,
};

/** Alarms and reports of failures carry none of the attributes that a filter could look at. */
const unfiltered: Rule<{
  readonly subscriptions?: Readonly<Record<string, { readonly filterPolicy?: object | undefined }>> | undefined;
}> = {
  says: "must not have subscriptions with a filterPolicy: alarms carry no attributes, so none of them would pass",
  holds: ({ subscriptions = {} }) =>
    Object.values(subscriptions).every(({ filterPolicy }) => filterPolicy === undefined),
  condition: (value) => `alltrue([for entry in values(${value}.subscriptions) : entry.filter_policy == null])`,
};

export const subscriptionApprovalInputs = object({
  ...approverOptions,
  /**
   * Name of the deployment; the names of its resources start with it. 1 to 30 lower-case letters, digits and hyphens, not
   * beginning with aws or ssm.
   */
  name: text(
    rule.matches(
      /^[a-z][a-z0-9-]{0,29}$/,
      "must be 1 to 30 lower-case letters, digits and hyphens, and start with a letter",
    ),
    PARAMETER_NAME,
  ),
  /**
   * Topic for the people who ask and approve: hears of each decision, with the message attributes `decision` (approved,
   * rejected, waiting, failed), `project` (the publishing project) and `environment` to filter on.
   * @default - a topic without subscriptions
   */
  notifications: optional(object(topicOptions), {}),
  /** Topic for operators: alarms and failures. Someone should read it. */
  operators: object(topicOptions, unfiltered),
  /**
   * Tells the people who ask and approve also that a request has arrived, before it is decided. These notices carry no
   * attributes, so a subscription with a filter does not get them.
   * @default - not told
   */
  arrivalNotices: optional(object({})),
  /**
   * Makes the approver's role a contributor of each publishing project, through CloudFormation. ProjectMembership says what that
   * needs.
   * @default - not made: `membershipCommands` says what to run
   */
  membership: optional(
    object({
      /**
       * Role that CloudFormation acts as.
       * @default - whoever deploys
       */
      role: optional(existing.role),
      /**
       * Makes the user profile of the approver's role in the domain first, and adds that to the projects.
       * @default - not made: DataZone makes it when the role is added
       */
      userProfile: optional(object({})),
      /**
       * Domain units on which the approver's role is granted the policy ADD_TO_PROJECT_MEMBER_POOL first, for all units below them,
       * too, by a key of your choice that does not change later.
       * @default - none: it is granted already
       */
      memberPools: optional(
        mapOf(
          object({
            /** Id of the domain unit. */
            domainUnitId,
          }),
          stackKeys,
        ),
        {},
      ),
    }),
  ),
});
export type SubscriptionApprovalProps = PropsOf<typeof subscriptionApprovalInputs>;
