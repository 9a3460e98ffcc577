import type { AccessGrantsProps } from "../../constructs/access-grants/access-grants";
import type { DataBucketProps } from "../../constructs/data-bucket/data-bucket";
import type { PersonaGrantsProps } from "../../constructs/persona-grants/persona-grants";
import type { Grantee } from "../../constructs/shared/grant";
import type { StudioAccessProps } from "../../constructs/studio-access/studio-access";
import type { StudioDomainProps } from "../../constructs/studio-domain/props";
import type { StudioNetworkProps } from "../../constructs/studio-network/studio-network";

/** Props with nothing optional in them, and props with everything, of each construct of system B. */
interface Fixture<P> {
  readonly minimal: P;
  readonly complete: P;
}

const ACCOUNT = "111122223333";
const key = (id: string): { arn: string } => ({ arn: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${id}` });
const role = (name: string): { arn: string } => ({ arn: `arn:aws:iam::${ACCOUNT}:role/${name}` });
export const iam = (name: string): Grantee & { readonly id: string } => ({ type: "IAM", id: role(name).arn });
const group: Grantee = { type: "DIRECTORY_GROUP", id: "83d43802-00b1-7054-db02-f1d683aacba5" };

const named = { name: "product" };
const everything = {
  ...named,
  tags: { team: "product" },
  permissionsBoundary: { arn: `arn:aws:iam::${ACCOUNT}:policy/boundary` },
  rolePath: "/data/",
};
const product = { location: "data", subPrefix: "Product/*", permission: "READWRITE" } as const;
const place = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] };
const logs = { retentionDays: 30, kmsKey: key("logs") };
const dataset = { prefixes: ["Product/", "UserA/", "UserB/"], sha256: "ab".repeat(32) };
const completeDataset = {
  ...dataset,
  source: { s3: { bucket: "raw", key: "abalone/v2.csv" }, file: "abalone.csv", kmsKey: key("raw") },
  vpc: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
  logs,
};
const network = { vpcCidr: "10.0.0.0/16", privateSubnets: { "eu-central-1a": "10.0.1.0/24" } };
const completeNetwork = {
  vpcCidr: "10.0.0.0/16",
  privateSubnets: { "eu-central-1a": "10.0.1.0/24", "eu-central-1b": "10.0.2.0/24" },
  publicSubnets: { "eu-central-1a": "10.0.101.0/24", "eu-central-1b": "10.0.102.0/24" },
  natGateways: { "eu-central-1a": {}, "eu-central-1b": { elasticIp: { allocationId: "eipalloc-1" } } },
  studioEndpoints: {},
  interfaceEndpoints: { kms: { service: "kms" }, s3: { service: "s3" } },
  trustedAccounts: { lake: "210987654321" },
  publicBuckets: { samples: "sagemaker-sample-files" },
  flowLogs: logs,
};

export const personaGrants: Fixture<PersonaGrantsProps> = {
  minimal: { accountId: ACCOUNT, grantee: iam("usera"), locationIds: { data: "l-1" }, grants: { Product: product } },
  complete: {
    accountId: ACCOUNT,
    grantee: group,
    locationIds: { data: "l-1" },
    grants: {
      Product: product,
      one: { ...product, subPrefix: "UserB/abalone.csv", permission: "READ", prefixType: "Object" },
      logs: { ...product, subPrefix: "logs/2026-*", permission: "WRITE", matchesSiblings: true },
    },
    tags: everything.tags,
  },
};

/** Id of a location that somebody else has registered. */
export const LAKE = "0f9d8c7b-6a5e-4d3c-8b2a-1f0e9d8c7b6a";

export const accessGrants: Fixture<AccessGrantsProps> = {
  minimal: { ...named, locations: { data: { scope: "s3://product-data" } } },
  complete: {
    ...everything,
    identityCenter: { arn: "arn:aws:sso:::instance/ssoins-1" },
    crossAccount: { principalArns: ["arn:aws:iam::444455556666:root"] },
    locations: {
      data: { scope: "s3://product-data", kmsKeys: { data: key("data") }, maxSessionDuration: 7200 },
      archive: { scope: "s3://archive/product/", permission: "READ" },
      all: { scope: "s3://", role: role("all-buckets") },
    },
    existingLocations: { lake: { id: LAKE, scope: "s3://lake" } },
    personas: {
      userA: { grantee: iam("usera"), grants: { Product: product, UserA: { ...product, subPrefix: "UserA/*" } } },
      userB: { grantee: iam("userb"), grants: { Product: product, UserB: { ...product, subPrefix: "UserB/*" } } },
      analysts: {
        grantee: group,
        grants: {
          archive: { location: "archive", subPrefix: "*", permission: "READ" },
          other: { location: "all", subPrefix: "other-data/shared/*", permission: "READ" },
        },
      },
      scientists: {
        grantee: group,
        grants: { lake: { location: "lake", subPrefix: "shared/*", permission: "READ" } },
      },
    },
  },
};

export const dataBucket: Fixture<DataBucketProps> = {
  minimal: { ...named, bucketName: "product-data" },
  complete: {
    ...everything,
    bucketName: "product-data",
    kmsKey: key("data"),
    expireNoncurrentVersions: { days: 30 },
    accessLogs: { bucket: "access-logs" },
    deleteObjectsWithBucket: true,
    dataset: completeDataset,
  },
};

export const studioNetwork: Fixture<StudioNetworkProps> = {
  minimal: { ...named, ...network },
  complete: { ...everything, ...completeNetwork },
};

export const studioDomain: Fixture<StudioDomainProps> = {
  minimal: { ...named, network: place, profiles: { userA: {} } },
  complete: {
    ...everything,
    network: place,
    domainName: "Product-Domain",
    authMode: "SSO",
    studioKey: key("studio"),
    scratchKey: key("scratch"),
    homeFileSystem: "Retain",
    rolePrefix: "sagemaker",
    maxSessionDuration: 7200,
    scratchDays: 7,
    accessLogs: { bucket: "access-logs" },
    deleteObjectsWithBucket: true,
    accessGrantsInstance: { arn: "arn:aws:s3:eu-central-1:111122223333:access-grants/default" },
    sharedAccessGrantsInstances: { partner: { arn: "arn:aws:s3:eu-central-1:444455556666:access-grants/default" } },
    imageRegistries: { accountIds: ["111122223333", "444455556666"] },
    profiles: {
      userA: {
        space: { instanceType: "ml.t3.large", volumeSizeInGb: 10 },
        autoMountHomeEfs: "Enabled",
        singleSignOn: { userName: "a@example.com" },
      },
      userB: { role: role("userb"), singleSignOn: { userName: "b@example.com" } },
    },
  },
};

const grants = (own: string): StudioAccessProps["personas"][string]["grants"] => ({
  Product: { subPrefix: "Product/*", permission: "READWRITE" },
  [own]: { subPrefix: `${own}/*`, permission: "READWRITE" },
});

/** The walkthrough: userA and userB share Product/, and each has a prefix of their own. */
export const studioAccess: Fixture<StudioAccessProps> = {
  minimal: { ...named, network: { create: network }, personas: { userA: { grants: grants("UserA") } } },
  complete: {
    ...everything,
    rolePrefix: "sagemaker",
    domainName: "Product-Domain",
    network: { create: completeNetwork },
    bucketName: "product-data",
    dataKey: key("data"),
    studioKey: key("studio"),
    scratchKey: key("scratch"),
    identityCenter: { arn: "arn:aws:sso:::instance/ssoins-1" },
    otherGrantees: {
      analysts: { grantee: group, grants: { Product: { subPrefix: "Product/*", permission: "READ" } } },
    },
    expireNoncurrentVersions: { days: 30 },
    accessLogs: { bucket: "access-logs" },
    deleteObjectsWithBucket: true,
    dataset,
    personas: { userA: { space: {}, grants: grants("UserA") }, userB: { grants: grants("UserB") } },
  },
};
