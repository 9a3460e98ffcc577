import type { Construct } from "constructs";
import { type Count, settled } from "../hosting";
import { mapOf, optional, rule, text } from "../inputs";

export const NAME = rule.matches(
  /^[a-z][a-z0-9-]{0,39}$/,
  "must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter",
);

/** An AWS account. */
export const accountId = text(rule.matches(/^[0-9]{12}$/, "must be the 12 digits of an AWS account"));

/** As in "Tag naming limits and requirements" of AWS's tagging guide; two of the 50 are for Name and environment. */
export const tags = mapOf(
  text(),
  rule.keysMatch(
    /^[\p{L}\p{N}_.:/=+@-]([\p{L}\p{N} _.:/=+@-]{0,126}[\p{L}\p{N}_.:/=+@-])?$/u,
    "must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them",
  ),
  rule.noKeyBegins("aws:", "must not have keys that begin with aws:, which AWS reserves for itself"),
  rule.allMatch(
    /^([\p{L}\p{N}_.:/=+@-]([\p{L}\p{N} _.:/=+@-]{0,254}[\p{L}\p{N}_.:/=+@-])?)?$/u,
    "must have values of at most 256 letters, digits and _ . : / = + - @, with blanks only between them",
  ),
  rule.atMost(48, "tags"),
);

/** What every construct takes. */
export const naming = {
  /** Name of the deployment; the names of its resources start with it. 1 to 40 lower-case letters, digits and hyphens. */
  name: text(NAME),
  /**
   * Tags for every resource that can have tags.
   * @default - none
   */
  tags: optional(tags, {}),
};

export type Tags = Readonly<Record<string, string>>;

/** A resource's name as it was at the first apply, where another would replace the resource. */
export const settledName = (scope: Construct, id: string, name: string, why: string, count?: Count): string =>
  settled(scope, id, name, "name", why, { count });
