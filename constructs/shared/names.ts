import { mapOf, optional, rule, text } from "../inputs";

export const NAME = rule.matches(
  /^[a-z][a-z0-9-]{0,39}$/,
  "must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter",
);

/** What every construct takes. */
export const naming = {
  /** Name of the deployment; the names of its resources start with it. 1 to 40 lower-case letters, digits and hyphens. */
  name: text(NAME),
  /**
   * Tags of every resource that can carry some.
   * @default - none
   */
  tags: optional(mapOf(text()), {}),
};

export type Tags = Readonly<Record<string, string>>;
