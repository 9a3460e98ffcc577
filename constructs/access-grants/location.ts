import type { Construct } from "constructs";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import {
  accountId,
  arnText,
  between,
  blockIfAny,
  chooseList,
  computed,
  each,
  type Each,
  existing,
  hcl,
  type InputOf,
  KEY,
  matches,
  partition,
  policyDocument,
  region,
  values,
} from "../hosting";
import { type Permission, permissionInput } from "../persona-grants/grant";

/** A place whose data S3 Access Grants can grant: all buckets, a bucket, or a prefix of one. */
export interface Location {
  /** `s3://` (all buckets of the account and Region), `s3://bucket` or `s3://bucket/prefix/`. No two may be the same. */
  readonly scope: string;
  /**
   * The most that a grant in this location may allow, and the most that the role made for it can do.
   * @default "READWRITE"
   */
  readonly permission?: Permission;
  /**
   * Role that S3 Access Grants assumes to make credentials for this location; you see to its trust and permissions.
   * @default - a role made here, narrowed to the scope and the permission
   */
  readonly role?: { readonly arn: string };
  /**
   * Customer-managed keys that the location's objects are encrypted with; the role made here may use them through S3.
   * @default - none
   */
  readonly kmsKeys?: Readonly<Record<string, { readonly arn: string }>>;
  /**
   * Longest life of credentials for this location, in seconds: 3,600 to 43,200. GetDataAccess cannot ask for more, so it
   * bounds how long a job can run without asking again.
   * @default 43200
   */
  readonly maxSessionDuration?: number;
}

export const locationInput = {
  kind: "object",
  fields: {
    scope: {
      kind: "string",
      rules: [
        matches(
          /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/([^*?$]*\/)?)?)?$/,
          "must be s3://, s3://bucket or s3://bucket/prefix/: with a slash at the end of a prefix, because prefix would also cover prefix-2, and without * ? and $, which the policy of its role would not take as they are",
        ),
      ],
    },
    permission: { ...permissionInput, optional: true, default: "READWRITE" },
    role: existing,
    kmsKeys: {
      kind: "map",
      optional: true,
      default: {},
      rules: [KEY],
      of: { kind: "object", fields: { arn: arnText } },
    },
    maxSessionDuration: {
      kind: "number",
      optional: true,
      default: 43_200,
      rules: [between(3600, 43_200, "seconds")],
    },
  },
} as const satisfies InputOf<Location>;

/** As in the Amazon S3 User Guide, "Register a location": what a location's role needs to read, write and list. */
const READ = [
  "s3:GetObject",
  "s3:GetObjectVersion",
  "s3:GetObjectAcl",
  "s3:GetObjectVersionAcl",
  "s3:ListMultipartUploadParts",
];
const WRITE = [
  "s3:PutObject",
  "s3:PutObjectAcl",
  "s3:PutObjectVersionAcl",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:AbortMultipartUpload",
];
const OBJECT_ACTIONS = { READ, WRITE, READWRITE: [...READ, ...WRITE] };
const KEY_ACTIONS = {
  READ: ["kms:Decrypt"],
  // Decrypt, because the parts of a multipart upload are read back.
  WRITE: ["kms:GenerateDataKey", "kms:Decrypt"],
  READWRITE: ["kms:Decrypt", "kms:GenerateDataKey"],
};

export interface LocationRoles {
  readonly locations: Readonly<Record<string, Required<Omit<Location, "role">> & Pick<Location, "role">>>;
  readonly instanceArn: string;
  readonly trust: string;
  readonly name: string;
  readonly path: string;
  readonly permissionsBoundary: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A role for each location that is given none: it reaches the location's scope and no further, and only for the one
 * instance. Roles have to be used after their policies.
 */
export function locationRoles(
  scope: Construct,
  props: LocationRoles,
): { readonly roles: Each<IamRole>; readonly policies: Each<IamRolePolicy> } {
  const lacking = { lacking: "role" } as const;
  const roles = each(
    props.locations,
    "location_role",
    (location, key, id, forEach) =>
      new IamRole(scope, id, {
        name: `${props.name}-${key}-location`,
        description: `S3 Access Grants: makes credentials for the location ${key} of ${props.name}`,
        path: props.path,
        assumeRolePolicy: props.trust,
        maxSessionDuration: location.maxSessionDuration,
        permissionsBoundary: props.permissionsBoundary,
        tags: props.tags,
        forEach,
      }),
    lacking,
  );
  const policies = each(
    props.locations,
    "location_policy",
    (location, key, id, forEach) => {
      const condition = [
        { test: "StringEquals", variable: "aws:ResourceAccount", values: [accountId(scope)] },
        { test: "ArnEquals", variable: "s3:AccessGrantsInstanceArn", values: [props.instanceArn] },
      ];
      const policy = policyDocument(
        scope,
        `${id}_document`,
        [
          {
            sid: "Objects",
            actions: chooseList(location.permission, OBJECT_ACTIONS),
            resources: [objects(scope, location.scope)],
            condition,
          },
          {
            sid: "List",
            actions: ["s3:ListBucket"],
            resources: [bucket(scope, location.scope)],
            condition: [...condition, listing(location.scope)],
          },
          blockIfAny(location.kmsKeys, {
            sid: "Keys",
            actions: chooseList(location.permission, KEY_ACTIONS),
            resources: values(location.kmsKeys, "arn"),
            condition: [
              { test: "StringEquals", variable: "kms:ViaService", values: [`s3.${region(scope)}.amazonaws.com`] },
            ],
          }),
        ],
        { forEach },
      );
      return new IamRolePolicy(scope, id, { name: "location", role: roles.at(key, "name"), policy, forEach });
    },
    lacking,
  );
  return { roles, policies };
}

const S3 = "s3://";

function objects(scope: Construct, location: string): string {
  const path = computed(
    location,
    (known) => {
      const rest = known.slice(S3.length);
      return rest === "" ? "*" : rest.endsWith("/") ? `${rest}*` : `${rest}/*`;
    },
    (text) => hcl`${text} == ${S3} ? "*" : "$\{trimsuffix(trimprefix(${text}, ${S3}), "/")}/*"`,
  );
  return `arn:${partition(scope)}:s3:::${path}`;
}

/** In a prefix a listing must say which part of it; in a bucket it may be of everything. */
function listing(location: string): { test: string; variable: string; values: string[] } {
  const test = computed(
    location,
    (known) => (prefixOf(known) === "" ? "StringLikeIfExists" : "StringLike"),
    (text) => hcl`can(regex("^s3://[^/]+/.", ${text})) ? "StringLike" : "StringLikeIfExists"`,
  );
  const start = computed(location, prefixOf, (text) => hcl`try(regex("^s3://[^/]+/(.*)$", ${text})[0], "")`);
  return { test, variable: "s3:prefix", values: [`${start}*`] };
}

const prefixOf = (location: string): string => location.slice(S3.length).split("/").slice(1).join("/");

function bucket(scope: Construct, location: string): string {
  const name = computed(
    location,
    (known) => known.slice(S3.length).split("/")[0] || "*",
    (text) => hcl`${text} == ${S3} ? "*" : split("/", ${text})[2]`,
  );
  return `arn:${partition(scope)}:s3:::${name}`;
}
