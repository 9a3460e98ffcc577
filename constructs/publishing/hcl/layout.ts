import { CLOSING, type Group, type Part } from "./groups";
import { is, type TemplatePart, type Token } from "./tokens";

const WIDTH = 100;
const SLACK = 15;

/** Where a value is put: how deep its lines are indented, and the column at which its first line starts. */
export interface Place {
  readonly indent: number;
  readonly column: number;
  /** Whether line ends mean nothing here, as they do between brackets. */
  readonly free?: boolean;
}

const pad = (indent: number): string => "  ".repeat(indent);

/** An expression on one line, spaced as `terraform fmt` does. */
export function flat(parts: readonly Part[]): string {
  const words = parts.flatMap(spread);
  return words
    .map((word, i) => (i > 0 && spaced(words[i - 2], words[i - 1]!, word) ? " " : "") + written(word))
    .join("");
}

function spread(part: Part): Token[] {
  if (part.kind !== "group") return [part];
  const comma: Token = { kind: "operator", text: "," };
  const inner = part.items.flatMap((item, i) => (i > 0 ? [comma, ...item.flatMap(spread)] : item.flatMap(spread)));
  return [{ kind: "operator", text: part.open }, ...inner, { kind: "operator", text: CLOSING[part.open] }];
}

function written(token: Token): string {
  if (token.kind !== "string") return token.text;
  const part = (some: TemplatePart): string => (typeof some === "string" ? some : `${some.sign}{${flat(some.tokens)}}`);
  return `"${token.parts.map(part).join("")}"`;
}

const opens = (token: Token): boolean => is(token, "(") || is(token, "[");
const closes = (token: Token): boolean => is(token, ")") || is(token, "]");
const isOperator = (token: Token): boolean => token.kind === "operator";

function spaced(before: Token | undefined, left: Token, right: Token): boolean {
  if (is(left, ".") || is(right, ".") || is(right, ",") || is(right, "...")) return false;
  if (left.kind === "name" && is(right, "(")) return false;
  if (is(left, ",")) return true;
  if (left.kind === "name" && left.text === "in" && before?.kind === "name") return true;
  if (is(right, "[") && (left.kind === "name" || left.kind === "number" || closes(left) || is(left, "}"))) return false;
  if (is(left, "!")) return false;
  if (is(left, "-") && (before === undefined || (isOperator(before) && !closes(before) && !is(before, "}"))))
    return false;
  if (is(left, "{") || is(right, "}")) return !(is(left, "{") && is(right, "}"));
  // `[*]`, `(…)`, `[…]`
  return !opens(left) && !closes(right);
}

/** An expression, on one line where it fits, otherwise broken where a person would break it. */
export function layout(parts: readonly Part[], place: Place): string {
  const line = flat(parts);
  if (place.column + line.length <= WIDTH && !parts.some(wantsLines)) return line;
  const broken = opened(parts, place) ?? listed(parts, place) ?? line;
  // A call that is only a little too long reads better in one piece than with its arguments on lines of their own.
  return /\($/.test(broken.split("\n")[0]!) && place.column + line.length <= WIDTH + SLACK ? line : broken;
}

/** Objects with several fields read best with a line for each. */
function wantsLines(part: Part): boolean {
  if (part.kind !== "group") return false;
  return (part.open === "{" && !part.loop && part.items.length > 1) || part.items.some((item) => item.some(wantsLines));
}

/**
 * An expression whose last brackets are opened on this line: what stands before them, then their contents, as in `x ==
 * null ? null : jsonencode({`.
 */
function opened(parts: readonly Part[], place: Place): string | undefined {
  const last = parts.findLastIndex((part, i) => {
    const isIndex = part.kind === "group" && part.open === "[" && parts[i - 1]?.kind === "group";
    return part.kind === "group" && part.items.length > 0 && !isIndex;
  });
  const brackets = parts[last];
  if (brackets?.kind !== "group") return undefined;
  const before = parts.slice(0, last);
  if (before.some(wantsLines) || (before.some(isBranch) && !wantsLines(brackets))) return undefined;
  const empty: Group = { ...brackets, items: [] };
  const start = flat([...before, empty]).slice(0, -1);
  if (place.column + start.length > WIDTH) return undefined;
  const end = flat([empty, ...parts.slice(last + 1)]).slice(2);
  return start + bracketed(brackets, { ...place, column: place.column + start.length }) + end;
}

const isBranch = (part: Part): boolean => part.kind === "operator" && ["?", "&&", "||"].includes(part.text);

/** The contents of brackets, a line for each item, and the closing bracket. */
function bracketed(brackets: Group, { indent, column }: Place): string {
  const inner = { indent: indent + 1, column: 2 * (indent + 1), free: brackets.open !== "{" };
  const close = `\n${pad(indent)}${CLOSING[brackets.open]}`;
  if (brackets.loop) return `${loop(brackets.items[0]!, inner)}${close}`;
  if (brackets.open === "{") return `\n${fields(brackets.items, indent + 1)}${close}`;
  const lines = brackets.items.map((item) => `\n${pad(indent + 1)}${layout(item, inner)}`);
  if (brackets.open === "[") return `${lines.join(",")},${close}`;
  return lastOpened(brackets.items, { indent, column }) ?? `${lines.join(",")}${close}`;
}

/** The arguments of a call on its line, the brackets of the last one opened: `jsonencode({`, `join(", ", [`. */
function lastOpened(items: Group["items"], place: Place): string | undefined {
  const last = items.at(-1)!;
  const before = items.slice(0, -1);
  const brackets = last.at(-1)!;
  if (brackets.kind !== "group" || (before.length > 0 && brackets.open === "(")) return undefined;
  if (before.some((item) => item.some(wantsLines))) return undefined;
  const start = before.map((item) => `${flat(item)}, `).join("");
  const rest = opened(last, { ...place, column: place.column + start.length });
  return rest && `${start}${rest})`;
}

/** `for k, v in entries : body`, then `if condition`. */
function loop(item: readonly Part[], place: Place): string {
  const condition = item.findIndex((part) => part.kind === "name" && part.text === "if");
  const [each, only] = condition < 0 ? [item, undefined] : [item.slice(0, condition), item.slice(condition)];
  const colon = each.findIndex((part) => part.kind === "operator" && part.text === ":");
  const [header, body] = [each.slice(0, colon + 1), each.slice(colon + 1)];
  const start = flat(header);
  const column = place.column + start.length + 1;
  const short = column + flat(body).length <= WIDTH && !body.some(wantsLines);
  const fits = short || /[[{]$/.test(opened(body, { ...place, column })?.split("\n")[0] ?? "");
  const bare = { ...place, free: true };
  const lines = fits ? [`${start} ${layout(body, { ...place, column })}`] : [start, layout(body, bare)];
  if (only) lines.push(layout(only, bare));
  return lines.map((line) => `\n${pad(place.indent)}${line}`).join("");
}

/** `name = value` lines of an object. */
function fields(items: ReadonlyArray<readonly Part[]>, indent: number): string {
  const lines = items.map((item) => {
    const equals = item.findIndex((part) => part.kind === "operator" && part.text === "=");
    const name = flat(item.slice(0, equals));
    return { name, value: layout(item.slice(equals + 1), { indent, column: 2 * indent + name.length + 3 }) };
  });
  return aligned(lines, indent).join("\n");
}

/** A conditional, or operands of `&&` and `||`, a line each. */
function listed(parts: readonly Part[], { indent, free }: Place): string | undefined {
  const operators = parts.some((part) => part.kind === "operator" && part.text === "?") ? ["?", ":"] : ["&&", "||"];
  const breaks = parts.flatMap((part, i) => (part.kind === "operator" && operators.includes(part.text) ? [i] : []));
  if (breaks.length === 0) return undefined;
  const starts = [0, ...breaks];
  const depth = free ? indent : indent + 1;
  const lines = starts.map((start, i) => {
    const operator = i === 0 ? "" : `${flat([parts[start]!])} `;
    const rest = parts.slice(i === 0 ? 0 : start + 1, starts[i + 1]);
    return operator + layout(rest, { indent: depth, column: 2 * depth + operator.length, free: true });
  });
  const text = lines.join(`\n${pad(depth)}`);
  return free ? text : `(\n${pad(depth)}${text}\n${pad(indent)})`;
}

/** Lines `name = value`, the equals signs of neighbouring single lines in one column, as `terraform fmt` has it. */
export function aligned(
  lines: ReadonlyArray<{ readonly name: string; readonly value: string }>,
  indent: number,
): string[] {
  const single = ({ value }: { value: string }): boolean => !value.includes("\n");
  const widths: number[] = [];
  for (let start = 0; start < lines.length;) {
    let end = start;
    while (end < lines.length && single(lines[end]!)) end += 1;
    const width = Math.max(0, ...lines.slice(start, end).map((line) => line.name.length));
    for (; start < end; start += 1) widths[start] = width;
    if (start < lines.length) widths[start] = lines[start++]!.name.length;
  }
  return lines.map((line, i) => `${pad(indent)}${line.name.padEnd(widths[i]!)} = ${line.value}`);
}
