import type { Construct } from "constructs";
import { DataResource, type ITerraformIterator, type Postcondition, type TerraformCount } from "cdktf";
import { hcl, raw } from "./expression";
import { attributeOf } from "./make";

/**
 * The value that an argument had at the first apply. For arguments whose change would replace a resource with something in it that is lost,
 * e.g. the name of a bucket. A changed value is refused, by the plan if it is known there; a value that the plan does not know
 * yet replaces nothing. To replace the resource all the same, replace the remembered value too (`terraform apply -replace=<address>`).
 *
 * @param about the prop
 * @param why completes the message: what a change would do, and what to do instead
 * @param meta `count` or `for_each` of the resource, where it has one
 */
export const settled = (...given: Parameters<typeof remembered>): string => attributeOf(remembered(...given), "input");

/** The lifecycle of a resource that remembers an argument. */
export interface Kept {
  readonly ignoreChanges: string[];
  readonly postcondition: Postcondition[];
}

/**
 * Like `settled`, but it is the resource itself that remembers the value: its lifecycle. So a value is refused too where the resource is older
 * than this rule, or imported. For arguments that AWS answers as they were given.
 *
 * @param argument the argument, by its name in Terraform
 */
export function kept(argument: string, value: string | undefined, about: string, why: string): Kept {
  const condition = hcl`self.${raw(argument)} == (${value})`;
  const errorMessage = `${about}: must be \${self.${argument}}, the value that it has: ${why}.`;
  return { ignoreChanges: [argument], postcondition: [{ condition, errorMessage }] };
}

/** The resource that remembers the value, as its `input`. */
export function remembered(
  scope: Construct,
  id: string,
  value: string | undefined,
  about: string,
  why: string,
  meta: { readonly forEach?: ITerraformIterator | undefined; readonly count?: TerraformCount | undefined } = {},
): DataResource {
  const postcondition = [
    {
      condition: hcl`self.input == (${value})`,
      errorMessage: `${about}: must stay what it was at the first apply, \${coalesce(self.input, "none")}: ${why}.`,
    },
  ];
  // cdktf types the input as a map; Terraform takes any value.
  const input = value as unknown as Record<string, string>;
  const { forEach, count } = meta;
  return new DataResource(scope, id, {
    input,
    lifecycle: { ignoreChanges: ["input"], postcondition },
    ...(forEach && { forEach }),
    ...(count !== undefined && { count }),
  });
}
