import type { IResolvable, TerraformElement } from "cdktf";
import type { Condition } from "./condition";
import { attributes } from "./variables";

/** A nested block that exists where Terraform finds a condition to hold. */
interface Dynamic<B> {
  readonly forEach: IResolvable;
  readonly content: B;
}

/** A nested block or a statement that may not be there. */
export type Block<B> = B | Dynamic<B> | undefined;

/** A block that exists where a condition holds: an environment has it or not, a module has a dynamic block. */
export function block<T, B extends object>(when: Condition<T>, content: B | ((it: T) => B)): Block<B> {
  const made = (): B => (typeof content === "function" ? content(when.it) : content);
  if (when.known === undefined) return { forEach: when.choose([1], []), content: made() };
  return when.known ? made() : undefined;
}

const isDynamic = <B>(block: B | Dynamic<B>): block is Dynamic<B> =>
  typeof block === "object" && block !== null && "forEach" in block && "content" in block;

/**
 * Writes a resource's nested blocks of one type; `a.b` are the blocks of type b inside the block a. Contents have the
 * names of the provider's bindings. A block that depends on a variable becomes a `dynamic` block, which the bindings
 * cannot express beside static ones.
 */
export function putBlocks<B>(element: TerraformElement, type: string, blocks: ReadonlyArray<Block<B>>): void {
  const there = blocks.filter((block): block is B | Dynamic<B> => block !== undefined);
  const fixed = there.filter((block): block is B => !isDynamic(block));
  const dynamic = there.filter(isDynamic);
  if (fixed.length > 0) element.addOverride(type, fixed.map(attributes));
  if (dynamic.length > 0) {
    element.addOverride(
      type.replace(/[^.]+$/, "dynamic.$&"),
      dynamic.map(({ forEach, content }) => ({ for_each: forEach, content: attributes(content) })),
    );
  }
}
