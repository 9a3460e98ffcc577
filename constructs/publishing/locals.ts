import { ModuleJson } from "./synthesize";

/** What is given, or what is made in its place: `var.kms_key == null ? one(aws_kms_key.key[*].arn) : var.kms_key.arn`. */
const GIVEN_OR_MADE =
  /(?<=^\$\{|[({[]|, |= |: |\? )((?:var|each\.value)(?:\.\w+)+) == null \? one\([\w.]+\[\*\]\.\w+\) : \1\.(\w+)(?=[)\]}]|, | : )/g;

/** What is given or made gets a name where it is used more than once, as a person would do. */
export function withLocals(json: ModuleJson): ModuleJson {
  const { variable, terraform, ...rest } = json;
  const uses = new Map<string, { name: string; count: number }>();
  each(rest, (text) => {
    for (const [expression, given, attribute] of text.matchAll(GIVEN_OR_MADE)) {
      if (!given!.startsWith("var.")) continue;
      const name = `${given!.split(".").slice(1).join("_")}_${attribute}`;
      uses.set(expression, { name, count: (uses.get(expression)?.count ?? 0) + 1 });
    }
    return text;
  });
  const repeated = [...uses].filter(([, { count }]) => count > 1);
  if (repeated.length === 0) return json;
  const locals = Object.fromEntries(repeated.map(([expression, { name }]) => [name, `\${${expression}}`]));
  if (Object.keys(locals).length < repeated.length) throw new Error("two expressions would get the same local name");
  const named = each(rest, (text) => {
    return text.replace(GIVEN_OR_MADE, (expression) => {
      const use = uses.get(expression);
      return use && use.count > 1 ? `local.${use.name}` : expression;
    });
  });
  return { ...named, variable, terraform, locals: { ...json.locals, ...locals } };
}

/** The same value, with every text replaced. */
function each<T>(value: T, replace: (text: string) => string): T {
  if (typeof value === "string") return replace(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => each(item, replace)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item as unknown, replace)])) as T;
}
