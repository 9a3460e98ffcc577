import { Construct } from "constructs";
import { S3ControlAccessGrant } from "@cdktf/provider-aws/lib/s3control-access-grant";
import { each, here, lookup, map } from "../hosting";
import { isKnown, mapOf, object, optional, type PropsOf, resolveProps, rule, text } from "../inputs";
import { type Grant, grantee, grants } from "../shared/grant";
import { accountId } from "../shared/names";
import { awsProfile } from "./aws-profile";

/** A grant names a location that is there. */
export const knownLocations = rule.relation<{
  readonly grants: Readonly<Record<string, Grant>>;
  readonly locationIds: Readonly<Record<string, string>>;
}>({
  about: "grants",
  says: "each grant's location must be a key of locationIds",
  problems: ({ grants, locationIds }) =>
    !isKnown(grants) || !isKnown(locationIds)
      ? []
      : Object.entries(grants)
          .filter(([, { location }]) => isKnown(location) && !(location in locationIds))
          .map(([key, { location }]) => {
            const known = Object.keys(locationIds).sort().join(", ");
            return `grants.${key}.location: must be a key of locationIds (given: "${location}", keys: ${known})`;
          }),
  condition: (props) =>
    `alltrue([for grant in ${props}.grants : contains(keys(${props}.location_ids), grant.location)])`,
});

export const personaGrantsInputs = object(
  {
    /**
     * Account of the S3 Access Grants instance. Explicit, because the provider would replace a grant on any change of its
     * tags if it had to look the account up itself.
     */
    accountId,
    /** Who the grants are for. */
    grantee,
    /** Id of each location (`access_grants_location_id`), by the key that grants name it by. */
    locationIds: mapOf(text()),
    /**
     * What the grantee may do, keyed by a name that stays, e.g. `Product`. Grants cannot be changed: a change of one
     * replaces that one and touches no other.
     */
    grants,
    /**
     * Tags of the grants.
     * @default - none
     */
    tags: optional(mapOf(text()), {}),
  },
  knownLocations,
);
export type PersonaGrantsProps = PropsOf<typeof personaGrantsInputs>;

/** All that one person, role or group may do through S3 Access Grants. */
export class PersonaGrants extends Construct {
  static readonly module = "persona-grants";
  /** ARN of each grant, by its key. */
  readonly grantArns: Readonly<Record<string, string>>;
  /** Id of each grant, by its key. */
  readonly grantIds: Readonly<Record<string, string>>;
  /** What each grant reaches, e.g. `s3://my-bucket/Product/*`, by its key. */
  readonly grantScopes: Readonly<Record<string, string>>;
  /**
   * A profile for `~/.aws/config` for each grant, named by its key: any AWS tool then works with the credentials of the grant
   * (`aws --profile <key> …`). It takes examples/studio/grant_credentials.py to be in the home directory of a Studio space.
   */
  readonly awsProfiles: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: PersonaGrantsProps) {
    super(scope, id);
    const p = resolveProps(this, personaGrantsInputs, props);
    const grants = each(p.grants, "grant", (grant, _key, id, forEach) => {
      return new S3ControlAccessGrant(this, id, {
        accountId: p.accountId,
        accessGrantsLocationId: lookup(p.locationIds, grant.location),
        accessGrantsLocationConfiguration: [{ s3SubPrefix: grant.subPrefix }],
        s3PrefixType: grant.prefixType,
        permission: grant.permission,
        grantee: [{ granteeType: p.grantee.type, granteeIdentifier: p.grantee.id }],
        tags: p.tags,
        lifecycle: { ignoreChanges: ["account_id"] },
        forEach,
      });
    });
    this.grantArns = grants.attribute("access_grant_arn");
    this.grantIds = grants.attribute("access_grant_id");
    this.grantScopes = grants.attribute("grant_scope");
    const { region } = here(this);
    this.awsProfiles = map(p.grants, ({ permission }, key) =>
      awsProfile(key, grants.at(key, "grant_scope"), permission, p.accountId, region),
    );
  }
}
