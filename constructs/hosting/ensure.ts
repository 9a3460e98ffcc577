import { type TerraformResource, Token } from "cdktf";
import { refuse, type Relation, type Rule, snake } from "../inputs";
import { isVariable } from "./condition";
import { hcl, raw } from "./expression";
import { hostingModule } from "./stacks";

/**
 * Refuses a value that breaks a rule where neither the synthesis nor a variable's validation can: by a precondition of
 * the resource that needs the value. Where the value is known, the synthesis checks it, too.
 */
export function ensure<T>(resource: TerraformResource, value: T, rule: Rule<T>): void {
  if ("problems" in rule) return ensureRelation(resource, value as object, rule as Relation<object>);
  if (isVariable(value)) precondition(resource, rule.condition(Token.asString(hcl`${value}`)), rule.says);
  else if (!rule.holds(value)) refuse(resource.node.scope!, [rule.says]);
}

/** A rule between props of which some are variables and others are not. */
function ensureRelation(resource: TerraformResource, props: object, relation: Relation<object>): void {
  const named = new Map(Object.entries(props).map(([prop, value]) => [snake(prop), value as unknown]));
  const used = new Set([...relation.condition("props").matchAll(PROP)].map(([, prop]) => prop!));
  const variables = [...used].filter((prop) => isVariable(named.get(prop)));
  const isValidated = hostingModule(resource) !== undefined && variables.length === used.size;
  if (variables.length === 0 || isValidated) return;
  const condition = relation
    .condition("props")
    .replace(PROP, (_, prop: string) => Token.asString(hcl`${named.get(prop)}`));
  precondition(resource, condition, `${relation.about}: ${relation.says}.`);
}

const PROP = /\bprops\.(\w+)/g;

function precondition(resource: TerraformResource, condition: string, errorMessage: string): void {
  const conditions = [...(resource.lifecycle?.precondition ?? []), { condition: raw(condition), errorMessage }];
  resource.lifecycle = { ...resource.lifecycle, precondition: conditions };
}
