import type { Construct } from "constructs";
import { type TerraformResource, Token } from "cdktf";
import { hcl } from "./expression";

/**
 * One rule for a value, checked at synth where the value is a literal and by a module's `validation` block where it is a
 * variable. `says` completes the sentence "<path> …".
 */
export interface Rule<T = never> {
  readonly says: string;
  holds(value: T): boolean;
  /** The rule as an HCL condition over the expression `value`. */
  condition(value: string): string;
}

interface Base<T> {
  readonly optional?: true;
  readonly default?: T;
  readonly rules?: readonly Rule<T>[];
}
export interface TextInput<T extends string = string> extends Base<T> {
  readonly kind: "string";
}
export interface NumberInput extends Base<number> {
  readonly kind: "number";
}
export interface BoolInput extends Base<boolean> {
  readonly kind: "bool";
}
export interface ListInput<T> extends Base<readonly T[]> {
  readonly kind: "list";
  readonly of: InputOf<T>;
}
export interface MapInput<T> extends Base<Readonly<Record<string, T>>> {
  readonly kind: "map";
  readonly of: InputOf<T>;
}
export interface ObjectInput<T> extends Base<T> {
  readonly kind: "object";
  readonly fields: InputsOf<T>;
}

/** The inputs of a construct: for each prop its Terraform type, default and rules. */
export type InputsOf<P> = {
  readonly [K in keyof P]-?: InputOf<NonNullable<P[K]>> &
    (undefined extends P[K] ? { optional: true } | { default: unknown } : { optional?: never; default?: never });
};
export type InputOf<T> = [T] extends [string]
  ? TextInput<T>
  : [T] extends [number]
    ? NumberInput
    : [T] extends [boolean]
      ? BoolInput
      : T extends readonly (infer E)[]
        ? ListInput<E>
        : string extends keyof T
          ? MapInput<T[keyof T]>
          : ObjectInput<T>;

/** An input without the types: what code that walks inputs sees. */
export interface AnyInput {
  readonly kind: "string" | "number" | "bool" | "list" | "map" | "object";
  readonly optional?: true;
  readonly default?: unknown;
  readonly rules?: readonly Rule<unknown>[];
  readonly of?: AnyInput;
  readonly fields?: Readonly<Record<string, AnyInput>>;
}

/** Props with the defaults filled in. */
export type Resolved<T, I> = I extends { kind: "object"; fields: infer F }
  ? { readonly [K in keyof T]-?: K extends keyof F ? ResolvedField<T[K], F[K]> : never }
  : I extends { kind: "map"; of: infer O }
    ? Readonly<Record<string, T extends Readonly<Record<string, infer E>> ? Resolved<E, O> : never>>
    : T;
type ResolvedField<T, I> = I extends { default: unknown }
  ? Resolved<NonNullable<T>, I>
  : undefined extends T
    ? Resolved<NonNullable<T>, I> | undefined
    : Resolved<T, I>;

/** Declares the inputs of a construct. Curried, so that the props' type is given and the defaults' types are inferred. */
export const inputs =
  <P>() =>
  <const F extends InputsOf<P>>(fields: F): { readonly kind: "object"; readonly fields: F } => ({
    kind: "object",
    fields,
  });

/**
 * The props with every default filled in.
 *
 * @throws Error that lists every literal that breaks a rule, with the construct's path, the prop, the rule and the value.
 */
export function resolveProps<P, I extends { kind: "object"; fields: object }>(
  scope: Construct,
  declared: I,
  props: P,
): Resolved<P, I> {
  const { value, problems } = checkProps<P, I>(declared, props);
  refuse(scope, problems);
  return value;
}

/** The props with every default filled in, and every literal that breaks a rule: the prop, the rule and the value. */
export function checkProps<P, I extends { kind: "object"; fields: object }>(
  declared: I,
  props: P,
): { readonly value: Resolved<P, I>; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const value = resolveValue(declared as unknown as AnyInput, props, "", problems) as Resolved<P, I>;
  return { value, problems };
}

/** What a construct refused. */
export interface Refusal {
  readonly scope: Construct;
  /** Each begins with a prop of that construct: `profiles.userA: must …`. */
  readonly problems: readonly string[];
}

/** A construct made of others, as what its author needs to find what one of them refuses. */
export interface Composition {
  /** What a part's props are called here: `profiles.userA: must …` of the part `studio` is `personas.userA: must …`. */
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

/**
 * Refuses a text that is too long: at synth where it is a literal, by a precondition of the resource that gets it where a
 * variable is in it.
 */
export function refuseLonger(resource: TerraformResource, text: string, most: number, errorMessage: string): void {
  if (Token.isUnresolved(text)) {
    resource.lifecycle = { precondition: [{ condition: hcl`length(${text}) <= ${most}`, errorMessage }] };
  } else if (text.length > most) {
    refuse(resource.node.scope!, [`${errorMessage} (it has ${text.length})`]);
  }
}

function resolveValue(input: AnyInput, given: unknown, path: string, problems: string[]): unknown {
  const value = given ?? input.default;
  if (value === undefined) {
    if (!input.optional) problems.push(`${path}: is required`);
    return undefined;
  }
  if (Token.isUnresolved(value)) return value;
  if (hasPrototype(value)) {
    problems.push(`${path === "" ? "" : `${path}.`}__proto__: is no key that JavaScript keeps; take another`);
    return value;
  }
  if (!hasKind(input.kind, value)) {
    problems.push(`${path}: must be ${input.kind === "object" ? "an" : "a"} ${input.kind}, not ${shown(value)}`);
    return value;
  }
  const own: string[] = [];
  const resolved = resolveInside(input, value, path, own);
  for (const rule of input.rules ?? []) {
    if (!holds(rule, value, own)) problems.push(`${path}: ${rule.says} (given: ${shown(value)})`);
  }
  problems.push(...own);
  return resolved;
}

/** A rule may stumble over what is wrong inside, which is told anyway. */
function holds(rule: Rule<unknown>, value: unknown, inside: readonly string[]): boolean {
  try {
    return rule.holds(value);
  } catch (error) {
    if (inside.length === 0) throw error;
    return true;
  }
}

function resolveInside(input: AnyInput, value: unknown, path: string, problems: string[]): unknown {
  const resolve = (of: AnyInput, key: string, item: unknown): unknown =>
    resolveValue(of, item, path === "" ? key : `${path}.${key}`, problems);
  if (input.kind === "list") return (value as unknown[]).map((item, i) => resolve(input.of!, `${i}`, item));
  if (input.kind === "map") {
    return Object.fromEntries(Object.entries(value as object).map(([k, item]) => [k, resolve(input.of!, k, item)]));
  }
  if (input.kind === "object") {
    const fields = input.fields!;
    const known = Object.keys(fields).sort().join(", ");
    for (const key of Object.keys(value as object).filter((name) => !Object.hasOwn(fields, name))) {
      problems.push(`${path === "" ? key : `${path}.${key}`}: is not known here (known: ${known})`);
    }
    const given = value as Record<string, unknown>;
    return Object.fromEntries(Object.entries(fields).map(([k, field]) => [k, resolve(field, k, given[k])]));
  }
  return value;
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

/** `{ __proto__: … }` has what is given there as its prototype, where nobody looks. */
function hasPrototype(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}
