import type { EnvironmentFile } from "./environment";

/** Example values stand where yours go: README, "From the sandbox to a real account". */
const dev: EnvironmentFile = {
  region: "eu-central-1",
  account: "111111111111",
  backend: { s3: { bucket: "example-terraform-state-dev", region: "eu-central-1" } },
  tags: { "cost-center": "data-platform" },
  subscriptionApproval: {
    name: "approvals-dev",
    domain: { id: "dzd_exampledev" },
    publishingProjects: { sales: { id: "examplesales01" }, logistics: { id: "examplelogist1" } },
    policies: "dev",
    notifications: {
      subscriptions: {
        data_owners: {
          protocol: "email",
          endpoint: "data-owners@example.com",
          filterPolicy: { decision: ["waiting"] },
        },
      },
    },
    operators: { subscriptions: { platform_team: { protocol: "email", endpoint: "platform-team@example.com" } } },
    sweep: { everyMinutes: 60 },
  },
};

export default dev;
