import { parse } from "@cdktf/hcl2json";
import { type Body, tokensOf } from "./hcl/block";
import { group, type Part } from "./hcl/groups";
import { flat } from "./hcl/layout";
import { operator, type TemplatePart, type Token } from "./hcl/tokens";
import { blocksOf } from "./schema";
import type { SynthesizedModule, Thing } from "./synthesize";

/** Arguments whose values Terraform JSON has without quotes, with or without `${…}`. */
const BARE = ["depends_on", "ignore_changes", "replace_triggered_by"];

/**
 * Reads configuration files with a parser that is not ours and compares each argument, token by token, with the
 * module's Terraform JSON. Line ends, the order of an object's fields and parentheses around a whole value make no
 * difference.
 *
 * @returns the differences, a line each; none where the files say exactly what the JSON says
 */
export async function differences(
  { json, things }: SynthesizedModule,
  files: Readonly<Record<string, string>>,
): Promise<string[]> {
  const written = new Map<string, string>();
  for (const [file, text] of Object.entries(files)) {
    if (!file.endsWith(".tf") || file === "moved.tf") continue;
    for (const [address, said] of statements((await parse(file, text)) as Body)) {
      if (said !== "" && written.has(address)) return [`${address} is written twice`];
      written.set(address, said);
    }
  }
  const meant = statements(json as unknown as Body);
  for (const address of emptyBlocks(things)) meant.delete(address);
  const missing = [...meant].filter(([address, said]) => written.get(address) !== said);
  const added = [...written.keys()].filter((address) => !meant.has(address));
  return [
    ...missing.map(
      ([address, said]) => `${address}\n  means   ${said}\n  written ${written.get(address) ?? "not at all"}`,
    ),
    ...added.map((address) => `${address} is not in the JSON: ${written.get(address)}`),
  ];
}

/** An empty list of blocks means the same as no block. */
const emptyBlocks = (things: readonly Thing[]): string[] =>
  things.flatMap((thing) => {
    const empty = Object.entries(thing.body).filter(([, value]) => Array.isArray(value) && value.length === 0);
    const types = empty.map(([key]) => key).filter((key) => key in blocksOf(thing));
    return types.map((key) => [thing.kind, ...thing.labels, key].join("."));
  });

/** Every argument of every top-level block, by its address. */
function statements(configuration: Body): Map<string, string> {
  const found = new Map<string, string>();
  const labels: Readonly<Record<string, number>> = { resource: 2, data: 2, variable: 1, output: 1, module: 1 };
  const visit = (value: unknown, address: string, depth: number): void => {
    const body = unwrapped(value) as Body;
    found.set(address, "");
    for (const [key, item] of Object.entries(body)) {
      if (key === "//") continue;
      if (depth > 0) visit(item, `${address}.${key}`, depth - 1);
      else found.set(`${address}.${key}`, canonical(`${address}.${key}`, item));
    }
  };
  for (const [kind, value] of Object.entries(configuration)) {
    if (kind !== "//" && value !== undefined) visit(value, kind, labels[kind] ?? 0);
  }
  return found;
}

/** A single block is an object in the JSON, and a list of one object from the parser. */
function unwrapped(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.length === 1 && typeof value[0] === "object" && value[0] !== null ? (value[0] as unknown) : value;
}

function canonical(address: string, value: unknown): string {
  const isType = /^variable\.\w+\.type$/.test(address);
  const meant = isType ? bare(String(value)) : comparable(address.split(".").at(-1)!, value);
  return flat(group(tokensOf(meant).map(withoutDirectives)).map(sorted));
}

const bare = (text: string): string => `\${${text.replace(/^\$\{([^]*)\}$/, "$1")}}`;

function comparable(key: string, value: unknown): unknown {
  const item = unwrapped(value);
  if (typeof item === "string") return BARE.includes(key) ? bare(item) : item;
  if (Array.isArray(item)) return item.map((one) => comparable(key, one));
  if (typeof item !== "object" || item === null) return item;
  return Object.fromEntries(Object.entries(item).map(([name, one]) => [name, comparable(name, one)]));
}

/** The parser returns `"a-${x ? "b" : "c"}"` as `"a-%{if x}b%{else}c%{endif}"`, which means the same: put back. */
function withoutDirectives(token: Token): Token {
  if (token.kind !== "string") return token;
  const word = (part: TemplatePart): string | undefined => {
    const first = typeof part === "object" && part.sign === "%" ? part.tokens[0] : undefined;
    return first?.kind === "name" ? first.text : undefined;
  };
  const read = (parts: TemplatePart[], until: readonly string[]): TemplatePart[] => {
    const found: TemplatePart[] = [];
    for (;;) {
      const part = parts[0];
      if (part === undefined || until.includes(word(part) ?? "")) return found;
      parts.shift();
      if (word(part) !== "if") {
        found.push(typeof part === "string" ? part : { ...part, tokens: part.tokens.map(withoutDirectives) });
        continue;
      }
      const condition = (part as { tokens: readonly Token[] }).tokens.slice(1).map(withoutDirectives);
      const yes = read(parts, ["else", "endif"]);
      const hasElse = word(parts.shift()!) === "else";
      const no = hasElse ? read(parts, ["endif"]) : [];
      if (hasElse) parts.shift();
      found.push({ sign: "$", tokens: [...condition, operator("?"), ...branch(yes), operator(":"), ...branch(no)] });
    }
  };
  return { kind: "string", parts: read([...token.parts], []) };
}

const branch = (parts: TemplatePart[]): readonly Token[] => {
  const [only] = parts;
  return parts.length === 1 && typeof only === "object" ? only.tokens : [{ kind: "string", parts }];
};

/** The order of an object's fields makes no difference. */
function sorted(part: Part): Part {
  if (part.kind !== "group") return part;
  const items = part.items.map((item) => item.map(sorted));
  return {
    ...part,
    items: part.open === "{" && !part.loop ? items.sort((a, b) => (flat(a) < flat(b) ? -1 : 1)) : items,
  };
}
