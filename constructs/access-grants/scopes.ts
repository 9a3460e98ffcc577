import { compute, hcl } from "../hosting";

const S3 = "s3://";

/** What the objects of a location are called in an ARN. */
export const objects = (location: string): string =>
  compute(
    location,
    (known) => {
      const rest = known.slice(S3.length);
      return rest === "" ? "*" : rest.endsWith("/") ? `${rest}*` : `${rest}/*`;
    },
    (text) => hcl`${text} == ${S3} ? "*" : "$\{trimsuffix(trimprefix(${text}, ${S3}), "/")}/*"`,
  );

/** In a prefix a listing must say which part of it; in a bucket it may be of everything. */
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

/** The bucket of a location, as in an ARN. */
export const bucket = (location: string): string =>
  compute(
    location,
    (known) => known.slice(S3.length).split("/")[0] || "*",
    (text) => hcl`${text} == ${S3} ? "*" : split("/", ${text})[2]`,
  );
