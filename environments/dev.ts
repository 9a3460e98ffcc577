import type { EnvironmentFile } from "./definition";

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
  studioAccess: {
    name: "product-dev",
    domainName: "Product-Domain",
    network: {
      create: {
        vpcCidr: "10.20.0.0/16",
        privateSubnets: { "eu-central-1a": "10.20.1.0/24" },
        publicSubnets: { "eu-central-1a": "10.20.0.0/24" },
        natGateways: { "eu-central-1a": {} },
      },
    },
    deleteObjectsWithBucket: true,
    dataset: {
      prefixes: ["Product/", "UserA/", "UserB/"],
      // UCI's abalone.data; what AWS publishes has to be the same bytes, or the load says what they are.
      sha256: "de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f",
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

export default dev;
