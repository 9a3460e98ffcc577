import { locationId } from "../access-grants/props";
import { dataset } from "../data-bucket/props";
import { existing, mapOf, object, optional, type PropsOf, rule, text } from "../inputs";
import { grantee, grantsInLocation } from "../shared/grant";
import { naming } from "../shared/names";
import { bucketPolicy } from "../shared/bucket-policy";
import { bucketName } from "../shared/bucket-name";
import { days } from "../shared/secure-bucket";
import { place, profile, profileRules, studioOptions } from "../studio-domain/props";
import { profileRelations } from "../studio-domain/relations";
import { network } from "../studio-network/props";
import { bucketOfOthers, locationOfOthers } from "./existing";

/** Someone who works in Studio, and what of the bucket they may use. */
const persona = object({
  ...profile.fields,
  /** What they may do, by a key of your choice that does not change later, e.g. `Product`. */
  grants: grantsInLocation,
});

const fields = {
  ...naming,
  ...studioOptions,
  /** The network: exactly one of one that exists, and one to make. */
  network: object({ existing: optional(place), create: optional(network) }, rule.exactlyOne("existing", "create")),
  /**
   * The data bucket, where there is one already, in this account and Region. Nothing is written on it: `ownerStatements` says what its owner
   * has to let in.
   * @default - a bucket made here
   */
  existingBucket: optional(object({ bucketName })),
  /**
   * The location of S3 Access Grants that `existingBucket` is registered as already, by its id (`access_grants_location_id`).
   * @default - a location made here
   */
  existingLocation: optional(object({ id: locationId })),
  /**
   * Name of the data bucket, unique in all of AWS.
   * @default - `<name>-data-<account>`
   */
  bucketName: optional(bucketName),
  /**
   * Customer-managed key of the data bucket.
   * @default - a key that S3 manages (SSE-S3)
   */
  dataKey: optional(existing.key),
  /**
   * Deletes versions of data this many days after they were replaced or deleted.
   * @default - never
   */
  expireNoncurrentVersions: optional(days),
  ...bucketPolicy,
  /**
   * A data set to load into prefixes of the bucket at deployment.
   * @default - none
   */
  dataset: optional(dataset),
  /**
   * The S3 Access Grants instance of this account and Region, where there is one already.
   * @default - an instance made here
   */
  existingInstance: optional(existing.accessGrants),
  /**
   * IAM Identity Center instance whose users and groups can be among `otherGrantees`. An instance of S3 Access Grants made here is associated
   * with it; of an existing one it says that it is. People come into Studio by it with `authMode` SSO and their `singleSignOn`.
   * @default - only IAM principals can be grantees
   */
  identityCenter: optional(existing.identityCenter),
  /**
   * Who works in Studio and what of the bucket they may use, by the name of their user profile, e.g. `userA`. Names of their jobs
   * begin with it and a hyphen (`userA-…`).
   */
  personas: mapOf(persona, ...profileRules),
  /**
   * Who may use the data without a profile in Studio: roles, and users and groups of `identityCenter`, by a key of your choice that does not change later.
   * @default - nobody
   */
  otherGrantees: optional(
    mapOf(
      object({
        /** Who it is. */
        grantee,
        /** What they may do, by a key of your choice that does not change later, e.g. `Product`. */
        grants: grantsInLocation,
      }),
      rule.key,
    ),
    {},
  ),
};

const rules = [...profileRelations("personas", { grants: {} }), bucketOfOthers, locationOfOthers];

/** What the module takes. */
export const studioAccessInputs = object(fields, ...rules);

/** What the construct takes. */
export const studioAccessProps = object(
  {
    ...fields,
    /**
     * What to do where someone's broader grant opens a prefix that was granted by name to someone else alone: `warn` or `refuse`.
     * @default - as the construct AccessGrants does it: `warn`
     */
    openedPrefixes: optional(text(rule.oneOf("warn", "refuse"))),
  },
  ...rules,
);
export type StudioAccessProps = PropsOf<typeof studioAccessProps>;
