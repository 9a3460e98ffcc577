import { z } from "zod";
import { nearest } from "../../constructs/inputs/nearest";

type Path = readonly PropertyKey[];

/** An object that may have these fields alone; another one is refused with the one that was meant, or those that there are. */
export const strictly = <const S extends z.core.$ZodLooseShape>(fields: S): z.ZodObject<S, z.core.$strict> =>
  z.strictObject(fields, {
    error: (issue) => (issue.code === "unrecognized_keys" ? unknownKeys(issue.keys, Object.keys(fields)) : undefined),
  });

const unknownKeys = (keys: readonly string[], known: readonly string[]): string =>
  keys
    .map((key) => {
      const meant = nearest(key, known);
      return `${key} is not known here${meant === undefined ? `; known here: ${known.join(", ")}` : `. Did you mean ${meant}?`}`;
    })
    .join("; ");

/**
 * What is wrong with a file, a line for each thing: where, what is allowed there, and what stands there. Zod's own words name neither.
 *
 * @param given what was checked
 */
export const problemsIn = ({ issues }: z.ZodError, given: unknown): string[] =>
  issues.flatMap((issue) => explain(issue, [], given));

function explain(issue: z.core.$ZodIssue, above: Path, given: unknown): string[] {
  const path = [...above, ...issue.path];
  const value = path.reduce<unknown>((of, key) => (of as Record<PropertyKey, unknown> | undefined)?.[key], given);
  // Where one of several forms is that of the value, what is wrong is inside it.
  const inside =
    issue.code === "invalid_union" && issue.errors.find((form) => form.every((one) => one.path.length > 0));
  if (inside) return inside.flatMap((one) => explain(one, path, given));
  return [`${path.map(String).join(".") || "the file"}: ${sentence(issue, value)}`];
}

function sentence(issue: z.core.$ZodIssue, value: unknown): string {
  const says = allowed(issue);
  if (says === undefined) return issue.message;
  return value === undefined ? `is missing, and must be ${says}` : `must be ${says} (given: ${shown(value)})`;
}

/** What may stand there; nothing where the issue's own message says what is wrong. */
function allowed(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return WORDS[issue.expected] ?? `a ${issue.expected}`;
    case "invalid_value":
      return issue.values.map(String).join(" or ");
    case "invalid_union":
      return [...new Set(issue.errors.flat().map((one) => allowed(one) ?? one.message))].join(", or ");
    case "too_small":
      return issue.origin === "string" ? "a text that is not empty" : `a list of at least ${String(issue.minimum)}`;
    case "invalid_format":
      return WORDS[issue.format] ?? `a ${issue.format}`;
    default:
      return undefined;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  datetime: "a time as 2027-01-01T00:00:00Z",
  object: "an object",
  record: "an object of these by name",
  string: "a text",
};

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
