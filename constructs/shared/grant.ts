import { flag, isKnown, mapOf, object, optional, type PropsOf, type Rule, rule, snake, text } from "../inputs";

const IAM_PRINCIPAL = /^arn:[a-z0-9-]+:iam::[0-9]{12}:(role|user)\/.+$/;
/** As in Grantee$GranteeIdentifier of the S3 Control API and PrincipalId of the identity store. */
const DIRECTORY_ID = /^([0-9a-f]{10}-)?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/;
const regex = (pattern: RegExp, value: string): string => `can(regex(${JSON.stringify(pattern.source)}, ${value}))`;

const identified: Rule<{ readonly type: string; readonly id?: string | undefined }> = {
  says: "must have an id that fits its type: the ARN of a role or user (arn:partition:iam::account:role/…) for IAM, otherwise the id of a directory user or group",
  holds: ({ type, id }) =>
    id === undefined || !isKnown(type) || !isKnown(id) || (type === "IAM" ? IAM_PRINCIPAL : DIRECTORY_ID).test(id),
  condition: (value) =>
    `${value}.id == null || (${value}.type == "IAM" ? ${regex(IAM_PRINCIPAL, `${value}.id`)} : ${regex(DIRECTORY_ID, `${value}.id`)})`,
};

const groupByName: Rule<{ readonly type: string; readonly group?: object | undefined }> = {
  says: "must have the type DIRECTORY_GROUP if it has a group",
  holds: ({ type, group }) => group === undefined || !isKnown(type) || type === "DIRECTORY_GROUP",
  condition: (value) => `${value}.group == null || ${value}.type == "DIRECTORY_GROUP"`,
};

/** The fields that rules on a sub-prefix look at. */
interface Sub {
  readonly subPrefix: string;
  readonly prefixType?: string | undefined;
  readonly matchesSiblings?: boolean | undefined;
}

/** A rule on a sub-prefix, where that is known. */
const onSubPrefix = (
  says: string,
  holds: (grant: Sub) => boolean,
  condition: (value: string) => string,
): Rule<Sub> => ({ says, holds: (grant) => !isKnown(grant.subPrefix) || holds(grant), condition });

const relative = onSubPrefix(
  "must have a subPrefix that is relative to the location's scope, e.g. Product/*: 1 to 2,000 characters, without s3:// and without a slash at the start",
  ({ subPrefix }) => subPrefix.length <= 2000 && !/^(s3:|\/|$)/.test(subPrefix),
  (value) => `length(${value}.sub_prefix) <= 2000 && !can(regex("^(s3:|/|$)", ${value}.sub_prefix))`,
);

const LOOSE = /(^|[/])[ \t]|[ \t]([/]|$)|[^:][/][/]/;
const wholeSegments = onSubPrefix(
  "must have a subPrefix without blanks around the names in it and without empty names (//)",
  ({ subPrefix }) => !LOOSE.test(subPrefix),
  (value) => `!${regex(LOOSE, `${value}.sub_prefix`)}`,
);

const wildcardLast = onSubPrefix(
  "must not have a * before the end of its subPrefix: there S3 Access Grants takes it as a character of a name",
  ({ subPrefix }) => !subPrefix.slice(0, -1).includes("*"),
  (value) => `!can(regex("[*].", ${value}.sub_prefix))`,
);

const wholeNames = onSubPrefix(
  "must have a subPrefix that is * or ends in /*, because UserA* would match UserAdmin/ too: if you mean that, set matchesSiblings",
  ({ subPrefix, prefixType, matchesSiblings }) =>
    prefixType === "Object" || /(^|\/)\*$/.test(subPrefix) || (matchesSiblings === true && subPrefix.endsWith("*")),
  (value) =>
    `${value}.prefix_type == "Object" || can(regex("(^|/)[*]$", ${value}.sub_prefix)) || ` +
    `(${value}.matches_siblings && endswith(${value}.sub_prefix, "*"))`,
);

const oneObject = onSubPrefix(
  "must have a subPrefix that is one object's key if prefixType is Object: without * and without a slash at the end",
  ({ subPrefix, prefixType }) => prefixType !== "Object" || !/[*]|\/$/.test(subPrefix),
  (value) => `${value}.prefix_type == null || !can(regex("[*]|/$", ${value}.sub_prefix))`,
);

/** Two grants of one grantee with the same values in these fields are the same grant, which AWS refuses to make twice. */
const noneTwice = (...fields: readonly string[]): Rule<Readonly<Record<string, object>>> => ({
  says: `must not have two grants with the same ${fields.join(", ")}: leave one out`,
  holds: (grants) => rule.repeated(grants, fields).length === 0,
  culprits: (grants) => rule.repeated(grants, fields),
  condition: (value) => {
    const said = fields.map((field) => `grant.${snake(field)}`).join(", ");
    return `length(distinct([for grant in ${value} : jsonencode([${said}])])) == length(${value})`;
  },
});

/** What a grant allows, as S3 Access Grants calls it. */
export const permission = text(rule.oneOf("READ", "WRITE", "READWRITE"));
export type Permission = PropsOf<typeof permission>;

/** The grantee: who a grant is for. */
export const grantee = object(
  {
    /**
     * `IAM` for an IAM role or user, `DIRECTORY_USER` or `DIRECTORY_GROUP` for a user or group of the associated IAM Identity Center
     * instance. Must be known at plan time.
     */
    type: text(rule.oneOf("IAM", "DIRECTORY_USER", "DIRECTORY_GROUP")),
    /**
     * ARN of the IAM role or user, including its path; for a directory user or group, its id in the identity store.
     * @default - the id of `group`
     */
    id: optional(text(rule.trimmed)),
    /**
     * The directory group by its display name, in place of `id`. The group's id is looked up when the grants are first made, and again when
     * the name changes.
     * @default - the grantee is given by `id`
     */
    group: optional(
      object({
        /** Display name of the group in IAM Identity Center. */
        displayName: text(rule.trimmed),
        /** Id of IAM Identity Center's identity store, e.g. `d-1234567890`. */
        identityStoreId: text(
          rule.matches(
            /^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
            "must be the id of an identity store, e.g. d-1234567890",
          ),
        ),
      }),
    ),
  },
  rule.exactlyOne("id", "group"),
  identified,
  groupByName,
);
export type Grantee = PropsOf<typeof grantee>;

/** The fields of a grant except its location. */
export const inLocation = {
  /**
   * The part of the location that is granted, relative to its scope: `Product/*` is a prefix, `*` is everything, `Product/abalone.csv` with
   * `prefixType` `Object` is one object. In the location `s3://` it begins with a bucket: `my-bucket/Product/*`.
   */
  subPrefix: text(),
  /** What the grantee may do there: `READ`, `WRITE` or `READWRITE`. */
  permission,
  /**
   * `Object` if `subPrefix` is the key of one object.
   * @default - `subPrefix` is a prefix
   */
  prefixType: optional(text(rule.oneOf("Object"))),
  /**
   * Allows a `subPrefix` that ends inside a name, e.g. `logs/2026-*`. It grants everything that begins with `logs/2026-`.
   * @default false
   */
  matchesSiblings: optional(flag(), false),
};
const GRANT_RULES = [relative, wholeSegments, wildcardLast, wholeNames, oneObject] as const;

/** One grant: a permission on a prefix, an object, or all of a location. */
const grant = object(
  {
    /** Key of the location that the grant is in. Must be known at plan time. */
    location: text(rule.trimmed),
    ...inLocation,
  },
  ...GRANT_RULES,
);
export type Grant = PropsOf<typeof grant>;

export const grants = mapOf(grant, rule.key, noneTwice("location", "subPrefix", "permission", "prefixType"));

/** Grants where there is one location only. */
export const grantsInLocation = mapOf(
  object(inLocation, ...GRANT_RULES),
  rule.key,
  noneTwice("subPrefix", "permission", "prefixType"),
);
