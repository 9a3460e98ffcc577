import type { Construct } from "constructs";
import { type ITerraformDependable, Token } from "cdktf";
import { isVariable } from "./condition";
import { hcl, written } from "./expression";

/**
 * What values were made of, for `dependsOn`: in an environment the resources whose attributes they are, in a module the variable, and
 * with it whatever its caller made them of. Only the order is taken over, so a change of them changes and replaces nothing. What is
 * not created here is nothing to wait for.
 */
export function origins(scope: Construct, values: Readonly<Record<string, string>>): ITerraformDependable[] {
  if (isVariable(values)) return [{ fqn: Token.asString(hcl`${values}`) }];
  const addresses = Object.values(values).map((value) => /^\$\{(\w+\.\w+)[.[]/.exec(written(scope, value))?.[1]);
  return addresses.filter((address) => address !== undefined).map((fqn) => ({ fqn }));
}
