import type { EnvironmentFile } from "../../../environments/definition";

const zone = "eu-central-1a";

/** Everything in it is right; slips.ts says what becomes of it with one thing changed. */
const environment: EnvironmentFile = {
  region: "eu-central-1",
  account: "111122223333",
  backend: { s3: { bucket: "example-states", region: "eu-west-1", keyPrefix: "data-access" } },
  tags: { "cost-center": "data-platform" },
  subscriptionApproval: {
    name: "approvals-staging",
    domain: { id: "dzd_example", kmsKey: { arn: "arn:aws:kms:eu-central-1:111122223333:key/domain" } },
    publishingProjects: { sales: { id: "examplesales" }, logistics: { id: "examplelogistics" } },
    policies: "dev",
    notifications: {
      displayName: "Access to data",
      subscriptions: {
        data_owners: {
          protocol: "email",
          endpoint: "data-owners@example.com",
          filterPolicy: { decision: ["waiting"], project: ["examplesales"], environment: ["staging"] },
        },
        archive: {
          protocol: "sqs",
          endpoint: "arn:aws:sqs:eu-central-1:111122223333:archive",
          rawMessageDelivery: true,
          deadLetterQueue: { arn: "arn:aws:sqs:eu-central-1:111122223333:undelivered" },
        },
        chat: { protocol: "lambda", endpoint: "arn:aws:lambda:eu-central-1:111122223333:function:chat" },
        webhook: { protocol: "https", endpoint: "https://hooks.example.com/approvals" },
      },
    },
    operators: { subscriptions: { on_call: { protocol: "email", endpoint: "on-call@example.com" } } },
    arrivalNotices: {},
    sweep: { everyMinutes: 60, minimumAgeMinutes: 15, alarmAfterHours: 72 },
    membership: { role: { arn: "arn:aws:iam::111122223333:role/deployment" } },
    approverRole: {},
    permissionsBoundary: { arn: "arn:aws:iam::111122223333:policy/boundary" },
    rolePath: "/data/",
    logs: { retentionDays: 365 },
  },
  studioAccess: {
    name: "studio-staging",
    network: {
      create: {
        vpcCidr: "10.20.0.0/16",
        privateSubnets: { [zone]: "10.20.1.0/24", "eu-central-1b": "10.20.2.0/24" },
        publicSubnets: { "eu-central-1a": "10.20.0.0/24" },
        natGateways: { "eu-central-1a": {} },
        interfaceEndpoints: { sagemaker: { service: "sagemaker.api" } },
      },
    },
    existingInstance: { arn: "arn:aws:s3:eu-central-1:111122223333:access-grants/default" },
    homeFileSystem: "Retain",
    maxSessionDuration: 43_200,
    scratchDays: 30,
    expireNoncurrentVersions: { days: 30 },
    openedPrefixes: "refuse",
    dataset: {
      source: { s3: { bucket: "example-samples", key: "samples/abalone.csv" }, file: "abalone.csv" },
      prefixes: ["Product/", "UserA/", "UserB/"],
    },
    personas: {
      userA: {
        space: { instanceType: "ml.t3.medium", volumeSizeInGb: 5 },
        grants: {
          product: { subPrefix: "Product/*", permission: "READ" },
          own: { subPrefix: "UserA/*", permission: "READWRITE" },
        },
      },
      userB: {
        role: { arn: "arn:aws:iam::111122223333:role/analysts" },
        grants: {
          product: { subPrefix: "Product/*", permission: "READ" },
          own: { subPrefix: "UserB/*", permission: "READWRITE" },
        },
      },
    },
  },
};

export default environment;
