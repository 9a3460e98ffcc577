import type { Construct } from "constructs";
import { DefaultTokenResolver, type IResolvable, type IResolveContext, StringConcat, Token, Tokenization } from "cdktf";

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

/** HCL text that is to stand in an expression as it is; tokens in it become the expressions they stand for. */
export function raw(text: string): IResolvable {
  const parts = text.split(TOKEN);
  const values = parts.filter((_, i) => i % 2 === 1).map((part) => Tokenization.reverseString(part).tokens[0]);
  return new Expression(
    parts.filter((_, i) => i % 2 === 0),
    values,
  );
}

const TOKEN = /(\$\{TfToken\[[^\]]*\]\})/;

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
    const token = value.every((item) => typeof item === "string") ? Tokenization.reverseList(value) : undefined;
    return token ? render(token, context) : `[${value.map((item) => render(item, context)).join(", ")}]`;
  }
  const token = Tokenization.reverseMap(value as Record<string, unknown>);
  if (token) return render(token, context);
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${fields.map(([key, item]) => `${renderKey(key, context)} = ${render(item, context)}`).join(", ")}}`;
}

const renderKey = (key: string, context: IResolveContext): string =>
  Token.isUnresolved(key) ? `(${renderString(key, context)})` : `"${quoted(key)}"`;

function renderString(value: string, context: IResolveContext): string {
  const parts = value.split(TOKEN).filter((part) => part !== "");
  const token = (part: string): IResolvable | undefined => Tokenization.reverseString(part).tokens[0];
  if (parts.length === 1 && token(value)) return render(token(value), context);
  const rendered = parts.map((part) => (token(part) ? `\${${render(token(part), context)}}` : quoted(part)));
  return `"${rendered.join("")}"`;
}

/** Whether there is a token in it, however deep. */
export const holdsToken = (value: unknown): boolean =>
  Token.isUnresolved(value) ||
  (typeof value === "object" &&
    value !== null &&
    Object.entries(value)
      .flat()
      .some((item) => holdsToken(item)));

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

/** A number as text, for where it stands inside a string. */
export function decimal(value: number): string {
  const token = Tokenization.reverseNumber(value);
  return token ? Token.asString(token) : String(value);
}

/** A value that another construct only gets later, so that two constructs can name one another. */
export function later(value: () => string): string {
  return Token.asString(new Later(value));
}

class Later implements IResolvable {
  public readonly creationStack: string[] = [];

  constructor(private readonly value: () => string) {}

  resolve(context: IResolveContext): string {
    return context.suppressBraces ? render(this.value(), context) : (context.resolve(this.value()) as string);
  }

  toString(): string {
    return Token.asString(this);
  }
}

/** A text as Terraform will see it: two references to the same attribute are different tokens, but the same text. */
export function written(scope: Construct, text: string): string {
  if (!Token.isUnresolved(text)) return text;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(text, { scope, resolver, preparing: false }) as string;
}
