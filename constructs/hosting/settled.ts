import type { Construct } from "constructs";
import { DataResource, type ITerraformIterator, type TerraformCount } from "cdktf";
import { hcl } from "./expression";
import { attributeOf } from "./make";

/**
 * A value that only a new thing can have another one of, as it was when that was made. What uses it is not replaced
 * where the value is not known at plan, because the caller reads it late; one that has changed is refused, at plan where it is
 * known. To have the thing made anew, replace the remembered value too (`terraform apply -replace=<address>`).
 *
 * @param about the prop
 * @param why what a change would do, and what to do instead
 * @param meta what it is made for, where it comes and goes with something
 */
export const settled = (...given: Parameters<typeof remembered>): string => attributeOf(remembered(...given), "input");

/** The same as a resource, whose `input` is the value. */
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
      errorMessage: `${about}: must stay what it was, \${coalesce(self.input, "none")}: ${why}.`,
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
