import type { Construct } from "constructs";
import { type IResolvable, TerraformHclModule, TerraformIterator, Token } from "cdktf";
import { snake } from "../inputs";
import { isVariable } from "./condition";
import { hcl, raw } from "./expression";
import { hostingModule } from "./stacks";
import { attributes, entryLike, StructuredVariable, variable } from "./variables";

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
  const each = variable(entryLike(entries), raw("each.value")) as T;
  const module = call(scope, id, construct.module, props(each, iterator.key));
  module.forEach = iterator;
  return {
    attribute: (name) => Token.asAny(hcl`{ for k, v in ${module.fqn} : k => v${raw(`.${snake(name)}`)} }`) as never,
  };
}

/** The constructs that were made for a map's entries. */
export interface Constructs<C> {
  /** One attribute of each of them, by the entry's key. */
  attribute<K extends keyof C & string>(name: K): Readonly<Record<string, C[K]>>;
}

const pick = <C, K extends keyof C>(made: Readonly<Record<string, C>>, name: K): Readonly<Record<string, C[K]>> =>
  Object.fromEntries(Object.entries(made).map(([key, construct]) => [key, construct[name]]));

/** The attributes of a construct that others may use; in a module they are the outputs of its module. */
export type Attributes<C extends Construct> = Omit<C, keyof Construct>;

/**
 * A published construct inside another one: in an environment the construct, in a module a call of its module, as a person
 * would write it.
 */
export function part<P extends object, C extends Construct>(
  scope: Construct,
  id: string,
  construct: Published<P, C>,
  props: P,
): Attributes<C> {
  if (hostingModule(scope) === undefined) return new construct(scope, id, props);
  const module = call(scope, id, construct.module, props);
  return outputs((name) => hcl`${module.fqn}${raw(`.${name}`)}`);
}

/**
 * What the caller gives, or, where the caller gives nothing, a part that has the same attributes. Attributes that only
 * the part has are null where it is not made.
 */
export function givenOrPart<G extends object, P extends object, C extends Construct & G>(
  given: G | undefined,
  scope: Construct,
  id: string,
  construct: Published<P, C>,
  props: () => P,
): G & Partial<Attributes<C>> {
  if (!(given instanceof StructuredVariable)) return given ?? new construct(scope, id, props());
  const module = call(scope, id, construct.module, props());
  module.addOverride("count", hcl`${given} == null ? 1 : 0`);
  const fields = Object.keys(StructuredVariable.inputOf(given).fields!).map(snake);
  return outputs((name) => {
    // Not a splat, which waits for the whole module: where the module waits for this value, that would be a cycle.
    const made = hcl`${module.fqn}${raw(`[0].${name}`)}`;
    const instead = fields.includes(name) ? hcl`${given}${raw(`.${name}`)}` : hcl`null`;
    return hcl`${given} == null ? ${made} : ${instead}`;
  });
}

/** A called module's outputs under the names of its construct's attributes. Each is an expression, whatever its type. */
const outputs = <A extends object>(output: (name: string) => IResolvable): A =>
  new Proxy({} as A, {
    get: (_, name) => (typeof name === "string" ? output(snake(name)) : undefined),
    ownKeys: () => {
      throw new Error("the attributes of a part are not known by name: take them one by one");
    },
  });
