import { group, type Part } from "./groups";
import { aligned, layout } from "./layout";
import { name, operator, type Token, tokenize, tokenizeTemplate } from "./tokens";

/** The nested blocks of a block type, by name. Everything else in it is an argument. */
export interface Blocks {
  readonly [type: string]: Blocks;
}
export type Body = Readonly<Record<string, unknown>>;

/** Arguments and blocks that any resource may have. */
const META: Blocks = { lifecycle: { precondition: {}, postcondition: {} } };
const FIRST = ["source", "version", "count", "for_each", "provider"];
const LAST = ["lifecycle", "depends_on"];
/** Arguments whose values are names of things, not texts. */
const REFERENCES = ["depends_on", "ignore_changes", "replace_triggered_by", "provider"];
/** Arguments that say which thing it is stand before the others. */
const LEADING = [
  ...["name", "name_prefix", "function_name", "identifier", "bucket", "key", "domain_name", "user_profile_name"],
  ...["description", "type", "condition", "error_message"],
  ...["sid", "effect", "actions", "resources", "identifiers", "test", "variable", "values"],
];
const TRAILING = ["tags"];

interface Line {
  readonly name: string;
  readonly value: string;
}
const isLong = ({ value }: Line): boolean => value.includes("\n");
const rank = (line: Line): number => {
  if (LEADING.includes(line.name)) return LEADING.indexOf(line.name);
  return LEADING.length + (TRAILING.includes(line.name) ? 2 : isLong(line) ? 1 : 0);
};

/** A block with its header, at an indentation. */
export function block(header: string, body: Body, blocks: Blocks, indent = 0): string {
  const lines = contents(body, { ...META, ...blocks }, indent + 1);
  return lines === "" ? `${pad(indent)}${header} {}` : `${pad(indent)}${header} {\n${lines}\n${pad(indent)}}`;
}

const pad = (indent: number): string => "  ".repeat(indent);
const isBody = (value: unknown): value is Body => typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function contents(body: Body, blocks: Blocks, indent: number): string {
  const entries = Object.entries(body).filter(([key, value]) => key !== "//" && value !== undefined);
  const isBlock = ([key]: [string, unknown]): boolean => key === "dynamic" || key in blocks;
  const special = (keys: readonly string[]): Array<[string, unknown]> =>
    keys.flatMap((key) => entries.filter(([k]) => k === key));
  const rest = entries.filter(([key]) => ![...FIRST, ...LAST].includes(key));
  const lines = (some: ReadonlyArray<[string, unknown]>): Line[] =>
    some.map(([key, value]) => line(key, value, indent));
  const first = lines(special(FIRST));
  return [
    ...(first.length > 0 ? [aligned(first, indent).join("\n")] : []),
    ...paragraphs(
      lines(rest.filter((entry) => !isBlock(entry))).sort((a, b) => rank(a) - rank(b)),
      indent,
    ),
    ...rest.filter(isBlock).flatMap(([type, value]) => nested(type, value, blocks, indent)),
    ...special(LAST).flatMap(([key, value]) =>
      key in blocks ? nested(key, value, blocks, indent) : paragraphs(lines([[key, value]]), indent),
    ),
  ].join("\n\n");
}

function line(argument: string, value: unknown, indent: number): Line {
  const place = { indent, column: 2 * indent + argument.length + 3 };
  return { name: argument, value: layout(expression(argument, value), place) };
}

/** Lays out arguments: neighbours that fit on one line stand together, the others each by itself. */
function paragraphs(lines: readonly Line[], indent: number): string[] {
  const together: Line[][] = [];
  for (const line of lines) {
    const last = together.at(-1);
    const isPair = last?.[0]!.name === "condition";
    if (last && (isPair || (!isLong(line) && !isLong(last[0]!)))) last.push(line);
    else together.push([line]);
  }
  return together.map((some) => aligned(some, indent).join("\n"));
}

function nested(type: string, value: unknown, blocks: Blocks, indent: number): string[] {
  if (type !== "dynamic") return list(value).map((body) => block(type, body as Body, blocks[type]!, indent));
  return Object.entries(value as Body).flatMap(([label, bodies]) =>
    list(bodies).map((body) => block(`dynamic "${label}"`, body as Body, { content: blocks[label] ?? {} }, indent)),
  );
}

function expression(argument: string, value: unknown): Part[] {
  if (!REFERENCES.includes(argument)) return group(tokensOf(value));
  const reference = (text: unknown): string => String(text).replace(/^\$\{(.*)\}$/, "$1");
  const text = Array.isArray(value) ? `[${value.map(reference).join(", ")}]` : reference(value);
  return group(tokenize(text));
}

/** A value of Terraform JSON as an expression. */
export function tokensOf(value: unknown): Token[] {
  if (value === null) return [name("null")];
  if (typeof value === "string") return tokenizeTemplate(value);
  if (typeof value === "boolean") return [name(String(value))];
  if (typeof value === "number") return tokenize(String(value));
  const comma = operator(",");
  if (Array.isArray(value)) {
    return [operator("["), ...value.flatMap((item) => [...tokensOf(item), comma]), operator("]")];
  }
  if (!isBody(value)) throw new Error(`not a Terraform value: ${String(value)}`);
  const items = Object.entries(value).filter(([key]) => key !== "//");
  return [
    operator("{"),
    ...items.flatMap(([key, item]) => [...tokenizeTemplate(key), operator("="), ...tokensOf(item), comma]),
    operator("}"),
  ];
}
