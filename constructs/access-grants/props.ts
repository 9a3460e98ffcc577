import {
  arnOf,
  existing,
  listOf,
  mapOf,
  number,
  object,
  optional,
  type PropsOf,
  type Resolved,
  rule,
  text,
} from "../inputs";
import { grantee, grants, permission } from "../shared/grant";
import { naming } from "../shared/names";
import { order } from "../shared/order";
import { roleOptions } from "../shared/roles";
import { comparisons } from "./comparisons";
import { grantRelations, ownResourcePolicy } from "./relations";

const scope = text(
  rule.matches(
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/([^/ \t*?$]([^/*?$]*[^/ \t*?$])?\/)*)?)?$/,
    "must be s3://, s3://bucket or s3://bucket/prefix/. End a prefix with a slash, because s3://bucket/prefix would also cover prefix-2; and use no blanks around names and none of * ? $, which mean something else in the IAM policy of the location's role",
  ),
);

/** A location of S3 Access Grants: the buckets, the bucket or the prefix in which access can be granted. */
const location = object({
  /**
   * What the location covers: `s3://` (all buckets of the account and Region), `s3://bucket` or `s3://bucket/prefix/`. No two locations
   * may have the same scope.
   */
  scope,
  /**
   * Upper limit on what grants in this location allow, and on what the role created for it can do: `READ`, `WRITE` or `READWRITE`.
   * @default "READWRITE"
   */
  permission: optional(permission, "READWRITE"),
  /**
   * Existing role that S3 Access Grants assumes to issue credentials for this location. Its trust policy and permissions are yours to
   * set.
   * @default - a role created here, limited to the scope and the permission
   */
  role: optional(existing.role),
  /**
   * Customer-managed KMS keys that the location's objects are encrypted with, by a key of your choice that does not change later. The
   * role created here may use them through S3.
   * @default - none
   */
  kmsKeys: optional(
    mapOf(existing.key, rule.key, rule.atMost(50, "keys: a role's policies hold 10,240 characters")),
    {},
  ),
  /**
   * Longest lifetime of credentials for this location, in seconds: 3,600 to 43,200. Because GetDataAccess cannot ask for longer, a job
   * that runs longer has to ask for new credentials.
   * @default 43200
   */
  maxSessionDuration: optional(number(rule.between(3600, 43_200, "seconds")), 43_200),
});
export type Location = Resolved<typeof location>;

/** `access_grants_location_id` of a location. */
export const locationId = text(
  rule.matches(
    /^(default|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    "must be the id of a location: default, or a UUID",
  ),
);

/** A location that is registered in the S3 Access Grants instance already, outside this configuration. */
const existingLocation = object({
  /** Its id (`access_grants_location_id`). */
  id: locationId,
  /** The scope that it was registered with: `s3://`, `s3://bucket` or `s3://bucket/prefix/`. */
  scope,
});

/** Someone, and what they may do. */
const persona = object({
  /** Who gets the grants. */
  grantee,
  /** The grants of this persona, by a key of your choice that does not change later, e.g. `Product`. */
  grants,
});
export type Persona = PropsOf<typeof persona>;

const fields = {
  ...naming,
  ...roleOptions,
  /**
   * The S3 Access Grants instance of this account and Region, if there is one already. AWS allows only one, and SageMaker Unified Studio
   * may have created it.
   * @default - an instance created here
   */
  existingInstance: optional(existing.accessGrants),
  /**
   * IAM Identity Center instance whose users and groups can be grantees. An S3 Access Grants instance created here is associated with it; an
   * `existingInstance` must be associated with it already.
   * @default - only IAM principals can be grantees
   */
  identityCenter: optional(existing.identityCenter),
  /**
   * Principals of other accounts that may ask the S3 Access Grants instance created here for credentials. They are added to its resource
   * policy. An `existingInstance` keeps its own policy, which only its owner changes.
   * @default - only principals of this account may ask
   */
  crossAccount: optional(
    object({ principalArns: listOf(arnOf.principal, rule.atLeast(1, "principal"), rule.distinct("principal")) }),
  ),
  /** Locations to register, in which access can be granted: at most 1,000, by a key of your choice that does not change later. */
  locations: mapOf(location, rule.key, rule.atMost(1000, "locations")),
  /**
   * Locations that are registered already and that grants can be made in too, by a key of your choice that `locations` does not use.
   * Nothing about them is changed.
   * @default - none
   */
  existingLocations: optional(mapOf(existingLocation, rule.key), {}),
  /**
   * Who may read or write what: each persona is a grantee with grants, by a key of your choice that does not change later. Changing one
   * grant replaces that grant and touches no other. At most 100,000 grants in all.
   * @default - nobody is granted anything
   */
  personas: optional(mapOf(persona, rule.key), {}),
  ...order,
};

/** What the module takes. */
export const accessGrantsInputs = object(fields, ...grantRelations, ...comparisons, ownResourcePolicy);

/** What the construct takes. */
export const accessGrantsProps = object(
  {
    ...fields,
    /**
     * What to do when a broader grant of one grantee (`*`) covers a prefix that is granted to a single other grantee (`UserB/*`): `warn` or
     * `refuse`.
     * @default "warn"
     */
    openedPrefixes: optional(text(rule.oneOf("warn", "refuse")), "warn"),
  },
  ...grantRelations,
  ...comparisons,
  ownResourcePolicy,
);
export type AccessGrantsProps = PropsOf<typeof accessGrantsProps>;
