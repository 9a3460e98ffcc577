import type { EnvironmentFile } from "./index";

/**
 * NAME: what is deployed where. Put your own values where examples stand; take out what you do not need.
 * `npm run environment -- check NAME` says what is wrong, `npx cdktf diff NAME` what would be deployed.
 */
const environment: EnvironmentFile = {
  // Region and account that are deployed to: Terraform refuses any other account.
  region: "eu-central-1",
  account: "111111111111",

  // Where Terraform keeps its state: { local: {} } for a trial, { hcp: { organization } } for HCP Terraform, or a bucket.
  backend: { s3: { bucket: "example-terraform-state-NAME", region: "eu-central-1" } },

  // Tags of every resource, beside environment = NAME.
  tags: { "cost-center": "data-platform" },

  // System A: who may subscribe to data. Leave it out where you do not need it.
  subscriptionApproval: {
    // Names of the resources begin with it: 1 to 30 lower-case letters, digits and hyphens.
    name: "approvals-NAME",
    // The Amazon DataZone (SageMaker Unified Studio) domain. kmsKey: { arn } where it has a customer-managed key.
    domain: { id: "dzd_exampledomain" },
    // The projects that publish data, by keys of your choice that do not change later: they become part of addresses.
    publishingProjects: { sales: { id: "exampleproject" } },
    // The policy set: a folder of policies/ (docs/policies.md).
    policies: "dev",
    // Who hears of decisions. Without filterPolicy: of every decision.
    notifications: {
      subscriptions: {
        data_owners: {
          protocol: "email",
          endpoint: "data-owners@example.com",
          filterPolicy: { decision: ["waiting"] },
        },
      },
    },
    // Who hears of alarms and failures: someone should.
    operators: { subscriptions: { platform_team: { protocol: "email", endpoint: "platform-team@example.com" } } },
    // Decides what is still pending, every so many minutes: events can be lost. Without it, only what arrives is decided.
    sweep: { everyMinutes: 60 },
    // Makes the approver a contributor of the publishing projects (README, step 4, has what that needs).
    // membership: {},
  },

  // System B: who may read and write which prefix from Studio. Leave it out where you do not need it.
  studioAccess: {
    name: "studio-NAME",
    network: {
      // A network to make; of one that is there already: existing: { vpcId, subnetIds, securityGroupIds }.
      create: {
        vpcCidr: "10.20.0.0/16",
        // Availability Zones of the Region → addresses inside the VPC.
        privateSubnets: { "eu-central-1a": "10.20.1.0/24" },
        publicSubnets: { "eu-central-1a": "10.20.0.0/24" },
        natGateways: { "eu-central-1a": {} },
      },
    },
    // The account's S3 Access Grants instance, where SageMaker Unified Studio or someone else has made it already.
    // existingInstance: { arn: "arn:aws:s3:eu-central-1:111111111111:access-grants/default" },
    // Whether people's home directories are deleted together with the domain.
    homeFileSystem: "Retain",
    // What to do when a broader grant of one person covers a prefix that is granted to another person alone.
    openedPrefixes: "refuse",
    // A data set to begin with: AWS's sample, unless source says another; its digest, since anybody can read it. Leave it out where
    // data comes otherwise.
    dataset: {
      prefixes: ["Product/"],
      sha256: "de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f",
    },
    // Who works in Studio, and their grants in the data bucket. Capital and small letters differ in S3.
    personas: {
      userA: {
        grants: {
          product: { subPrefix: "Product/*", permission: "READ" },
          own: { subPrefix: "UserA/*", permission: "READWRITE" },
        },
      },
    },
  },
};

export default environment;
