import type { IResolvable, TerraformElement } from "cdktf";
import { hcl } from "./expression";
import { type Given, isVariable } from "./existence";
import { attributes } from "./variables";

/** A nested block that is there only where something is given. */
export interface OptionalBlock<B> {
  readonly condition: IResolvable;
  readonly content: B;
}

/** A block of `then(given)` where something is given: in an environment it is there or not, in a module it is dynamic. */
export function blockIf<T extends object, B>(given: Given<T>, then: (given: T) => B): B | OptionalBlock<B> | undefined {
  if (isVariable(given)) return { condition: hcl`${given} == null ? [] : [1]`, content: then(given) };
  return given === undefined ? undefined : then(given);
}

/** A block that is there where something is not given. */
export function blockUnless<B>(given: Given<object>, content: B): B | OptionalBlock<B> | undefined {
  if (isVariable(given)) return { condition: hcl`${given} == null ? [1] : []`, content };
  return given === undefined ? content : undefined;
}

/** A block that is there where a map has entries. */
export function blockIfAny<B>(
  entries: Readonly<Record<string, unknown>>,
  content: B,
): B | OptionalBlock<B> | undefined {
  if (isVariable(entries)) return { condition: hcl`length(${entries}) == 0 ? [] : [1]`, content };
  return Object.keys(entries).length === 0 ? undefined : content;
}

/** A block that is there where a map has no entries. */
export function blockIfNone<B>(
  entries: Readonly<Record<string, unknown>>,
  content: B,
): B | OptionalBlock<B> | undefined {
  if (isVariable(entries)) return { condition: hcl`length(${entries}) == 0 ? [1] : []`, content };
  return Object.keys(entries).length === 0 ? content : undefined;
}

const isOptional = <B>(block: B | OptionalBlock<B>): block is OptionalBlock<B> =>
  typeof block === "object" && block !== null && "condition" in block && "content" in block;

/**
 * Writes a resource's nested blocks of one type (`a.b`: those of type b in its block a). Contents have the provider binding's names; a block that depends on a
 * variable becomes a `dynamic` block, which the bindings cannot express beside static ones.
 */
export function putBlocks<B>(
  element: TerraformElement,
  type: string,
  blocks: ReadonlyArray<B | OptionalBlock<B> | undefined>,
): void {
  const there = blocks.filter((block): block is B | OptionalBlock<B> => block !== undefined);
  const fixed = there.filter((block): block is B => !isOptional(block));
  const optional = there.filter(isOptional);
  if (fixed.length > 0) element.addOverride(type, fixed.map(attributes));
  if (optional.length > 0) {
    element.addOverride(
      type.replace(/[^.]+$/, "dynamic.$&"),
      optional.map(({ condition, content }) => ({ for_each: condition, content: attributes(content) })),
    );
  }
}
