import { Construct } from "constructs";
import { type IResolvable, TerraformLocal } from "cdktf";
import { isVariable } from "./condition";
import { hostingModule } from "./stacks";
import { attributes, inputLike, variable } from "./variables";

/**
 * Gives a text or a map a name that readers see: a module declares a local of that name, as a person would who needs an
 * expression twice, or one inside another. In an environment it is the value itself.
 *
 * @param name unique in the module
 */
export function local<T extends string | object>(scope: Construct, name: string, value: T): T {
  if (hostingModule(scope) === undefined || !isVariable(value)) return value;
  const named = new TerraformLocal(scope, `local_${name}`, attributes(value));
  named.overrideLogicalId(name);
  return variable(inputLike(value), named.expression as IResolvable) as T;
}

/** A heading in a module's file: a comment above what is made after it. In an environment it is nothing. */
export class Heading extends Construct {
  /** @param text a sentence without a full stop; once in a scope */
  constructor(scope: Construct, text: string) {
    super(scope, text);
  }

  get text(): string {
    return this.node.id;
  }
}
