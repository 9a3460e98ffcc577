import { Construct } from "constructs";
import { S3ControlAccessGrant } from "@cdktf/provider-aws/lib/s3control-access-grant";
import { each, entry, inputs, isKnown, matches, refuse, resolveProps, text } from "../hosting";
import { type Grant, type Grantee, granteeInput, grantsInput } from "./grant";

export { type Grant, type Grantee, type Permission } from "./grant";

export interface PersonaGrantsProps {
  /**
   * Account of the S3 Access Grants instance. Explicit, because the provider would replace a grant on any change of its
   * tags if it had to look the account up itself.
   */
  readonly accountId: string;
  /** Who the grants are for. */
  readonly grantee: Grantee;
  /** Id of each location (`access_grants_location_id`), by the key that grants name it by. */
  readonly locationIds: Readonly<Record<string, string>>;
  /**
   * What the grantee may do, keyed by a name that stays, e.g. `Product`. Grants cannot be changed: a change of one
   * replaces that one and touches no other.
   */
  readonly grants: Readonly<Record<string, Grant>>;
  /**
   * Tags of the grants.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

export const personaGrantsInputs = inputs<PersonaGrantsProps>()({
  accountId: { kind: "string", rules: [matches(/^[0-9]{12}$/, "must be the 12 digits of an AWS account")] },
  grantee: granteeInput,
  locationIds: { kind: "map", of: text },
  grants: grantsInput,
  tags: { kind: "map", of: text, optional: true, default: {} },
});

/** All that one person, role or group may do through S3 Access Grants. */
export class PersonaGrants extends Construct {
  static readonly module = "persona-grants";
  /** ARN of each grant, by its key. */
  readonly grantArns: Readonly<Record<string, string>>;
  /** Id of each grant, by its key. */
  readonly grantIds: Readonly<Record<string, string>>;
  /** What each grant reaches, e.g. `s3://my-bucket/Product/*`, by its key. */
  readonly grantScopes: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: PersonaGrantsProps) {
    super(scope, id);
    const p = resolveProps(this, personaGrantsInputs, props);
    refuse(this, unknownLocations(p.grants, p.locationIds));
    const grants = each(
      p.grants,
      "grant",
      (grant, _key, id, forEach) =>
        new S3ControlAccessGrant(this, id, {
          accountId: p.accountId,
          accessGrantsLocationId: entry(p.locationIds, grant.location),
          accessGrantsLocationConfiguration: [{ s3SubPrefix: grant.subPrefix }],
          s3PrefixType: grant.prefixType,
          permission: grant.permission,
          grantee: [{ granteeType: p.grantee.type, granteeIdentifier: p.grantee.id }],
          tags: p.tags,
          forEach,
        }),
    );
    this.grantArns = grants.attribute("access_grant_arn");
    this.grantIds = grants.attribute("access_grant_id");
    this.grantScopes = grants.attribute("grant_scope");
  }
}

/** What is wrong with the locations that grants name. */
function unknownLocations(
  grants: Readonly<Record<string, Grant>>,
  locations: Readonly<Record<string, unknown>>,
): string[] {
  if (!isKnown(grants) || !isKnown(locations)) return [];
  return Object.entries(grants)
    .filter(([, { location }]) => isKnown(location) && !(location in locations))
    .map(([key, { location }]) => {
      return `grants.${key}.location: must be the key of a location (given: "${location}", locations: ${Object.keys(locations).sort().join(", ")})`;
    });
}
