import { ITerraformIterator, TerraformCount, TerraformIterator, TerraformResource, Token } from "cdktf";
import { hcl, raw } from "./expression";
import { snake, StructuredVariable, variable } from "./variables";

/** What decides whether something exists: an object or a map, never a leaf (a leaf may be a token in both hosts). */
export type Given<T extends object> = T | undefined;

const isVariable = (value: unknown): value is StructuredVariable => value instanceof StructuredVariable;

const count = (condition: unknown): TerraformCount => TerraformCount.of(Token.asNumber(condition));

const splat = (resource: TerraformResource, attribute: string): unknown =>
  hcl`one(${resource.fqn}${raw(`[*].${attribute}`)})`;

/** A resource that may not be there. */
export class Maybe<R extends TerraformResource> {
  constructor(
    readonly resource: R | undefined,
    private readonly counted: boolean,
  ) {}

  /** An attribute by its Terraform name; where the resource is not there: undefined, in a module Terraform's null. */
  attribute(name: string): string | undefined {
    if (!this.resource) return undefined;
    return this.counted ? Token.asString(splat(this.resource, name)) : this.resource.getStringAttribute(name);
  }
}

/** The given thing's ARN, or that of a resource made in its place. */
export function givenOrMade(
  given: Given<{ readonly arn: string }>,
  make: (count?: TerraformCount) => TerraformResource,
): string {
  if (!isVariable(given)) return given?.arn ?? make().getStringAttribute("arn");
  const made = make(count(hcl`${given} == null ? 1 : 0`));
  return Token.asString(hcl`${given} == null ? ${splat(made, "arn")} : ${given.arn}`);
}

/** A resource that exists only where `given` is there. */
export function onlyIf<T extends object, R extends TerraformResource>(
  given: Given<T>,
  make: (given: T, count?: TerraformCount) => R,
): Maybe<R> {
  if (isVariable(given)) return new Maybe(make(given, count(hcl`${given} == null ? 0 : 1`)), true);
  return new Maybe(given === undefined ? undefined : make(given), false);
}

/** A value that depends on whether `given` is there. Where it is not and nothing else is said: undefined, Terraform's null. */
export function ifGiven<T extends object, O extends string | undefined>(
  given: Given<T>,
  then: (given: T) => string,
  otherwise: O,
): string | O {
  if (isVariable(given)) return Token.asString(hcl`${given} == null ? ${otherwise} : ${then(given)}`);
  return given === undefined ? otherwise : then(given);
}

/** One resource per entry of a map: a block each in an environment, one block with `for_each` in a module. */
export function each<T extends object | string, R extends TerraformResource>(
  entries: Readonly<Record<string, T>>,
  id: string,
  make: (entry: T, key: string, id: string, forEach?: ITerraformIterator) => R,
  only?: readonly [field: keyof T & string, value: string],
): Each<R> {
  if (!isVariable(entries)) {
    const chosen = Object.entries(entries).filter(([, entry]) => !only || entry[only[0]] === only[1]);
    return new Each(Object.fromEntries(chosen.map(([key, entry]) => [key, make(entry, key, `${id}_${key}`)])));
  }
  const filtered = only
    ? hcl`{ for k, v in ${entries} : k => v if v${raw(`.${snake(only[0])}`)} == ${only[1]} }`
    : entries;
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

export { isVariable };
