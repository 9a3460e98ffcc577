import { Construct } from "constructs";
import { Approver } from "../approver/approver";
import { PARAMETER_NAME, approverOptionInputs, type ApproverOptions } from "../approver/props";
import { EventRule } from "../event-rule/event-rule";
import { type Attributes, derived, existing, inputs, later, mapped, matches, part, resolveProps } from "../hosting";
import {
  NotificationTopic,
  notificationTopicInputs,
  type Subscription,
} from "../notification-topic/notification-topic";
import { ProjectMembership } from "../project-membership/project-membership";

/** A topic and who hears it. */
export interface Notifications {
  /**
   * Subscriptions, by a name that stays.
   * @default - none
   */
  readonly subscriptions?: Readonly<Record<string, Subscription>>;
  /**
   * Name that e-mail subscribers see, at most 100 characters.
   * @default - the topic's name
   */
  readonly displayName?: string;
  /**
   * Customer-managed key to encrypt with. Its policy must let the approver's role, events.amazonaws.com and
   * cloudwatch.amazonaws.com use it (`kms:GenerateDataKey*`, `kms:Decrypt`).
   * @default - a key made here
   */
  readonly kmsKey?: { readonly arn: string };
  /**
   * A topic that is there already. Its policy must let the approver's role, the event rule and CloudWatch publish.
   * @default - a topic made here
   */
  readonly topic?: { readonly arn: string };
}

export interface SubscriptionApprovalProps extends ApproverOptions {
  /**
   * Topic for the people who ask and approve: hears of each decision, with the message attributes `decision` (approved,
   * rejected, waiting, failed), `project` (the publishing project) and `environment` to filter on.
   * @default - a topic without subscriptions
   */
  readonly notifications?: Notifications;
  /** Topic for operators: alarms and failures. Someone should read it. */
  readonly operators: Notifications;
  /**
   * Tells the people who ask and approve also that a request has arrived, before it is decided. These notices carry no
   * attributes, so a subscription with a filter does not get them.
   * @default - not told
   */
  readonly arrivalNotices?: Readonly<Record<never, never>>;
  /**
   * Makes the approver's role a contributor of each publishing project, through CloudFormation. ProjectMembership says what that
   * needs.
   * @default - not made: `membershipCommands` says what to run
   */
  readonly membership?: {
    /**
     * Role that CloudFormation acts as.
     * @default - whoever deploys
     */
    readonly role?: { readonly arn: string };
  };
}

const { subscriptions, displayName, kmsKey, topic } = notificationTopicInputs.fields;
const notifications = { kind: "object", fields: { subscriptions, displayName, kmsKey, topic } } as const;

export const subscriptionApprovalInputs = inputs<SubscriptionApprovalProps>()({
  ...approverOptionInputs,
  name: {
    kind: "string",
    rules: [
      matches(
        /^[a-z][a-z0-9-]{0,29}$/,
        "must be 1 to 30 lower-case letters, digits and hyphens, and start with a letter",
      ),
      PARAMETER_NAME,
    ],
  },
  notifications: { ...notifications, optional: true, default: {} },
  operators: notifications,
  arrivalNotices: { kind: "object", optional: true, fields: {} },
  membership: { kind: "object", optional: true, fields: { role: existing } },
});

/**
 * Amazon DataZone subscription requests that decide themselves: an event rule, the approver with its policies, a topic for the
 * people who ask and approve, a topic for operators, and the approver's membership of the publishing projects.
 */
export class SubscriptionApproval extends Construct {
  static readonly module = "subscription-approval";
  /** The approver. */
  readonly approver: Attributes<Approver>;
  /** Event rule. */
  readonly eventRule: Attributes<EventRule>;
  /** Topic for the people who ask and approve. */
  readonly notifications: Attributes<NotificationTopic>;
  /** Topic for operators. */
  readonly operators: Attributes<NotificationTopic>;
  /** The approver's membership of the publishing projects. */
  readonly membership: Attributes<ProjectMembership>;

  static authored(part: string, problem: string): string {
    if (part === "membership") return problem.replace(/^members\b/, "publishingProjects");
    return ["notifications", "operators"].includes(part)
      ? `${part}.${problem}`.replace(/^\w+\.(?=name|tags)/, "")
      : problem;
  }

  constructor(scope: Construct, id: string, props: SubscriptionApprovalProps) {
    super(scope, id);
    const p = resolveProps(this, subscriptionApprovalInputs, props);
    const { notifications, operators, arrivalNotices, membership, ...options } = p;
    const { name, tags, publishingProjects, sweep } = options;
    const domain = { id: options.domain.id };
    // Topics, queues and rule name one another in their policies: these ARNs come later.
    const publishers = { approver: { roleArn: later(() => this.approver.functionRoleArn) } };
    const requests = { arn: later(() => this.eventRule.arn) };
    const afterwards = { arn: later(() => this.eventRule.laterArn) };
    this.notifications = part(this, "notifications", NotificationTopic, {
      name,
      tags,
      ...fields(notifications),
      publishers,
      eventRules: { requests },
    });
    this.operators = part(this, "operators", NotificationTopic, {
      name: `${name}-operators`,
      tags,
      ...fields(operators),
      publishers,
    });
    this.approver = part(this, "approver", Approver, {
      ...options,
      topic: { arn: this.notifications.arn, kmsKey: this.notifications.kmsKey },
      operators: { arn: this.operators.arn, kmsKey: this.operators.kmsKey },
      eventRules: { requests, afterwards },
    });
    this.eventRule = part(this, "event_rule", EventRule, {
      name,
      tags,
      domain,
      publishingProjects,
      queue: { arn: this.approver.queueArn },
      deadLetterQueue: { arn: this.approver.deadLetterQueueArn },
      arrivalNotices: derived(arrivalNotices, () => ({ topicArn: this.notifications.arn })),
      sweep: derived(sweep, ({ everyMinutes }) => ({
        everyMinutes,
        functionName: this.approver.functionName,
        functionAlias: this.approver.aliasName,
      })),
    });
    this.membership = part(this, "membership", ProjectMembership, {
      name,
      tags,
      domain,
      members: mapped(publishingProjects, ({ id }) => ({
        projectId: id,
        identifier: this.approver.memberRoleArn,
        type: "user" as const,
        designation: "PROJECT_CONTRIBUTOR",
      })),
      cloudFormation: membership,
    });
  }
}

/** One by one: a module's variable cannot be spread. */
const fields = ({ subscriptions, displayName, kmsKey, topic }: Notifications): Notifications => ({
  subscriptions,
  displayName,
  kmsKey,
  topic,
});
