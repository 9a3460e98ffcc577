import type { Construct } from "constructs";
import { TerraformStack } from "cdktf";
import type { Composition, Refusal } from "../../constructs/inputs";

/** The props of an environment, by the id of the system that is made of them. */
const SYSTEMS: Readonly<Record<string, string>> = { approval: "subscriptionApproval", data_access: "studioAccess" };

/** What a construct refused, by the names that the author of the environment gave: of props of its composition. */
export function authored({ scope, problems }: Refusal): string[] {
  let construct = scope;
  let said = [...problems];
  for (;;) {
    const above = construct.node.scope as Construct;
    const part = construct.node.id;
    if (TerraformStack.isStack(above)) return said.map((problem) => `${SYSTEMS[part]}.${problem}`);
    const { authored: rename } = above.constructor as Partial<Composition>;
    if (rename) said = said.map((problem) => rename(part, problem));
    construct = above;
  }
}
