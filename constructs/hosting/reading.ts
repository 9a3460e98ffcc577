import { Construct } from "constructs";
import { TerraformLocal, Token } from "cdktf";
import { hostingModule } from "./stacks";

/**
 * A text under a name of its own: in a module a local, as a person would write it who needs an expression twice; in an
 * environment the text itself.
 *
 * @param name unique in the module
 */
export function local(scope: Construct, name: string, text: string): string {
  if (hostingModule(scope) === undefined || !Token.isUnresolved(text)) return text;
  const named = new TerraformLocal(scope, `local_${name}`, text);
  named.overrideLogicalId(name);
  return named.asString;
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
