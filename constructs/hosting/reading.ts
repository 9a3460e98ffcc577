import { Construct } from "constructs";
import { type IResolvable, TerraformLocal } from "cdktf";
import { isVariable } from "./condition";
import { hostingModule } from "./stacks";
import { attributes, inputLike, variable } from "./variables";

/**
 * A text or a map under a name of its own: in a module a local, as a person would write it who needs an expression twice, or one
 * inside another; in an environment the value itself.
 *
 * @param name unique in the module
 */
export function local<T extends string | object>(scope: Construct, name: string, value: T): T {
  if (hostingModule(scope) === undefined || !isVariable(value)) return value;
  const named = new TerraformLocal(scope, `local_${name}`, attributes(value));
  named.overrideLogicalId(name);
  return variable(inputLike(value), named.expression as IResolvable) as T;
}

/** Begins a part of a module's file: what is made after it stands below a comment. In an environment it is nothing. */
export class Heading extends Construct {
  /** @param text a sentence without a full stop; once in a scope */
  constructor(scope: Construct, text: string) {
    super(scope, text);
  }

  get text(): string {
    return this.node.id;
  }
}
