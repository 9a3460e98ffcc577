import { compute, hcl } from "../hosting";

const S3 = "s3://";

/** The objects of a location as the last part of an ARN: `bucket/prefix/*`. */
export const objects = (location: string): string =>
  compute(
    location,
    (known) => {
      const rest = known.slice(S3.length);
      return rest === "" ? "*" : rest.endsWith("/") ? `${rest}*` : `${rest}/*`;
    },
    (text) => hcl`${text} == ${S3} ? "*" : "$\{trimsuffix(trimprefix(${text}, ${S3}), "/")}/*"`,
  );

/** Condition on listing a location: of a prefix, only with that prefix; of a bucket, also without any. */
export function listing(location: string): { test: string; variable: string; values: string[] } {
  const test = compute(
    location,
    (known) => (prefixOf(known) === "" ? "StringLikeIfExists" : "StringLike"),
    (text) => hcl`can(regex("^s3://[^/]+/.", ${text})) ? "StringLike" : "StringLikeIfExists"`,
  );
  const start = compute(location, prefixOf, (text) => hcl`try(regex("^s3://[^/]+/(.*)$", ${text})[0], "")`);
  return { test, variable: "s3:prefix", values: [`${start}*`] };
}

const prefixOf = (location: string): string => location.slice(S3.length).split("/").slice(1).join("/");

/** The bucket of a location as the last part of an ARN. */
export const bucket = (location: string): string =>
  compute(
    location,
    (known) => known.slice(S3.length).split("/")[0] || "*",
    (text) => hcl`${text} == ${S3} ? "*" : split("/", ${text})[2]`,
  );
