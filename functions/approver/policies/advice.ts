import * as cedar from "./cedar";
import type { Expr, PolicyJson } from "./cedar";
import type { Finding } from "./validate";
import { References } from "./references";

/**
 * Finds what is valid in a policy set but seldom meant: a permit without a condition, or with conditions that requesters can fulfil as they
 * like, and a use of `in` as if it meant members of a group. It is advice: such a set can be deployed.
 *
 * @param texts the policies' texts by their ids, checked (`validateSet`)
 * @returns by policy, at its beginning: Cedar does not say where an expression stands
 */
export function adviseSet(texts: Readonly<Record<string, string>>): Finding[] {
  const ids = Object.keys(texts).sort();
  return ids.flatMap((policy) => {
    const parsed = cedar.policyToJson(texts[policy]!);
    const reasons = parsed.type === "failure" ? [] : [...adviseOnGuards(parsed.json), ...adviseOnIn(parsed.json)];
    return reasons.map((reason) => ({ policy, line: 1, column: 1, reason }));
  });
}

function adviseOnGuards(policy: PolicyJson): string[] {
  const byId = [policy.principal, policy.resource].some((scope) => "entity" in scope || "in" in scope);
  const holds = ({ kind, body }: PolicyJson["conditions"][number]) =>
    makeable(body, policy)[kind === "when" ? "yes" : "no"];
  if (policy.effect === "forbid" || byId || !policy.conditions.every(holds)) return [];
  const references = new References([policy]);
  const guards = [
    ...(dependsOn(references, CHOSEN) || references.tags("request").size > 0
      ? ["names or answers, which those who ask choose"]
      : []),
    ...(dependsOn(references, TERMS) ? ["the absence of terms, which data has that nobody classified"] : []),
  ];
  return guards.length > 0
    ? [`this permit is guarded by nothing but ${guards.join(", and ")}`]
    : ["this permit is guarded by nothing: it approves whatever is asked for"];
}

/** Whether a requester can make an expression true, or false, in a request for data without terms, by choosing names and answers. */
interface Makeable {
  readonly yes: boolean;
  readonly no: boolean;
}

function makeable(expression: Expr, policy: PolicyJson): Makeable {
  const of = (part: Expr): Makeable => makeable(part, policy);
  if ("!" in expression) {
    const { yes, no } = of((expression["!"] as { arg: Expr }).arg);
    return { yes: no, no: yes };
  }
  if ("&&" in expression || "||" in expression) {
    const { left, right } = ("&&" in expression ? expression["&&"] : expression["||"]) as { left: Expr; right: Expr };
    const [one, other] = [of(left), of(right)];
    return "&&" in expression
      ? { yes: one.yes && other.yes, no: one.no || other.no }
      : { yes: one.yes || other.yes, no: one.no && other.no };
  }
  if ("if-then-else" in expression) {
    const parts = expression["if-then-else"] as { if: Expr; then: Expr; else: Expr };
    const [test, then, otherwise] = [of(parts.if), of(parts.then), of(parts.else)];
    return {
      yes: (test.yes && then.yes) || (test.no && otherwise.yes),
      no: (test.yes && then.no) || (test.no && otherwise.no),
    };
  }
  if ("Value" in expression) return { yes: expression.Value === true, no: expression.Value === false };
  return makeableFact(expression, policy);
}

type Facts = readonly (readonly [Parameters<References["has"]>[0], ...string[]])[];

const TERMS: Facts = [
  ["resource", "terms", "columnTerms", "governed"],
  ["product", "terms"],
];
/** Facts that requesters choose: whoever creates a project names it. */
const CHOSEN: Facts = [
  ["principal", "name"],
  ["publisher", "name"],
];
/** Facts that requesters cannot influence. */
const STRONG: Facts = [
  ["principal", "arn", "details"],
  ["publisher", "details"],
  ["requester", "id", "details"],
  ["resource", "name", "type"],
  ["product", "id", "name"],
];

const dependsOn = (references: References, facts: Facts): boolean =>
  facts.some(([owner, ...names]) => names.some((name) => references.has(owner, name)));

function makeableFact(expression: Expr, policy: PolicyJson): Makeable {
  const alone = { ...policy, conditions: [{ kind: "when" as const, body: expression }] };
  const references = new References([alone]);
  const isChosen = dependsOn(references, CHOSEN) || references.tags("request").size > 0;
  // People and groups are named by their directory.
  const isDirectory = "entity_type" in policy.principal && !policy.principal.entity_type.endsWith("::Project");
  const isStrong =
    dependsOn(references, STRONG) || references.tags("resource").size > 0 || comparesEntities(expression);
  if (isStrong || (isChosen && isDirectory)) return { yes: false, no: false };
  if (isChosen || !dependsOn(references, TERMS)) return { yes: true, no: true };
  const holds = holdsWithoutTerms(alone);
  return { yes: holds, no: !holds };
}

/** Whether an expression compares entities, whose ids DataZone generates. */
function comparesEntities(expression: Expr): boolean {
  const sides = ["==", "!=", "in"].flatMap((operator) => {
    const operands = (expression as Record<string, { left: Expr; right: Expr }>)[operator];
    return operands ? [operands.left, operands.right] : [];
  });
  return sides.some((side) => "Var" in side) || JSON.stringify(expression).includes('"__entity"');
}

/** Whether a policy permits data without glossary terms, in a data product without terms. */
function holdsWithoutTerms(policy: PolicyJson): boolean {
  const [principal, resource] = [
    { type: "DataZone::Project", id: "" },
    { type: "DataZone::Asset", id: "" },
  ];
  const answer = cedar.isAuthorized({
    principal,
    action: { type: "DataZone::Action", id: "Subscribe" },
    resource,
    context: { product: { terms: [] } },
    entities: [{ uid: resource, attrs: { terms: [], columnTerms: [], governed: [] }, parents: [] }],
    policies: { staticPolicies: { policy: { ...policy, principal: { op: "All" }, resource: { op: "All" } } } },
  });
  return answer.type === "success" && answer.response.decision === "allow";
}

function adviseOnIn({ principal, resource, conditions }: PolicyJson): string[] {
  const isUsed = [principal, resource].some((scope) => scope.op === "in" || "in" in scope) || usesIn(conditions);
  const meant = "members of a group are not in it here, because entities have no parents: `in` is the same as ==";
  return isUsed ? [meant] : [];
}

function usesIn(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(([operator, operand]) => {
    if (operator === "Value") return false;
    if (operator === "Record") return Object.values(operand as object).some(usesIn);
    return operator === "in" || usesIn(operand);
  });
}
