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

/** Someone who works in Studio, with grants in the data bucket. */
const persona = object({
  ...profile.fields,
  /** The grants of this persona in the data bucket, by a key of your choice that does not change later, e.g. `Product`. */
  grants: grantsInLocation,
});

const fields = {
  ...naming,
  ...studioOptions,
  /** The network of Studio and its jobs: either `existing` or `create`. */
  network: object({ existing: optional(place), create: optional(network) }, rule.exactlyOne("existing", "create")),
  /**
   * An existing data bucket in this account and Region. Its settings and policies are not changed: the output `ownerStatements` has what
   * its owner may have to add.
   * @default - a bucket created here
   */
  existingBucket: optional(object({ bucketName })),
  /**
   * The S3 Access Grants location that covers `existingBucket` already, by its id (`access_grants_location_id`).
   * @default - the bucket is registered here, as a new location
   */
  existingLocation: optional(object({ id: locationId })),
  /**
   * Name of the data bucket, unique in all of AWS: 3 to 63 lower-case letters, digits, dots and hyphens.
   * @default - `<name>-data-<account>`
   */
  bucketName: optional(bucketName),
  /**
   * Customer-managed key that encrypts the data bucket.
   * @default - a key that S3 manages (SSE-S3)
   */
  dataKey: optional(existing.key),
  /**
   * Deletes noncurrent versions of the data this many days after they were replaced or deleted.
   * @default - noncurrent versions are kept forever
   */
  expireNoncurrentVersions: optional(days),
  ...bucketPolicy,
  /**
   * A data set to load into prefixes of the bucket by an apply.
   * @default - none
   */
  dataset: optional(dataset),
  /**
   * The S3 Access Grants instance of this account and Region, if there is one already. AWS allows only one.
   * @default - an instance created here
   */
  existingInstance: optional(existing.accessGrants),
  /**
   * IAM Identity Center instance whose users and groups can be among `otherGrantees`. An S3 Access Grants instance created here is associated
   * with it; an `existingInstance` must be associated with it already. To let people sign in to Studio through it, set `authMode` to SSO and
   * each persona's `singleSignOn`.
   * @default - only IAM principals can be grantees
   */
  identityCenter: optional(existing.identityCenter),
  /**
   * People who work in Studio, each with their grants, by the name of their user profile, e.g. `userA`. The names of a person's jobs must
   * begin with that name and a hyphen (`userA-…`).
   */
  personas: mapOf(persona, ...profileRules),
  /**
   * Who else may use the data, without a profile in Studio: IAM roles, and users and groups of `identityCenter`, by a key of your choice
   * that does not change later.
   * @default - nobody
   */
  otherGrantees: optional(
    mapOf(
      object({
        /** Who gets the grants. */
        grantee,
        /** The grants in the data bucket, by a key of your choice that does not change later, e.g. `Product`. */
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
     * What to do when a broader grant of one grantee (`*`) covers a prefix that is granted to a single other grantee (`UserB/*`): `warn` or
     * `refuse`.
     * @default - as the construct AccessGrants does it: `warn`
     */
    openedPrefixes: optional(text(rule.oneOf("warn", "refuse"))),
  },
  ...rules,
);
export type StudioAccessProps = PropsOf<typeof studioAccessProps>;
