import { isKnown, type Relation, rule } from "../inputs";
import type { Grant, Grantee, Permission } from "../shared/grant";
import { grantScope } from "./overlaps";

/** The props of AccessGrants that the rules below compare with one another. */
export interface Compared {
  readonly name: string;
  readonly identityCenter?: object | undefined;
  readonly locations: Readonly<
    Record<string, { readonly scope: string; readonly permission: Permission; readonly role?: object | undefined }>
  >;
  readonly existingLocations: Readonly<Record<string, { readonly scope: string }>>;
  readonly personas: Readonly<
    Record<string, { readonly grantee: Grantee; readonly grants: Readonly<Record<string, Grant>> }>
  >;
}

/** A grant with its path, its grantee and its full scope, to compare it with others. */
export interface Placed {
  readonly path: string;
  readonly grantee: string;
  readonly permission: Permission;
  readonly scope: string;
}

/** All grants whose locations are known, with their full scopes. */
export function placed({ locations, existingLocations, personas }: Compared): Placed[] {
  if (![locations, existingLocations, personas].every(isKnown)) return [];
  const places = { ...existingLocations, ...locations };
  return Object.entries(personas).flatMap(([persona, { grantee, grants }]) =>
    Object.entries(isKnown(grants) ? grants : {})
      .filter(([, { location }]) => Object.hasOwn(places, location))
      .map(([key, { location, subPrefix, permission }]) => ({
        path: `personas.${persona}.grants.${key}`,
        grantee: `${grantee.type} ${grantee.id ?? grantee.group!.displayName}`,
        permission,
        scope: grantScope(places[location]!.scope, subPrefix),
      })),
  );
}

/** The items that repeat an earlier one, each with that one. */
function repeated<T>(things: readonly T[], said: (thing: T) => string): Array<readonly [T, T]> {
  const first = new Map<string, T>();
  return things.flatMap((thing) => {
    const there = first.get(said(thing));
    if (there === undefined) first.set(said(thing), thing);
    return there === undefined ? [] : [[thing, there] as const];
  });
}

const IAM_NAME = 64;
const roleName = (name: string, key: string): string => `${name}-${key}-location`;

/** IAM's own limit (CreateRole of the IAM API). */
const roleNamesFit: Relation<Compared> = rule.relation({
  about: "locations",
  says: `each location without a role gets a role named <name>-<key>-location, which must have at most ${IAM_NAME} characters: give a shorter name or key`,
  problems: ({ name, locations }) =>
    !isKnown(name) || !isKnown(locations)
      ? []
      : Object.entries(locations)
          .filter(([key, { role }]) => role === undefined && roleName(name, key).length > IAM_NAME)
          .map(
            ([key]) =>
              `locations.${key}: its role would be named ${roleName(name, key)}, which is longer than the ${IAM_NAME} characters that IAM allows; give a shorter name or key`,
          ),
  wrong: (props) =>
    `[for key, place in ${props}.locations : key if place.role == null && length("\${${props}.name}-\${key}-location") > ${IAM_NAME}]`,
  broken: { name: "n".repeat(30), locations: { ["k".repeat(30)]: { scope: "s3://example-data" } } },
});

/** IAM ignores case when it compares names of roles. */
const keysApart: Relation<Compared> = rule.relation({
  about: "locations",
  says: "keys must differ in more than case, because IAM ignores case in role names: rename one",
  problems: ({ locations }) =>
    repeated(isKnown(locations) ? Object.keys(locations) : [], (key) => key.toLowerCase()).map(
      ([key, there]) =>
        `locations.${key}: must differ from ${there} in more than case, because IAM ignores case in role names; rename one`,
    ),
  wrong: (props) => rule.repeatedIn(`for key in keys(${props}.locations)`, "lower(key)", "key"),
  broken: { locations: { data: { scope: "s3://example-data" }, Data: { scope: "s3://example-logs" } } },
});

/** s3://bucket/ is s3://bucket. */
const place = (scope: string): string => scope.replace(/^(s3:\/\/[^/]+)\/$/, "$1");

/** S3 Access Grants registers a scope once. There are two such rules, because each variable needs a validation of its own. */
const scopesOnce = (about: "locations" | "existingLocations"): Relation<Compared> => {
  const places = (props: string): string[] =>
    (about === "locations" ? ["locations"] : ["locations", "existing_locations"]).map(
      (all) => `[for key, place in ${props}.${all} : { key = key, scope = trimsuffix(place.scope, "/") }]`,
    );
  const data = { scope: "s3://example-data" };
  const again = { scope: "s3://example-data/" };
  return rule.relation({
    about,
    says:
      about === "locations"
        ? "no two may have the same scope, which S3 Access Grants registers once: leave one out"
        : "none may have the same scope as another one, or as one of locations: leave one out",
    problems: ({ locations, existingLocations }) => {
      if (!isKnown(locations) || !isKnown(existingLocations)) return [];
      const before = about === "locations" ? [] : Object.entries(locations);
      const own = Object.entries(about === "locations" ? locations : existingLocations);
      return repeated([...before, ...own], ([, { scope }]) => place(scope)).map(
        ([[key, { scope }], [there]]) =>
          `${about}.${key}.scope: must not be the same as that of ${there} (${scope}); leave one out`,
      );
    },
    wrong: (props) => rule.repeatedIn(`for place in concat(${places(props).join(", ")})`, "place.scope", "place.key"),
    broken:
      about === "locations"
        ? { locations: { one: data, two: again } }
        : { locations: { one: data }, existingLocations: { two: { id: "default", ...again } } },
  });
};

const identitiesAreKnown: Relation<Compared> = rule.relation({
  about: "personas",
  says: "each grantee of type DIRECTORY_USER or DIRECTORY_GROUP needs identityCenter, the IAM Identity Center instance that it is in",
  problems: ({ identityCenter, personas }) =>
    identityCenter !== undefined || !isKnown(personas)
      ? []
      : Object.entries(personas)
          .filter(([, { grantee }]) => isKnown(grantee.type) && grantee.type !== "IAM")
          .map(
            ([persona, { grantee }]) =>
              `personas.${persona}.grantee: a ${grantee.type} needs identityCenter, the IAM Identity Center instance that it is in; give it`,
          ),
  wrong: (props) =>
    `[for key, persona in ${props}.personas : key if ${props}.identity_center == null && persona.grantee.type != "IAM"]`,
  broken: {
    personas: {
      group: { grantee: { type: "DIRECTORY_GROUP", id: "0123abcd-4567-89ab-cdef-0123456789ab" }, grants: {} },
    },
  },
});

const GRANT = { location: "data", subPrefix: "Product/*", permission: "READ" };
const SOMEONE = { type: "IAM", id: "arn:aws:iam::123456789012:role/example" };

const grantsOnce: Relation<Compared> = rule.relation({
  about: "personas",
  says: "no grantee may have the same permission on the same prefix twice, in one persona or in two: leave one out",
  problems: (props) =>
    repeated(placed(props), ({ grantee, scope, permission }) => JSON.stringify([grantee, scope, permission])).map(
      ([{ path, permission, scope }, there]) =>
        `${path}: must not be the same grant as ${there.path} (${permission} on ${scope} for the same grantee); leave one out`,
    ),
  wrong: (props) => {
    const scopes = ["locations", "existing_locations"].map((all) => `${props}.${all}[grant.location].scope`);
    const scope = `\${trimsuffix(try(${scopes.join(", ")}), "/")}/\${grant.sub_prefix}`;
    const said = `jsonencode([persona.grantee, "${scope}", grant.permission])`;
    const isPlaced = `contains(keys(merge(${props}.locations, ${props}.existing_locations)), grant.location)`;
    const named = `{ said = ${said}, name = "\${name}.\${key}" }`;
    const all = `flatten([for name, persona in ${props}.personas : [for key, grant in persona.grants : ${named} if ${isPlaced}]])`;
    return rule.repeatedIn(`for grant in ${all}`, "grant.said", "grant.name");
  },
  broken: {
    locations: { data: { scope: "s3://example-data" } },
    personas: {
      one: { grantee: SOMEONE, grants: { product: GRANT } },
      two: { grantee: SOMEONE, grants: { product: GRANT } },
    },
  },
});

/** The rules that compare locations with locations, and grants with grants. */
export const comparisons = [
  keysApart,
  roleNamesFit,
  scopesOnce("locations"),
  scopesOnce("existingLocations"),
  identitiesAreKnown,
  grantsOnce,
] as const;
