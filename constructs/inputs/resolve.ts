import type { Construct } from "constructs";
import { Token } from "cdktf";
import type { AnyInput, PropsOf, Resolved } from "./input";
import { didYouMean } from "./nearest";
import type { Relation, Rule } from "./rules";

/** Whether a value is known at synth. Code that checks what no rule can express must skip values that are not. */
export const isKnown = (value: unknown): boolean => !Token.isUnresolved(value);

/**
 * The props with every default filled in.
 *
 * @throws Error that lists every literal that breaks a rule, with the construct's path, the prop, the rule and the value.
 */
export function resolveProps<I extends AnyInput>(scope: Construct, declared: I, props: PropsOf<I>): Resolved<I> {
  const { value, problems } = checkProps(declared, props);
  refuse(scope, problems);
  return value;
}

/**
 * The props with every default filled in, and what is wrong with them: every literal that breaks a rule, with the prop, the
 * rule and the value; where there is none, what breaks the rules between props.
 */
export function checkProps<I extends AnyInput>(
  declared: I,
  props: PropsOf<I>,
): { readonly value: Resolved<I>; readonly problems: readonly string[] } {
  const found: Found = { problems: [], between: [] };
  const value = resolveValue(declared, props, "", found) as Resolved<I>;
  const between = found.problems.length > 0 ? [] : found.between.flatMap((problems) => problems());
  return { value, problems: [...found.problems, ...between] };
}

interface Found {
  /** What is wrong with single values. */
  readonly problems: string[];
  /** Checks of the rules between props, which run only where no single value is wrong. */
  readonly between: (() => string[])[];
  /** A required field is missing, or one is of another kind: no rule on the whole object can say anything of it. */
  malformed?: true;
}

/** The rules between the fields of an object. */
export const relationsOf = ({ rules = [] }: AnyInput): Array<Relation<unknown>> => rules.filter(isRelation);
export const isRelation = (rule: Rule<unknown>): rule is Relation<unknown> => "problems" in rule;

/** A construct's refusal of its props. */
export interface Refusal {
  readonly scope: Construct;
  /** Each begins with a prop of that construct: `profiles.userA: must …`. */
  readonly problems: readonly string[];
}

/** A construct made of others, which can say where its author wrote what one of these refuses. */
export interface Composition {
  /** A part's problem in terms of the composition's props: `profiles.userA: must …` of the part `studio` is `personas.userA: must …`. */
  authored(part: string, problem: string): string;
}

let refusals: Refusal[] | undefined;

/** Ends the synthesis where there are problems, naming the construct. */
export function refuse(scope: Construct, problems: readonly string[]): void {
  if (problems.length === 0) return;
  if (!refusals) throw new Error(`${scope.node.path}:\n${problems.map((p) => `  - ${p}`).join("\n")}`);
  refusals.push({ scope, problems });
}

/**
 * Everything that constructs refuse while they are made, where the first refusal would otherwise end it.
 *
 * @throws whatever `make` throws without having been refused before
 */
export function refusalsOf(make: () => void): readonly Refusal[] {
  const found: Refusal[] = (refusals = []);
  try {
    make();
  } catch (error) {
    // What fails after a refusal fails because of it.
    if (found.length === 0) throw error;
  } finally {
    refusals = undefined;
  }
  return found;
}

function resolveValue(input: AnyInput, given: unknown, path: string, found: Found): unknown {
  const { problems } = found;
  const value = given ?? input.default;
  if (value === undefined) {
    if (!input.optional) {
      problems.push(`${path}: is required`);
      found.malformed = true;
    }
    return undefined;
  }
  if (Token.isUnresolved(value)) return value;
  if (hasPrototype(value)) {
    problems.push(`${joined(path, "__proto__")}: cannot be a key, because JavaScript drops it; choose another`);
    return value;
  }
  if (!hasKind(input.kind, value)) {
    problems.push(`${path}: must be ${input.kind === "object" ? "an" : "a"} ${input.kind}, not ${shown(value)}`);
    found.malformed = true;
    return value;
  }
  const own: string[] = [];
  const inside: Found = { problems: own, between: found.between };
  const resolved = resolveParts(input, value, path, inside);
  for (const rule of input.rules ?? []) {
    if (isRelation(rule)) found.between.push(() => rule.problems(resolved).map((problem) => joined(path, problem)));
    else if (input.kind === "object" && inside.malformed) continue;
    else if (!holds(rule, value, own)) problems.push(`${path}: ${rule.says} (${culprits(rule, value)})`);
  }
  problems.push(...own);
  return resolved;
}

const joined = (path: string, what: string): string => (path === "" ? what : `${path}.${what}`);

/** Whether a rule holds. A rule may throw where something inside the value is wrong; that is reported by itself. */
function holds(rule: Rule<unknown>, value: unknown, wrongInside: readonly string[]): boolean {
  try {
    return rule.holds(value);
  } catch (error) {
    if (wrongInside.length === 0) throw error;
    return true;
  }
}

function resolveParts(input: AnyInput, value: unknown, path: string, found: Found): unknown {
  const resolve = (of: AnyInput, key: string, item: unknown): unknown =>
    resolveValue(of, item, joined(path, key), found);
  if (input.kind === "list") return (value as unknown[]).map((item, i) => resolve(input.of!, `${i}`, item));
  if (input.kind === "map") {
    return Object.fromEntries(Object.entries(value as object).map(([k, item]) => [k, resolve(input.of!, k, item)]));
  }
  if (input.kind === "object") {
    const fields = input.fields!;
    const known = Object.keys(fields).sort().join(", ");
    for (const key of Object.keys(value as object).filter((name) => !Object.hasOwn(fields, name))) {
      const meant = didYouMean(key, Object.keys(fields));
      found.problems.push(`${joined(path, key)}: is not a known prop; known here: ${known}${meant && `.${meant}`}`);
    }
    const given = value as Record<string, unknown>;
    return Object.fromEntries(Object.entries(fields).map(([k, field]) => [k, resolve(field, k, given[k])]));
  }
  return value;
}

/** What breaks a rule, by its name; of a rule on one value, that. */
function culprits(rule: Rule<unknown>, value: unknown): string {
  const found = rule.culprits?.(value) ?? [];
  return found.length > 0 ? `entries that break this: ${found.map(shown).join(", ")}` : `given: ${shown(value)}`;
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
};

function hasKind(kind: AnyInput["kind"], value: unknown): boolean {
  if (kind === "list") return Array.isArray(value);
  if (kind === "map" || kind === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === (kind === "bool" ? "boolean" : kind);
}

/** Whether an object was written with the key `__proto__`, which JavaScript makes its prototype and no code would look at. */
function hasPrototype(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}
