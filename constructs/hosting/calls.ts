import type { Construct } from "constructs";
import { TerraformHclModule, TerraformIterator, Token } from "cdktf";
import { type Given, isVariable } from "./existence";
import { hcl, raw } from "./expression";
import type { AnyInput } from "./inputs";
import { attributes, snake, StructuredVariable, variable } from "./variables";

/** A construct that is published as a module of its own, `modules/<module>`. */
export interface Published<P, C extends Construct> {
  new (scope: Construct, id: string, props: P): C;
  readonly module: string;
}

const call = <P extends object>(scope: Construct, id: string, module: string, props: P): TerraformHclModule =>
  new TerraformHclModule(scope, id, {
    source: `../${module}`,
    skipAssetCreationFromLocalModules: true,
    variables: attributes(props) as Record<string, unknown>,
  });

/**
 * One construct per entry of a map: in an environment each a construct, in a module one call of the construct's module
 * with `for_each`. Terraform then plans a thousand of them as fast as a thousand separate blocks; one large `for_each`
 * over resources takes time by the square of its size.
 */
export function eachConstruct<T extends object, P extends object, C extends Construct>(
  scope: Construct,
  id: string,
  construct: Published<P, C>,
  entries: Readonly<Record<string, T>>,
  props: (entry: T, key: string) => P,
): Constructs<C> {
  if (!isVariable(entries)) {
    const made = Object.entries(entries).map(([key, entry]) => [
      key,
      new construct(scope, `${id}_${key}`, props(entry, key)),
    ]);
    return { attribute: (name) => pick(Object.fromEntries(made) as Record<string, C>, name) };
  }
  const iterator = TerraformIterator.fromMap(entries as unknown as Record<string, unknown>);
  const each = variable(entries.entry, raw("each.value")) as T;
  const module = call(scope, id, construct.module, props(each, iterator.key));
  module.forEach = iterator;
  return {
    attribute: (name) => Token.asAny(hcl`{ for k, v in ${module.fqn} : k => v${raw(`.${snake(name)}`)} }`) as never,
  };
}

/** The constructs of a map's entries. */
export interface Constructs<C> {
  /** One attribute of each, by the entry's key. */
  attribute<K extends keyof C & string>(name: K): Readonly<Record<string, C[K]>>;
}

const pick = <C, K extends keyof C>(made: Readonly<Record<string, C>>, name: K): Readonly<Record<string, C[K]>> =>
  Object.fromEntries(Object.entries(made).map(([key, construct]) => [key, construct[name]]));

/** What is given, or a construct with the same attributes in its place: in a module a call of the construct's module. */
export function givenOrConstructed<G extends object, P extends object, C extends Construct & G>(
  given: Given<G>,
  scope: Construct,
  id: string,
  construct: Published<P, C>,
  props: () => P,
): G {
  if (!isVariable(given)) return given ?? new construct(scope, id, props());
  const module = call(scope, id, construct.module, props());
  module.addOverride("count", hcl`${given} == null ? 1 : 0`);
  const field = ([name, input]: [string, AnyInput]): [string, unknown] => {
    const made = hcl`one(${module.fqn}${raw(`[*].${snake(name)}`)})`;
    return [name, variable(input, hcl`${given} == null ? ${made} : ${given[name as keyof typeof given]}`)];
  };
  return Object.fromEntries(Object.entries(StructuredVariable.inputOf(given).fields!).map(field)) as G;
}
