import type { Decision } from "../functions/approver/decide";
import type { Decided, ReadSet } from "./decision";
import type { Example } from "./example";
import { DISAGREEMENT, decisionOf, tagsOf } from "./prove";
import type { Prover, Terms } from "./prover";
import type { Formula } from "./smt";

/** The outcomes that a change of policies can give to a request that had another one before. */
export const CHANGES = ["approved", "rejected", "waiting", "approved with other filters"] as const;

/** Whether a change of policies gives any request this outcome: none, some, with an example, or unknown and why. */
export type Change = { readonly newly: (typeof CHANGES)[number] } & (
  | { readonly is: "none" }
  | { readonly is: "some"; readonly example: Example; readonly before: Decision; readonly after: Decision }
  | { readonly is: "unknown"; readonly why: string }
);

/**
 * What a new policy set decides otherwise than an old one, over all possible requests, those included of which
 * something cannot be read.
 */
export async function diff(prover: Prover, old: ReadSet, set: ReadSet, environment?: string): Promise<Change[]> {
  const tags = tagsOf([old.references, set.references]);
  const changes: Change[] = [];
  for (const newly of CHANGES) {
    const claim = (terms: Terms) => changed(newly, terms, terms.decider.decide(old), terms.decider.decide(set));
    const found = await prover.find({ tags, environment, claim });
    if (found.is === "example") changes.push({ newly, ...confirm(newly, old, set, found.example) });
    else changes.push(found.is === "none" ? { newly, is: "none" } : { newly, is: "unknown", why: found.why });
  }
  return changes;
}

function changed(newly: Change["newly"], { f, decider }: Terms, before: Decided, after: Decided): Formula {
  if (newly === "approved with other filters") {
    return f.all(before.approved, after.approved, f.not(decider.sameFilters(before, after)));
  }
  return f.all(after[newly], f.not(before[newly]));
}

type Confirmed =
  | { readonly is: "some"; readonly example: Example; readonly before: Decision; readonly after: Decision }
  | { readonly is: "unknown"; readonly why: string };

/** Decides the example by the approver's own code too: where that disagrees, the answer is unknown. */
function confirm(newly: Change["newly"], old: ReadSet, set: ReadSet, example: Example): Confirmed {
  const [before, after] = [decisionOf(old, example), decisionOf(set, example)];
  const filters = ({ assetScope }: Decision): string => [...assetScope].sort().join();
  const isSo =
    newly === "approved with other filters"
      ? before.outcome === "approved" && after.outcome === "approved" && filters(before) !== filters(after)
      : after.outcome === newly && before.outcome !== newly;
  if (isSo) return { is: "some", example, before, after };
  return { is: "unknown", why: DISAGREEMENT };
}
