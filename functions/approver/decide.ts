import type { Evaluation } from "./evaluate";
import type { PolicySet } from "./policies/set";
import { SEVERITIES, type Severity } from "./policies/severity";

/** What is to be done with a request, and why. */
export interface Decision {
  /** `waiting`: a person decides. */
  readonly outcome: "approved" | "rejected" | "waiting";
  /** The ids of the policies that decide, sorted. */
  readonly policies: readonly string[];
  /** Their `@comment`s, in the same order. */
  readonly comments: readonly string[];
  /** The gravest `@severity` of theirs. */
  readonly severity?: Severity;
  /** The asset filters to accept with; empty: the whole asset. */
  readonly assetScope: readonly string[];
  /** Why a person decides; empty otherwise. */
  readonly why: readonly string[];
}

/** What a decision depends on beside the policies. */
export interface Asked {
  /** Whether the assets are asked for as a data product. */
  readonly inProduct: boolean;
  /** The row and column filters that are asked for. */
  readonly filters: readonly string[];
}

/**
 * Turns what the policies say about each asset of a request into one decision.
 *
 * - Any doubt: a person decides.
 * - Any forbid: rejected where every forbid that applies says `@decision("reject")`, otherwise a person decides.
 * - Every asset permitted: accepted; with asset filters where every permit that applies names the same `@assetScope`, with those
 *   that were asked for where none names any. Permits that disagree, and a scope inside a data product, are for a person.
 * - Otherwise nothing permits it, and a person decides.
 *
 * @param evaluations one for each asset that is asked for
 */
export function decide(set: PolicySet, evaluations: readonly Evaluation[], asked: Asked): Decision {
  const conclude = (
    outcome: Decision["outcome"],
    policies: readonly string[],
    rest: Partial<Pick<Decision, "assetScope" | "why">> = {},
  ): Decision => ({
    outcome,
    policies,
    comments: policies.flatMap((id) => set.policies.get(id)?.comment ?? []),
    severity: SEVERITIES.findLast((severity) => policies.some((id) => set.policies.get(id)?.severity === severity)),
    assetScope: [],
    why: [],
    ...rest,
  });

  const doubts = union(evaluations, "doubts");
  if (doubts.length > 0) return conclude("waiting", [], { why: doubts });

  const forbids = union(evaluations, "forbids");
  if (forbids.length > 0) {
    const rejected = forbids.every((id) => set.policies.get(id)?.reject);
    return rejected
      ? conclude("rejected", forbids)
      : conclude("waiting", forbids, { why: [`forbidden by ${forbids.join(", ")}`] });
  }

  const open = evaluations.filter(({ permits }) => permits.length === 0).map(({ asset }) => asset);
  if (evaluations.length === 0 || open.length > 0) {
    return conclude("waiting", [], {
      why: [`no policy permits it${open.length > 0 ? `: asset ${open.join(", ")}` : ""}`],
    });
  }

  const permits = union(evaluations, "permits");
  const scopes = new Set(permits.map((id) => (set.policies.get(id)?.assetScope ?? []).join(",")));
  const [scope] = scopes;
  if (scopes.size > 1)
    return conclude("waiting", permits, { why: ["the policies that permit it name different asset filters"] });
  if (scope && asked.inProduct) {
    return conclude("waiting", permits, { why: ["the policies name asset filters, which a data product cannot have"] });
  }
  return conclude("approved", permits, { assetScope: scope ? scope.split(",") : asked.filters });
}

const union = (evaluations: readonly Evaluation[], property: "permits" | "forbids" | "doubts"): string[] =>
  [...new Set(evaluations.flatMap((evaluation) => evaluation[property]))].sort();
