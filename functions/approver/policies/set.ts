import * as cedar from "./cedar";
import { annotationsOf } from "./check";
import { digestOf } from "./digest";
import { References } from "./references";

/** What a policy's annotations say. */
export interface Annotations {
  readonly comment?: string;
  readonly reject: boolean;
  /** Ids of the asset filters to accept with, sorted; empty: none. */
  readonly assetScope: readonly string[];
}

/** A policy set, parsed and ready to decide. */
export interface PolicySet {
  readonly digest: string;
  readonly references: References;
  readonly annotations: ReadonlyMap<string, Annotations>;
  /** Names the parsed set in Cedar's memory. */
  readonly parsed: string;
}

/**
 * Parses a policy set for deciding. It must have been checked (`checkSet`) before: this only refuses what does not parse.
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
    annotations: new Map(
      policies.map(([id, policy]) => {
        const { comment, decision, assetScope } = annotationsOf(policy);
        return [id, { comment, reject: decision === "reject", assetScope: filtersOf(assetScope) }];
      }),
    ),
  };
}

const filtersOf = (annotation: string | undefined): string[] =>
  (annotation ?? "")
    .split(",")
    .map((filter) => filter.trim())
    .filter((filter) => filter !== "")
    .sort();
