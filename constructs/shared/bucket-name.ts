import { rule, text } from "../inputs";

/** Name of a bucket, unique in all of AWS. */
export const bucketName = text(
  rule.matches(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    "must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens",
  ),
);
