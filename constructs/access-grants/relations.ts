import { isKnown, type Relation, rule } from "../inputs";
import type { Grant } from "../shared/grant";

interface Place {
  readonly scope: string;
  readonly permission: string;
}
interface Props {
  readonly locations: Readonly<Record<string, Place>>;
  readonly personas: Readonly<Record<string, { readonly grants: Readonly<Record<string, Grant>> }>>;
}

/** A rule on a grant and the location that it is in. `says` completes "each grant's <field> …", and "<path of the field>: …". */
interface GrantRule {
  readonly field: "location" | "permission" | "subPrefix";
  readonly says: string;
  holds(grant: Grant, location: Place | undefined, locations: Props["locations"]): boolean;
  /** What stands in the way, beside what is given. */
  because(grant: Grant, locations: Props["locations"]): string;
  /** The same in HCL, over the object `grant`; `locations` are keyed as in the props. */
  condition(grant: string, locations: string): string;
}

/** The rule on every grant of every persona. */
const everyGrant = ({ field, says, holds, because, condition }: GrantRule): Relation<Props> =>
  rule.relation({
    about: "personas",
    says: `each grant's ${field} ${says}`,
    problems: ({ locations, personas }) =>
      !isKnown(locations) || !isKnown(personas)
        ? []
        : Object.entries(personas).flatMap(([persona, { grants }]) =>
            Object.entries(isKnown(grants) ? grants : {})
              .filter(([, grant]) => isKnown(grant.location) && isKnown(grant[field]))
              .filter(([, grant]) => !holds(grant, locations[grant.location], locations))
              .map(([key, grant]) => {
                const given = `given: "${grant[field]}", ${because(grant, locations)}`;
                return `personas.${persona}.grants.${key}.${field}: ${says} (${given})`;
              }),
          ),
    condition: (props) => {
      const holdsOfOne = condition("grant", `${props}.locations`);
      return `alltrue(flatten([for persona in ${props}.personas : [for grant in persona.grants : ${holdsOfOne}]]))`;
    },
  });

export const knownLocations = everyGrant({
  field: "location",
  says: "must be the key of a location",
  holds: (_grant, location) => location !== undefined,
  because: (_grant, locations) => `locations: ${Object.keys(locations).sort().join(", ")}`,
  condition: (grant, locations) => `contains(keys(${locations}), ${grant}.location)`,
});

export const withinCeiling = everyGrant({
  field: "permission",
  says: "must not be above its location's: lower it, or raise the location's",
  holds: ({ permission }, location) => {
    return !location || !isKnown(location.permission) || ["READWRITE", permission].includes(location.permission);
  },
  because: ({ location }, locations) => `locations.${location}.permission: "${locations[location]!.permission}"`,
  condition: (grant, locations) => {
    return `contains(["READWRITE", ${grant}.permission], try(${locations}[${grant}.location].permission, "READWRITE"))`;
  },
});

/** As S3 names them, and the slash behind. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9][/]/;

export const bucketFirst = everyGrant({
  field: "subPrefix",
  says: "must begin with a bucket where its location is s3://, e.g. my-bucket/Product/*",
  holds: ({ subPrefix }, location) => location?.scope !== "s3://" || BUCKET.test(subPrefix),
  because: ({ location }) => `location: ${location}`,
  condition: (grant, locations) =>
    `try(${locations}[${grant}.location].scope, "") != "s3://" || can(regex(${JSON.stringify(BUCKET.source)}, ${grant}.sub_prefix))`,
});

const NOT_OURS =
  "must not be given with existingInstance, whose one resource policy is its owner's and would be replaced: let the owner add the principals to it";

/** An instance has one resource policy, and writing it replaces what is there. */
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
});

export const grantRelations = [knownLocations, withinCeiling, bucketFirst] as const;
