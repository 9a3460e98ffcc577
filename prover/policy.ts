import type { EntityUidJson, Expr, PolicyJson } from "../functions/approver/policies/cedar";
import { uidOf } from "./values";

const all = (parts: readonly Expr[]): Expr =>
  parts.reduceRight<Expr>((rest, part) => ({ "&&": { left: part, right: rest } }), { Value: true });

const entity = (uid: EntityUidJson): Expr => ({ Value: { __entity: uidOf(uid) } });

/** When a policy applies, as one expression: its scope, then its conditions, each evaluated only where those before it hold. */
export const applicationOf = ({ principal, action, resource, conditions }: PolicyJson): Expr =>
  all([
    ...inScope("principal", principal),
    ...inScope("action", action),
    ...inScope("resource", resource),
    ...conditions.map(({ kind, body }) => (kind === "when" ? body : { "!": { arg: body } })),
  ]);

type Constraint = PolicyJson["principal"] | PolicyJson["action"] | PolicyJson["resource"];

function inScope(variable: "principal" | "action" | "resource", constraint: Constraint): Expr[] {
  const left: Expr = { Var: variable };
  switch (constraint.op) {
    case "All":
      return [];
    case "==":
      return "entity" in constraint ? [{ "==": { left, right: entity(constraint.entity) } }] : refuse(constraint);
    case "in":
      if ("entities" in constraint) return [{ in: { left, right: { Set: constraint.entities.map(entity) } } }];
      return "entity" in constraint ? [{ in: { left, right: entity(constraint.entity) } }] : refuse(constraint);
    case "is": {
      const ancestor = constraint.in;
      const within =
        ancestor === undefined ? {} : { in: "entity" in ancestor ? entity(ancestor.entity) : refuse(ancestor) };
      return [{ is: { left, entity_type: constraint.entity_type, ...within } }];
    }
  }
}

/** A set holds no templates: functions/approver/policies/validate.ts refuses them before. */
function refuse(constraint: object): never {
  throw new Error(`a template's slot cannot be evaluated: ${JSON.stringify(constraint)}`);
}
