import { Construct } from "constructs";
import { Annotations } from "cdktf";
import { S3ControlAccessGrantsInstance } from "@cdktf/provider-aws/lib/s3control-access-grants-instance";
import { S3ControlAccessGrantsInstanceResourcePolicy } from "@cdktf/provider-aws/lib/s3control-access-grants-instance-resource-policy";
import { S3ControlAccessGrantsLocation } from "@cdktf/provider-aws/lib/s3control-access-grants-location";
import {
  accountId,
  arnText,
  atLeast,
  atMost,
  blockIf,
  checkedByTerraform,
  each,
  eachConstruct,
  existing,
  hcl,
  ifGiven,
  inputs,
  KEY,
  madeWhere,
  type Named,
  namedInputs,
  onlyIf,
  partition,
  policyDocument,
  refuse,
  resolveProps,
  roleInputs,
  type RoleOptions,
  textOfEach,
  written,
} from "../hosting";
import { type Grant, type Grantee, granteeInput, grantsInput } from "../persona-grants/grant";
import { PersonaGrants } from "../persona-grants/persona-grants";
import { check } from "./checks";
import { type Location, locationInput, locationRoles } from "./location";

export { type Location } from "./location";

/** Someone, and what they may do. */
export interface Persona {
  /** Who it is. */
  readonly grantee: Grantee;
  /** What they may do, keyed by a name that stays, e.g. `Product`. */
  readonly grants: Readonly<Record<string, Grant>>;
}

export interface AccessGrantsProps extends Named, RoleOptions {
  /**
   * The instance of this account and Region, where there is one already. There can be only one; SageMaker Unified Studio may
   * have made it.
   * @default - an instance made here
   */
  readonly existingInstance?: { readonly arn: string };
  /**
   * IAM Identity Center instance whose users and groups can be grantees. An instance made here is associated with it; of an
   * existing one it says that it is.
   * @default - only IAM principals can be grantees
   */
  readonly identityCenter?: { readonly arn: string };
  /**
   * Lets principals of other accounts ask this instance for credentials, by its resource policy.
   * @default - only this account's
   */
  readonly crossAccount?: { readonly principalArns: readonly string[] };
  /** What can be granted, at most 1,000, keyed by a name that stays. */
  readonly locations: Readonly<Record<string, Location>>;
  /**
   * Who may do what, keyed by a name that stays. A change of one grant replaces that one and touches no other. At most
   * 100,000 grants in all.
   * @default - no one may do anything
   */
  readonly personas?: Readonly<Record<string, Persona>>;
  /**
   * What to do where someone's broader grant opens a prefix that was granted by name to someone else alone: `warn` or `refuse`.
   * @default "warn"
   */
  readonly openedPrefixes?: "warn" | "refuse";
}

export const personasInput = {
  kind: "map",
  rules: [KEY],
  of: { kind: "object", fields: { grantee: granteeInput, grants: grantsInput } },
} as const;

export const accessGrantsInputs = inputs<Omit<AccessGrantsProps, "openedPrefixes">>()({
  ...namedInputs,
  ...roleInputs,
  existingInstance: existing,
  identityCenter: existing,
  crossAccount: {
    kind: "object",
    optional: true,
    fields: { principalArns: { kind: "list", of: arnText, rules: [atLeast(1, "principal")] } },
  },
  locations: { kind: "map", rules: [KEY, atMost(1000, "locations")], of: locationInput },
  personas: { ...personasInput, optional: true, default: {} },
});

/**
 * The S3 Access Grants of an account and Region: the instance, its locations with their roles, and who was granted what.
 * Access changes by grants alone, never by IAM policies.
 */
export class AccessGrants extends Construct {
  static readonly module = "access-grants";
  /** ARN of the S3 Access Grants instance. */
  readonly instanceArn: string;
  /** Id of the instance made here. */
  readonly instanceId?: string;
  /** Id of each location, by its key. */
  readonly locationIds: Readonly<Record<string, string>>;
  /** ARN of each location, by its key. */
  readonly locationArns: Readonly<Record<string, string>>;
  /** ARN of each location's role, given or made here, by the location's key: what policies of buckets and keys have to let in. */
  readonly locationRoleArns: Readonly<Record<string, string>>;
  /** Name of each role made for a location, by the location's key. */
  readonly locationRoleNames: Readonly<Record<string, string>>;
  /** ARN of each grant, by its persona and its key. */
  readonly grantArns: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Id of each grant, by its persona and its key. */
  readonly grantIds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What each grant reaches, e.g. `s3://my-bucket/Product/*`, by its persona and its key. */
  readonly grantScopes: Readonly<Record<string, Readonly<Record<string, string>>>>;

  static authored(part: string, problem: string): string {
    return `${part.replace(/^persona_/, "personas.")}.${problem}`;
  }

  constructor(scope: Construct, id: string, { openedPrefixes = "warn", ...props }: AccessGrantsProps) {
    super(scope, id);
    const p = resolveProps(this, accessGrantsInputs, props);
    const { problems, opened } = check(p, (text) => written(this, text));
    refuse(this, openedPrefixes === "refuse" ? [...problems, ...opened] : problems);
    for (const warning of opened) Annotations.of(this).addWarning(warning);
    const account = accountId(this);

    const instance = madeWhere({ not: [p.existingInstance] }, (count) => {
      const identityCenterArn = ifGiven(p.identityCenter, ({ arn }) => arn, undefined);
      return new S3ControlAccessGrantsInstance(this, "instance", {
        accountId: account,
        identityCenterArn,
        tags: p.tags,
        // The provider fails to change an instance's tags in place where the service leaves out its Identity Center ARN.
        lifecycle: { ignoreChanges: ["tags"] },
        count,
      });
    });
    const instances = instance.resource ? [instance.resource] : [];
    this.instanceArn = ifGiven(
      p.existingInstance,
      ({ arn }) => arn,
      () => instance.attribute("access_grants_instance_arn")!,
    );
    this.instanceId = instance.attribute("access_grants_instance_id");
    onlyIf(p.crossAccount, ({ principalArns }, count) => {
      const policy = policyDocument(
        this,
        "resource_policy_document",
        [
          {
            sid: "AskForCredentials",
            actions: ["s3:GetDataAccess", "s3:GetAccessGrantsInstanceForPrefix"],
            resources: [this.instanceArn],
            principals: [{ type: "AWS", identifiers: principalArns }],
          },
        ],
        { count },
      );
      return new S3ControlAccessGrantsInstanceResourcePolicy(this, "resource_policy", {
        accountId: account,
        policy,
        dependsOn: instances,
        count,
      });
    });

    const { roles, policies } = locationRoles(this, {
      locations: p.locations,
      instanceArn: this.instanceArn,
      trust: policyDocument(this, "location_trust", trustStatements(this, this.instanceArn, p.identityCenter)),
      name: p.name,
      path: p.rolePath,
      permissionsBoundary: ifGiven(p.permissionsBoundary, ({ arn }) => arn, undefined),
      tags: p.tags,
    });
    const roleArn = (location: { readonly role?: { readonly arn: string } | undefined }, key: string): string =>
      ifGiven(
        location.role,
        ({ arn }) => arn,
        () => roles.at(key, "arn"),
      );
    const locations = each(p.locations, "location", (location, key, id, forEach) => {
      const made = new S3ControlAccessGrantsLocation(this, id, {
        accountId: account,
        locationScope: location.scope,
        iamRoleArn: roleArn(location, key),
        tags: p.tags,
        dependsOn: [...instances, ...policies.all],
        forEach,
      });
      checkGrants(made, p.personas, key, location);
      return made;
    });
    this.locationIds = locations.attribute("access_grants_location_id");
    this.locationArns = locations.attribute("access_grants_location_arn");
    this.locationRoleArns = textOfEach(p.locations, roleArn);
    this.locationRoleNames = roles.attribute("name");

    const personas = eachConstruct(this, "persona", PersonaGrants, p.personas, ({ grantee, grants }) => ({
      accountId: account,
      grantee,
      locationIds: this.locationIds,
      grants,
      tags: p.tags,
    }));
    this.grantArns = personas.attribute("grantArns");
    this.grantIds = personas.attribute("grantIds");
    this.grantScopes = personas.attribute("grantScopes");
  }
}

/** The rules that need a location and its grants together, for where the grants are a variable. */
function checkGrants(
  resource: S3ControlAccessGrantsLocation,
  personas: object,
  key: string,
  { scope, permission }: { readonly scope: string; readonly permission: string },
): void {
  const grants = hcl`flatten([for persona in ${personas} : [for grant in persona.grants : grant if grant.location == ${key}]])`;
  checkedByTerraform(
    resource,
    personas,
    hcl`alltrue([for grant in ${grants} : contains(["READWRITE", grant.permission], ${permission})])`,
    "A grant's permission must not be above its location's: lower it, or raise the location's.",
  );
  checkedByTerraform(
    resource,
    personas,
    hcl`${scope} != "s3://" || alltrue([for grant in ${grants} : can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/", grant.sub_prefix))])`,
    "In the location s3:// a grant's sub-prefix must begin with a bucket, e.g. my-bucket/Product/*.",
  );
}

function trustStatements(
  scope: Construct,
  instanceArn: string,
  identityCenter: { readonly arn: string } | undefined,
): Parameters<typeof policyDocument>[2] {
  const principals = [{ type: "Service", identifiers: ["access-grants.s3.amazonaws.com"] }];
  const fromInstance = [
    { test: "StringEquals", variable: "aws:SourceAccount", values: [accountId(scope)] },
    { test: "ArnEquals", variable: "aws:SourceArn", values: [instanceArn] },
  ];
  return [
    { sid: "AccessGrants", actions: ["sts:AssumeRole", "sts:SetSourceIdentity"], principals, condition: fromInstance },
    blockIf(identityCenter, () => ({
      sid: "DirectoryIdentities",
      actions: ["sts:SetContext"],
      principals,
      condition: [
        ...fromInstance,
        {
          test: "ForAllValues:ArnEquals",
          variable: "sts:RequestContextProviders",
          values: [`arn:${partition(scope)}:iam::aws:contextProvider/IdentityCenter`],
        },
      ],
    })),
  ];
}
