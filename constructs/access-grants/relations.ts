import { didYouMean, isKnown, type Relation, rule, snake } from "../inputs";
import type { Grant } from "../shared/grant";

interface Place {
  readonly scope: string;
  readonly permission?: string;
}
type Places = Readonly<Record<string, Place>>;
interface Props {
  readonly locations: Places;
  readonly existingLocations: Places;
  readonly personas: Readonly<Record<string, { readonly grants: Readonly<Record<string, Grant>> }>>;
}

/** A rule on a grant and its location. `says` completes "each grant's <field> …" and "<path of the field>: …". */
interface GrantRule {
  readonly field: "location" | "permission" | "subPrefix";
  readonly says: string;
  holds(grant: Grant, location: Place | undefined): boolean;
  /** For the message: what the field is compared with. */
  because(grant: Grant, places: Places): string;
  /** Props with a grant that breaks it. */
  readonly broken: Readonly<Record<string, unknown>>;
  /** The rule in HCL, over the object `grant` and the object of all props. */
  condition(grant: string, props: string): string;
}

/** Applies a rule to every grant of every persona. */
const everyGrant = ({ field, says, holds, because, broken, condition }: GrantRule): Relation<Props> =>
  rule.relation({
    about: "personas",
    says: `each grant's ${field} ${says}`,
    broken,
    problems: ({ locations, existingLocations, personas }) => {
      if (![locations, existingLocations, personas].every(isKnown)) return [];
      const places = { ...existingLocations, ...locations };
      return Object.entries(personas).flatMap(([persona, { grants }]) =>
        Object.entries(isKnown(grants) ? grants : {})
          .filter(([, grant]) => isKnown(grant.location) && isKnown(grant[field]))
          .filter(([, grant]) => !holds(grant, places[grant.location]))
          .map(([key, grant]) => {
            const given = `given: "${grant[field]}", ${because(grant, places)}`;
            const meant = field === "location" ? didYouMean(grant.location, Object.keys(places)) : "";
            return `personas.${persona}.grants.${key}.${field}: ${says} (${given})${meant}`;
          }),
      );
    },
    wrong: (props) => {
      const one = `"\${name}.\${key} (${field} \${grant.${snake(field)}})" if !(${condition("grant", props)})`;
      return `flatten([for name, persona in ${props}.personas : [for key, grant in persona.grants : ${one}]])`;
    },
  });

const persona = (location: string, permission: string): object => ({
  example: {
    grantee: { type: "IAM", id: "arn:aws:iam::123456789012:role/example" },
    grants: { example: { location, subPrefix: "Product/*", permission } },
  },
});

const knownLocations = everyGrant({
  field: "location",
  says: "must be a key of locations or existingLocations",
  holds: (_grant, location) => location !== undefined,
  because: (_grant, places) => `locations: ${Object.keys(places).sort().join(", ")}`,
  broken: { personas: persona("elsewhere", "READ") },
  condition: (grant, props) =>
    `contains(concat(keys(${props}.locations), keys(${props}.existing_locations)), ${grant}.location)`,
});

const withinCeiling = everyGrant({
  field: "permission",
  says: "must not allow more than its location's permission: lower it, or raise the location's",
  holds: ({ permission }, location) => {
    const most = location?.permission;
    return most === undefined || !isKnown(most) || ["READWRITE", permission].includes(most);
  },
  because: ({ location }, places) => `locations.${location}.permission: "${places[location]!.permission}"`,
  broken: {
    locations: { data: { scope: "s3://example-data", permission: "READ" } },
    personas: persona("data", "READWRITE"),
  },
  condition: (grant, props) => {
    return `contains(["READWRITE", ${grant}.permission], try(${props}.locations[${grant}.location].permission, "READWRITE"))`;
  },
});

/** The name of a bucket (as S3 allows it) and a slash. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9][/]/;

const bucketFirst = everyGrant({
  field: "subPrefix",
  says: "must begin with a bucket if its location's scope is s3://, e.g. my-bucket/Product/*",
  holds: ({ subPrefix }, location) => location?.scope !== "s3://" || BUCKET.test(subPrefix),
  because: ({ location }) => `location: ${location}`,
  broken: { locations: { all: { scope: "s3://" } }, personas: persona("all", "READ") },
  condition: (grant, props) => {
    const scope = ["locations", "existing_locations"].map((all) => `${props}.${all}[${grant}.location].scope`);
    return `try(${scope.join(", ")}, "") != "s3://" || can(regex(${JSON.stringify(BUCKET.source)}, ${grant}.sub_prefix))`;
  },
});

const APART = "must not use a key that locations uses too, because grants name a location by its key: rename one";

const locationsApart = rule.relation<Pick<Props, "locations" | "existingLocations">>({
  about: "existingLocations",
  says: APART,
  problems: ({ locations, existingLocations }) =>
    isKnown(locations) && isKnown(existingLocations)
      ? Object.keys(existingLocations)
          .filter((key) => key in locations)
          .map((key) => `existingLocations.${key}: ${APART}`)
      : [],
  wrong: (props) => `setintersection(keys(${props}.locations), keys(${props}.existing_locations))`,
  broken: {
    locations: { data: { scope: "s3://example-data" } },
    existingLocations: { data: { id: "default", scope: "s3://" } },
  },
});

const NOT_OURS =
  "must not be given together with existingInstance: the instance has one resource policy, which would be overwritten; let its owner add the principals";

/** An instance has one resource policy, and writing it overwrites the existing one. */
export const ownResourcePolicy = rule.relation<{
  readonly crossAccount?: object | undefined;
  readonly existingInstance?: object | undefined;
}>({
  about: "crossAccount",
  says: NOT_OURS,
  problems: ({ crossAccount, existingInstance }) =>
    [crossAccount, existingInstance].every((given) => given !== undefined && isKnown(given))
      ? [`crossAccount: ${NOT_OURS}`]
      : [],
  condition: (props) => `${props}.cross_account == null || ${props}.existing_instance == null`,
  broken: {
    existingInstance: { arn: "arn:aws:s3:us-east-1:123456789012:access-grants/default" },
    crossAccount: { principalArns: ["arn:aws:iam::210987654321:role/example"] },
  },
});

export const grantRelations = [knownLocations, withinCeiling, bucketFirst, locationsApart] as const;
