import { policyRelations } from "../approver/policy-rules";
import { approverOptions, PARAMETER_NAME } from "../approver/props";
import { existing, mapOf, object, optional, type PropsOf, type Rule, rule, text } from "../inputs";
import { stackKeys } from "../project-membership/props";
import { domainUnitId } from "../shared/datazone";
import { notificationTopicInputs } from "../notification-topic/props";

const topic = notificationTopicInputs.fields;
/** Inputs for each of the two topics. */
export const topicOptions = {
  /**
   * Subscriptions of the topic, by a key of your choice that does not change later.
   * @default - none
   */
  subscriptions: topic.subscriptions,
  displayName: topic.displayName,
  /**
   * Customer-managed key that encrypts the messages. Its policy must allow `kms:GenerateDataKey*` and `kms:Decrypt` to the approver's role,
   * events.amazonaws.com and cloudwatch.amazonaws.com.
   * @default - a key created here
   */
  kmsKey: topic.kmsKey,
  /**
   * Existing topic. Its policy must let the approver's role, the event rules and CloudWatch publish.
   * @default - a topic created here
   */
  topic: topic.topic,
};

/** Alarms and failure reports have no message attributes, so a filter would hold back all of them. */
const unfiltered: Rule<{
  readonly subscriptions?: Readonly<Record<string, { readonly filterPolicy?: object | undefined }>> | undefined;
}> = {
  says: "must not have subscriptions with a filterPolicy, because alarms have no attributes and none would pass: leave filterPolicy out",
  holds: ({ subscriptions = {} }) =>
    Object.values(subscriptions).every(({ filterPolicy }) => filterPolicy === undefined),
  condition: (value) => `alltrue([for entry in values(${value}.subscriptions) : entry.filter_policy == null])`,
};

export const subscriptionApprovalInputs = object(
  {
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
     * Topic for the people who ask and approve. It gets each decision, with the message attributes `decision` (approved, rejected, waiting,
     * failed), `project` (id of the publishing project), `environment` and, where a policy sets one, `severity`.
     * @default - a topic without subscriptions
     */
    notifications: optional(object(topicOptions), {}),
    /** Topic for operators. It gets alarms and failures, so subscribe a person to it. */
    operators: object(topicOptions, unfiltered),
    /**
     * `{}` also sends a message to `notifications` when a request arrives, before it is decided. These messages have no attributes, so a
     * subscription with a `filterPolicy` does not get them.
     * @default - no message when a request arrives
     */
    arrivalNotices: optional(object({})),
    /**
     * Makes the approver's role a contributor of each publishing project, through CloudFormation. What that needs is described at
     * `cloudFormation` of project-membership.
     * @default - no membership is made: run the commands of the output `membershipCommands`
     */
    membership: optional(
      object({
        /**
         * Role that CloudFormation assumes to make the memberships.
         * @default - CloudFormation uses the credentials of whoever deploys
         */
        role: optional(existing.role),
        /**
         * `{}` first makes the user profile of the approver's role in the domain, and adds that profile to the projects.
         * @default - DataZone makes the profile when the role is added
         */
        userProfile: optional(object({})),
        /**
         * Domain units on which, and on all units below which, the approver's role is first granted the policy ADD_TO_PROJECT_MEMBER_POOL, by
         * a key of your choice that does not change later.
         * @default - none: the policy is granted already
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
  },
  ...policyRelations,
);
export type SubscriptionApprovalProps = PropsOf<typeof subscriptionApprovalInputs>;
