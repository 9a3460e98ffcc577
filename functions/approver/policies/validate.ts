import * as cedar from "./cedar";
import type { DetailedError, PolicyJson } from "./cedar";
import { References } from "./references";
import { SCHEMA } from "./schema";
import { SEVERITIES } from "./severity";

/** One thing that is wrong with a policy set. */
export interface Finding {
  /** The policy, or "" where it is the set as a whole. */
  readonly policy: string;
  /** Line and column, both from 1; columns count characters. */
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** Standard-tier SSM parameters hold no more (https://docs.aws.amazon.com/general/latest/gr/ssm.html). */
export const MAXIMUM_POLICY_BYTES = 4096;

const FILTERS = /^[A-Za-z0-9_-]{1,36}( *, *[A-Za-z0-9_-]{1,36}){0,4}$/;

/** The annotations that policies may have, each with a function that says what is wrong with a value, if anything. */
export type Annotations = Readonly<Record<string, (value: string, policy: PolicyJson) => string | undefined>>;

const ANNOTATIONS: Annotations = {
  id: () => undefined,
  comment: () => undefined,
  decision: (value, { effect }) =>
    value === "reject" && effect === "forbid"
      ? undefined
      : `@decision("${value}") on a ${effect}: it can only be "reject", on a forbid`,
  assetScope: (value, { effect }) =>
    FILTERS.test(value) && effect === "permit"
      ? undefined
      : `@assetScope("${value}") on a ${effect}: it names one to five asset filter ids, separated by commas, on a permit`,
  severity: (value) =>
    SEVERITIES.some((known) => known === value)
      ? undefined
      : `@severity("${value}") is not one of ${SEVERITIES.join(", ")}`,
};

/**
 * Validates a policy set against policies/datazone.cedarschema and the rules of docs/policies.md. Cedar's warnings count as findings too, e.g. a
 * policy that can never apply.
 *
 * @param texts the policies' texts by their ids
 * @param known the annotations that the policies may have
 * @returns what is wrong, by policy and position; empty: nothing
 */
export function validateSet(texts: Readonly<Record<string, string>>, known = ANNOTATIONS): Finding[] {
  const ids = Object.keys(texts).sort();
  if (ids.length === 0) return [{ policy: "", line: 1, column: 1, reason: "the set has no policies" }];
  const findings = ids.flatMap((id) => checkPolicy(id, texts[id]!, known));
  const broken = new Set(findings.map((finding) => finding.policy));
  const sound = Object.fromEntries(ids.filter((id) => !broken.has(id)).map((id) => [id, texts[id]!]));
  return [...findings, ...checkTypes(sound)].sort(byPosition);
}

function checkPolicy(id: string, text: string, known: Annotations): Finding[] {
  const at = (start: number, reason: string): Finding => ({ policy: id, ...positionOf(text, start), reason });
  const located = (error: DetailedError): Finding => at(error.sourceLocations?.[0]?.start ?? 0, describe(error));

  if (!/^[a-z0-9-]{1,64}$/.test(id)) {
    return [at(0, `the id "${id}" is not 1 to 64 lower-case letters, digits and hyphens`)];
  }
  const bytes = Buffer.byteLength(text, "utf8");
  if (bytes > MAXIMUM_POLICY_BYTES) {
    return [at(0, `the policy has ${bytes} bytes, more than ${MAXIMUM_POLICY_BYTES}: split it into two`)];
  }
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === "failure") return parts.errors.map(located);
  if (parts.policy_templates.length > 0) return [at(0, "templates (?principal, ?resource) are not supported")];
  if (parts.policies.length !== 1) return [at(0, `one policy is expected, ${parts.policies.length} were found`)];
  const parsed = cedar.policyToJson(text);
  if (parsed.type === "failure") return parsed.errors.map(located);

  const nested = text.search(/\{\{[^]*?\}\}/);
  if (nested >= 0) {
    const reason = "Parameter Store, which holds the policy, refuses {{…}}: put a space between the braces";
    return [at(Buffer.byteLength(text.slice(0, nested), "utf8"), reason)];
  }
  const tag = computedTag(text, parsed.json);
  if (tag !== undefined)
    return [
      at(tag, "getTag and hasTag must name the tag by a literal, so that the approver knows what the policy refers to"),
    ];

  const annotations = annotationsOf(parsed.json);
  const wrong = Object.entries(annotations).flatMap(([name, value]) => {
    const reason = annotationFault(known, name, value, parsed.json);
    return reason === undefined ? [] : [at(offsetOf(text, name), reason)];
  });
  if (annotations.id === undefined) wrong.push(at(0, `the policy has no @id("${id}")`));
  else if (annotations.id !== id) wrong.push(at(offsetOf(text, "id"), `@id("${annotations.id}") is not "${id}"`));
  return wrong;
}

function annotationFault(known: Annotations, name: string, value: string, policy: PolicyJson): string | undefined {
  const rule = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!rule) {
    const names = Object.keys(known).map((one) => `@${one}`);
    return `@${name}("${value}") is unknown; known are ${names.join(", ")}`;
  }
  if (value.trim() === "") return `@${name} is empty`;
  return rule(value, policy);
}

function checkTypes(texts: Readonly<Record<string, string>>): Finding[] {
  const answer = cedar.validate({ schema: SCHEMA, policies: { staticPolicies: { ...texts } } });
  if (answer.type === "failure") {
    return answer.errors.map((error) => ({ policy: "", line: 1, column: 1, reason: describe(error) }));
  }
  // A policy that does not type-check is also "impossible": only the cause is worth telling.
  const wrong = new Set(answer.validationErrors.map(({ policyId }) => policyId));
  const warnings = answer.validationWarnings.filter(({ policyId }) => !wrong.has(policyId));
  const findings = [...answer.validationErrors, ...warnings].map(({ policyId, error }) => ({
    policy: policyId,
    ...positionOf(texts[policyId] ?? "", error.sourceLocations?.[0]?.start ?? 0),
    reason: describe(error).replace(`for policy \`${policyId}\`, `, ""),
  }));
  return ofPrincipals(findings);
}

/** The kinds of principals that have an attribute, as in policies/datazone.cedarschema. */
export const PRINCIPALS: Readonly<Record<string, readonly string[]>> = {
  name: ["Project", "User", "Group"],
  arn: ["IamPrincipal"],
  details: ["Project"],
};
const MISSING = /^attribute `(\w+)` on entity type `DataZone::(?:Project|User|Group|IamPrincipal)` not found/;

/** Cedar says of each kind of principal by itself that it lacks an attribute, and guesses at another: one finding, and what to write. */
function ofPrincipals(findings: readonly Finding[]): Finding[] {
  const told = new Set<string>();
  return findings.flatMap((finding) => {
    const attribute = MISSING.exec(finding.reason)?.[1] ?? "";
    const have = PRINCIPALS[attribute];
    if (!have) return [finding];
    const { policy, line, column } = finding;
    const at = [policy, line, column, attribute].join();
    if (told.has(at)) return [];
    told.add(at);
    const head = have.map((kind) => `principal is DataZone::${kind}`).join(" or ");
    const reason = `attribute \`${attribute}\` is not on every principal that this policy is about: begin it with ${head}, or ask first: principal has ${attribute} && …`;
    return [{ ...finding, reason }];
  });
}

/** The annotations of a policy; one without a value has the empty string. */
export const annotationsOf = (policy: PolicyJson): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(policy.annotations ?? {}).map(([name, value]) => [name, value ?? ""]));

const describe = ({ message, help, sourceLocations }: DetailedError): string =>
  [message, sourceLocations?.[0]?.label, help].filter(Boolean).join("; ");

/** Byte offset of a getTag or hasTag whose tag is not a literal; undefined where there is none. Cedar does not give positions of expressions. */
function computedTag(text: string, policy: PolicyJson): number | undefined {
  try {
    new References([policy]);
    return undefined;
  } catch {
    const calls = text.matchAll(/\/\/.*|"(?:\\.|[^"\\])*"|\.\s*(?:get|has)Tag\s*\((?!\s*"(?:\\.|[^"\\])*"\s*\))/g);
    const call = [...calls].find(([found]) => found.startsWith("."));
    return Buffer.byteLength(text.slice(0, call?.index ?? 0), "utf8");
  }
}

/** Cedar counts bytes of UTF-8; people count lines and characters. */
function positionOf(text: string, byte: number): { line: number; column: number } {
  const lines = Buffer.from(text, "utf8").subarray(0, byte).toString("utf8").split("\n");
  return { line: lines.length, column: [...lines.at(-1)!].length + 1 };
}

/** Byte offset of an annotation; a comment that looks like one is close enough. */
function offsetOf(text: string, annotation: string): number {
  const index = text.search(new RegExp(`@${annotation}\\b`));
  return index < 0 ? 0 : Buffer.byteLength(text.slice(0, index), "utf8");
}

const byPosition = (a: Finding, b: Finding): number =>
  a.policy.localeCompare(b.policy) || a.line - b.line || a.column - b.column;
