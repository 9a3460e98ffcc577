import * as cedar from "./cedar";
import type { PolicyJson } from "./cedar";
import { annotationsOf } from "./validate";
import { digestOf } from "./digest";
import { References } from "./references";
import { SEVERITIES, type Severity } from "./severity";

/** The parts of a policy that a decision needs and that Cedar does not evaluate. */
export interface Policy {
  readonly effect: "permit" | "forbid";
  readonly references: References;
  readonly comment?: string;
  readonly severity?: Severity;
  readonly reject: boolean;
  /** Ids of the asset filters to accept with (`@assetScope`), sorted; empty where there are none. */
  readonly assetScope: readonly string[];
}

/** A policy set, parsed and ready to decide. */
export interface PolicySet {
  readonly digest: string;
  readonly references: References;
  /** By their ids. */
  readonly policies: ReadonlyMap<string, Policy>;
  /** The name under which Cedar keeps the parsed set in memory. */
  readonly parsed: string;
}

/**
 * Parses a policy set for decisions. It must have been validated (`validateSet`) before: this refuses only what does not parse.
 *
 * @param texts the policies' texts by their ids
 */
export function parseSet(texts: Readonly<Record<string, string>>): PolicySet {
  const digest = digestOf(texts);
  const answer = cedar.preparsePolicySet(digest, { staticPolicies: { ...texts } });
  if (answer.type === "failure") {
    throw new Error(`The policy set does not parse: ${answer.errors.map((error) => error.message).join("; ")}`);
  }
  const policies = Object.entries(texts).map(([id, text]) => {
    const policy = cedar.policyToJson(text);
    if (policy.type === "failure") throw new Error(`The policy ${id} does not parse`);
    return [id, policy.json] as const;
  });
  return {
    digest,
    parsed: digest,
    references: new References(policies.map(([, policy]) => policy)),
    policies: new Map(policies.map(([id, policy]) => [id, policyOf(policy)])),
  };
}

function policyOf(policy: PolicyJson): Policy {
  const { comment, decision, assetScope, severity } = annotationsOf(policy);
  return {
    effect: policy.effect,
    references: new References([policy]),
    comment,
    reject: decision === "reject",
    assetScope: filtersOf(assetScope),
    severity: SEVERITIES.find((known) => known === severity),
  };
}

const filtersOf = (annotation: string | undefined): string[] =>
  (annotation ?? "")
    .split(",")
    .map((filter) => filter.trim())
    .filter((filter) => filter !== "")
    .sort();
