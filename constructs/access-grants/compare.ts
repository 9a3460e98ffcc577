import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { written } from "../hosting";
import { isKnown, refuse } from "../inputs";
import { type Compared, comparisons, type Placed, placed } from "./comparisons";
import { type Opening, openings } from "./overlaps";

const MOST_SHOWN = 5;
/** Grants that an instance can have (Amazon S3 User Guide, "S3 Access Grants limitations"). */
const MOST_GRANTS = 100_000;

/**
 * Compares locations and grants with one another at synth, references included: two references to the same attribute are different tokens,
 * but the same text in Terraform. Warns of, or refuses, private prefixes that a broader grant opens.
 */
export function compareAll(scope: Construct, props: Compared, openedPrefixes: "warn" | "refuse"): void {
  const asWritten = inWriting(props, (text) => written(scope, text));
  const grants = placed(asWritten);
  const opened = openings(grants).map(told);
  const problems = comparisons.flatMap((relation) => relation.problems(asWritten));
  if (grants.length > MOST_GRANTS) {
    problems.push(
      `personas: must have at most ${MOST_GRANTS} grants, the quota of an S3 Access Grants instance (given: ${grants.length}); grant to groups, or grant broader prefixes`,
    );
  }
  refuse(scope, openedPrefixes === "refuse" ? [...problems, ...opened] : problems);
  if (openedPrefixes === "warn") for (const warning of opened) Annotations.of(scope).addWarning(warning);
}

/** The props with every reference as the text that Terraform sees, so that equal references are equal. */
function inWriting(props: Compared, written: (text: string) => string): Compared {
  const mapEntries = <T>(entries: Readonly<Record<string, T>>, change: (entry: T) => T): Readonly<Record<string, T>> =>
    isKnown(entries)
      ? Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, change(entry)]))
      : entries;
  return {
    ...props,
    locations: mapEntries(props.locations, (place) => ({ ...place, scope: written(place.scope) })),
    existingLocations: mapEntries(props.existingLocations, (place) => ({ ...place, scope: written(place.scope) })),
    personas: mapEntries(props.personas, ({ grantee, grants }) => ({
      grantee: grantee.id === undefined ? grantee : { ...grantee, id: written(grantee.id) },
      grants: mapEntries(grants, (grant) => ({ ...grant, subPrefix: written(grant.subPrefix) })),
    })),
  };
}

function told({ by, opened }: Opening<Placed>): string {
  const shown = opened.slice(0, MOST_SHOWN).map(({ path, scope }) => `${path} (${scope})`);
  const more = opened.length > MOST_SHOWN ? ` and ${opened.length - MOST_SHOWN} more` : "";
  return (
    `${by.path} (${by.scope}) also covers prefixes that are granted to a single other grantee: ${shown.join(", ")}${more}; ` +
    "narrow it, or move the private data to another prefix"
  );
}
