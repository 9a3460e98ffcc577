import { DataResource } from "cdktf";
import { Construct } from "constructs";
import { DataAwsIdentitystoreGroup } from "@cdktf/provider-aws/lib/data-aws-identitystore-group";
import { S3ControlAccessGrant } from "@cdktf/provider-aws/lib/s3control-access-grant";
import { attributeOf, choose, type Count, each, given, here, lookup, make, map } from "../hosting";
import { resolveProps } from "../inputs";
import { personaGrantsInputs, type PersonaGrantsProps } from "./props";
import type { Grantee } from "../shared/grant";
import { awsProfile } from "./aws-profile";

export { personaGrantsInputs, type PersonaGrantsProps } from "./props";

/** All grants of one grantee (a role, user or group) in S3 Access Grants. */
export class PersonaGrants extends Construct {
  static readonly module = "persona-grants";
  /** ARN of each grant, by the grant's key. */
  readonly grantArns: Readonly<Record<string, string>>;
  /** Id of each grant, by the grant's key. */
  readonly grantIds: Readonly<Record<string, string>>;
  /** Full scope of each grant, e.g. `s3://my-bucket/Product/*`, by the grant's key. */
  readonly grantScopes: Readonly<Record<string, string>>;
  /**
   * Text of an AWS profile for `~/.aws/config`, for each grant, named and keyed by the grant's key: with it any AWS tool uses the grant's
   * credentials (`aws --profile <key> …`). The file examples/studio/grant_credentials.py must be in the home directory of the Studio space.
   */
  readonly awsProfiles: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: PersonaGrantsProps) {
    super(scope, id);
    const p = resolveProps(this, personaGrantsInputs, props);
    const group = make(given(p.grantee.group), (group, count) => this.group(group, count));
    const granteeIdentifier = choose(
      given(p.grantee.group),
      () => group.of("id").attribute("input")!,
      () => p.grantee.id!,
    );
    const grants = each(p.grants, "grant", (grant, _key, id, forEach) => {
      return new S3ControlAccessGrant(this, id, {
        accountId: p.accountId,
        accessGrantsLocationId: lookup(p.locationIds, grant.location),
        accessGrantsLocationConfiguration: [{ s3SubPrefix: grant.subPrefix }],
        s3PrefixType: grant.prefixType,
        permission: grant.permission,
        grantee: [{ granteeType: p.grantee.type, granteeIdentifier }],
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

  /** Looks up a group's id by its name, once. The id is remembered: one that is not known until apply would replace every grant. */
  private group(
    { displayName, identityStoreId }: NonNullable<Grantee["group"]>,
    count: Count | undefined,
  ): { readonly found: DataAwsIdentitystoreGroup; readonly id: DataResource } {
    const found = new DataAwsIdentitystoreGroup(this, "group", {
      identityStoreId,
      alternateIdentifier: { uniqueAttribute: { attributePath: "DisplayName", attributeValue: displayName } },
      count,
    });
    const id = new DataResource(this, "group_id", {
      // cdktf types both as maps; Terraform takes any value.
      input: attributeOf(found, "group_id") as unknown as Record<string, string>,
      triggersReplace: { displayName, identityStoreId },
      lifecycle: { ignoreChanges: ["input"] },
      count,
    });
    return { found, id };
  }
}
