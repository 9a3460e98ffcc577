import type { Construct } from "constructs";
import { DataResource, type ITerraformIterator } from "cdktf";
import { hcl } from "./expression";
import { attributeOf } from "./make";

/**
 * A value that only a new thing can have another one of, as it was when that was made. What uses it is not replaced
 * where the value is not known at plan, because the caller reads it late; one that has changed is refused, at plan where it is
 * known. To have the thing made anew, replace the remembered value too (`terraform apply -replace=<address>`).
 *
 * @param about the prop
 * @param why what a change would do, and what to do instead
 */
export function settled(
  scope: Construct,
  id: string,
  value: string | undefined,
  about: string,
  why: string,
  forEach?: ITerraformIterator,
): string {
  const postcondition = [
    {
      condition: hcl`self.input == (${value})`,
      errorMessage: `${about}: must stay what it was, \${coalesce(self.input, "none")}: ${why}.`,
    },
  ];
  // cdktf types the input as a map; Terraform takes any value.
  const input = value as unknown as Record<string, string>;
  const lifecycle = { ignoreChanges: ["input"], postcondition };
  return attributeOf(new DataResource(scope, id, { input, lifecycle, ...(forEach && { forEach }) }), "input");
}
