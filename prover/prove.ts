import type { Decision } from "../functions/approver/decide";
import { judge } from "../functions/approver/consider";
import { evaluate } from "../functions/approver/evaluate";
import type { References } from "../functions/approver/policies/references";
import type { PolicySet } from "../functions/approver/policies/set";
import type { ReadSet } from "./decision";
import type { Example } from "./example";
import type { Property } from "./property";
import type { Prover, Tags, Terms } from "./prover";
import { knownFacts } from "./readable";
import type { Asset } from "./request";
import type { Formula } from "./smt";

/**
 * Whether a property holds of a policy set: proven; refuted, with an example and what the approver decides about it; or
 * not proven, and why.
 */
export type Verdict =
  | { readonly is: "proven" }
  | { readonly is: "refuted"; readonly example: Example; readonly decision: Decision }
  | { readonly is: "not proven"; readonly why: string; readonly example?: Example };

/**
 * Proves a property of a policy set over all possible requests. A counterexample is told only where the approver's own
 * code decides it the same way. A property is not proven where something cannot be translated into formulas, where Z3
 * takes too long, or where the property is about no request at all.
 */
export async function prove(prover: Prover, set: ReadSet, property: Property, environment?: string): Promise<Verdict> {
  const sets = [set, property.about, ...(property.within ? [property.within.set] : [])];
  const tags = tagsOf(sets.map(({ references }) => references));
  const find = (claim: (terms: Terms) => Formula) => prover.find({ tags, environment, claim });

  const found = await find((terms) => terms.f.all(isAbout(property, terms), isOtherwise(property, set, terms)));
  if (found.is === "unknown") return { is: "not proven", why: found.why };
  if (found.is === "example") return confirm(set, property, found.example);
  // A property whose own evaluation fails for some request, or that is about no request, proves nothing.
  const failing = await find((terms) => someAsset(terms, (asset) => evaluateFor(property, asset, terms).fails));
  if (failing.is === "example")
    return {
      is: "not proven",
      why: "the evaluation of the property itself fails for this request",
      example: failing.example,
    };
  const about = await find((terms) => isAbout(property, terms));
  if (about.is === "none")
    return { is: "not proven", why: "the property is about no possible request, so it says nothing" };
  const [unknown] = [failing, about].filter((answer) => answer.is === "unknown");
  return unknown ? { is: "not proven", why: unknown.why } : { is: "proven" };
}

/** The names of tags that any of the sets asks about. */
export function tagsOf(references: readonly References[]): Tags {
  const union = (owner: "resource" | "request") => new Set(references.flatMap((one) => [...one.tags(owner)]));
  return { resource: union("resource"), request: union("request") };
}

const evaluateFor = ({ id, about }: Property, asset: Asset, { decider }: Terms) =>
  decider.condition(about.applications.get(id)!, asset);

const someAsset = ({ f, request }: Terms, holds: (asset: Asset) => Formula): Formula =>
  f.any(...request.assets.map((asset) => f.all(asset.present, holds(asset))));

/**
 * "Never approved" and "waits" are said of a request where any one of its assets is as the property says; "approved"
 * and "rejected" only where all of them are.
 */
const saysOfAny = ({ says }: Property): boolean => says === "never approved" || says === "waiting";

function isAbout(property: Property, terms: Terms): Formula {
  const { f } = terms;
  const of = (asset: Asset): Formula => evaluateFor(property, asset, terms).holds;
  if (saysOfAny(property) && !property.within) return someAsset(terms, of);
  const everything = knownFacts(terms.request).map(({ known }) => known);
  const assets = saysOfAny(property) ? someAsset(terms, of) : f.not(someAsset(terms, (asset) => f.not(of(asset))));
  // A request of which something cannot be read waits, whatever the set says, so it is left out.
  return f.all(assets, ...everything);
}

function isOtherwise({ says, within }: Property, set: ReadSet, { f, decider }: Terms): Formula {
  const { approved, rejected, waiting } = decider.decide(set);
  switch (says) {
    case "never approved":
      return within ? f.all(approved, f.not(decider.decide(within.set).approved)) : approved;
    case "approved":
      return f.not(approved);
    case "rejected":
      return f.not(rejected);
    case "waiting":
      return f.not(waiting);
  }
}

/** An error of the prover: tests search for it, and none has been found. */
export const DISAGREEMENT =
  "the prover and the approver disagree about a request, which is an error of this program: please report it";

/** What the approver decides about an example. */
export const decisionOf = (set: PolicySet, { facts, environment }: Example): Decision =>
  judge(set, facts, environment).decision;

/** Decides a counterexample by the approver's own code, and evaluates the property with Cedar. */
function confirm(set: ReadSet, property: Property, example: Example): Verdict {
  const { id, says, about, within } = property;
  const decision = decisionOf(set, example);
  const assets = evaluate(about, example.facts, example.environment).map(({ permits, forbids }) =>
    [...permits, ...forbids].includes(id),
  );
  const applies = saysOfAny(property) ? assets.some(Boolean) : assets.every(Boolean);
  const refutes = says === "never approved" ? decision.outcome === "approved" : decision.outcome !== says;
  const allowed = within !== undefined && decisionOf(within.set, example).outcome === "approved";
  if (applies && refutes && !allowed) return { is: "refuted", example, decision };
  return {
    is: "not proven",
    why: DISAGREEMENT,
    example,
  };
}
