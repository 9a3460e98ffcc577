import { ModuleJson } from "./synthesize";

/** Where an expression may begin and end so that a name can stand in its place. */
const BEFORE = String.raw`(?<=^\$\{|[({[]|, |= |: |\? )`;
const AFTER = String.raw`(?=[)\]}]|, | : )`;

/** What people give a name: the first group is what is given, the second one the attribute. */
const WORTH_A_NAME = [
  // What is in something that may not be given.
  /\(((?:var|local)(?:\.\w+)+) == null \? null : \1\.(\w+)\)/g,
  // What is given, or what is made in its place.
  new RegExp(
    String.raw`${BEFORE}((?:var|local)(?:\.\w+)+) == null \? one\([\w.]+\[\*\]\.\w+\) : \1\.(\w+)${AFTER}`,
    "g",
  ),
];

/** Choices that are written more than once become locals, as a person would do it. */
export function withLocals(json: ModuleJson): ModuleJson {
  return WORTH_A_NAME.reduce(named, json);
}

function named(json: ModuleJson, pattern: RegExp): ModuleJson {
  const { variable, terraform, ...rest } = json;
  const uses = new Map<string, { readonly name: string; count: number }>();
  each(rest, (text) => {
    for (const [expression, given, attribute] of text.matchAll(pattern)) {
      const use = uses.get(expression) ?? { name: `${given!.split(".").slice(1).join("_")}_${attribute}`, count: 0 };
      uses.set(expression, { ...use, count: use.count + 1 });
    }
    return text;
  });
  const repeated = [...uses].filter(([, { count }]) => count > 1);
  if (repeated.length === 0) return json;
  const added = Object.fromEntries(repeated.map(([expression, { name }]) => [name, `\${${expression}}`]));
  if (Object.keys({ ...json.locals, ...added }).length < Object.keys(json.locals ?? {}).length + repeated.length) {
    throw new Error(`two expressions would get the same local name: ${Object.keys(added).join(", ")}`);
  }
  const replaced = each(rest, (text) =>
    text.replace(pattern, (expression) =>
      uses.get(expression)!.count > 1 ? `local.${uses.get(expression)!.name}` : expression,
    ),
  );
  return { ...replaced, variable, terraform, locals: { ...replaced.locals, ...added } };
}

/** The same value, with every text replaced. */
function each<T>(value: T, replace: (text: string) => string): T {
  if (typeof value === "string") return replace(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => each(item, replace)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item as unknown, replace)])) as T;
}
