import { type IResolvable, Token } from "cdktf";
import { type Condition, isVariable } from "./condition";
import { hcl, holdsToken, raw } from "./expression";
import { type AnyInput, snake } from "../inputs";
import { attributes, composed, entryLike, inputLike, StructuredVariable, variable } from "./variables";

type Entries<T> = Readonly<Record<string, T>>;
type Value = string | number | boolean | object | undefined;
type Lazy<V> = V | (() => V);

/**
 * A value that depends on a condition. Where the condition does not hold and `otherwise` is left out, it is undefined,
 * Terraform's null.
 */
export function choose<T, V extends Value, O extends Value = undefined>(
  when: Condition<T>,
  then: V | ((it: T) => V),
  otherwise?: Lazy<O>,
): V | O {
  const yes = (): V => (typeof then === "function" ? (then as (it: T) => V)(when.it) : then);
  const no = (): O => (typeof otherwise === "function" ? (otherwise as () => O)() : otherwise) as O;
  if (when.known !== undefined) return when.known ? yes() : no();
  const value = yes();
  const other = no();
  const chosen = when.choose(attributes(value), attributes(other));
  if (typeof value === "boolean") return chosen as unknown as V;
  if (typeof value !== "object" || Array.isArray(value)) return variable(inputLike(value), chosen) as V;
  const whole = hcl`(${chosen})`;
  if (value instanceof StructuredVariable || other !== undefined) return variable(inputLike(value), whole) as V;
  return composed(value, whole);
}

/** A list or map of the same size, with a value made from each item or entry. */
export function map(list: readonly string[], make: (item: string) => string): string[];
export function map<T, U extends string | object>(entries: Entries<T>, make: (entry: T, key: string) => U): Entries<U>;
export function map(
  entries: readonly string[] | Entries<unknown>,
  make: ((item: string) => string) | ((entry: never, key: string) => string | object),
): unknown {
  const of = make as (entry: unknown, key: string) => unknown;
  if (Array.isArray(entries)) {
    if (!Token.isUnresolved(entries)) return entries.map((item: string, i) => of(item, `${i}`));
    return Token.asList(hcl`[for item in ${entries} : ${of(Token.asString(raw("item")), "")}]`);
  }
  if (!isVariable(entries)) return Object.fromEntries(Object.entries(entries).map(([key, e]) => [key, of(e, key)]));
  const made = of(variable(entryLike(entries), raw("entry")), Token.asString(raw("key")));
  const each = hcl`{ for key, entry in ${entries} : key => ${attributes(made)} }`;
  return new StructuredVariable({ kind: "map", of: inputLike(made) }, each);
}

/** The values of a map, in the order of its keys; of objects, one of their fields. */
export function values<T>(
  entries: Entries<T>,
  ...[field]: T extends string ? [] : [field: keyof T & string]
): string[] {
  if (isVariable(entries)) {
    return Token.asList(field ? hcl`[for k, v in ${entries} : v${raw(`.${snake(field)}`)}]` : hcl`values(${entries})`);
  }
  const sorted = Object.keys(entries).sort();
  return sorted.map((key) => (field ? (entries[key] as Entries<string>)[field]! : (entries[key] as string)));
}

/**
 * The entry of a table under a key. A table that is a variable holds texts.
 * @throws Error where table and key are known, and there is no such entry
 */
export function lookup(table: Entries<string>, key: string): string;
export function lookup(table: Entries<readonly string[]>, key: string): string[];
export function lookup(table: Entries<string | readonly string[]>, key: string): string | string[] {
  if (!isVariable(table) && !Token.isUnresolved(key)) {
    const found = table[key];
    if (found === undefined) throw new Error(`there is no ${key}, only ${Object.keys(table).join(", ")}`);
    return typeof found === "string" ? found : [...found];
  }
  const entry: AnyInput = isVariable(table) ? { kind: "string" } : entryLike(table);
  return variable(entry, hcl`${table}[${key}]`) as string | string[];
}

/** Merges maps: where several have a key, the last one's entry counts. */
export function merge<T extends string | object>(...maps: ReadonlyArray<Entries<T>>): Record<string, T> {
  if (!maps.some(isVariable)) return Object.assign({}, ...maps) as Record<string, T>;
  const merged = hcl`merge(${maps.map((one) => hcl`${one}`).reduce((all, one) => hcl`${all}, ${one}`)})`;
  const typed = maps.find((one) => one instanceof StructuredVariable);
  if (!typed) return Token.asStringMap(merged) as Record<string, T>;
  return new StructuredVariable(StructuredVariable.inputOf(typed), merged) as unknown as Record<string, T>;
}

/** The entries of a map under keys that begin with something. */
export function prefixed<T extends object>(entries: Entries<T>, prefix: string): Record<string, T> {
  if (!isVariable(entries)) return Object.fromEntries(Object.entries(entries).map(([k, entry]) => [prefix + k, entry]));
  const renamed = hcl`{ for key, entry in ${entries} : ${raw(`"${prefix}$\{key}"`)} => entry }`;
  return new StructuredVariable({ kind: "map", of: entryLike(entries) }, renamed) as unknown as Record<string, T>;
}

/** A text or number made of a value: by JavaScript where that is known, by Terraform where it is not. */
export function compute<V, W extends string | number>(
  value: V,
  known: (value: V) => W,
  unknown: (value: V) => IResolvable,
): W {
  if (!holdsToken(value)) return known(value);
  return (typeof value === "number" ? Token.asNumber(unknown(value)) : Token.asString(unknown(value))) as W;
}
