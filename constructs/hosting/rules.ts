import type { Rule } from "./inputs";

/** Text that matches. The expression must mean the same in JavaScript and in RE2, which Terraform uses. */
export const matches = (pattern: RegExp, says: string): Rule<string> => ({
  says,
  holds: (value) => pattern.test(value),
  condition: (value) => `can(regex(${JSON.stringify(pattern.source)}, ${value}))`,
});

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

/** A list or map with at least so many entries. */
export const atLeast = (least: number, what: string): Rule<readonly unknown[] | Readonly<Record<string, unknown>>> => ({
  says: `must name at least ${least} ${what}`,
  holds: (value) => Object.keys(value).length >= least,
  condition: (value) => `length(${value}) >= ${least}`,
});

/** A map or list with at most so many entries. */
export const atMost = (most: number, what: string): Rule<readonly unknown[] | Readonly<Record<string, unknown>>> => ({
  says: `must name at most ${most} ${what}`,
  holds: (value) => Object.keys(value).length <= most,
  condition: (value) => `length(${value}) <= ${most}`,
});

/** A map whose keys match: they become part of addresses and names. */
export const keysMatch = (pattern: RegExp, says: string): Rule<Readonly<Record<string, unknown>>> => ({
  says,
  holds: (value) => Object.keys(value).every((key) => pattern.test(key)),
  condition: (value) => `alltrue([for key in keys(${value}) : can(regex(${JSON.stringify(pattern.source)}, key))])`,
});

/** Every text of a list or map matches. */
export const allMatch = (
  pattern: RegExp,
  says: string,
): Rule<readonly string[] | Readonly<Record<string, string>>> => ({
  says,
  holds: (value) => Object.values(value).every((text) => pattern.test(text)),
  condition: (value) => `alltrue([for text in ${value} : can(regex(${JSON.stringify(pattern.source)}, text))])`,
});

/** Nothing matches in any text of a map. */
export const noneMatches = (pattern: RegExp, says: string): Rule<Readonly<Record<string, string>>> => ({
  says,
  holds: (value) => !Object.values(value).some((text) => pattern.test(text)),
  condition: (value) =>
    `alltrue([for text in values(${value}) : !can(regex(${JSON.stringify(pattern.source)}, text))])`,
});

/** Every text of a map is at most so many bytes of UTF-8. */
export const atMostBytes = (most: number, says: string): Rule<Readonly<Record<string, string>>> => ({
  says,
  holds: (value) => Object.values(value).every((text) => Buffer.byteLength(text) <= most),
  condition: (value) =>
    // Terraform counts characters, base64 counts bytes.
    `alltrue([for text in values(${value}) : length(replace(base64encode(text), "=", "")) <= ${Math.ceil((most * 4) / 3)}])`,
});
