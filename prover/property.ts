import { join } from "node:path";
import { type Annotations, annotationsOf, validateSet } from "../functions/approver/policies/validate";
import * as cedar from "../functions/approver/policies/cedar";
import { loadPolicySet } from "../functions/approver/policies/files";
import { type ReadSet, readSet } from "./decision";

/** What must be decided about every request that the property is about. */
export type Says = "never approved" | "approved" | "rejected" | "waiting";

/**
 * A property: which requests it is about, and what must be decided about each of them, written as a policy. `forbid`:
 * none is approved, or, with `@decision("reject")` or `@decision("wait")`, each is rejected or waits. `permit`: each is
 * approved. With `@within("<folder>")`: none is approved that the set in that folder, relative to the property's, does
 * not approve too.
 */
export interface Property {
  readonly id: string;
  readonly comment?: string;
  readonly says: Says;
  /** The set that must approve whatever this one approves. */
  readonly within?: { readonly folder: string; readonly set: ReadSet };
  /** Which requests it is about. */
  readonly about: ReadSet;
}

/** The annotations that a property may have; a policy may have more. */
const ANNOTATIONS: Annotations = {
  id: () => undefined,
  comment: () => undefined,
  decision: (value, { effect }) =>
    effect === "forbid" && (value === "reject" || value === "wait")
      ? undefined
      : `@decision("${value}") on a ${effect}: it can only be "reject" or "wait", on a forbid`,
  within: (value, { effect, annotations }) =>
    effect === "forbid" && annotations?.["decision"] === undefined
      ? undefined
      : `@within("${value}") names the folder of a policy set, on a forbid without @decision`,
};

/**
 * Reads the properties in a folder, one a file, `<id>.cedar`.
 *
 * @throws Error that lists everything that is wrong with them
 */
export const loadProperties = (folder: string): Property[] =>
  Object.entries(loadPolicySet(folder, ANNOTATIONS, "folder of properties")).map(([id, text]) =>
    propertyOf(id, text, folder),
  );

/**
 * The property that no request for which a condition holds is ever approved.
 *
 * @param condition a Cedar expression
 * @throws Error with what is wrong with it
 */
export function never(condition: string): Property {
  const text = `@id("never") forbid (principal, action, resource) when { ${condition} };`;
  const [finding] = validateSet({ never: text }, ANNOTATIONS);
  if (finding) throw new Error(`${condition}: ${finding.reason}`);
  return { ...propertyOf("never", text, "."), comment: condition };
}

function propertyOf(id: string, text: string, folder: string): Property {
  const parsed = cedar.policyToJson(text);
  if (parsed.type === "failure") throw new Error(`The property ${id} does not parse`);
  const { comment, decision, within } = annotationsOf(parsed.json);
  const forbidden = decision === "reject" ? "rejected" : decision === "wait" ? "waiting" : "never approved";
  const other = within === undefined ? undefined : join(folder, within);
  return {
    id,
    comment,
    says: parsed.json.effect === "permit" ? "approved" : forbidden,
    within: other === undefined ? undefined : { folder: other, set: readSet(loadPolicySet(other)) },
    about: readSet({ [id]: text }),
  };
}
