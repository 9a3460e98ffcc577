import { atLeast, between, keysMatch, matches, oneOf } from "./rules";

/** What every construct takes. */
export interface Named {
  /** Name of the deployment; the names of its resources start with it. 1 to 40 lower-case letters, digits and hyphens. */
  readonly name: string;
  /**
   * Tags of every resource that can carry some.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What every construct takes that makes roles. */
export interface RoleOptions {
  /**
   * Managed policy that caps the roles made here.
   * @default - none
   */
  readonly permissionsBoundary?: { readonly arn: string };
  /**
   * IAM path of the roles made here; begins and ends with a slash.
   * @default "/"
   */
  readonly rolePath?: string;
}

/** Projects that publish assets, by a name of yours that stays: it becomes part of addresses and names. */
export type PublishingProjects = Readonly<Record<string, { readonly id: string }>>;

/** Network of a function. */
export interface Vpc {
  /** Subnets of the function's network interfaces, best in two or more Availability Zones. */
  readonly subnetIds: readonly string[];
  /** Security groups of the network interfaces. */
  readonly securityGroupIds: readonly string[];
}

/** A log group. `kmsKey`'s policy must let the Region's logs service use it. */
export interface Logs {
  /**
   * Days that log events are kept: one of the periods of CloudWatch Logs.
   * @default 365
   */
  readonly retentionDays?: number;
  /**
   * Customer-managed key of the log group.
   * @default - encrypted by CloudWatch Logs itself
   */
  readonly kmsKey?: { readonly arn: string };
}

const ARN = /^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$/;

/** Rules and inputs that mean the same wherever they stand. */
export const text = { kind: "string" } as const;
export const arnText = {
  kind: "string",
  rules: [matches(ARN, "must be an ARN (arn:partition:service:region:account:resource)")],
} as const;
/** Something that exists already, by its ARN: an object, so that its absence is known at plan time (see docs/architecture.md). */
export const existing = { kind: "object", optional: true, fields: { arn: arnText } } as const;

export const KEY = keysMatch(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
  "must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses",
);

export const namedInputs = {
  name: {
    kind: "string",
    rules: [
      matches(
        /^[a-z][a-z0-9-]{0,39}$/,
        "must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter",
      ),
    ],
  },
  tags: { kind: "map", of: text, default: {}, optional: true },
} as const;

export const roleInputs = {
  permissionsBoundary: existing,
  rolePath: {
    kind: "string",
    optional: true,
    default: "/",
    rules: [matches(/^\/([\x21-\x7e]+\/)?$/, "must begin and end with a slash")],
  },
} as const;

export const vpcInput = {
  kind: "object",
  optional: true,
  fields: { subnetIds: { kind: "list", of: text }, securityGroupIds: { kind: "list", of: text } },
} as const;

/** As in PutRetentionPolicy of the CloudWatch Logs API. */
const RETENTION = oneOf(
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
);

export const logFields = {
  retentionDays: { kind: "number", optional: true, default: 365, rules: [RETENTION] },
  kmsKey: existing,
} as const;

export const domainIdInput = {
  kind: "string",
  rules: [
    matches(
      /^dzd[-_][a-zA-Z0-9_-]{1,36}$/,
      "must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -",
    ),
  ],
} as const;

export const projectIdInput = {
  kind: "string",
  rules: [matches(/^[a-zA-Z0-9_-]{1,36}$/, "must be the id of a DataZone project: 1 to 36 letters, digits, _ or -")],
} as const;

export const publishingProjectsInput = {
  kind: "map",
  rules: [
    keysMatch(
      /^[A-Za-z][A-Za-z0-9-]{0,39}$/,
      "must have keys of 1 to 40 letters, digits and hyphens that start with a letter, because they become part of addresses and names",
    ),
    atLeast(1, "project"),
  ],
  of: { kind: "object", fields: { id: projectIdInput } },
} as const;

/** How often a schedule fires. */
export const everyMinutesInput = { kind: "number", rules: [between(5, 1440, "minutes")] } as const;
