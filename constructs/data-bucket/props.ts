import {
  existing,
  flag,
  isKnown,
  listOf,
  object,
  optional,
  type PropsOf,
  type Resolved,
  type Rule,
  rule,
  text,
} from "../inputs";
import { accessLogs } from "../shared/access-logs";
import { bucketName } from "../shared/bucket-name";
import { logs } from "../shared/logs";
import { vpc } from "../shared/lambda-function";
import { naming } from "../shared/names";
import { roleOptions } from "../shared/roles";
import { bucketPolicy } from "../shared/bucket-policy";
import { days } from "../shared/secure-bucket";

const noneTwice: Rule<readonly string[]> = {
  says: "must not name a prefix twice",
  holds: (prefixes) => !isKnown(prefixes) || new Set(prefixes).size === prefixes.length,
  condition: (value) => `length(distinct(${value})) == length(${value})`,
};

const PLAIN = rule.matches(
  /^[^*?$]*$/,
  "must have no * ? and $, which the policy of the loader's role would not take as they are",
);

/** AWS's samples, of which the default source is one. */
const SAMPLES = "sagemaker-sample-files";

/** `<partition>:<bucket>` of a source: AWS's samples are in the partition aws, and no other can read them. */
export const READABLE = rule.matchesNot(
  new RegExp(`^aws-[a-z-]+:${SAMPLES}$`),
  "dataset.source: AWS's sample data set cannot be read from another partition than aws: give a source of your own.",
);

/** The settings of a loader as JSON. Lambda keeps 4 KB of environment variables; the names and the other two need less than 200 bytes. */
export const FITTING = rule.atMostBytes(
  3_800,
  "dataset: its settings must be at most 3,800 bytes as JSON, because Lambda keeps them: name fewer or shorter prefixes.",
);

/** ARNs of what is loaded as JSON. IAM keeps 10,240 characters of a role's policies; the loader's other statements need up to 2,200. */
export const GRANTABLE = rule.atMostLong(
  8_000,
  "dataset: the ARNs of what is loaded must be at most 8,000 characters as JSON, because the policy of the loader's role names each: name fewer or shorter prefixes.",
);

/** What others may replace is only loaded if it is what was meant. */
const digestWherePublic: Rule<{ readonly source?: Partial<DatasetSource>; readonly sha256?: string | undefined }> = {
  says: `must have a sha256 where anybody can read the source, a URL or an object in ${SAMPLES}: compute it of what you have looked at, e.g. aws s3 cp s3://… - | sha256sum`,
  holds: ({ source, sha256 }) =>
    sha256 !== undefined || (source !== undefined && source.url === undefined && source.s3?.bucket !== SAMPLES),
  condition: (value) =>
    `${value}.sha256 != null || (${value}.source.url == null && try(${value}.source.s3.bucket, "") != "${SAMPLES}")`,
};

/** Buckets of before 2018 may have capital letters and _. */
const sourceBucket = text(
  rule.matches(
    /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/,
    "must be the name of a bucket, without s3:// and prefix",
  ),
);

/** Where a data set comes from: exactly one of `s3` and `url`. */
const datasetSource = object(
  {
    /** An object in any bucket and Region that the loader may read. */
    s3: optional(object({ bucket: sourceBucket, key: text(rule.trimmed, PLAIN) })),
    /** A URL that begins with `https://`. */
    url: optional(
      text(
        rule.matches(
          /^https:[/][/][^ \t\r\n/]+[/][^ \t\r\n]+$/,
          "must begin with https:// and a host, and have a path without blanks",
        ),
      ),
    ),
    /** Name of the file below each prefix. */
    file: text(rule.trimmed, rule.matches(/^[^/]+$/, "must be a file name without a slash"), PLAIN),
    /**
     * Customer-managed key that the object in `s3` is encrypted with.
     * @default - none
     */
    kmsKey: optional(existing.key),
  },
  rule.exactlyOne("s3", "url"),
);
export type DatasetSource = PropsOf<typeof datasetSource>;

/** A data set that is loaded at each apply that changes something of it. */
export const dataset = object(
  {
    /** Where to put it: 1 to 100 prefixes that end with a slash. One that is taken off keeps its copy. */
    prefixes: listOf(
      text(),
      rule.atLeast(1, "prefix"),
      rule.atMost(100, "prefixes"),
      rule.allMatch(
        /^([^/ \t*?$]([^/*?$]*[^/ \t*?$])?[/])+$/,
        "must name prefixes that end with a slash, do not begin with one, and have no blanks around their names and no * ? and $, which the policy of the loader's role would not take as they are",
      ),
      noneTwice,
    ),
    /**
     * What to load.
     * @default - the Abalone data set that AWS publishes for SageMaker's samples (4,177 lines, us-east-1)
     */
    source: optional(datasetSource, {
      // One level of lower-case names: a default's keys reach Terraform as they are.
      s3: { bucket: SAMPLES, key: "datasets/tabular/uci_abalone/abalone.csv" },
      file: "abalone.csv",
    }),
    /**
     * SHA-256 of the source, in hexadecimal; anything else is then refused, and a source whose copies are in place is not read. It must be
     * given for a URL, for AWS's samples, and for an object in a bucket of another account, which the loader refuses without.
     * @default - whatever is in `source.s3`, in a bucket of this account
     */
    sha256: optional(
      text(rule.matches(/^[0-9a-fA-F]{64}$/, "must be 64 hexadecimal digits, as sha256sum prints them")),
    ),
    /**
     * Network of the function. It needs a way to the source and to S3.
     * @default - none of yours
     */
    vpc: optional(vpc),
    /**
     * The function's log group.
     * @default - kept for a year, encrypted by CloudWatch Logs itself
     */
    logs: optional(logs, {}),
  },
  digestWherePublic,
);
/** With its defaults. */
export type Dataset = Resolved<typeof dataset>;

export const dataBucketInputs = object({
  ...naming,
  ...roleOptions,
  /** Name of the bucket, unique in all of AWS: 3 to 63 lower-case letters, digits, dots and hyphens. */
  bucketName,
  /**
   * Customer-managed key to encrypt with. Its policy must let the account's IAM policies decide: the loader's role, and the
   * role of the S3 Access Grants location, use it through S3.
   * @default - a key that S3 manages (SSE-S3)
   */
  kmsKey: optional(existing.key),
  /**
   * Deletes versions this many days after they were replaced or deleted.
   * @default - never
   */
  expireNoncurrentVersions: optional(days),
  /**
   * Logs who asks for which object, in another bucket (S3 server access logs).
   * @default - no access logs; CloudTrail's data events say the same and more, where they are on
   */
  accessLogs: optional(accessLogs),
  ...bucketPolicy,
  /**
   * Lets destroy delete the bucket with everything in it, all versions. Not in production.
   * @default false
   */
  deleteObjectsWithBucket: optional(flag(), false),
  /**
   * A data set to load at deployment, and again when its source, its prefixes or the function change.
   * @default - none; the bucket is empty and no function is made
   */
  dataset: optional(dataset),
});
export type DataBucketProps = PropsOf<typeof dataBucketInputs>;
