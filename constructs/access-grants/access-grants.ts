import { Construct } from "constructs";
import { S3ControlAccessGrantsInstance } from "@cdktf/provider-aws/lib/s3control-access-grants-instance";
import { S3ControlAccessGrantsLocation } from "@cdktf/provider-aws/lib/s3control-access-grants-location";
import { choose, each, eachConstruct, ensure, given, Heading, here, make, map, merge, origins } from "../hosting";
import { resolveProps } from "../inputs";
import { PersonaGrants } from "../persona-grants/persona-grants";
import { compareAll } from "./compare";
import { locationRoles } from "./location-roles";
import { knownInstanceArn, locationTrust } from "./location-trust";
import { ownerStatements } from "./owner-statements";
import { accessGrantsProps, type AccessGrantsProps } from "./props";
import { grantRelations } from "./relations";
import { resourcePolicy } from "./resource-policy";

export { accessGrantsInputs, type AccessGrantsProps, type Persona } from "./props";

/**
 * The S3 Access Grants of an account and Region: the instance, its locations with their roles, and the grants of each persona. To change
 * access, change grants; no IAM policy has to change.
 */
export class AccessGrants extends Construct {
  static readonly module = "access-grants";
  /** ARN of the S3 Access Grants instance. */
  readonly instanceArn: string;
  /** Id of the instance created here. */
  readonly instanceId?: string;
  /** Id of each location, created here or existing, by the location's key. */
  readonly locationIds: Readonly<Record<string, string>>;
  /** ARN of each location, by the location's key. */
  readonly locationArns: Readonly<Record<string, string>>;
  /**
   * ARN of each location's role, existing or created here, by the location's key. Policies of the buckets and keys must let these roles in.
   */
  readonly locationRoleArns: Readonly<Record<string, string>>;
  /** Name of each role created here, by the location's key. */
  readonly locationRoleNames: Readonly<Record<string, string>>;
  /**
   * Policy statements for the owners of each location's bucket and keys, by the location's key: JSON of an object with `bucket` and `key`.
   * Nothing is changed there by this configuration. In this account IAM policies are enough, so add the statements only where the bucket's
   * or key's policy restricts access. A Deny statement there must make an exception for the location's role.
   */
  readonly ownerStatements: Readonly<Record<string, string>>;
  /** ARN of each grant, by the persona's key and the grant's key. */
  readonly grantArns: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Id of each grant, by the persona's key and the grant's key. */
  readonly grantIds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Full scope of each grant, e.g. `s3://my-bucket/Product/*`, by the persona's key and the grant's key. */
  readonly grantScopes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Text of an AWS profile for `~/.aws/config`, for each grant, by the persona's key and the grant's key: with it any AWS tool uses the
   * grant's credentials (`aws --profile <key> …`). The file examples/studio/grant_credentials.py must be in the home directory of the
   * Studio space.
   */
  readonly awsProfiles: Readonly<Record<string, Readonly<Record<string, string>>>>;

  static authored(part: string, problem: string): string {
    return `${part.replace(/^persona_/, "personas.")}.${problem}`;
  }

  constructor(scope: Construct, id: string, props: AccessGrantsProps) {
    super(scope, id);
    const p = resolveProps(this, accessGrantsProps, props);
    compareAll(this, p, p.openedPrefixes);
    const { accountId } = here(this);
    const after = origins(this, p.after);
    new Heading(this, "The instance");
    const instance = make(given(p.existingInstance).not, (_it, count) => {
      return new S3ControlAccessGrantsInstance(this, "instance", {
        accountId,
        identityCenterArn: choose(given(p.identityCenter), ({ arn }) => arn),
        tags: p.tags,
        // The provider fails to change an instance's tags in place where the service leaves out its Identity Center ARN.
        lifecycle: { ignoreChanges: ["account_id", "tags"] },
        dependsOn: after,
        count,
      });
    });
    this.instanceArn = choose(
      given(p.existingInstance),
      ({ arn }) => arn,
      () => instance.attribute("access_grants_instance_arn")!,
    );
    this.instanceId = instance.attribute("access_grants_instance_id");
    resourcePolicy(this, p.crossAccount, this.instanceArn, instance.all);

    new Heading(this, "Trust policy of the locations' roles");
    const instanceArn = knownInstanceArn(this, p.existingInstance);
    const trust = locationTrust(this, instanceArn, p.identityCenter);
    const roles = locationRoles(this, { ...p, instanceArn, trust });
    new Heading(this, "Locations");
    const locations = each(p.locations, "location", (place, key, id, forEach) => {
      const location = new S3ControlAccessGrantsLocation(this, id, {
        accountId,
        locationScope: place.scope,
        iamRoleArn: roles.arn(place, key),
        tags: p.tags,
        dependsOn: [...instance.all, ...roles.policies(key), ...after],
        lifecycle: { ignoreChanges: ["account_id"] },
        forEach,
      });
      for (const relation of grantRelations) ensure(location, p, relation);
      return location;
    });
    this.locationIds = merge(
      locations.attribute("access_grants_location_id"),
      map(p.existingLocations, ({ id }) => id),
    );
    this.locationArns = locations.attribute("access_grants_location_arn");
    this.locationRoleArns = map(p.locations, roles.arn);
    this.locationRoleNames = roles.names;
    this.ownerStatements = ownerStatements(this, p.locations, roles.arn);

    new Heading(this, "Grants by persona");
    const personas = eachConstruct(this, "persona", PersonaGrants, p.personas, ({ grantee, grants }) => ({
      accountId,
      grantee,
      locationIds: this.locationIds,
      grants,
      tags: p.tags,
    }));
    this.grantArns = personas.attribute("grantArns");
    this.grantIds = personas.attribute("grantIds");
    this.grantScopes = personas.attribute("grantScopes");
    this.awsProfiles = personas.attribute("awsProfiles");
  }
}
