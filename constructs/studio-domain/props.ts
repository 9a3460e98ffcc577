import {
  atLeast,
  between,
  existing,
  inputs,
  type InputOf,
  isKnown,
  keysMatch,
  matches,
  type Named,
  namedInputs,
  oneOf,
  roleInputs,
  type RoleOptions,
  text,
} from "../hosting";

/** Where Studio is. */
export interface StudioPlace {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Ids of the private subnets. */
  readonly subnetIds: string[];
  /** Ids of the security groups of Studio and its jobs: they must let one another in, and out to AWS with TLS. */
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

/** What cannot be said of one profile by itself. */
export function wrongProfiles(
  authMode: string,
  rolePrefix: string,
  profiles: Readonly<Record<string, Profile>>,
): string[] {
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
