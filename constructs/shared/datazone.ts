import { mapOf, number, object, type PropsOf, rule, text } from "../inputs";

/** Id of an Amazon DataZone domain. */
export const domainId = text(
  rule.matches(
    /^dzd[-_][a-zA-Z0-9_-]{1,36}$/,
    "must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -",
  ),
);

/** Id of an Amazon DataZone project. */
export const projectId = text(
  rule.matches(/^[a-zA-Z0-9_-]{1,36}$/, "must be the id of a DataZone project: 1 to 36 letters, digits, _ or -"),
  rule.matchesNot(/^dzd[-_]/, "must be the id of a project, not of a domain"),
);

/** Id of a domain unit of an Amazon DataZone domain. */
export const domainUnitId = text(
  rule.matches(
    /^[a-z0-9_-]{1,256}$/,
    "must be the id of a DataZone domain unit: 1 to 256 lower-case letters, digits, _ or -",
  ),
);

/** Projects that publish assets, by a key of your choice that does not change later: it becomes part of addresses and names. docs/limits.md has the limit. */
export const publishingProjects = mapOf(
  object({ id: projectId }),
  rule.keysMatch(
    /^[A-Za-z][A-Za-z0-9-]{0,39}$/,
    "must have keys of 1 to 40 letters, digits and hyphens that start with a letter, because they become part of addresses and names",
  ),
  rule.atLeast(1, "project"),
  rule.atMost(1000, "projects: deploy a second approval for the rest"),
  rule.distinctIn(["id"], "must not have the same project under two keys"),
);
export type PublishingProjects = PropsOf<typeof publishingProjects>;

/** How often the approver sweeps. */
export const everyMinutes = number(rule.between(5, 1440, "minutes"));
