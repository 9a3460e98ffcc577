/** A token of Terraform's expression language. A string is one token; its interpolations are token lists of their own. */
export type Token =
  | { readonly kind: "name" | "number" | "operator" | "newline"; readonly text: string }
  | { readonly kind: "string"; readonly parts: readonly TemplatePart[] };

/** Literal text with its escapes, an interpolation `${…}`, or a directive `%{if …}`. */
export type TemplatePart = string | { readonly sign: "$" | "%"; readonly tokens: readonly Token[] };

const OPERATORS = /^(\.\.\.|&&|\|\||==|!=|<=|>=|=>|[-+*/%<>=!?:.,()[\]{}])/;
const BRACES: Readonly<Record<string, number>> = { "{": 1, "}": -1 };

export const name = (text: string): Token => ({ kind: "name", text });
export const operator = (text: string): Token => ({ kind: "operator", text });

export const is = (token: Token | undefined, text: string): boolean =>
  token !== undefined && token.kind === "operator" && token.text === text;

/**
 * Reads an expression.
 *
 * @throws Error at the first character that no token starts with.
 */
export function tokenize(source: string): Token[] {
  const reader = new Reader(source);
  const tokens = reader.tokens();
  reader.expectEnd();
  return tokens;
}

/** Reads the text of a Terraform JSON string: literal text with `${…}` interpolations. */
export function tokenizeTemplate(text: string): Token[] {
  const reader = new Reader(text);
  const parts = reader.parts(undefined);
  const only = parts[0];
  const isExpression = parts.length === 1 && typeof only === "object" && only.sign === "$";
  return isExpression ? [...only.tokens] : [{ kind: "string", parts }];
}

/** `${"a-${b}"}` in a text is `a-${b}`. */
function interpolated(sign: "$" | "%", tokens: readonly Token[]): readonly TemplatePart[] {
  const [only] = tokens;
  return sign === "$" && tokens.length === 1 && only?.kind === "string" ? only.parts : [{ sign, tokens }];
}

class Reader {
  private at = 0;

  constructor(private readonly source: string) {}

  /** Tokens up to the end, or to the brace that closes the interpolation in which they stand. */
  tokens(): Token[] {
    const tokens: Token[] = [];
    let depth = 0;
    for (;;) {
      this.skip(/^(?:[ \t\r]+|(?:#|\/\/)[^\n]*|\/\*[^]*?\*\/)+/);
      if (this.at >= this.source.length) return tokens;
      const next = this.source[this.at]!;
      depth += BRACES[next] ?? 0;
      if (depth < 0) return tokens;
      tokens.push(this.token(next));
    }
  }

  private token(next: string): Token {
    if (next === "\n") return { kind: "newline", text: this.take(/^\n/)! };
    if (next === '"') {
      this.at += 1;
      return { kind: "string", parts: this.parts('"') };
    }
    const word = this.take(/^[A-Za-z_][A-Za-z0-9_-]*/);
    if (word !== undefined) return { kind: "name", text: word };
    const number = this.take(/^[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/);
    if (number !== undefined) return { kind: "number", text: number };
    const found = this.take(OPERATORS);
    if (found !== undefined) return { kind: "operator", text: found };
    throw new Error(`not an expression at character ${this.at}: ${this.source}`);
  }

  /**
   * Literal text and interpolations, up to the closing quote, or, in Terraform JSON, to the end of the text. In a quoted
   * string the literal text keeps its escapes; that of Terraform JSON gets them, `$${` and `%%{` being escaped already.
   */
  parts(quote: string | undefined): TemplatePart[] {
    const parts: TemplatePart[] = [];
    let literal = "";
    const end = (): void => {
      if (literal !== "") parts.push(literal);
      literal = "";
    };
    while (this.at < this.source.length) {
      if (quote !== undefined && this.source[this.at] === quote) {
        this.at += 1;
        end();
        return parts;
      }
      const escape = this.take(quote === undefined ? /^(\$\$\{|%%\{)/ : /^(\$\$\{|%%\{|\\[^])/);
      const sign = escape === undefined ? this.take(/^[$%]\{/)?.[0] : undefined;
      if (escape !== undefined) literal += escape;
      else if (sign !== undefined) {
        end();
        parts.push(...interpolated(sign as "$" | "%", this.tokens()));
        this.at += 1;
      } else {
        const character = this.source[this.at]!;
        literal += quote === undefined ? JSON.stringify(character).slice(1, -1) : character;
        this.at += 1;
      }
    }
    if (quote !== undefined) throw new Error(`unclosed string: ${this.source}`);
    end();
    return parts;
  }

  expectEnd(): void {
    if (this.at < this.source.length) throw new Error(`unexpected ${this.source[this.at]}: ${this.source}`);
  }

  private skip(pattern: RegExp): void {
    this.take(pattern);
  }

  private take(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.source.slice(this.at))?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}
