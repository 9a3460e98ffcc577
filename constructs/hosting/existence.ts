import {
  type IResolvable,
  type ITerraformIterator,
  TerraformCount,
  TerraformIterator,
  TerraformResource,
  Token,
} from "cdktf";
import { hcl, raw } from "./expression";
import type { AnyInput } from "./inputs";
import { snake, StructuredVariable, variable } from "./variables";

/** What decides whether something exists: an object or a map, never a leaf (a leaf may be a token in both hosts). */
export type Given<T extends object> = T | undefined;

/** How many there are, 0 or 1, of what a construct passes on to resources that come and go together. */
export type Count = TerraformCount;

const isVariable = (value: unknown): value is StructuredVariable => value instanceof StructuredVariable;

const count = (condition: unknown): TerraformCount => TerraformCount.of(Token.asNumber(condition));

const splat = (resource: TerraformResource, attribute: string): unknown =>
  hcl`one(${resource.fqn}${raw(`[*].${attribute}`)})`;

/** A resource that may not be there. */
export class Maybe<R extends TerraformResource> {
  constructor(
    readonly resource: R | undefined,
    readonly counted: boolean,
  ) {}

  /** An attribute by its Terraform name; where the resource is not there: undefined, in a module Terraform's null. */
  attribute(name: string): string | undefined {
    if (!this.resource) return undefined;
    return this.counted ? Token.asString(splat(this.resource, name)) : this.resource.getStringAttribute(name);
  }
}

/** A resource that exists only where all of `given` are there and none of `not` is. */
export function madeWhere<R extends TerraformResource>(
  {
    given = [],
    not = [],
  }: { readonly given?: ReadonlyArray<Given<object>>; readonly not?: ReadonlyArray<Given<object>> },
  make: (count?: TerraformCount) => R,
): Maybe<R> {
  const variables = [...given, ...not].filter(isVariable);
  const ruledOut = given.includes(undefined) || not.some((thing) => thing !== undefined && !isVariable(thing));
  if (ruledOut) return new Maybe<R>(undefined, false);
  if (variables.length === 0) return new Maybe(make(), false);
  const conditions = [
    ...given.filter(isVariable).map((thing) => hcl`${thing} != null`),
    ...not.filter(isVariable).map((thing) => hcl`${thing} == null`),
  ];
  const all = conditions.reduce((left, right) => hcl`${left} && ${right}`);
  return new Maybe(make(count(hcl`${all} ? 1 : 0`)), true);
}

/** A resource that exists only where `given` is there. */
export function onlyIf<T extends object, R extends TerraformResource>(
  given: Given<T>,
  make: (given: T, count?: TerraformCount) => R,
): Maybe<R> {
  return madeWhere({ given: [given] }, (count) => make(given!, count));
}

/** Resources that come and go together: each by its name exists only where `given` is there. */
export function togetherIf<T extends object, R extends Readonly<Record<string, TerraformResource>>>(
  given: Given<T>,
  make: (given: T, count?: TerraformCount) => R,
): <K extends keyof R>(name: K) => Maybe<R[K]> {
  let made: R | undefined;
  const { counted } = onlyIf(given, (it, count) => Object.values((made = make(it, count)))[0]!);
  return (name) => new Maybe(made?.[name], counted);
}

/** The ARN of the given thing, or of a resource made in its place. */
export function givenOrMade(
  given: Given<{ readonly arn: string }>,
  make: (count?: TerraformCount) => TerraformResource,
): string {
  return givenOr(given, "arn", madeWhere({ not: [given] }, make))!;
}

/** A field of the given thing, or the attribute of that name of what was made in its place; undefined, or null, where neither is. */
export function givenOr<T extends object>(
  given: Given<T>,
  field: keyof T & string,
  made: Maybe<TerraformResource>,
): string | undefined {
  if (!isVariable(given)) return given === undefined ? made.attribute(snake(field)) : (given[field] as string);
  return Token.asString(hcl`${given} == null ? ${made.attribute(snake(field))} : ${given[field]}`);
}

/** The given thing, or what was made in its place; not there where neither is. */
export function reference(
  given: Given<{ readonly arn: string }>,
  made: Maybe<TerraformResource>,
): Given<{ readonly arn: string }> {
  if (given !== undefined && !isVariable(given)) return given;
  if (!made.resource) return given;
  const own = { arn: made.attribute("arn")! };
  if (!made.counted) return own;
  const there = hcl`length(${made.resource.fqn}) == 0 ? null : ${own}`;
  return structured(own, () => (given ? hcl`(${given} != null ? ${given} : ${there})` : hcl`(${there})`));
}

/** What `given` has, where `given` is there: the optional object in an optional object. */
export function inside<T extends object, K extends keyof T & string>(given: Given<T>, field: K): T[K] | undefined {
  if (!isVariable(given)) return given?.[field];
  const there = given[field];
  if (!isVariable(there)) throw new Error(`${field} is no object: only objects decide whether something exists`);
  return new StructuredVariable(inputLike(there), hcl`(${given} == null ? null : ${there})`) as T[K];
}

/** An object made of what is given, and there where that is there. Its fields are texts and numbers. */
export function derived<T extends object, U extends object>(given: Given<T>, make: (given: T) => U): Given<U> {
  if (!isVariable(given)) return given && make(given);
  const made = make(given);
  const whole = structured(made, (fields) => hcl`(${given} == null ? null : ${fields})`);
  // Each field by itself, not out of the whole: nobody asks for one where the whole is not there.
  for (const [name, value] of Object.entries(made)) Object.defineProperty(whole, name, { value });
  return whole;
}

/** A map of the same keys, with an object made of each entry. */
export function mapped<T extends object | string, U extends object>(
  entries: Readonly<Record<string, T>>,
  make: (entry: T, key: string) => U,
): Readonly<Record<string, U>> {
  if (!isVariable(entries)) {
    return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, make(entry, key)]));
  }
  const made = make(variable(entries.entry, raw("entry")) as T, Token.asString(raw("key")));
  const map = hcl`{ for key, entry in ${entries} : key => ${snakeKeys(made)} }`;
  return new StructuredVariable({ kind: "map", of: inputLike(made) }, map) as unknown as Readonly<Record<string, U>>;
}

/** A text for each entry of a map, by the same keys. */
export function textOfEach<T extends object | string>(
  entries: Readonly<Record<string, T>>,
  make: (entry: T, key: string) => string,
): Readonly<Record<string, string>> {
  if (!isVariable(entries)) {
    return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, make(entry, key)]));
  }
  const made = make(variable(entries.entry, raw("entry")) as T, Token.asString(raw("key")));
  return Token.asStringMap(hcl`{ for key, entry in ${entries} : key => ${made} }`);
}

/** The entries of a map where `given` is there, none otherwise. */
export function entriesIf<T extends object>(
  given: Given<object>,
  entries: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  if (!isVariable(given)) return given === undefined ? {} : entries;
  if (!isVariable(entries)) throw new Error("a variable decides on the entries of a variable only");
  const map = hcl`(${given} == null ? {} : ${entries})`;
  return new StructuredVariable(inputLike(entries), map) as unknown as typeof entries;
}

const snakeKeys = (made: object): object =>
  Object.fromEntries(Object.entries(made).map(([name, value]) => [snake(name), value as unknown]));

/** The input that would give a construct such a value. */
function inputLike(value: unknown): AnyInput {
  if (isVariable(value)) return StructuredVariable.inputOf(value);
  if (Array.isArray(value)) return { kind: "list", of: { kind: "string" } };
  if (typeof value !== "object" || value === null || "resolve" in value) {
    return { kind: typeof value === "number" ? "number" : "string" };
  }
  return { kind: "object", fields: Object.fromEntries(Object.entries(value).map(([k, v]) => [k, inputLike(v)])) };
}

function structured<U extends object>(made: U, expression: (made: object) => IResolvable): U {
  return new StructuredVariable(inputLike(made), expression(snakeKeys(made))) as unknown as U;
}

/** A resource that exists only where a map has entries. */
export function onlyIfAny<R extends TerraformResource>(
  entries: Readonly<Record<string, unknown>>,
  make: (count?: TerraformCount) => R,
): Maybe<R> {
  if (isVariable(entries)) return new Maybe(make(count(hcl`length(${entries}) == 0 ? 0 : 1`)), true);
  return new Maybe(Object.keys(entries).length === 0 ? undefined : make(), false);
}

/** A value that depends on whether `given` is there. Where it is not and nothing else is said: undefined, Terraform's null. */
export function ifGiven<T extends object, O extends string | undefined>(
  given: Given<T>,
  then: (given: T) => string,
  otherwise: O | (() => O),
): string | O {
  const other = (): O => (typeof otherwise === "function" ? otherwise() : otherwise);
  if (isVariable(given)) return Token.asString(hcl`${given} == null ? ${other()} : ${then(given)}`);
  return given === undefined ? other() : then(given);
}

/** Which entries of a map: those whose field has a value, is given, or is not given. */
export type Only<T> =
  | readonly [field: keyof T & string, value: string]
  | { readonly having: keyof T & string }
  | { readonly lacking: keyof T & string };

function holds<T>(only: Only<T>, entry: T): boolean {
  if ("having" in only) return entry[only.having] !== undefined;
  if ("lacking" in only) return entry[only.lacking] === undefined;
  return entry[only[0]] === only[1];
}

function filter<T>(only: Only<T>): IResolvable {
  if ("having" in only) return hcl`v${raw(`.${snake(only.having)}`)} != null`;
  if ("lacking" in only) return hcl`v${raw(`.${snake(only.lacking)}`)} == null`;
  return hcl`v${raw(`.${snake(only[0])}`)} == ${only[1]}`;
}

/** One resource per entry of a map: a block each in an environment, one block with `for_each` in a module. */
export function each<T extends object | string, R extends TerraformResource>(
  entries: Readonly<Record<string, T>>,
  id: string,
  make: (entry: T, key: string, id: string, forEach?: ITerraformIterator) => R,
  only?: Only<T>,
): Each<R> {
  if (!isVariable(entries)) {
    const chosen = Object.entries(entries).filter(([, entry]) => !only || holds(only, entry));
    return new Each(Object.fromEntries(chosen.map(([key, entry]) => [key, make(entry, key, `${id}_${key}`)])));
  }
  const filtered = only ? hcl`{ for k, v in ${entries} : k => v if ${filter(only)} }` : entries;
  const iterator = TerraformIterator.fromMap(filtered as unknown as Record<string, unknown>);
  return new Each(make(variable(entries.entry, raw("each.value")) as T, iterator.key, id, iterator));
}

/** The resources of a map's entries. */
export class Each<R extends TerraformResource> {
  constructor(private readonly made: R | Readonly<Record<string, R>>) {}

  /** The resources, for `dependsOn`. */
  get all(): R[] {
    return this.made instanceof TerraformResource ? [this.made] : Object.values(this.made);
  }

  /** An attribute of one of them. In an environment nothing where there is none with the key, which has been refused then. */
  at(key: string, name: string): string {
    if (this.made instanceof TerraformResource) {
      return Token.asString(hcl`${this.made.fqn}[${key}]${raw(`.${name}`)}`);
    }
    return this.made[key]?.getStringAttribute(name) ?? "";
  }

  /** An attribute of the one with the key, or of the first where there is none with it. There must be one. */
  atOrFirst(key: string, name: string): string {
    if (this.made instanceof TerraformResource) {
      const { fqn } = this.made;
      const attribute = raw(`.${name}`);
      return Token.asString(hcl`try(${fqn}[${key}]${attribute}, values(${fqn})[0]${attribute})`);
    }
    return (this.made[key] ?? this.made[Object.keys(this.made).sort()[0]!])!.getStringAttribute(name);
  }

  /** One attribute of each, in the order of the keys. */
  list(name: string): string[] {
    if (this.made instanceof TerraformResource) {
      return Token.asList(hcl`[for v in ${this.made.fqn} : v${raw(`.${name}`)}]`);
    }
    const made = this.made;
    return Object.keys(made)
      .sort()
      .map((key) => made[key]!.getStringAttribute(name));
  }

  /** One attribute of each, by the entry's key. */
  attribute(name: string): Readonly<Record<string, string>> {
    if (!(this.made instanceof TerraformResource)) {
      return Object.fromEntries(
        Object.entries(this.made).map(([k, resource]) => [k, resource.getStringAttribute(name)]),
      );
    }
    return Token.asStringMap(hcl`{ for k, v in ${this.made.fqn} : k => v${raw(`.${name}`)} }`);
  }
}

/** The values of a map, in the order of its keys; of objects, one of their fields. */
export function values<T extends object | string>(
  entries: Readonly<Record<string, T>>,
  ...[field]: T extends string ? [] : [field: keyof T & string]
): string[] {
  if (isVariable(entries)) {
    return Token.asList(field ? hcl`[for k, v in ${entries} : v${raw(`.${snake(field)}`)}]` : hcl`values(${entries})`);
  }
  const sorted = Object.keys(entries).sort();
  return sorted.map((key) => (field ? (entries[key] as Record<string, string>)[field]! : (entries[key] as string)));
}

/** A flag that is true where `given` is not there, and not set where it is. */
export function trueUnless(given: Given<object>): boolean | IResolvable | undefined {
  if (isVariable(given)) return hcl`${given} == null ? true : null`;
  return given === undefined ? true : undefined;
}

export { isVariable };
