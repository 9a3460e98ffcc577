import { ec2Id, existing, flag, mapOf, number, object, optional, type PropsOf, rule, text } from "../inputs";
import { accessLogs } from "../shared/access-logs";
import { securityGroupIds, subnetIds } from "../shared/network";
import { naming } from "../shared/names";
import { order } from "../shared/order";
import { roleOptions } from "../shared/roles";
import { registries } from "./images";
import { profileRelations } from "./relations";

/** Where Studio is. */
export const place = object({
  /** Id of the VPC. */
  vpcId: ec2Id("vpc", "a VPC"),
  /** Ids of the private subnets. */
  subnetIds,
  /** Ids of the security groups of Studio and its jobs: they must let one another in, and out to AWS with TLS. */
  securityGroupIds,
});
export type StudioPlace = PropsOf<typeof place>;

/** A JupyterLab space of one's own. */
const space = object({
  /**
   * Instance to run on.
   * @default "ml.t3.medium"
   */
  instanceType: optional(
    text(rule.matches(/^ml[.][a-z0-9-]+[.][a-z0-9]+$/, "must be a SageMaker instance type, e.g. ml.t3.medium")),
    "ml.t3.medium",
  ),
  /**
   * Size of its volume in GB: 5 to 16,384.
   * @default 5
   */
  volumeSizeInGb: optional(number(rule.between(5, 16_384, "GB")), 5),
});

/** Someone who works in Studio. */
export const profile = object({
  /**
   * Role to work with; you see to its trust and permissions.
   * @default - a role made here, without access to data but by S3 Access Grants
   */
  role: optional(existing.role),
  /**
   * The user in IAM Identity Center, in a domain with `authMode: "SSO"`.
   * @default - none
   */
  singleSignOn: optional(object({ userName: text(rule.trimmed) })),
  /**
   * A private JupyterLab space, so that there is one from the beginning.
   * @default - none; Studio makes one when asked
   */
  space: optional(space),
  /**
   * Whether their folder on the domain's home file system is mounted in their private spaces: `Enabled` or `Disabled`. Files are on
   * each space's own volume either way.
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
  rule.atMost(1000, "people: an account has 1,000 roles by default; take another account for the rest"),
] as const;

export const studioOptions = {
  ...roleOptions,
  /**
   * Name of the SageMaker domain: 1 to 63 letters, digits and hyphens.
   * @default - the name
   */
  domainName: optional(
    text(rule.matches(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, "must be 1 to 63 letters, digits and hyphens")),
  ),
  /**
   * How people come in: `IAM`, or `SSO` by IAM Identity Center.
   * @default "IAM"
   */
  authMode: optional(text(rule.oneOf("IAM", "SSO")), "IAM"),
  /**
   * Customer-managed key for Studio's volumes and file system.
   * @default - a key that AWS manages
   */
  studioKey: optional(existing.key),
  /**
   * What becomes of the home directories when the domain is deleted. With `Retain`, the file system's mount targets also keep
   * the VPC from being deleted.
   * @default "Delete"
   */
  homeFileSystem: optional(text(rule.oneOf("Delete", "Retain")), "Delete"),
  /**
   * Accounts whose container images jobs may run, beside this account's own.
   * @default - AWS's account of the SageMaker Spark images in this Region
   */
  imageRegistries: optional(registries),
  /**
   * S3 Access Grants instances of other accounts, shared with this one, that the roles may ask too (GetDataAccess with `InstanceScope`
   * `ALL`), by a key of your choice that does not change later.
   * @default - none
   */
  sharedAccessGrantsInstances: optional(
    mapOf(existing.accessGrants, rule.key, rule.atMost(20, "instances: a role's policies hold 10,240 characters")),
    {},
  ),
  /**
   * Names of the roles start with it: `<rolePrefix>-<profile in lower case>-role`. Roles are named once in an account.
   * @default - the name
   */
  rolePrefix: optional(
    text(rule.matches(/^[A-Za-z0-9][A-Za-z0-9_-]{0,26}$/, "must be 1 to 27 letters, digits, _ and -")),
  ),
  /**
   * Longest session of a role in seconds: 3,600 to 43,200.
   * @default 43200
   */
  maxSessionDuration: optional(number(rule.between(3600, 43_200, "seconds")), 43_200),
  /**
   * Days that SageMaker's own files (scripts, event logs) are kept in the scratch bucket.
   * @default 30
   */
  scratchDays: optional(number(rule.between(1, 36_500, "days")), 30),
  /**
   * Customer-managed key of the scratch bucket. Its policy must let the account's IAM policies decide: people's roles use it through S3.
   * @default - a key that S3 manages (SSE-S3)
   */
  scratchKey: optional(existing.key),
  /**
   * Logs who asks for which object of the buckets made here, in another bucket (S3 server access logs).
   * @default - no access logs; CloudTrail's data events say the same and more, where they are on
   */
  accessLogs: optional(accessLogs),
  /**
   * Lets destroy delete buckets with everything in them, all versions. Not in production.
   * @default false
   */
  deleteObjectsWithBucket: optional(flag(), false),
};

export const studioDomainInputs = object(
  {
    ...naming,
    ...studioOptions,
    /** Where Studio is. */
    network: place,
    /**
     * Who works here: names of the user profiles, e.g. `userA`. Names of their jobs begin with it and a hyphen (`userA-…`). Jobs and
     * their logs are an account's and Region's: where two domains are in one, profiles of the same name share them.
     */
    profiles: mapOf(profile, ...profileRules),
    /**
     * S3 Access Grants instance that the roles may ask.
     * @default - the one of this account and Region, whether it exists yet or not
     */
    accessGrantsInstance: optional(existing.accessGrants),
    ...order,
  },
  ...profileRelations("profiles"),
);
export type StudioDomainProps = PropsOf<typeof studioDomainInputs>;
