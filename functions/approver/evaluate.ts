import { describeError } from "./errors";
import type { Asset, Facts, Unreadable } from "./facts";
import * as cedar from "./policies/cedar";
import type { EntityJson } from "./policies/cedar";
import type { References } from "./policies/references";
import { PARSED_SCHEMA } from "./policies/schema";
import type { PolicySet } from "./policies/set";
import { ACTION, type Common, Doubts, assetEntityOf, commonOf } from "./question";

/** What the policies say about one asset. */
export interface Evaluation {
  readonly asset: string;
  readonly permits: readonly string[];
  readonly forbids: readonly string[];
  /** Why the result cannot be relied on, e.g. unknown facts that a policy refers to, or evaluation errors. Empty where it can. */
  readonly doubts: readonly string[];
  /** The result depends on the listing, which has not been read. */
  readonly awaitsListing?: true;
}

/**
 * Evaluates the policies for each requested asset. Cedar by itself fails open: a forbid whose evaluation fails does not apply. So an unknown fact
 * that a policy refers to, a request that does not fit the schema, and any evaluation error become doubts, and with doubts a person decides.
 */
export function evaluate(set: PolicySet, facts: Facts | Unreadable, environment: string): Evaluation[] {
  if ("unreadable" in facts) return [{ asset: "", permits: [], forbids: [], doubts: [facts.unreadable] }];
  const doubts = new Doubts(set.references);
  const common = commonOf(facts, environment, doubts);
  const alone = facts.assets.length === 1;
  return facts.assets.map((asset) => evaluateAsset(set, common, doubts, asset, alone));
}

function evaluateAsset(set: PolicySet, common: Common, before: Doubts, asset: Asset, alone: boolean): Evaluation {
  const doubts = new Doubts(set.references, before);
  const resource = assetEntityOf(asset, doubts);
  const permissions = [...doubts.value("context", "permissions", asset.permissions, [])];
  if (doubts.found.length > 0) return conclude(asset, { doubts: doubts.found });
  const question = {
    principal: common.principal,
    action: ACTION,
    resource: resource.uid,
    context: { ...common.context, permissions },
    entities: [...common.entities, resource],
    preparsedPolicySetId: set.parsed,
  };
  if (doubts.unread.length > 0) return foresee(set, question, asset, doubts.unread, alone);
  const answer = ask({ ...question, preparsedSchemaName: PARSED_SCHEMA, validateRequest: true });
  if ("refused" in answer) return conclude(asset, { doubts: answer.refused });
  const { decision, diagnostics } = answer.response;
  return conclude(asset, {
    [decision === "allow" ? "permits" : "forbids"]: [...diagnostics.reason].sort(),
    doubts: diagnostics.errors.map(({ policyId, error }) => `${policyId} could not be evaluated: ${error.message}`),
  });
}

/**
 * Evaluates the policies before the listing is read, without the attributes that only the listing has. A policy that needs one of them fails; the
 * result of every other is final. (A policy that asks for one by `has` or `hasTag` does not fail, so its result does not count.) If the request
 * waits in any case, this is the evaluation, and the listing need not be read.
 *
 * @param alone the request is for this asset only
 */
function foresee(
  set: PolicySet,
  question: Question,
  asset: Asset,
  unread: readonly string[],
  alone: boolean,
): Evaluation {
  const awaited = conclude(asset, { awaitsListing: true });
  const entities = question.entities.map(({ uid, attrs, ...rest }) => ({
    ...rest,
    uid,
    attrs: uid === question.resource ? without(attrs, unread) : attrs,
  }));
  const answer = ask({ ...question, entities });
  if ("refused" in answer) return awaited;
  const { decision, diagnostics } = answer.response;
  const open = new Set(diagnostics.errors.map(({ policyId }) => policyId));
  for (const [id, { references }] of set.policies) if (believes(references, unread)) open.add(id);
  const rejects = (id: string): boolean => set.policies.get(id)?.reject ?? false;

  const sure = diagnostics.reason.filter((id) => !open.has(id)).sort();
  if (decision === "deny" && sure.some((id) => !rejects(id))) return conclude(asset, { forbids: sure });
  if (diagnostics.reason.length > 0) return awaited;
  const mayChange = (id: string): boolean => set.policies.get(id)?.effect === "permit" || rejects(id);
  const elsewhere = !alone && [...set.policies.keys()].some(rejects);
  return [...open].some(mayChange) || elsewhere ? awaited : conclude(asset, {});
}

const without = (attrs: EntityJson["attrs"], names: readonly string[]): EntityJson["attrs"] =>
  Object.fromEntries(Object.entries(attrs).filter(([name]) => !names.includes(name)));

/** Whether a policy asks for one of the unread attributes by `has` or `hasTag`, and would take it for absent. */
const believes = (references: References, unread: readonly string[]): boolean =>
  unread.some((name) =>
    name === "tags" ? references.tags("resource").size > 0 : references.asksFor("resource", name),
  );

const conclude = ({ id }: Asset, rest: Partial<Evaluation>): Evaluation => ({
  asset: id,
  permits: [],
  forbids: [],
  doubts: [],
  ...rest,
});

type Question = Parameters<typeof cedar.statefulIsAuthorized>[0];
type Response = Extract<ReturnType<typeof cedar.statefulIsAuthorized>, { type: "success" }>["response"];

/** Text that is not Unicode (half a surrogate pair, which JSON can hold) does not even get through to Cedar: it throws. */
function ask(question: Question): { response: Response } | { refused: string[] } {
  try {
    const answer = cedar.statefulIsAuthorized(question);
    return answer.type === "failure" ? { refused: answer.errors.map(({ message }) => message) } : answer;
  } catch (error) {
    return { refused: [`Cedar could not evaluate the policies: ${describeError(error)}`] };
  }
}
