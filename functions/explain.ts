import type { core } from "zod/mini";

/**
 * The issues of a schema error, by path, without the values that caused them. The texts are here, because Zod's own would be a third of the
 * bundle's code and start-up time, and name neither what is allowed nor what is missing.
 *
 * @param whole what an issue is about that is about the whole value
 */
export const explain = (error: core.$ZodError, whole?: string): string =>
  error.issues.map((issue) => [issue.path.join(".") || whole, describe(issue)].filter(Boolean).join(": ")).join("; ");

function describe(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.join(" or ")}`;
    case "unrecognized_keys":
      return `unknown: ${issue.keys.join(", ")}`;
    case "too_small":
      if (issue.origin === "string") return "must not be empty";
      return issue.origin === "array"
        ? `must have at least ${issue.minimum}`
        : `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
    case "too_big":
      return issue.origin === "array" ? `must have at most ${issue.maximum}` : `must be at most ${issue.maximum}`;
    default:
      return issue.message === "Invalid input" ? "is not accepted" : issue.message;
  }
}
