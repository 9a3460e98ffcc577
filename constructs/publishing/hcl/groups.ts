import { is, type Token } from "./tokens";

/** Brackets and what is between them, split at the commas; in braces also at the line ends. */
export interface Group {
  readonly kind: "group";
  readonly open: "(" | "[" | "{";
  readonly items: ReadonlyArray<readonly Part[]>;
  /** Whether it is a `for` expression: that is one item, and its commas separate nothing. */
  readonly loop: boolean;
}
export type Part = Token | Group;

export const CLOSING = { "(": ")", "[": "]", "{": "}" } as const;

/** Makes groups of brackets, and drops line ends without a meaning and parentheses around a whole value. */
export function group(tokens: readonly Token[]): Part[] {
  const reader = new GroupReader(tokens);
  return withoutParentheses(reader.sequence(undefined)[0] ?? []);
}

class GroupReader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  sequence(open: Group["open"] | undefined): Part[][] {
    const items: Part[][] = [];
    let item: Part[] = [];
    const loop = open !== undefined && open !== "(" && this.startsLoop();
    for (; this.at < this.tokens.length; this.at += 1) {
      const token = this.tokens[this.at]!;
      if (open && is(token, CLOSING[open])) break;
      if (token.kind === "newline" ? open === "{" && !loop : open !== undefined && !loop && is(token, ",")) {
        if (item.length > 0) items.push(item);
        item = [];
      } else if (token.kind === "operator" && token.text in CLOSING) {
        this.at += 1;
        const opened = token.text as Group["open"];
        const isLoop = opened !== "(" && this.startsLoop();
        item.push({ kind: "group", open: opened, loop: isLoop, items: this.sequence(opened) });
      } else if (token.kind !== "newline") item.push(token);
    }
    if (item.length > 0) items.push(item);
    return open === "{" && !loop ? items.map(objectItem) : items;
  }

  private startsLoop(): boolean {
    let next = this.at;
    while (this.tokens[next]?.kind === "newline") next += 1;
    const token = this.tokens[next];
    return token?.kind === "name" && token.text === "for";
  }
}

const isEquals = (part: Part): boolean => part.kind === "operator" && (part.text === "=" || part.text === ":");

/** `"key" = (value)` means `key = value`. */
function objectItem(item: Part[]): Part[] {
  const equals = item.findIndex(isEquals);
  if (equals < 0) return item;
  const value = withoutParentheses(item.slice(equals + 1));
  return [...item.slice(0, equals).map(bareKey), { kind: "operator", text: "=" }, ...value];
}

function bareKey(part: Part): Part {
  if (part.kind !== "string") return part;
  const text = part.parts.length === 1 ? part.parts[0] : undefined;
  return typeof text === "string" && /^(?!for$)[A-Za-z_][A-Za-z0-9_-]*$/.test(text) ? { kind: "name", text } : part;
}

function withoutParentheses(parts: Part[]): Part[] {
  const [only] = parts;
  if (parts.length !== 1 || only?.kind !== "group" || only.open !== "(" || only.items.length !== 1) return parts;
  return withoutParentheses([...only.items[0]!]);
}
