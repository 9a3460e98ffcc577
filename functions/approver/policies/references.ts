import type { Expr, PolicyJson } from "./cedar";

/** The entity or record that an expression stands for, as far as that is known without evaluating it. */
type Owner = "principal" | "resource" | "context" | "publisher" | "request" | "requester" | "product" | "details" | "*";

const RECORDS_OF_CONTEXT: readonly string[] = ["publisher", "request", "requester", "product"] satisfies Owner[];

/** Records, which Cedar compares by content: using one without naming an attribute refers to all of it. */
const COMPARED_BY_CONTENT: Readonly<Partial<Record<Owner, readonly Owner[]>>> = {
  context: ["context", "product", "requester"],
  product: ["product"],
  requester: ["requester"],
};

/**
 * The attributes that a policy set refers to, as `<owner>.<attribute>` ("principal.details", "resource.governed" and so on), and, separately, the
 * tags. Where an expression can stand for several owners (`(if … then principal else context.publisher).details`), all of them count.
 *
 * @throws if a tag is not named by a literal; `validateSet` says where
 */
export class References {
  private readonly paths = new Set<string>();
  private readonly guards = new Set<string>();
  private readonly named = { resource: new Set<string>(), request: new Set<string>() };

  constructor(policies: Iterable<PolicyJson>) {
    for (const policy of policies) {
      for (const condition of policy.conditions) this.walk(condition.body);
    }
  }

  has(owner: Exclude<Owner, "*" | "details">, attribute: string): boolean {
    return [`${owner}.${attribute}`, `*.${attribute}`, `${owner}.*`].some((path) => this.paths.has(path));
  }

  /** Whether a policy asks for the attribute by `has`, so that Cedar does not fail where it is missing. */
  asksFor(owner: Owner, attribute: string): boolean {
    return [owner, "*"].some((known) => this.guards.has(`${known}.${attribute}`));
  }

  /** The names of the tags of the asset (`resource`) or of the requester's answers (`request`). */
  tags(owner: "resource" | "request"): ReadonlySet<string> {
    return this.named[owner];
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
        this.access(operand.left, [operand.attr].flat(), operator === "has");
        this.walk(operand.left, true);
        continue;
      }
      if (operator === "hasTag" || operator === "getTag") this.tag(operand.left, operand.right);
      this.walk(operand);
    }
  }

  /** Every step of `context has publisher.details.profile` names an attribute. */
  private access(left: Expr, [attr, ...rest]: readonly string[], guarded: boolean): void {
    if (attr === undefined) return;
    const path = `${ownerOf(left)}.${attr}`;
    this.paths.add(path);
    if (guarded) this.guards.add(path);
    this.access({ ".": { left, attr } }, rest, guarded);
  }

  private tag(left: Expr, name: Expr): void {
    if (!isLiteral(name)) throw new Error("a tag's name is not a literal");
    const owner = ownerOf(left);
    if (owner !== "request") this.named.resource.add(name.Value);
    if (owner !== "resource") this.named.request.add(name.Value);
  }
}

const isLiteral = (expression: Expr): expression is { Value: string } =>
  "Value" in expression && typeof expression.Value === "string";

function ownerOf(expression: Expr): Owner {
  if ("Var" in expression && typeof expression.Var === "string") {
    return expression.Var === "action" ? "*" : expression.Var;
  }
  const access = "." in expression ? (expression["."] as { left: Expr; attr: string }) : undefined;
  if (!access) return "*";
  const owner = ownerOf(access.left);
  if (owner === "context" && RECORDS_OF_CONTEXT.includes(access.attr)) return access.attr as Owner;
  return access.attr === "details" && owner !== "*" ? "details" : "*";
}
