import type { Expr, PolicyJson } from "./cedar";

/** What an expression stands for, as far as it can be told without evaluating it. */
type Owner = "principal" | "resource" | "context" | "publisher" | "request" | "product" | "*";

const RECORDS_OF_CONTEXT: readonly string[] = ["publisher", "request", "product"] satisfies Owner[];

/** What is compared by its content, not by an id, and so is referred to as a whole where no attribute of it is named. */
const COMPARED_BY_CONTENT: Readonly<Partial<Record<Owner, readonly Owner[]>>> = {
  context: ["context", "product"],
  product: ["product"],
};

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
    return [`${owner}.${attribute}`, `*.${attribute}`, `${owner}.*`].some((path) => this.paths.has(path));
  }

  /** @param accessed an attribute of the node is named around it */
  private walk(node: unknown, accessed = false): void {
    if (Array.isArray(node)) return node.forEach((item) => this.walk(item));
    if (node === null || typeof node !== "object") return;
    if (!accessed) COMPARED_BY_CONTENT[ownerOf(node as Expr)]?.forEach((owner) => this.paths.add(`${owner}.*`));
    for (const [operator, operand] of Object.entries(node)) {
      if (operator === "Value") continue;
      if (operator === "Record") {
        // The keys are the policy author's: one of them may be called like an operator.
        Object.values(operand).forEach((value) => this.walk(value));
        continue;
      }
      if (operator === "." || operator === "has") {
        this.access(operand.left, [operand.attr].flat());
        this.walk(operand.left, true);
        continue;
      }
      if (operator === "hasTag" || operator === "getTag") this.paths.add(`${ownerOf(operand.left)}.tags`);
      this.walk(operand);
    }
  }

  /** Every step of `context has publisher.details.profile` names an attribute. */
  private access(left: Expr, [attr, ...rest]: readonly string[]): void {
    if (attr === undefined) return;
    this.paths.add(`${ownerOf(left)}.${attr}`);
    this.access({ ".": { left, attr } }, rest);
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
