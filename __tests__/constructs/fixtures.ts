import type { ApproverProps } from "../../constructs/approver/approver";
import type { EventRuleProps } from "../../constructs/event-rule/event-rule";
import type { NotificationTopicProps } from "../../constructs/notification-topic/notification-topic";
import type { ProjectMembershipProps } from "../../constructs/project-membership/project-membership";
import type { SubscriptionApprovalProps } from "../../constructs/subscription-approval/subscription-approval";

/** Props with nothing optional in them, and props with everything, of each construct of system A. */
interface Fixture<P> {
  readonly minimal: P;
  readonly complete: P;
}

const inAccount = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-central-1:111122223333:${resource}`;
const role = (name: string): { arn: string } => ({ arn: `arn:aws:iam::111122223333:role/${name}` });
const key = (id: string): { arn: string } => ({ arn: inAccount("kms", `key/${id}`) });
const topic = (name: string): { arn: string } => ({ arn: inAccount("sns", name) });
const queue = (name: string): { arn: string; url: string; name: string } => ({
  arn: inAccount("sqs", name),
  url: `https://sqs.eu-central-1.amazonaws.com/111122223333/${name}`,
  name,
});

const named = { name: "approvals" };
const tagged = { ...named, tags: { team: "data-platform" } };
const domain = { id: "dzd_4fbz9qk1x2" };
const oneProject = { sales: { id: "sal3s" } };
const twoProjects = { ...oneProject, hr: { id: "hum4n" } };
const boundary = { permissionsBoundary: { arn: "arn:aws:iam::111122223333:policy/boundary" }, rolePath: "/data/" };

// Quotes, a template sequence and a line break: what a policy's text may hold has to arrive unchanged.
const permit = '@id("read-only")\npermit(principal, action, resource) when { "${x}%{y}" == "" };\n';
const policies = { "read-only": permit };
const twoPolicies = { ...policies, never: '@id("never")\nforbid(principal, action, resource);\n' };

const subscriptions: NotificationTopicProps["subscriptions"] = {
  owner: { protocol: "email", endpoint: "owner@example.com", filterPolicy: { decision: ["waiting", "failed"] } },
  archive: {
    protocol: "sqs",
    endpoint: queue("archive").arn,
    rawMessageDelivery: true,
    deadLetterQueue: { arn: queue("undelivered").arn },
  },
  chat: { protocol: "lambda", endpoint: inAccount("lambda", "function:chat") },
};

export const notificationTopic: Fixture<NotificationTopicProps> = {
  minimal: named,
  complete: {
    ...tagged,
    displayName: "Access to ${data}",
    kmsKey: key("topic"),
    publishers: { approver: { roleArn: role("approver").arn } },
    eventRules: { requests: { arn: inAccount("events", "rule/approvals") } },
    subscriptions,
  },
};

export const eventRule: Fixture<EventRuleProps> = {
  minimal: {
    ...named,
    domain,
    publishingProjects: oneProject,
    queue: { arn: queue("requests").arn },
    deadLetterQueue: { arn: queue("undelivered").arn },
  },
  complete: {
    ...tagged,
    domain,
    publishingProjects: twoProjects,
    queue: { arn: queue("requests").arn },
    deadLetterQueue: { arn: queue("undelivered").arn },
    arrivalNotices: { topicArn: topic("people").arn },
    sweep: { everyMinutes: 60, functionName: "approvals", functionAlias: "live" },
    operators: { arn: topic("operators").arn },
  },
};

const approverMinimal = { ...named, environment: "dev", domain, publishingProjects: oneProject, policies };
const approverComplete = {
  ...tagged,
  ...boundary,
  environment: "prod",
  domain: { ...domain, kmsKey: key("domain") },
  publishingProjects: twoProjects,
  policies: twoPolicies,
  sweep: { everyMinutes: 30, minimumAgeMinutes: 20, alarmAfterHours: 24 },
  dashboard: {},
  approverRole: {},
  queueKey: key("queue"),
  successTopic: { ...topic("successes"), kmsKey: key("successes") },
  vpc: { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] },
  logs: { retentionDays: 30, kmsKey: key("logs") },
};

export const approver: Fixture<ApproverProps> = {
  minimal: { ...approverMinimal, topic: topic("people"), operators: topic("operators") },
  complete: {
    ...approverComplete,
    topic: { ...topic("people"), kmsKey: key("people") },
    operators: { ...topic("operators"), kmsKey: key("operators") },
    eventRules: { requests: { arn: inAccount("events", "rule/approvals") } },
  },
};

/** What a team already has, instead of what would be made. */
export const given: Pick<ApproverProps, "role" | "approverRole" | "queue" | "deadLetterQueue"> = {
  role: role("own-function"),
  approverRole: { role: role("own-approver") },
  queue: queue("own-requests"),
  deadLetterQueue: queue("own-undelivered"),
};

export const projectMembership: Fixture<ProjectMembershipProps> = {
  minimal: { ...named, domain, members: { approver: { projectId: "sal3s", identifier: role("approver").arn } } },
  complete: {
    ...tagged,
    domain,
    members: {
      approver: { projectId: "sal3s", identifier: role("approver").arn, userProfile: { key: "approver" } },
      analysts: {
        projectId: "sal3s",
        identifier: "it's-a-group",
        type: "group",
        designation: "PROJECT_CATALOG_VIEWER",
      },
    },
    userProfiles: { approver: { identifier: role("approver").arn } },
    memberPools: {
      sales: { domainUnitId: "sales-unit", identifier: role("approver").arn, userProfile: { key: "approver" } },
      analysts: { domainUnitId: "sales-unit", identifier: "it's-a-group", type: "group" },
    },
    cloudFormation: { role: role("deployment") },
  },
};

export const subscriptionApproval: Fixture<SubscriptionApprovalProps> = {
  minimal: { ...approverMinimal, operators: {} },
  complete: {
    ...approverComplete,
    notifications: { subscriptions, displayName: "Access to data", kmsKey: key("people") },
    operators: { topic: topic("pager"), kmsKey: key("pager") },
    arrivalNotices: {},
    membership: { role: role("deployment"), userProfile: {}, memberPools: { sales: { domainUnitId: "sales-unit" } } },
  },
};
