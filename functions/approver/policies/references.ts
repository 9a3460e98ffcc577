import type { Expr, PolicyJson } from "./cedar";

/** What an expression stands for, as far as it can be told without evaluating it. */
type Owner = "principal" | "resource" | "context" | "publisher" | "request" | "product" | "*";

const RECORDS_OF_CONTEXT: readonly string[] = ["publisher", "request", "product"] satisfies Owner[];

/**
 * What a policy set refers to, as `<owner>.<attribute>`: "principal.details", "resource.governed", "request.tags" and so on.
 * Policies that do not say plainly whose attribute they mean (`(if … then principal else context.publisher).details`) refer
 * to everybody's.
 */
export class References {
  private readonly paths = new Set<string>();

  constructor(policies: Iterable<PolicyJson>) {
    for (const policy of policies) {
      for (const condition of policy.conditions) this.walk(condition.body);
    }
  }

  has(owner: Exclude<Owner, "*">, attribute: string): boolean {
    return this.paths.has(`${owner}.${attribute}`) || this.paths.has(`*.${attribute}`);
  }

  private walk(node: unknown): void {
    if (Array.isArray(node)) return node.forEach((item) => this.walk(item));
    if (node === null || typeof node !== "object") return;
    for (const [operator, operand] of Object.entries(node)) {
      if (operator === "Value") continue;
      if (operator === "Record") {
        // The keys are the policy author's: one of them may be called like an operator.
        Object.values(operand).forEach((value) => this.walk(value));
        continue;
      }
      if (operator === "." || operator === "has") {
        const first = Array.isArray(operand.attr) ? operand.attr[0] : operand.attr;
        this.paths.add(`${ownerOf(operand.left)}.${first}`);
      }
      if (operator === "hasTag" || operator === "getTag") this.paths.add(`${ownerOf(operand.left)}.tags`);
      this.walk(operand);
    }
  }
}

function ownerOf(expression: Expr): Owner {
  if ("Var" in expression && typeof expression.Var === "string") {
    return expression.Var === "action" ? "*" : expression.Var;
  }
  const access = "." in expression ? (expression["."] as { left: Expr; attr: string }) : undefined;
  if (access && ownerOf(access.left) === "context" && RECORDS_OF_CONTEXT.includes(access.attr)) {
    return access.attr as Owner;
  }
  return "*";
}
