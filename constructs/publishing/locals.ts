import type { Body } from "./hcl/block";
import type { ModuleJson } from "./synthesize";

/** What stands before and after an expression where a name can take its place. */
const BEFORE = String.raw`(?<=^\$\{|[({[]|, |= |: |\? )`;
const AFTER = String.raw`(?=[)\]}]|, | : )`;
const GIVEN = String.raw`((?:var|local)(?:\.\w+)+)`;

/** A kind of expression that gets a name where it is repeated, and the name. */
interface Habit {
  readonly pattern: RegExp;
  readonly called: (...groups: string[]) => string;
}

const path = (reference: string): string => reference.split(".").slice(1).join("_");
/** Drops a repeated word: `approver_role_role` becomes `approver_role`. */
const once = (name: string): string => name.replace(/(?<=^|_)(\w+?)_\1(?=_|$)/g, "$1");
/**
 * The name of something that exists either way, given by the caller or made here: without the words `existing` and
 * `given`.
 */
const either = (name: string): string => once(name.replace(/(^|_)(?:existing|given)_/g, "$1"));

const HABITS: readonly Habit[] = [
  { pattern: /data\.aws_partition\.current\.(partition)\b/g, called: (attribute) => attribute },
  { pattern: /data\.aws_region\.current\.id\b/g, called: () => "region" },
  { pattern: /data\.aws_caller_identity\.current\.(account_id)\b/g, called: (attribute) => attribute },
  {
    // A field of an object that may be null.
    pattern: new RegExp(String.raw`\(${GIVEN} == null \? null : \1\.(\w+)\)`, "g"),
    called: (given, attribute) => once(`given_${path(given)}_${attribute}`),
  },
  {
    // The field of an object that is given, or of the resource that is made where none is.
    pattern: new RegExp(`${BEFORE}${GIVEN} == null \\? one\\([\\w.]+\\[\\*\\]\\.\\w+\\) : \\1\\.(\\w+)${AFTER}`, "g"),
    called: (given, attribute) => either(`${path(given)}_${attribute}`),
  },
  {
    // The entries of a map that have a field, or lack it.
    pattern: new RegExp(String.raw`\{ for k, v in ${GIVEN} : k => v if v\.(\w+) (==|!=) null \}`, "g"),
    called: (map, field, sign) => `${path(map)}_${sign === "==" ? "without" : "with"}_${field}`,
  },
];

/** A reference to another resource's instance of the same key: `aws_iam_role.role[each.key].arn`. */
const OF_THE_KEY = /\b((?:data\.)?\w+\.(\w+))\[each\.key\]\.(\w+)\b/g;
const BY_KEY = /^\$\{\{ for k, v in (\S+) : k => v\.(\w+) \}\}$/;

/** The text with the references to resources that the locals of `byKey` replaced. */
export const withoutByKey = (text: string, locals: Body = {}): string =>
  text.replace(/\blocal\.(\w+)\[each\.key\]/g, (reference, name: string) => {
    const [, resource, attribute] = BY_KEY.exec(String(locals[name])) ?? [];
    return resource === undefined ? reference : `${resource}[each.key].${attribute}`;
  });

/**
 * Gives names (locals) to repeated expressions, as a person would, and to references to another resource's instance of
 * the same key.
 *
 * @throws Error where a name is taken twice
 */
export function withLocals(json: ModuleJson): ModuleJson {
  return HABITS.reduce((module, habit) => replaced(module, repeated(module, habit)), byKey(mapTexts(json, simplified)));
}

/**
 * Wherever a resource is named, Terraform builds an object of all its instances: with a thousand instances that each
 * name another resource's, a thousand times. A local is built once.
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

/** The position at which the first bracket after a position is closed. */
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

/** `(x == null ? null : {…}) != null` is written as `x != null`: the object exists where x does. */
function simplified(text: string): string {
  for (const { 0: start, 1: given, index } of text.matchAll(/\((\w+(?:\.\w+)+) == null \? null : \{/g)) {
    const end = closing(text, index);
    const [, sign] = /^ (==|!=) null/.exec(text.slice(end + 1)) ?? [];
    if (sign === undefined || closing(text, index + start.length - 1) !== end - 1) continue;
    return simplified(`${text.slice(0, index)}${given} ${sign} null${text.slice(end + 1 + sign.length + 6)}`);
  }
  return text;
}

/** The parts of a module that may refer to locals. */
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
