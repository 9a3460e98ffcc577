import type { Construct } from "constructs";
import { type ITerraformDependable, Lazy, Token } from "cdktf";
import { isVariable } from "./condition";
import { hcl, written } from "./expression";

/**
 * The resources that values come from, for `dependsOn`: in an environment the resources whose attributes they are, in a
 * module the variable, and with it whatever the caller made the values from. Only the order is taken over: a change of
 * the values changes nothing. A value that no resource here has made adds no dependency. Evaluated at synthesis, so
 * that resources which are made further down count, too (`later`).
 */
export function origins(scope: Construct, values: Readonly<Record<string, string>>): ITerraformDependable[] {
  if (isVariable(values)) return [{ fqn: Token.asString(hcl`${values}`) }];
  return Object.values(values)
    .filter(isVariable)
    .map((value) => ({ fqn: Lazy.stringValue({ produce: () => addressIn(written(scope, value)) }) }));
}

/** The address of the resource that a reference is to; undefined, which cdktf drops, where it is to none. */
const addressIn = (reference: string): string => /^\$\{(\w+\.\w+)[.[]/.exec(reference)?.[1] as string;
