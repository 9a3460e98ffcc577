import { IResolvable, IResolveContext, Token, Tokenization } from "cdktf";

/** A Terraform expression over literals, tokens and other expressions, with HCL's own escaping. */
class Expression implements IResolvable {
  public readonly creationStack: string[] = [];

  constructor(
    private readonly text: readonly string[],
    private readonly values: readonly unknown[],
  ) {}

  resolve(context: IResolveContext): string {
    const braces = context.suppressBraces;
    context.suppressBraces = true;
    const rendered = this.text.map((part, i) => part + (i < this.values.length ? render(this.values[i], context) : ""));
    context.suppressBraces = braces;
    return braces ? rendered.join("") : `\${${rendered.join("")}}`;
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): unknown {
    return "<unresolved expression>";
  }
}

/**
 * A Terraform expression written as HCL: hcl`${given} == null ? 1 : 0`. What stands between the braces is rendered as an
 * HCL value: strings are quoted and escaped, tokens become the expressions they stand for.
 */
export function hcl(text: TemplateStringsArray, ...values: readonly unknown[]): IResolvable {
  return new Expression(text, values);
}

/** HCL text that is to stand in an expression as it is. */
export function raw(text: string): IResolvable {
  return new Expression([text], []);
}

const escapeTemplate = (text: string): string => text.replace(/\$\{/g, "$$${").replace(/%\{/g, "%%{");

const quoted = (text: string): string => escapeTemplate(JSON.stringify(text).slice(1, -1));

function render(value: unknown, context: IResolveContext): string {
  if (value === undefined || value === null) return "null";
  if (Tokenization.isResolvable(value)) {
    const resolved: unknown = context.resolve(value);
    return typeof resolved === "string" ? resolved : render(resolved, context);
  }
  if (typeof value === "string") return renderString(value, context);
  if (typeof value === "number") {
    const token = Tokenization.reverseNumber(value);
    return token ? render(token, context) : String(value);
  }
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value)) {
    const token = Tokenization.reverseList(value);
    return token ? render(token, context) : `[${value.map((item) => render(item, context)).join(", ")}]`;
  }
  const token = Tokenization.reverseMap(value as Record<string, unknown>);
  if (token) return render(token, context);
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${fields.map(([key, item]) => `"${quoted(key)}" = ${render(item, context)}`).join(", ")}}`;
}

function renderString(value: string, context: IResolveContext): string {
  const parts = value.split(/(\$\{TfToken\[[^\]]*\]\})/).filter((part) => part !== "");
  const token = (part: string): IResolvable | undefined => Tokenization.reverseString(part).tokens[0];
  if (parts.length === 1 && token(value)) return render(token(value), context);
  const rendered = parts.map((part) => (token(part) ? `\${${render(token(part), context)}}` : quoted(part)));
  return `"${rendered.join("")}"`;
}

const holdsToken = (value: unknown): boolean =>
  Token.isUnresolved(value) ||
  (typeof value === "object" && value !== null && Object.values(value).some((item) => holdsToken(item)));

/**
 * JSON text of a value, for arguments that take JSON (event patterns, filter policies, templates). Literals are written
 * out; where there is a token, Terraform's jsonencode does it, so that a value with a quote in it cannot break out.
 */
export function json(value: unknown): string {
  return holdsToken(value) ? Token.asString(hcl`jsonencode(${value})`) : escapeTemplate(JSON.stringify(value));
}

/** Literal text that Terraform must not read as a template (`${aws:username}`). Tokens stay what they are. */
export function literal(text: string): string {
  return Token.isUnresolved(text) ? text : escapeTemplate(text);
}
