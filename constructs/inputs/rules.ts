import { snake } from "./terraform";

/**
 * One rule for a value, checked at synth where the value is a literal and by a module's `validation` block where it is a
 * variable. `says` completes the sentence "<path> …".
 */
export interface Rule<T = never> {
  readonly says: string;
  holds(value: T): boolean;
  /** Of a map or list that breaks the rule, what breaks it: keys, or values. Where it is not there, the whole value is shown. */
  culprits?(value: T): readonly string[];
  /** The rule as an HCL condition over the expression `value`. */
  condition(value: string): string;
}

/**
 * A rule between several props of a construct. It is checked at synth where they are known, by a `validation` of the variable `about` in a
 * module, and by a precondition (`ensure`) where some are known and others are not.
 */
export interface Relation<P> extends Rule<P> {
  /** The prop whose variable gets the validation. */
  readonly about: keyof P & string;
  /** One sentence for each breach, beginning with the prop's path. A value that is not known yet breaks nothing. */
  problems(props: P): string[];
  /** The keys of the entries that break it, as an HCL list. */
  wrong?(props: string): string;
  /** Props that break the rule, in addition to valid ones: for the generated tests of the modules. */
  readonly broken: Readonly<Record<string, unknown>>;
}

/** A rule between props. In HCL it is either a condition, or a list of the keys that break it, which the message then names. */
export const relation = <P>(
  between: Omit<Relation<P>, "holds" | "condition" | "wrong"> &
    (Pick<Relation<P>, "condition"> | Required<Pick<Relation<P>, "wrong">>),
): Relation<P> => ({
  condition: (props) => `length(${(between as Required<Relation<P>>).wrong(props)}) == 0`,
  ...between,
  holds: (props) => between.problems(props).length === 0,
});

/** Text that matches. The expression must mean the same in JavaScript and in RE2, which Terraform uses. */
export const matches = (pattern: RegExp, says: string): Rule<string> => ({
  says,
  holds: (value) => pattern.test(value),
  condition: (value) => `can(regex(${JSON.stringify(pattern.source)}, ${value}))`,
});

/** No blanks around a text: AWS would take them for a part of it. */
export const trimmed = matches(/^[^ \t\r\n](.*[^ \t\r\n])?$/, "must not be empty, or begin or end with a blank");

/** Text in which nothing matches. */
export const matchesNot = (pattern: RegExp, says: string): Rule<string> => ({
  says,
  holds: (value) => !pattern.test(value),
  condition: (value) => `!can(regex(${JSON.stringify(pattern.source)}, ${value}))`,
});

export const oneOf = <T extends string | number>(...allowed: readonly T[]): Rule<T> => ({
  says: `must be one of ${allowed.join(", ")}`,
  holds: (value) => allowed.includes(value),
  condition: (value) => `contains(${JSON.stringify(allowed)}, ${value})`,
});

/** A whole number in a range, both ends included. */
export const between = (least: number, most: number, unit: string): Rule<number> => ({
  says: `must be a whole number of ${unit} from ${least} to ${most}`,
  holds: (value) => Number.isInteger(value) && value >= least && value <= most,
  condition: (value) => `${value} >= ${least} && ${value} <= ${most} && floor(${value}) == ${value}`,
});

/** A text of at most a number of characters. */
export const atMostLong = (most: number, says: string): Rule<string> => ({
  says,
  holds: (value) => value.length <= most,
  condition: (value) => `length(${value}) <= ${most}`,
});

/** A list or map with at least a number of entries. */
export const atLeast = (least: number, what: string): Rule<readonly unknown[] | Readonly<Record<string, unknown>>> => ({
  says: `must have at least ${least} ${what}`,
  holds: (value) => Object.keys(value).length >= least,
  condition: (value) => `length(${value}) >= ${least}`,
});

/** A map or list with at most a number of entries. */
export const atMost = (most: number, what: string): Rule<readonly unknown[] | Readonly<Record<string, unknown>>> => ({
  says: `must have at most ${most} ${what}`,
  holds: (value) => Object.keys(value).length <= most,
  condition: (value) => `length(${value}) <= ${most}`,
});

/** An object that has one of two fields, and not the other. */
export const exactlyOne = <K extends string>(one: K, other: K): Rule<{ readonly [F in K]?: unknown }> => ({
  says: `must have exactly one of ${one} and ${other}`,
  holds: (value) => (value[one] === undefined) !== (value[other] === undefined),
  condition: (value) => `(${value}.${snake(one)} == null) != (${value}.${snake(other)} == null)`,
});

/** A rule that holds where nothing in a map or list breaks it. */
const none = <T>(culprits: (value: T) => readonly string[]): Pick<Rule<T>, "holds" | "culprits"> => ({
  holds: (value) => culprits(value).length === 0,
  culprits,
});

/** The texts for which something is so, each with its key in a map. */
const named = (value: Readonly<Record<string, string>> | readonly string[], is: (text: string) => boolean): string[] =>
  Object.entries(value)
    .filter(([, text]) => is(text))
    .map(([key, text]) => (Array.isArray(value) ? text : `${key} = ${text}`));

/** The keys of the entries that have the same values in some fields, each of those after the first with that one. */
export function repeated(value: Readonly<Record<string, object>>, fields: readonly string[]): string[] {
  const first = new Map<string, string>();
  return Object.entries(value as Readonly<Record<string, Readonly<Record<string, unknown>>>>).flatMap(
    ([key, entry]) => {
      const said = JSON.stringify(fields.map((field) => entry[field] ?? null));
      const there = first.get(said);
      if (there === undefined) first.set(said, key);
      return there === undefined ? [] : [`${there} and ${key}`];
    },
  );
}

/** Likewise as an HCL list: of the entries ("for … in …") that say the same the names, each group as one text. */
export const repeatedIn = (entries: string, said: string, name: string): string =>
  `[for names in values({${entries} : ${said} => ${name}...}) : join(" and ", names) if length(names) > 1]`;

/** A map whose keys match a pattern. */
export const keysMatch = (pattern: RegExp, says: string): Rule<Readonly<Record<string, unknown>>> => ({
  says,
  ...none((value) => Object.keys(value).filter((key) => !pattern.test(key))),
  condition: (value) => `alltrue([for key in keys(${value}) : can(regex(${JSON.stringify(pattern.source)}, key))])`,
});

/** The rule for keys that the caller chooses. */
export const key = keysMatch(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
  "must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses",
);

/** A list or map in which every text matches a pattern. */
export const allMatch = (
  pattern: RegExp,
  says: string,
): Rule<readonly string[] | Readonly<Record<string, string>>> => ({
  says,
  ...none((value) => named(value, (text) => !pattern.test(text))),
  condition: (value) => `alltrue([for text in ${value} : can(regex(${JSON.stringify(pattern.source)}, text))])`,
});

/** A map in which no text matches a pattern. */
export const noneMatches = (pattern: RegExp, says: string): Rule<Readonly<Record<string, string>>> => ({
  says,
  ...none((value) => named(value, (text) => pattern.test(text))),
  condition: (value) =>
    `alltrue([for text in values(${value}) : !can(regex(${JSON.stringify(pattern.source)}, text))])`,
});

/** A text of at most a number of bytes of UTF-8. */
export const atMostBytes = (most: number, says: string): Rule<string> => ({
  says,
  holds: (value) => Buffer.byteLength(value) <= most,
  // Terraform counts characters, base64 counts bytes.
  condition: (value) => `length(replace(base64encode(${value}), "=", "")) <= ${Math.ceil((most * 4) / 3)}`,
});

/** A map in which every text keeps a rule. */
export const everyText = (rule: Rule<string>): Rule<Readonly<Record<string, string>>> => ({
  says: rule.says,
  ...none((value) => named(value, (text) => !rule.holds(text))),
  condition: (value) => `alltrue([for text in values(${value}) : ${rule.condition("text")}])`,
});

/** A list in which no text occurs twice. */
export const distinct = (what: string): Rule<readonly string[]> => ({
  says: `must not have the same ${what} twice`,
  ...none((value) => value.filter((text, i) => value.indexOf(text) !== i)),
  condition: (value) => `length(distinct(${value})) == length(${value})`,
});

/** A map in which no two entries have the same values in all of these fields. */
export const distinctIn = (
  fields: readonly string[],
  says: string,
): Rule<Readonly<Record<string, Readonly<Record<string, unknown>>>>> => ({
  says,
  ...none((value) => repeated(value, fields)),
  condition: (value) => {
    const said = fields.map((field) => `entry.${snake(field)}`).join(", ");
    return `length(distinct([for entry in ${value} : jsonencode([${said}])])) == length(${value})`;
  },
});

/** A map without keys that begin with a text, in whatever case. */
export const noKeyBegins = (start: string, says: string): Rule<Readonly<Record<string, unknown>>> => ({
  says,
  ...none((value) => Object.keys(value).filter((key) => key.toLowerCase().startsWith(start))),
  condition: (value) => `!anytrue([for key in keys(${value}) : startswith(lower(key), ${JSON.stringify(start)})])`,
});
