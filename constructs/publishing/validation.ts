import { type AnyInput, isRelation, type Relation, snake } from "../inputs";
import { group } from "./hcl/groups";
import { tokenize } from "./hcl/tokens";

/** A `validation` block of a variable. */
export interface Validation {
  readonly condition: string;
  readonly error_message: string;
}

/** How a rule on a field or an entry of a variable becomes a rule on the whole variable. */
interface Reach {
  /** The expression of the field or entry. */
  readonly value: string;
  /** Its name in messages. */
  readonly called: string;
  /** Makes a condition on the whole variable from a condition on the field or entry. */
  readonly all: (condition: string) => string;
  /**
   * It may be null. Terraform evaluates a message even where the condition holds, so the message must not fail then.
   */
  readonly uncertain?: true;
  /** The keys of the entries for which the condition `broken` holds. */
  readonly wrong?: (broken: string) => string;
}

const LOOPS = [
  { key: "key", entry: "entry" },
  { key: "name", entry: "item" },
  { key: "position", entry: "part" },
];

/**
 * The validation blocks of a variable: every rule of its input, and of the fields and entries in it. A message names
 * the entries that break a rule. Null is handled by `… ? … : …`, because before Terraform 1.12 `||` also evaluates its
 * right side where the left one is true.
 */
export function validations(name: string, input: AnyInput): Validation[] {
  const variable = `var.${snake(name)}`;
  return inside(input, { value: variable, called: snake(name), all: (condition) => condition }, 0);
}

function inside(input: AnyInput, whole: Reach, depth: number): Validation[] {
  const absent = input.optional === true && input.default === undefined;
  const here = absent ? where(whole) : whole;
  const own = (input.rules ?? []).map((rule) => {
    if (!isRelation(rule)) return block(here, rule.condition(here.value), rule.says);
    return relationBlock(rule, here.value, attribute(here, snake(rule.about)).called, here.all);
  });
  if (input.fields) {
    const fields = Object.entries(input.fields);
    return [...own, ...fields.flatMap(([field, of]) => inside(of, attribute(here, snake(field)), depth))];
  }
  return input.of ? [...own, ...inside(input.of, entries(here, depth), depth + 1)] : own;
}

/**
 * The rule for a value that may be null, where it is not. A condition in `can` may fail on null; any other must not be
 * evaluated then.
 */
const where = (of: Reach): Reach => ({
  ...of,
  uncertain: true,
  all: (condition) =>
    of.all(isCan(condition) ? `${of.value} == null || ${condition}` : `${of.value} == null ? true : ${condition}`),
  ...(of.wrong && {
    wrong: (broken: string) =>
      of.wrong!(
        isCan(broken.slice(1)) ? `${of.value} != null && ${broken}` : `${of.value} == null ? false : ${broken}`,
      ),
  }),
});

const isCan = (condition: string): boolean => condition.startsWith("can(") && isCall(condition);

const attribute = (of: Reach, field: string): Reach => ({
  ...of,
  value: `${of.value}.${field}`,
  called: of.called.endsWith(":") ? `${of.called} ${field}` : `${of.called}.${field}`,
});

function entries(of: Reach, depth: number): Reach {
  const { key, entry } = LOOPS[depth]!;
  return {
    value: entry,
    called: depth === 0 ? `${of.called}:` : of.called,
    all: (condition) => of.all(`alltrue([for ${entry} in ${of.value} : ${condition}])`),
    wrong: of.wrong
      ? (broken) => of.wrong!(`anytrue([for ${entry} in ${of.value} : ${broken}])`)
      : (broken) =>
          `[for ${key}, ${entry} in ${of.uncertain ? `try(${of.value}, {})` : of.value} : ${key} if ${broken}]`,
  };
}

/**
 * A rule between the fields of an object as a validation, whose message names the keys of the entries that break it.
 */
export function relationBlock(
  { says, condition, wrong }: Relation<never>,
  props: string,
  called: string,
  all: Reach["all"] = (whole) => whole,
): Validation {
  const keys = wrong && `try(${wrong(props)}, [])`;
  return {
    condition: `\${${all(condition(props))}}`,
    error_message: keys
      ? `\${format(${quoted(`${called} ${says.replaceAll("%", "%%")}; entries that break this: %s.`)}, join(", ", ${keys}))}`
      : `${escaped(`${called} ${says}`)}.`,
  };
}

function block(of: Reach, condition: string, says: string): Validation {
  const message = `${of.called} ${says}`;
  return {
    condition: `\${${of.all(condition)}}`,
    error_message: of.wrong
      ? `\${format(${quoted(`${message.replaceAll("%", "%%")}; entries that break this: %s.`)}, join(", ", ${of.wrong(not(condition))}))}`
      : `${escaped(message)}.`,
  };
}

const escaped = (text: string): string => text.replace(/\$\{/g, "$$${").replace(/%\{/g, "%%{");
const quoted = (text: string): string => escaped(JSON.stringify(text));
const not = (condition: string): string => (isCall(condition) ? `!${condition}` : `!(${condition})`);
const isCall = (condition: string): boolean => {
  const parts = group(tokenize(condition));
  return parts.length === 2 && parts[1]!.kind === "group";
};
