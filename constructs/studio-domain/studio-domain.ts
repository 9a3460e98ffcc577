import { Construct } from "constructs";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SagemakerDomain } from "@cdktf/provider-aws/lib/sagemaker-domain";
import { SagemakerSpace } from "@cdktf/provider-aws/lib/sagemaker-space";
import { SagemakerUserProfile } from "@cdktf/provider-aws/lib/sagemaker-user-profile";
import {
  accountId,
  arn,
  atLeast,
  between,
  each,
  existing,
  ifGiven,
  inputs,
  InputOf,
  isKnown,
  keysMatch,
  matches,
  Named,
  namedInputs,
  oneOf,
  orElse,
  refuse,
  resolveProps,
  roleInputs,
  RoleOptions,
  text,
  textOfEach,
} from "../hosting";
import { SecureBucket } from "../data-bucket/secure-bucket";
import { executionRoles, lower, trustSageMaker } from "./execution-role";

/** Where Studio is. */
export interface StudioPlace {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Private subnets of the VPC. */
  readonly subnetIds: string[];
  /** For Studio and its jobs: they must let one another in, and out to AWS with TLS. */
  readonly securityGroupIds: string[];
}

/** A JupyterLab space of one's own. */
export interface Space {
  /**
   * Instance to run on.
   * @default "ml.t3.medium"
   */
  readonly instanceType?: string;
  /**
   * Size of its volume in GB: 5 to 16,384.
   * @default 5
   */
  readonly volumeSizeInGb?: number;
}

/** Someone who works in Studio. */
export interface Profile {
  /**
   * Role to work with; you see to its trust and permissions.
   * @default - a role made here, without access to data but by S3 Access Grants
   */
  readonly role?: { readonly arn: string };
  /**
   * The user in IAM Identity Center, in a domain with `authMode: "SSO"`.
   * @default - none
   */
  readonly singleSignOn?: { readonly userName: string };
  /**
   * A private JupyterLab space, so that there is one from the beginning.
   * @default - none; Studio makes one when asked
   */
  readonly space?: Space;
}

export interface StudioOptions extends RoleOptions {
  /**
   * Name of the SageMaker domain: 1 to 63 letters, digits and hyphens.
   * @default "Product-Domain"
   */
  readonly domainName?: string;
  /**
   * How people come in: `IAM`, or `SSO` by IAM Identity Center.
   * @default "IAM"
   */
  readonly authMode?: "IAM" | "SSO";
  /**
   * Customer-managed key for Studio's volumes and file system.
   * @default - a key that AWS manages
   */
  readonly studioKey?: { readonly arn: string };
  /**
   * What becomes of the home directories when the domain is deleted. With `Retain`, the file system's mount targets also keep
   * the VPC from being deleted.
   * @default "Delete"
   */
  readonly homeFileSystem?: "Delete" | "Retain";
  /**
   * Names of the roles start with it: `<rolePrefix>-<profile in lower case>-role`. Roles are named once in an account.
   * @default - the name
   */
  readonly rolePrefix?: string;
  /**
   * Longest session of a role in seconds: 3,600 to 43,200.
   * @default 43200
   */
  readonly maxSessionDuration?: number;
  /**
   * Days that SageMaker's own files (scripts, event logs) are kept in the scratch bucket.
   * @default 30
   */
  readonly scratchDays?: number;
  /**
   * Lets destroy delete buckets with everything in them, all versions. Not in production.
   * @default false
   */
  readonly deleteObjectsWithBucket?: boolean;
}

export interface StudioDomainProps extends Named, StudioOptions {
  /** Where Studio is. */
  readonly network: StudioPlace;
  /** Who works here: names of the user profiles, e.g. `userA`. */
  readonly profiles: Readonly<Record<string, Profile>>;
  /**
   * S3 Access Grants instance that the roles may ask.
   * @default - the one of this account and Region, whether it exists yet or not
   */
  readonly accessGrantsInstance?: { readonly arn: string };
}

/** As in CreateDomain, CreateUserProfile and CreateSpace of the SageMaker API, and so that names of roles fit. */
const PROFILES = keysMatch(
  /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,30}$/,
  "must have keys of 1 to 31 letters, digits and hyphens, because they name user profiles and roles",
);

export const profilesRules = [PROFILES, atLeast(1, "profile")] as const;

export const spaceInput = {
  kind: "object",
  optional: true,
  fields: {
    instanceType: {
      kind: "string",
      optional: true,
      default: "ml.t3.medium",
      rules: [matches(/^ml[.][a-z0-9-]+[.][a-z0-9]+$/, "must be a SageMaker instance type, e.g. ml.t3.medium")],
    },
    volumeSizeInGb: { kind: "number", optional: true, default: 5, rules: [between(5, 16_384, "GB")] },
  },
} as const satisfies InputOf<Space> & { readonly optional: true };

export const placeFields = {
  vpcId: text,
  subnetIds: { kind: "list", of: text, rules: [atLeast(1, "subnet")] },
  securityGroupIds: { kind: "list", of: text, rules: [atLeast(1, "security group")] },
} as const;

export const studioOptionInputs = {
  ...roleInputs,
  domainName: {
    kind: "string",
    optional: true,
    default: "Product-Domain",
    rules: [matches(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, "must be 1 to 63 letters, digits and hyphens")],
  },
  authMode: { kind: "string", optional: true, default: "IAM", rules: [oneOf("IAM", "SSO")] },
  studioKey: existing,
  homeFileSystem: { kind: "string", optional: true, default: "Delete", rules: [oneOf("Delete", "Retain")] },
  rolePrefix: {
    kind: "string",
    optional: true,
    rules: [matches(/^[A-Za-z0-9][A-Za-z0-9_-]{0,26}$/, "must be 1 to 27 letters, digits, _ and -")],
  },
  maxSessionDuration: { kind: "number", optional: true, default: 43_200, rules: [between(3600, 43_200, "seconds")] },
  scratchDays: { kind: "number", optional: true, default: 30, rules: [between(1, 36_500, "days")] },
  deleteObjectsWithBucket: { kind: "bool", optional: true, default: false },
} as const;

export const studioDomainInputs = inputs<StudioDomainProps>()({
  ...namedInputs,
  ...studioOptionInputs,
  network: { kind: "object", fields: placeFields },
  profiles: {
    kind: "map",
    rules: [...profilesRules],
    of: {
      kind: "object",
      fields: {
        role: existing,
        singleSignOn: { kind: "object", optional: true, fields: { userName: text } },
        space: spaceInput,
      },
    },
  },
  accessGrantsInstance: existing,
});

/**
 * A SageMaker Studio domain in a VPC: user profiles, each with a role of its own that gets to data only by S3 Access Grants,
 * and a scratch bucket for SageMaker's own files. CloudTrail shows the user, not only the role.
 */
export class StudioDomain extends Construct {
  readonly domainId: string;
  readonly domainArn: string;
  readonly url: string;
  readonly homeFileSystemId: string;
  /** ARN of each profile's role, by the profile's name. */
  readonly roleArns: Readonly<Record<string, string>>;
  /** Where SageMaker's own files go; each profile has the folder `<profile>/`. */
  readonly scratchBucketName: string;

  constructor(scope: Construct, id: string, props: StudioDomainProps) {
    super(scope, id);
    const p = resolveProps(this, studioDomainInputs, props);
    const rolePrefix = orElse(p.rolePrefix, p.name);
    refuse(this, wrongProfiles(p.authMode, rolePrefix, p.profiles));
    const trust = trustSageMaker(this);
    const domainRole = new IamRole(this, "domain_role", {
      name: `${rolePrefix}-domain-role`,
      description: `SageMaker domain ${p.domainName}: whoever has no role of their own may do nothing`,
      path: p.rolePath,
      permissionsBoundary: ifGiven(p.permissionsBoundary, ({ arn }) => arn, undefined),
      assumeRolePolicy: trust,
      tags: p.tags,
    });
    const domain = new SagemakerDomain(this, "domain", {
      domainName: p.domainName,
      authMode: p.authMode,
      vpcId: p.network.vpcId,
      subnetIds: p.network.subnetIds,
      appNetworkAccessType: "VpcOnly",
      kmsKeyId: ifGiven(p.studioKey, ({ arn }) => arn, undefined),
      defaultUserSettings: { executionRole: domainRole.arn, securityGroups: p.network.securityGroupIds },
      domainSettings: { executionRoleIdentityConfig: "USER_PROFILE_NAME" },
      retentionPolicy: { homeEfsFileSystem: p.homeFileSystem },
      tags: p.tags,
    });
    this.domainId = domain.id;
    this.domainArn = domain.arn;
    this.url = domain.url;
    this.homeFileSystemId = domain.homeEfsFileSystemId;

    const scratch = new SecureBucket(this, "scratch", {
      bucketName: `${p.name}-scratch-${accountId(this)}`,
      kmsKey: undefined,
      deleteObjectsWithBucket: p.deleteObjectsWithBucket,
      expireObjects: { days: p.scratchDays },
      expireNoncurrentVersions: { days: p.scratchDays },
      tags: p.tags,
    });
    this.scratchBucketName = scratch.name;
    const roles = executionRoles(
      this,
      {
        ...p,
        rolePrefix,
        domainId: this.domainId,
        instanceArn: ifGiven(
          p.accessGrantsInstance,
          ({ arn }) => arn,
          () => arn(this, "s3", "access-grants/default"),
        ),
        scratchArn: scratch.arn,
        kmsKey: p.studioKey,
      },
      trust,
    );
    this.roleArns = textOfEach(p.profiles, roles.arn);
    const profiles = each(
      p.profiles,
      "profile",
      (profile, userProfileName, id, forEach) =>
        new SagemakerUserProfile(this, id, {
          domainId: this.domainId,
          userProfileName,
          singleSignOnUserIdentifier: ifGiven(profile.singleSignOn, () => "UserName", undefined),
          singleSignOnUserValue: ifGiven(profile.singleSignOn, ({ userName }) => userName, undefined),
          userSettings: {
            executionRole: roles.arn(profile, userProfileName),
            securityGroups: p.network.securityGroupIds,
          },
          tags: p.tags,
          dependsOn: roles.policies,
          forEach,
        }),
    );
    each(
      p.profiles,
      "space",
      ({ space }, profile, id, forEach) =>
        new SagemakerSpace(this, id, {
          domainId: this.domainId,
          spaceName: `${lower(profile)}-jupyterlab`,
          ownershipSettings: { ownerUserProfileName: profiles.at(profile, "user_profile_name") },
          spaceSharingSettings: { sharingType: "Private" },
          spaceSettings: {
            appType: "JupyterLab",
            jupyterLabAppSettings: { defaultResourceSpec: { instanceType: space!.instanceType } },
            spaceStorageSettings: { ebsStorageSettings: { ebsVolumeSizeInGb: space!.volumeSizeInGb } },
          },
          tags: p.tags,
          forEach,
        }),
      { having: "space" },
    );
  }
}

function wrongProfiles(authMode: string, rolePrefix: string, profiles: Readonly<Record<string, Profile>>): string[] {
  if (!isKnown(profiles)) return [];
  const first = new Map<string, string>();
  return Object.entries(profiles).flatMap(([key, { role, singleSignOn }]) => {
    const name = `${rolePrefix}-${key.toLowerCase()}-role`;
    const there = first.get(key.toLowerCase());
    first.set(key.toLowerCase(), key);
    return [
      ...(there ? [`profiles.${key}: must differ from ${there} in more than case; ARNs and roles do not`] : []),
      ...(!role && isKnown(rolePrefix) && name.length > 64
        ? [`profiles.${key}: its role would be named ${name}, and IAM allows 64 characters; give a shorter rolePrefix`]
        : []),
      ...(singleSignOn && isKnown(authMode) && authMode !== "SSO"
        ? [`profiles.${key}.singleSignOn: needs authMode SSO; leave it out, or change the domain's authMode`]
        : []),
    ];
  });
}
