import { createHash } from "node:crypto";
import { type IResolvable, type IResolveContext, Token, Tokenization } from "cdktf";

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
  return `{${fields.map(([key, item]) => `${renderKey(key, context)} = ${render(item, context)}`).join(", ")}}`;
}

const renderKey = (key: string, context: IResolveContext): string =>
  Token.isUnresolved(key) ? `(${renderString(key, context)})` : `"${quoted(key)}"`;

function renderString(value: string, context: IResolveContext): string {
  const parts = value.split(/(\$\{TfToken\[[^\]]*\]\})/).filter((part) => part !== "");
  const token = (part: string): IResolvable | undefined => Tokenization.reverseString(part).tokens[0];
  if (parts.length === 1 && token(value)) return render(token(value), context);
  const rendered = parts.map((part) => (token(part) ? `\${${render(token(part), context)}}` : quoted(part)));
  return `"${rendered.join("")}"`;
}

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

/** A number times a constant: JavaScript's own arithmetic is silently wrong on a variable. */
export function times(value: number, factor: number): number {
  return Token.isUnresolved(value) ? Token.asNumber(hcl`${value} * ${factor}`) : value * factor;
}

/** What a table says of a value. */
export function choose<K extends string>(value: K, table: Readonly<Record<K, string>>): string {
  return Token.isUnresolved(value) ? Token.asString(hcl`${table}[${value}]`) : table[value];
}

/** Texts with a separator between them. */
export function joined(separator: string, texts: readonly string[]): string {
  return Token.isUnresolved(texts) ? Token.asString(hcl`join(${separator}, ${texts})`) : texts.join(separator);
}

/** Lower-case hex SHA-256 of a text. */
export function sha256(text: string): string {
  return Token.isUnresolved(text) ? Token.asString(hcl`sha256(${text})`) : sha256Of(text);
}

const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The digest of a set of texts by their ids: SHA-256 over the lines `<id>:<sha256 of the text>`, sorted by id. The function
 * computes the same over what it reads and refuses anything else.
 */
export function digest(texts: Readonly<Record<string, string>>): string {
  if (holdsToken(texts)) {
    return Token.asString(hcl`sha256(join("\\n", [for id, text in ${texts} : "\${id}:\${sha256(text)}"]))`);
  }
  const lines = Object.keys(texts)
    .sort()
    .map((id) => `${id}:${sha256Of(texts[id]!)}`);
  return sha256Of(lines.join("\n"));
}

/** A text as one word of a POSIX shell. */
export function shellQuoted(text: string): string {
  if (!Token.isUnresolved(text)) return `'${text.replace(/'/g, "'\\''")}'`;
  return Token.asString(hcl`"'\${replace(${text}, "'", "'\\\\''")}'"`);
}

/** A value that another construct has only later, so that two can name one another. */
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
