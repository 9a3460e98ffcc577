import type { EnvironmentFile } from "./definition";

const setting = (name: string, example: string): string => process.env[name] ?? example;

/**
 * Both systems in a local AWS. The walkthrough makes the catalog first and says through the environment variables which
 * domain, project, queue and key it made; without them (a synthesis by hand) examples stand in.
 */
const sandbox: EnvironmentFile = {
  region: "us-east-1",
  account: "123456789012",
  backend: { local: {} },
  sandbox: true,
  subscriptionApproval: {
    name: "approvals",
    domain: { id: setting("SANDBOX_DOMAIN_ID", "dzd_sandbox") },
    publishingProjects: { sales: { id: setting("SANDBOX_PUBLISHING_PROJECT_ID", "sales") } },
    policies: "prod",
    notifications: {
      subscriptions: {
        inbox: {
          protocol: "sqs",
          endpoint: setting("SANDBOX_INBOX_ARN", "arn:aws:sqs:us-east-1:123456789012:walkthrough-inbox"),
        },
      },
    },
    operators: { subscriptions: { on_call: { protocol: "email", endpoint: "on-call@example.com" } } },
    sweep: { everyMinutes: 60 },
    dashboard: {},
    membership: {},
  },
  studioAccess: {
    name: "product",
    domainName: "Product-Domain",
    rolePrefix: "sagemaker",
    network: {
      create: {
        vpcCidr: "10.0.0.0/16",
        privateSubnets: { "us-east-1a": "10.0.1.0/24" },
        publicSubnets: { "us-east-1a": "10.0.0.0/24" },
        natGateways: { "us-east-1a": {} },
      },
    },
    bucketName: "product-data",
    studioKey: { arn: setting("SANDBOX_STUDIO_KEY_ARN", "arn:aws:kms:us-east-1:123456789012:key/studio") },
    deleteObjectsWithBucket: true,
    dataset: {
      source: {
        s3: { bucket: setting("SANDBOX_DATASET_BUCKET", "walkthrough-samples"), key: "abalone.csv" },
        file: "abalone.csv",
      },
      prefixes: ["Product/", "UserA/", "UserB/"],
    },
    personas: {
      userA: {
        grants: {
          product: { subPrefix: "Product/*", permission: "READWRITE" },
          own: { subPrefix: "UserA/*", permission: "READWRITE" },
        },
      },
      userB: {
        grants: {
          product: { subPrefix: "Product/*", permission: "READWRITE" },
          own: { subPrefix: "UserB/*", permission: "READWRITE" },
        },
      },
    },
  },
};

export default sandbox;
