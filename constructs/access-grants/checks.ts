import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { written } from "../hosting";
import { isKnown, refuse } from "../inputs";
import type { Grant, Grantee, Permission } from "../shared/grant";
import { grantScope, type Opening, openings, type Reach } from "./overlaps";

export interface Checked {
  readonly name: string;
  readonly identityCenter?: object | undefined;
  readonly locations: Readonly<Record<string, { readonly scope: string; readonly permission: Permission }>>;
  readonly existingLocations: Readonly<Record<string, { readonly scope: string }>>;
  readonly personas: Readonly<
    Record<string, { readonly grantee: Grantee; readonly grants: Readonly<Record<string, Grant>> }>
  >;
}

/** A grant with all that is needed to judge it beside the others. */
interface Placed extends Reach {
  readonly path: string;
  readonly permission: Permission;
}

/** Quota of an instance (Amazon S3 User Guide, "S3 Access Grants limitations"). */
const MOST_GRANTS = 100_000;
const MOST_SHOWN = 5;

/**
 * Refuses what only synth can say: names that get too long, scopes that are registered twice, grants of two personas that say
 * the same, the quota. Warns of, or refuses, private prefixes that a broader grant opens.
 */
export function check(scope: Construct, props: Checked, openedPrefixes: "warn" | "refuse"): void {
  // References to the same attribute are different tokens.
  const { problems, opened } = found(props, (text) => written(scope, text));
  refuse(scope, openedPrefixes === "refuse" ? [...problems, ...opened] : problems);
  for (const warning of opened) Annotations.of(scope).addWarning(warning);
}

function found(
  { name, identityCenter, locations, existingLocations, personas }: Checked,
  written: (text: string) => string,
): { readonly problems: readonly string[]; readonly opened: readonly string[] } {
  if (![locations, existingLocations, personas].every(isKnown)) return { problems: [], opened: [] };
  const problems: string[] = [];
  const placed: Placed[] = [];
  const places = Object.entries({ ...locations, ...existingLocations });
  const scopes = new Map(places.map(([key, { scope }]) => [key, written(scope)]));
  let count = 0;
  problems.push(...longRoleNames(name, locations), ...registeredTwice(scopes));
  for (const [persona, { grantee, grants }] of Object.entries(personas)) {
    if (isKnown(grantee.type) && grantee.type !== "IAM" && !identityCenter) {
      problems.push(
        `personas.${persona}.grantee: a ${grantee.type} needs identityCenter, where the identity is looked up`,
      );
    }
    if (!isKnown(grants)) continue;
    const who = `${grantee.type} ${written(grantee.id ?? grantee.group!.displayName)}`;
    for (const [key, grant] of Object.entries(grants)) {
      count += 1;
      const path = `personas.${persona}.grants.${key}`;
      const location = scopes.get(grant.location);
      if (location === undefined) continue; // a key that is not known yet
      const scope = grantScope(location, written(grant.subPrefix));
      placed.push({ path, permission: grant.permission, scope, grantee: who });
    }
  }
  if (count > MOST_GRANTS) {
    problems.push(
      `personas: an instance has at most ${MOST_GRANTS} grants (given: ${count}); grant groups and broader prefixes`,
    );
  }
  problems.push(...saidTwice(placed));
  return { problems, opened: openings(placed).map(opened) };
}

function longRoleNames(name: string, locations: Checked["locations"]): string[] {
  return Object.keys(locations)
    .filter((key) => isKnown(name) && `${name}-${key}-location`.length > 64)
    .map((key) => `locations.${key}: its role would be named ${name}-${key}-location, and IAM allows 64 characters`);
}

function registeredTwice(scopes: ReadonlyMap<string, string>): string[] {
  const first = new Map<string, string>();
  return [...scopes].flatMap(([key, scope]) => {
    // s3://bucket/ is s3://bucket.
    const place = scope.replace(/^(s3:\/\/[^/]+)\/$/, "$1");
    const there = first.get(place);
    first.set(place, there ?? key);
    return there === undefined ? [] : [`locations.${key}.scope: is that of ${there} already (${scope}); leave one out`];
  });
}

function saidTwice(placed: readonly Placed[]): string[] {
  const first = new Map<string, Placed>();
  return placed.flatMap((grant) => {
    const identity = JSON.stringify([grant.grantee, grant.scope, grant.permission]);
    const there = first.get(identity);
    if (!there) first.set(identity, grant);
    // The rule of one persona's grants has said so already where both are the same persona's.
    if (!there || there.path.split(".grants.")[0] === grant.path.split(".grants.")[0]) return [];
    return [
      `${grant.path}: must not say the same as ${there.path} (${grant.permission} on ${grant.scope}); leave one out`,
    ];
  });
}

function opened({ by, opened }: Opening<Placed>): string {
  const shown = opened.slice(0, MOST_SHOWN).map(({ path, scope }) => `${path} (${scope})`);
  const more = opened.length > MOST_SHOWN ? ` and ${opened.length - MOST_SHOWN} more` : "";
  return (
    `${by.path} (${by.scope}) opens what another persona alone was granted by name: ${shown.join(", ")}${more}; ` +
    "narrow it, or move what is private elsewhere"
  );
}
