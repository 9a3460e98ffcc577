import type { AccessGrantsProps } from "../access-grants/access-grants";
import { lookup, map, merge, prefixed } from "../hosting";
import { type Resolved, take } from "../inputs";
import { inLocation } from "../shared/grant";
import type { studioAccessProps } from "./props";

type Props = Resolved<typeof studioAccessProps>;
type Personas = NonNullable<AccessGrantsProps["personas"]>;

/** Begins the keys of `otherGrantees` beside those of personas. A user profile's name holds no underscore, so none is taken. */
const OTHER = "other_";

/** Everyone who has grants: personas, by the role of their user profile, and `otherGrantees`. */
export function grantees(
  { personas, otherGrantees }: Pick<Props, "personas" | "otherGrantees">,
  roleArns: Readonly<Record<string, string>>,
): Personas {
  const inData = (grants: Props["personas"][string]["grants"]) =>
    map(grants, (grant) => ({ location: "data", ...take(inLocation, grant) }));
  const people: Personas = map(personas, ({ grants }, persona) => ({
    grantee: { type: "IAM" as const, id: lookup(roleArns, persona) },
    grants: inData(grants),
  }));
  const others: Personas = map(prefixed(otherGrantees, OTHER), ({ grantee, grants }) => ({
    grantee,
    grants: inData(grants),
  }));
  return merge(people, others);
}

/** A problem of AccessGrants with its path as the author of StudioAccess wrote it. */
export const authoredGrantee = (problem: string): string =>
  problem.replaceAll(`personas.${OTHER}`, "otherGrantees.").replace(/^(personas\.[^.]+)\.grantee\b/, "$1.role");
