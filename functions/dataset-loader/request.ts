import { z } from "zod";
import { explain } from "../explain";
import { checkUrl } from "./https";

/** What the function is deployed to load; docs/architecture.md, "The dataset loader's contract", says what each field means. */
export interface LoadRequest {
  readonly source: Source;
  /** Hex digest that the source must have. Not given: the source is an object in a bucket of the function's own account. */
  readonly sha256?: string;
  readonly bucket: string;
  /** Full keys of the objects to write: each prefix followed by the file name. */
  readonly keys: readonly string[];
  readonly kmsKeyArn?: string;
}

export type Source = { readonly s3: { readonly bucket: string; readonly key: string } } | { readonly url: URL };

/** S3's limit for a key, in bytes. */
const LONGEST_KEY = 1024;

const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be a bucket's name (3 to 63 of a-z, 0-9, '.', '-'), not an ARN");

const sourceSchema = z
  .strictObject({
    s3: z.strictObject({ bucket: bucketName, key: z.string().min(1) }).nullish(),
    url: z.string().transform(toUrl).nullish(),
  })
  .transform(({ s3, url }, context): Source => {
    if (s3 && !url) return { s3 };
    if (url && !s3) return { url };
    context.addIssue({ code: "custom", message: "give exactly one of s3 and url" });
    return z.NEVER;
  });

const schema = z
  .strictObject({
    source: sourceSchema,
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits, as sha256sum prints them")
      .toLowerCase()
      .nullish(),
    bucket: bucketName,
    prefixes: z
      .array(z.string().regex(/^[^/].*\/$/s, "must end with '/' and must not start with it"))
      .min(1)
      .max(100)
      .refine((prefixes) => new Set(prefixes).size === prefixes.length, "holds a prefix twice"),
    key: z
      .string()
      .regex(/^[^/]+$/, "must be a file name without '/'")
      .nullish(),
    kmsKeyArn: z
      .string()
      .regex(/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:(key|alias)\/.+$/, "must be the ARN of a KMS key or alias")
      .nullish(),
  })
  .transform(({ source, sha256, bucket, prefixes, key, kmsKeyArn }, context): LoadRequest => {
    const name = key ?? lastPart(source);
    if (!name) context.addIssue({ code: "custom", path: ["key"], message: "is needed: the source has no file name" });
    const keys = prefixes.map((prefix) => prefix + name);
    if ("url" in source && !sha256)
      context.addIssue({ code: "custom", path: ["sha256"], message: "is needed: a URL is public" });
    for (const each of keys.filter((each) => Buffer.byteLength(each) > LONGEST_KEY)) {
      context.addIssue({
        code: "custom",
        path: ["prefixes"],
        message: `makes a key over ${LONGEST_KEY} bytes: ${each}`,
      });
    }
    return { source, bucket, keys, ...(sha256 && { sha256 }), ...(kmsKeyArn && { kmsKeyArn }) };
  });

/**
 * @param configuration JSON, as the function's environment has it
 * @throws Error that names every wrong field and its rule
 */
export function parseRequest(configuration: string | undefined): LoadRequest {
  const result = schema.safeParse(parseJson(configuration ?? ""));
  if (result.success) return result.data;
  throw new Error(`The dataset loader's configuration is wrong: ${explain(result.error, "DATASET")}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The source as it may be logged: a URL's query can hold a signature. */
export function describe(source: Source): string {
  return "s3" in source ? `s3://${source.s3.bucket}/${source.s3.key}` : source.url.origin + source.url.pathname;
}

function lastPart(source: Source): string | undefined {
  if ("s3" in source) return source.s3.key.split("/").at(-1);
  try {
    return decodeURIComponent(source.url.pathname).split("/").at(-1);
  } catch {
    return undefined; // not UTF-8
  }
}

function toUrl(text: string, context: z.RefinementCtx): URL {
  try {
    if (!URL.canParse(text)) throw new Error("is not a URL");
    return checkUrl(new URL(text));
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
    return z.NEVER;
  }
}
