import type { Evaluation } from "./evaluate";
import type { PolicySet } from "./policies/set";
import { SEVERITIES, type Severity } from "./policies/severity";

/** What to do with a request, and why. */
export interface Decision {
  /** `waiting`: a person decides. */
  readonly outcome: "approved" | "rejected" | "waiting";
  /** Ids of the deciding policies, sorted. */
  readonly policies: readonly string[];
  /** The deciding policies' `@comment`s, in the same order. */
  readonly comments: readonly string[];
  /** The highest `@severity` of the deciding policies. */
  readonly severity?: Severity;
  /** The asset filters to accept with; empty: the whole asset. */
  readonly assetScope: readonly string[];
  /** Why a person decides; empty otherwise. */
  readonly why: readonly string[];
}

/** What a decision depends on in addition to the policies. */
export interface Asked {
  /** Whether the request is for a data product. */
  readonly inProduct: boolean;
  /** Ids of the requested row and column filters. */
  readonly filters: readonly string[];
}

/**
 * Turns what the policies say about each asset of a request into one decision.
 *
 * - Any doubt: a person decides.
 * - Any forbid applies: the request is rejected if every forbid that applies says `@decision("reject")`; otherwise a person decides.
 * - Every asset is permitted: the request is accepted. If every permit that applies names the same `@assetScope`, it is accepted with those
 *   asset filters; if none names any, with the requested ones. If permits disagree, or name a scope in a data product, a person decides.
 * - Otherwise no policy permits some asset, and a person decides.
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
      why: [`no policy permits ${open.length > 0 ? `access to asset ${open.join(", ")}` : "it"}`],
    });
  }

  const permits = union(evaluations, "permits");
  const scopes = new Set(permits.map((id) => (set.policies.get(id)?.assetScope ?? []).join(",")));
  const [scope] = scopes;
  if (scopes.size > 1)
    return conclude("waiting", permits, {
      why: ["the policies that permit it name different asset filters (@assetScope)"],
    });
  if (scope && asked.inProduct) {
    return conclude("waiting", permits, {
      why: ["the policies name asset filters (@assetScope), which a data product cannot have"],
    });
  }
  return conclude("approved", permits, { assetScope: scope ? scope.split(",") : asked.filters });
}

const union = (evaluations: readonly Evaluation[], property: "permits" | "forbids" | "doubts"): string[] =>
  [...new Set(evaluations.flatMap((evaluation) => evaluation[property]))].sort();
