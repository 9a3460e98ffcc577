import type { EnvironmentFile } from "./environment";

/** Example values stand where yours go: README, "From the sandbox to a real account". */
const prod: EnvironmentFile = {
  region: "eu-central-1",
  account: "222222222222",
  backend: { hcp: { organization: "example" } },
  tags: { "cost-center": "data-platform" },
  subscriptionApproval: {
    name: "approvals-prod",
    domain: {
      id: "dzd_exampleprod",
      kmsKey: { arn: "arn:aws:kms:eu-central-1:222222222222:key/00000000-0000-4000-8000-000000000000" },
    },
    publishingProjects: { sales: { id: "examplesales02" } },
    policies: "prod",
    notifications: {
      subscriptions: {
        data_owners: {
          protocol: "email",
          endpoint: "data-owners@example.com",
          filterPolicy: { decision: ["waiting", "rejected"] },
        },
      },
    },
    operators: { subscriptions: { on_call: { protocol: "email", endpoint: "on-call@example.com" } } },
    arrivalNotices: {},
    sweep: { everyMinutes: 60 },
    // A role of its own is the project's member: it outlives a re-deployment of the function.
    approverRole: {},
    permissionsBoundary: { arn: "arn:aws:iam::222222222222:policy/platform-boundary" },
    rolePath: "/data-access/",
    logs: { retentionDays: 365 },
  },
};

export default prod;
