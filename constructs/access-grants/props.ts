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
    "must be s3://, s3://bucket or s3://bucket/prefix/: with a slash at the end of a prefix, because prefix would also cover prefix-2, and without blanks around its names and * ? and $, which the policy of its role would not take as they are",
  ),
);

/** A place whose data S3 Access Grants can grant: all buckets, a bucket, or a prefix of one. */
const location = object({
  /** `s3://` (all buckets of the account and Region), `s3://bucket` or `s3://bucket/prefix/`. No two may be the same. */
  scope,
  /**
   * The most that a grant in this location may allow, and the most that the role made for it can do.
   * @default "READWRITE"
   */
  permission: optional(permission, "READWRITE"),
  /**
   * Role that S3 Access Grants assumes to make credentials for this location; you see to its trust and permissions.
   * @default - a role made here, narrowed to the scope and the permission
   */
  role: optional(existing.role),
  /**
   * Customer-managed keys that the location's objects are encrypted with; the role made here may use them through S3.
   * @default - none
   */
  kmsKeys: optional(
    mapOf(existing.key, rule.key, rule.atMost(50, "keys: a role's policies hold 10,240 characters")),
    {},
  ),
  /**
   * Longest life of credentials for this location, in seconds: 3,600 to 43,200. GetDataAccess cannot ask for more, so it
   * bounds how long a job can run without asking again.
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

/** A location that somebody else has registered in the instance. */
const existingLocation = object({
  /** Its id (`access_grants_location_id`). */
  id: locationId,
  /** What it was registered with: `s3://`, `s3://bucket` or `s3://bucket/prefix/`. */
  scope,
});

/** Someone, and what they may do. */
const persona = object({
  /** Who it is. */
  grantee,
  /** What they may do, by a key of your choice that does not change later, e.g. `Product`. */
  grants,
});
export type Persona = PropsOf<typeof persona>;

const fields = {
  ...naming,
  ...roleOptions,
  /**
   * The instance of this account and Region, where there is one already. There can be only one; SageMaker Unified Studio may
   * have made it.
   * @default - an instance made here
   */
  existingInstance: optional(existing.accessGrants),
  /**
   * IAM Identity Center instance whose users and groups can be grantees. An instance made here is associated with it; of an
   * existing one it says that it is.
   * @default - only IAM principals can be grantees
   */
  identityCenter: optional(existing.identityCenter),
  /**
   * Lets principals of other accounts ask the instance made here for credentials, by its resource policy. The policy of an
   * `existingInstance` is its owner's to change.
   * @default - only this account's
   */
  crossAccount: optional(
    object({ principalArns: listOf(arnOf.principal, rule.atLeast(1, "principal"), rule.distinct("principal")) }),
  ),
  /** What can be granted, at most 1,000, by a key of your choice that does not change later. */
  locations: mapOf(location, rule.key, rule.atMost(1000, "locations")),
  /**
   * What can be granted too: locations that others have registered, by a key that `locations` has not. Nothing of them is changed.
   * @default - none
   */
  existingLocations: optional(mapOf(existingLocation, rule.key), {}),
  /**
   * Who may do what, by a key of your choice that does not change later. A change of one grant replaces that one and touches no other. At most
   * 100,000 grants in all.
   * @default - no one may do anything
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
     * What to do where someone's broader grant opens a prefix that was granted by name to someone else alone: `warn` or `refuse`.
     * @default "warn"
     */
    openedPrefixes: optional(text(rule.oneOf("warn", "refuse")), "warn"),
  },
  ...grantRelations,
  ...comparisons,
  ownResourcePolicy,
);
export type AccessGrantsProps = PropsOf<typeof accessGrantsProps>;
