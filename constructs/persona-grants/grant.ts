import { type InputOf, isKnown, KEY, oneOf, type Rule, snake, text } from "../hosting";

/** What a grant allows, in S3 Access Grants' words. */
export type Permission = "READ" | "WRITE" | "READWRITE";

/** Who a grant is for. */
export interface Grantee {
  /** An IAM role or user, or a user or group of the IAM Identity Center instance that is associated. Known at plan time. */
  readonly type: "IAM" | "DIRECTORY_USER" | "DIRECTORY_GROUP";
  /** ARN of the role or user, its path included; of a directory user or group the id in the identity store. */
  readonly id: string;
}

/** One grant: a permission on a prefix, an object, or all of a location. */
export interface Grant {
  /** Key of the location. Known at plan time. */
  readonly location: string;
  /**
   * What of the location, relative to its scope: `Product/*` is a prefix, `*` everything, `Product/abalone.csv` (with
   * `prefixType`) one object. In the location `s3://` it begins with a bucket: `my-bucket/Product/*`.
   */
  readonly subPrefix: string;
  /** `READ`, `WRITE` or `READWRITE`. */
  readonly permission: Permission;
  /**
   * `Object` for one object.
   * @default - a prefix
   */
  readonly prefixType?: "Object";
  /**
   * The sub-prefix may end inside a name: `logs/2026-*`. It then matches whatever begins so, siblings included.
   * @default false
   */
  readonly matchesSiblings?: boolean;
}

export type GrantInLocation = Omit<Grant, "location">;

const IAM_PRINCIPAL = /^arn:[a-z0-9-]+:iam::[0-9]{12}:(role|user)\/.+$/;
/** As in Grantee$GranteeIdentifier of the S3 Control API and PrincipalId of the identity store. */
const DIRECTORY_ID = /^([0-9a-f]{10}-)?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/;
const regex = (pattern: RegExp, value: string): string => `can(regex(${JSON.stringify(pattern.source)}, ${value}))`;

const identified: Rule<Grantee> = {
  says: "must have as id the ARN of a role or user (arn:partition:iam::account:role/…) where type is IAM, else the id of a directory user or group",
  holds: ({ type, id }) => !isKnown(type) || !isKnown(id) || (type === "IAM" ? IAM_PRINCIPAL : DIRECTORY_ID).test(id),
  condition: (value) =>
    `${value}.type == "IAM" ? ${regex(IAM_PRINCIPAL, `${value}.id`)} : ${regex(DIRECTORY_ID, `${value}.id`)}`,
};

/** A rule on sub-prefixes that are known. */
const subPrefix = (
  says: string,
  holds: (grant: GrantInLocation) => boolean,
  condition: (value: string) => string,
): Rule<GrantInLocation> => ({ says, holds: (grant) => !isKnown(grant.subPrefix) || holds(grant), condition });

const relative = subPrefix(
  "must have a sub-prefix inside its location: 1 to 2,000 characters, relative to the location's scope, without s3:// and without a slash at the start",
  ({ subPrefix }) => subPrefix.length <= 2000 && !/^(s3:|\/|$)/.test(subPrefix),
  (value) => `length(${value}.sub_prefix) <= 2000 && !can(regex("^(s3:|/|$)", ${value}.sub_prefix))`,
);

const wildcardLast = subPrefix(
  "must not have a * before the end of its sub-prefix: S3 Access Grants would take it as a character of a name",
  ({ subPrefix }) => !subPrefix.slice(0, -1).includes("*"),
  (value) => `!can(regex("[*].", ${value}.sub_prefix))`,
);

const wholeNames = subPrefix(
  "must have a sub-prefix that is * or ends in /*: UserA* would also match UserAdmin/ (if that is meant: matchesSiblings)",
  ({ subPrefix, prefixType, matchesSiblings }) =>
    prefixType === "Object" || /(^|\/)\*$/.test(subPrefix) || (matchesSiblings === true && subPrefix.endsWith("*")),
  (value) =>
    `${value}.prefix_type == "Object" || can(regex("(^|/)[*]$", ${value}.sub_prefix)) || ` +
    `(${value}.matches_siblings && endswith(${value}.sub_prefix, "*"))`,
);

const oneObject = subPrefix(
  "must name exactly one object where prefixType is Object: no *, no slash at the end",
  ({ subPrefix, prefixType }) => prefixType !== "Object" || !/[*]|\/$/.test(subPrefix),
  (value) => `${value}.prefix_type == null || !can(regex("[*]|/$", ${value}.sub_prefix))`,
);

/** Two grants of one grantee that agree in these fields say the same. */
const noneTwice = (...fields: ReadonlyArray<keyof Grant>): Rule<Readonly<Record<string, GrantInLocation>>> => ({
  says: `must not say the same twice: ${fields.join(", ")}`,
  holds: (grants) => {
    const said = Object.values(grants).map((grant: Partial<Grant>) =>
      JSON.stringify(fields.map((f) => grant[f] ?? null)),
    );
    return new Set(said).size === said.length;
  },
  condition: (value) => {
    const said = fields.map((field) => `grant.${snake(field)}`).join(", ");
    return `length(distinct([for grant in ${value} : jsonencode([${said}])])) == length(${value})`;
  },
});

export const permissionInput = { kind: "string", rules: [oneOf("READ", "WRITE", "READWRITE")] } as const;

export const granteeInput = {
  kind: "object",
  rules: [identified],
  fields: { type: { kind: "string", rules: [oneOf("IAM", "DIRECTORY_USER", "DIRECTORY_GROUP")] }, id: text },
} as const satisfies InputOf<Grantee>;

const GRANT_RULES = [relative, wildcardLast, wholeNames, oneObject] as const;
const fieldsInLocation = {
  subPrefix: text,
  permission: permissionInput,
  prefixType: { kind: "string", optional: true, rules: [oneOf("Object")] },
  matchesSiblings: { kind: "bool", optional: true, default: false },
} as const;

export const grantsInput = {
  kind: "map",
  rules: [KEY, noneTwice("location", "subPrefix", "permission", "prefixType")],
  of: { kind: "object", rules: [...GRANT_RULES], fields: { location: text, ...fieldsInLocation } },
} as const satisfies InputOf<Readonly<Record<string, Grant>>>;

/** Grants where there is one location only. */
export const grantsInLocationInput = {
  kind: "map",
  rules: [KEY, noneTwice("subPrefix", "permission", "prefixType")],
  of: { kind: "object", rules: [...GRANT_RULES], fields: fieldsInLocation },
} as const satisfies InputOf<Readonly<Record<string, GrantInLocation>>>;
