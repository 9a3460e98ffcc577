import type { Construct } from "constructs";
import { type ITerraformDependable, Lazy, Token } from "cdktf";
import { isVariable } from "./condition";
import { hcl, written } from "./expression";

/**
 * What values were made of, for `dependsOn`: in an environment the resources whose attributes they are, in a module the variable, and
 * with it whatever its caller made them of. Only the order is taken over, so a change of them changes and replaces nothing. What is
 * not created here is nothing to wait for. Looked at when it is synthesized: what is made further down can be among them (`later`).
 */
export function origins(scope: Construct, values: Readonly<Record<string, string>>): ITerraformDependable[] {
  if (isVariable(values)) return [{ fqn: Token.asString(hcl`${values}`) }];
  return Object.values(values)
    .filter(isVariable)
    .map((value) => ({ fqn: Lazy.stringValue({ produce: () => addressIn(written(scope, value)) }) }));
}

/** The resource that a reference is an attribute of. What is none leaves the list: cdktf drops what is undefined. */
const addressIn = (reference: string): string => /^\$\{(\w+\.\w+)[.[]/.exec(reference)?.[1] as string;
