import type { EnvironmentFile } from "./definition";

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
    sweep: { everyMinutes: 60 },
    // A role of its own is the project's member: it outlives a re-deployment of the function.
    approverRole: {},
    permissionsBoundary: { arn: "arn:aws:iam::222222222222:policy/platform-boundary" },
    rolePath: "/data-access/",
    logs: { retentionDays: 365 },
  },
  studioAccess: {
    name: "product-prod",
    domainName: "Product-Domain",
    network: {
      existing: {
        vpcId: "vpc-0123456789abcdef0",
        subnetIds: ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"],
        securityGroupIds: ["sg-0123456789abcdef0"],
      },
    },
    // SageMaker Unified Studio has made the account's one instance already.
    existingInstance: { arn: "arn:aws:s3:eu-central-1:222222222222:access-grants/default" },
    homeFileSystem: "Retain",
    openedPrefixes: "refuse",
    permissionsBoundary: { arn: "arn:aws:iam::222222222222:policy/platform-boundary" },
    rolePath: "/data-access/",
    personas: {
      userA: {
        grants: {
          product: { subPrefix: "Product/*", permission: "READ" },
          own: { subPrefix: "UserA/*", permission: "READWRITE" },
        },
      },
      userB: {
        grants: {
          product: { subPrefix: "Product/*", permission: "READ" },
          own: { subPrefix: "UserB/*", permission: "READWRITE" },
        },
      },
    },
  },
};

export default prod;
