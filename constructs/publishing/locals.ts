import type { Body } from "./hcl/block";
import type { ModuleJson } from "./synthesize";

/** Where an expression may begin and end so that a name can stand in its place. */
const BEFORE = String.raw`(?<=^\$\{|[({[]|, |= |: |\? )`;
const AFTER = String.raw`(?=[)\]}]|, | : )`;
const GIVEN = String.raw`((?:var|local)(?:\.\w+)+)`;

/** An expression that people give a name where it is repeated, and what they call it. */
interface Habit {
  readonly pattern: RegExp;
  readonly called: (...groups: string[]) => string;
}

const path = (reference: string): string => reference.split(".").slice(1).join("_");
/** `approver_role_role` is `approver_role`. */
const once = (name: string): string => name.replace(/(?<=^|_)(\w+?)_\1(?=_|$)/g, "$1");
/** The name of a thing that is there in any case, given or made: without the words `existing` and `given`, which say that it may not be. */
const either = (name: string): string => once(name.replace(/(^|_)(?:existing|given)_/g, "$1"));

const HABITS: readonly Habit[] = [
  { pattern: /data\.aws_partition\.current\.(partition)\b/g, called: (attribute) => attribute },
  { pattern: /data\.aws_region\.current\.id\b/g, called: () => "region" },
  { pattern: /data\.aws_caller_identity\.current\.(account_id)\b/g, called: (attribute) => attribute },
  {
    // What is in something that may not be given.
    pattern: new RegExp(String.raw`\(${GIVEN} == null \? null : \1\.(\w+)\)`, "g"),
    called: (given, attribute) => once(`given_${path(given)}_${attribute}`),
  },
  {
    // What is given, or what is made in its place.
    pattern: new RegExp(`${BEFORE}${GIVEN} == null \\? one\\([\\w.]+\\[\\*\\]\\.\\w+\\) : \\1\\.(\\w+)${AFTER}`, "g"),
    called: (given, attribute) => either(`${path(given)}_${attribute}`),
  },
  {
    // The entries that have something, or lack it.
    pattern: new RegExp(String.raw`\{ for k, v in ${GIVEN} : k => v if v\.(\w+) (==|!=) null \}`, "g"),
    called: (map, field, sign) => `${path(map)}_${sign === "==" ? "without" : "with"}_${field}`,
  },
];

/** What belongs to the same key, of another resource: `aws_iam_role.role[each.key].arn`. */
const OF_THE_KEY = /\b((?:data\.)?\w+\.(\w+))\[each\.key\]\.(\w+)\b/g;
const BY_KEY = /^\$\{\{ for k, v in (\S+) : k => v\.(\w+) \}\}$/;

/** The same text with what a local holds of a resource, by its key, as it was before there was the local. */
export const withoutByKey = (text: string, locals: Body = {}): string =>
  text.replace(/\blocal\.(\w+)\[each\.key\]/g, (reference, name: string) => {
    const [, resource, attribute] = BY_KEY.exec(String(locals[name])) ?? [];
    return resource === undefined ? reference : `${resource}[each.key].${attribute}`;
  });

/**
 * Repeated expressions become locals, as a person would do it, and so does what a resource wants of another one's same key.
 *
 * @throws Error where a name is taken twice
 */
export function withLocals(json: ModuleJson): ModuleJson {
  return HABITS.reduce((module, habit) => replaced(module, repeated(module, habit)), byKey(mapTexts(json, simplified)));
}

/**
 * Terraform makes an object of all instances of a resource wherever one of them is named: for a thousand, a thousand times. Of a local
 * it is done once.
 */
function byKey(json: ModuleJson): ModuleJson {
  const locals = new Map<string, string>();
  const rest = mapTexts(body(json), (text) =>
    text.replace(OF_THE_KEY, (_, resource: string, name: string, attribute: string) => {
      const called = `${name}_${attribute}s`;
      locals.set(called, `\${{ for k, v in ${resource} : k => v.${attribute} }}`);
      return `local.${called}[each.key]`;
    }),
  );
  const taken = [...locals.keys()].find((name) => name in (json.locals ?? {}));
  if (taken !== undefined) throw new Error(`two expressions would get the same local name: ${taken}`);
  const { variable, terraform } = json;
  return locals.size === 0
    ? json
    : { ...rest, variable, terraform, locals: { ...rest.locals, ...Object.fromEntries(locals) } };
}

/** Expressions, and the names that stand in their places. */
type Names = ReadonlyMap<string, string>;

/** Where the first bracket after a position is closed. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if ("([{".includes(text[at]!)) depth += 1;
    if (")]}".includes(text[at]!) && --depth === 0) return at;
  }
  throw new Error(`brackets are open: ${text.slice(from)}`);
}

function repeated(json: ModuleJson, { pattern, called }: Habit): Names {
  const uses = new Map<string, { readonly name: string; count: number }>();
  mapTexts(body(json), (text) => {
    for (const [expression, ...groups] of text.matchAll(pattern)) {
      const use = uses.get(expression) ?? { name: called(...groups), count: 0 };
      uses.set(expression, { ...use, count: use.count + 1 });
    }
    return text;
  });
  return new Map([...uses].filter(([, { count }]) => count > 1).map(([expression, { name }]) => [expression, name]));
}

function replaced(json: ModuleJson, names: Names): ModuleJson {
  if (names.size === 0) return json;
  for (const name of names.values()) {
    const isTaken = name in (json.locals ?? {}) || [...names.values()].filter((other) => other === name).length > 1;
    if (isTaken) throw new Error(`two expressions would get the same local name: ${name}`);
  }
  const { variable, terraform } = json;
  const rest = mapTexts(body(json), (text) =>
    [...names].reduce((now, [expression, name]) => now.replaceAll(expression, `local.${name}`), text),
  );
  const added = Object.fromEntries([...names].map(([expression, name]) => [name, `\${${expression}}`]));
  return { ...rest, variable, terraform, locals: { ...rest.locals, ...added } };
}

/** An object made of something is there where that is: `(x == null ? null : {…}) != null` is `x != null`. */
function simplified(text: string): string {
  for (const { 0: start, 1: given, index } of text.matchAll(/\((\w+(?:\.\w+)+) == null \? null : \{/g)) {
    const end = closing(text, index);
    const [, sign] = /^ (==|!=) null/.exec(text.slice(end + 1)) ?? [];
    if (sign === undefined || closing(text, index + start.length - 1) !== end - 1) continue;
    return simplified(`${text.slice(0, index)}${given} ${sign} null${text.slice(end + 1 + sign.length + 6)}`);
  }
  return text;
}

/** All but what may not refer to locals. */
const body = (json: ModuleJson): Omit<ModuleJson, "variable" | "terraform"> => {
  const rest = { ...json, variable: undefined, terraform: undefined };
  return rest;
};

/** The same value, with every text replaced. */
export function mapTexts<T>(value: T, replace: (text: string, key?: string) => string, key?: string): T {
  if (typeof value === "string") return replace(value, key) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, replace, key)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value) as Array<[string, unknown]>;
  return Object.fromEntries(entries.map(([name, item]) => [name, mapTexts(item, replace, name)])) as T;
}
