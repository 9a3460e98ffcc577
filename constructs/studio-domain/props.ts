import { ec2Id, existing, flag, mapOf, number, object, optional, type PropsOf, rule, text } from "../inputs";
import { accessLogs } from "../shared/access-logs";
import { securityGroupIds, subnetIds } from "../shared/network";
import { naming } from "../shared/names";
import { order } from "../shared/order";
import { roleOptions } from "../shared/roles";
import { registries } from "./images";
import { profileRelations } from "./relations";

/** The network of Studio and its jobs. */
export const place = object({
  /** Id of the VPC. */
  vpcId: ec2Id("vpc", "a VPC"),
  /** Ids of the private subnets. */
  subnetIds,
  /**
   * Ids of the security groups of Studio and its jobs. They must allow traffic among one another, and TLS out to AWS.
   */
  securityGroupIds,
});
export type StudioPlace = PropsOf<typeof place>;

/** A private JupyterLab space. */
const space = object({
  /**
   * Instance type that the space runs on.
   * @default "ml.t3.medium"
   */
  instanceType: optional(
    text(rule.matches(/^ml[.][a-z0-9-]+[.][a-z0-9]+$/, "must be a SageMaker instance type, e.g. ml.t3.medium")),
    "ml.t3.medium",
  ),
  /**
   * Size of the space's EBS volume in GB: 5 to 16,384.
   * @default 5
   */
  volumeSizeInGb: optional(number(rule.between(5, 16_384, "GB")), 5),
});

/** The user profile of someone who works in Studio. */
export const profile = object({
  /**
   * Existing execution role of the profile. Its trust policy and permissions are yours to set.
   * @default - a role created here, which reaches data through S3 Access Grants only
   */
  role: optional(existing.role),
  /**
   * The person's user in IAM Identity Center. Required when `authMode` is `SSO`, refused otherwise.
   * @default - none
   */
  singleSignOn: optional(object({ userName: text(rule.trimmed) })),
  /**
   * A private JupyterLab space to make for the person.
   * @default - none; the person can make one in Studio
   */
  space: optional(space),
  /**
   * Whether the person's folder on the domain's home file system is mounted in their private spaces: `Enabled` or `Disabled`. Each space has
   * a volume of its own either way.
   * @default "Disabled"
   */
  autoMountHomeEfs: optional(text(rule.oneOf("Enabled", "Disabled")), "Disabled"),
});

/** As in CreateDomain, CreateUserProfile and CreateSpace of the SageMaker API, and so that names of roles fit. */
export const profileRules = [
  rule.keysMatch(
    /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,30}$/,
    "must have keys of 1 to 31 letters, digits and hyphens, because they name user profiles and roles",
  ),
  rule.atMost(1000, "people: an account has 1,000 roles by default, so put the rest into another account"),
] as const;

export const studioOptions = {
  ...roleOptions,
  /**
   * Name of the SageMaker domain: 1 to 63 letters, digits and hyphens.
   * @default - `name`
   */
  domainName: optional(
    text(rule.matches(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, "must be 1 to 63 letters, digits and hyphens")),
  ),
  /**
   * How people sign in to Studio: `IAM`, by a presigned URL, or `SSO`, by IAM Identity Center.
   * @default "IAM"
   */
  authMode: optional(text(rule.oneOf("IAM", "SSO")), "IAM"),
  /**
   * Customer-managed key that encrypts Studio's volumes and its home file system.
   * @default - a key that AWS manages
   */
  studioKey: optional(existing.key),
  /**
   * Whether the home directories are deleted together with the domain: `Delete` or `Retain`. With `Retain` the VPC cannot be deleted
   * either, because the file system keeps its mount targets there.
   * @default "Delete"
   */
  homeFileSystem: optional(text(rule.oneOf("Delete", "Retain")), "Delete"),
  /**
   * Accounts from whose ECR registries jobs may run container images, in addition to this account.
   * @default - the AWS account that publishes the SageMaker Spark images in this Region
   */
  imageRegistries: optional(registries),
  /**
   * S3 Access Grants instances of other accounts that are shared with this account and that the profiles' roles may ask for credentials
   * too (GetDataAccess with `InstanceScope` `ALL`), by a key of your choice that does not change later.
   * @default - none
   */
  sharedAccessGrantsInstances: optional(
    mapOf(existing.accessGrants, rule.key, rule.atMost(20, "instances: a role's policies hold 10,240 characters")),
    {},
  ),
  /**
   * Prefix of the profiles' role names: `<rolePrefix>-<profile in lower case>-role`. A role's name must be unique in the account, so two
   * deployments need two prefixes.
   * @default - `name`
   */
  rolePrefix: optional(
    text(rule.matches(/^[A-Za-z0-9][A-Za-z0-9_-]{0,26}$/, "must be 1 to 27 letters, digits, _ and -")),
  ),
  /**
   * Longest session of a profile's role, in seconds: 3,600 to 43,200.
   * @default 43200
   */
  maxSessionDuration: optional(number(rule.between(3600, 43_200, "seconds")), 43_200),
  /**
   * Days that SageMaker's own files (job scripts, Spark event logs) are kept in the scratch bucket: 1 to 36,500.
   * @default 30
   */
  scratchDays: optional(number(rule.between(1, 36_500, "days")), 30),
  /**
   * Customer-managed key that encrypts the scratch bucket. Its key policy must leave the decision to IAM policies of the account, because
   * the profiles' roles use the key through S3.
   * @default - a key that S3 manages (SSE-S3)
   */
  scratchKey: optional(existing.key),
  /**
   * S3 server access logs of the buckets created here: writes who asked for which object into another bucket.
   * @default - no access logs; CloudTrail data events, where you have them on, record the same and more
   */
  accessLogs: optional(accessLogs),
  /**
   * Lets `destroy` delete the buckets together with all objects and versions in them. Not for production.
   * @default false
   */
  deleteObjectsWithBucket: optional(flag(), false),
};

export const studioDomainInputs = object(
  {
    ...naming,
    ...studioOptions,
    /** The VPC, subnets and security groups of Studio and its jobs. */
    network: place,
    /**
     * User profiles of the people who work in Studio, by the profile's name, e.g. `userA`. The names of a person's jobs must begin with that
     * name and a hyphen (`userA-…`). Jobs and their logs belong to an account and Region, not to a domain: profiles of the same name in two
     * domains there can reach each other's.
     */
    profiles: mapOf(profile, ...profileRules),
    /**
     * S3 Access Grants instance that the profiles' roles may ask for credentials.
     * @default - the instance of this account and Region, which need not exist yet
     */
    accessGrantsInstance: optional(existing.accessGrants),
    ...order,
  },
  ...profileRelations("profiles"),
);
export type StudioDomainProps = PropsOf<typeof studioDomainInputs>;
