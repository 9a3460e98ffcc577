import { Construct } from "constructs";
import { Approver } from "../approver/approver";
import { EventRule } from "../event-rule/event-rule";
import { type Attributes, choose, given, later, local, map, part } from "../hosting";
import { resolveProps, take } from "../inputs";
import { NotificationTopic } from "../notification-topic/notification-topic";
import { ProjectMembership } from "../project-membership/project-membership";
import { subscriptionApprovalInputs, type SubscriptionApprovalProps, topicOptions } from "./props";

export { subscriptionApprovalInputs, type SubscriptionApprovalProps } from "./props";

/**
 * Decides Amazon DataZone subscription requests by policy, end to end: event rules, the approver with its policies, a topic for the people who
 * ask and approve, a topic for operators, and the approver's membership of the publishing projects.
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
    // Topics, queues and rules name one another in their policies: what is made further down comes later.
    this.eventRule = part(this, "event_rule", EventRule, {
      name,
      tags,
      domain,
      publishingProjects,
      queue: { arn: later(() => this.approver.queueArn) },
      deadLetterQueue: { arn: later(() => this.approver.deadLetterQueueArn) },
      arrivalNotices: choose(given(arrivalNotices), () => ({ topicArn: later(() => this.notifications.arn) })),
      sweep: choose(given(sweep), ({ everyMinutes }) => ({
        everyMinutes,
        functionName: later(() => this.approver.functionName),
        functionAlias: later(() => this.approver.aliasName),
      })),
      operators: { arn: later(() => this.operators.arn) },
      // Nothing is let through before the check of the policies has passed.
      after: { approver: later(() => this.approver.aliasArn) },
    });
    const publishers = { approver: { roleArn: later(() => this.approver.functionRoleArn) } };
    this.notifications = part(this, "notifications", NotificationTopic, {
      name,
      tags,
      ...take(topicOptions, notifications),
      publishers,
      eventRules: this.eventRule.requestRules,
    });
    this.operators = part(this, "operators", NotificationTopic, {
      name: `${name}-operators`,
      tags,
      ...take(topicOptions, operators),
      publishers,
    });
    this.approver = part(this, "approver", Approver, {
      ...options,
      topic: { arn: this.notifications.arn, kmsKey: this.notifications.kmsKey },
      operators: { arn: this.operators.arn, kmsKey: this.operators.kmsKey },
      eventRules: this.eventRule.rules,
    });
    const identifier = this.approver.memberRoleArn;
    const profile = choose(given(membership), ({ userProfile }) => userProfile);
    const userProfile = choose(given(profile), () => ({ key: "approver" }));
    const memberPools = local(
      this,
      "member_pools",
      choose(given(membership), ({ memberPools }) => memberPools, {}),
    );
    this.membership = part(this, "membership", ProjectMembership, {
      name,
      tags,
      domain,
      userProfiles: choose(given(profile), { approver: { identifier } }, {}),
      memberPools: map(memberPools, ({ domainUnitId }) => ({ domainUnitId, identifier, userProfile })),
      members: map(publishingProjects, ({ id }) => ({ projectId: id, identifier, userProfile, type: "user" as const })),
      cloudFormation: choose(given(membership), ({ role }) => ({ role })),
    });
  }
}
