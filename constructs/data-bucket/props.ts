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
  "must not have * ? or $ in it, which mean something else in the IAM policy of the loader's role",
);

/** AWS's samples, of which the default source is one. */
const SAMPLES = "sagemaker-sample-files";

/** `<partition>:<bucket>` of a source: AWS's samples are in the partition aws, and no other can read them. */
export const READABLE = rule.matchesNot(
  new RegExp(`^aws-[a-z-]+:${SAMPLES}$`),
  "dataset.source: must be a source of your own in this partition: AWS's sample data set can be read in the partition aws only.",
);

/** The settings of a loader as JSON. Lambda keeps 4 KB of environment variables; the names and the other two need less than 200 bytes. */
export const FITTING = rule.atMostBytes(
  3_800,
  "dataset: must be at most 3,800 bytes as JSON, because it becomes an environment variable of the loader's function: name fewer or shorter prefixes.",
);

/** ARNs of what is loaded as JSON. IAM keeps 10,240 characters of a role's policies; the loader's other statements need up to 2,200. */
export const GRANTABLE = rule.atMostLong(
  8_000,
  "dataset: the ARNs of the files to write must be at most 8,000 characters as JSON, because the policy of the loader's role names each: name fewer or shorter prefixes.",
);

/** A source that others can replace is loaded only when its content is the expected one. */
const digestWherePublic: Rule<{ readonly source?: Partial<DatasetSource>; readonly sha256?: string | undefined }> = {
  says: `must have a sha256 when its source is public (a URL, or an object in ${SAMPLES}): look at the file, then compute the digest, e.g. aws s3 cp s3://… - | sha256sum`,
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
    /** The object to load, in any Region; the policy of its bucket must let the loader's role read it. */
    s3: optional(object({ bucket: sourceBucket, key: text(rule.trimmed, PLAIN) })),
    /** URL of the file to load; begins with `https://`. */
    url: optional(
      text(
        rule.matches(
          /^https:[/][/][^ \t\r\n/]+[/][^ \t\r\n]+$/,
          "must begin with https:// and a host, and have a path without blanks",
        ),
      ),
    ),
    /** Name that the file gets below each prefix. */
    file: text(rule.trimmed, rule.matches(/^[^/]+$/, "must be a file name without a slash"), PLAIN),
    /**
     * Customer-managed key that the object in `s3` is encrypted with, so that the loader may decrypt it.
     * @default - none
     */
    kmsKey: optional(existing.key),
  },
  rule.exactlyOne("s3", "url"),
);
export type DatasetSource = PropsOf<typeof datasetSource>;

/** A data set that is loaded into the bucket by each apply that changes something about it. */
export const dataset = object(
  {
    /** Prefixes that each get a copy: 1 to 100, each ends with a slash. Removing a prefix from the list leaves its copy where it is. */
    prefixes: listOf(
      text(),
      rule.atLeast(1, "prefix"),
      rule.atMost(100, "prefixes"),
      rule.allMatch(
        /^([^/ \t*?$]([^/*?$]*[^/ \t*?$])?[/])+$/,
        "must be prefixes that end with a slash and do not begin with one, without blanks around names and without * ? $, which mean something else in the IAM policy of the loader's role",
      ),
      noneTwice,
    ),
    /**
     * The file to load.
     * @default - the Abalone data set that AWS publishes for SageMaker's samples (4,177 lines, us-east-1)
     */
    source: optional(datasetSource, {
      // One level of lower-case names: a default's keys reach Terraform as they are.
      s3: { bucket: SAMPLES, key: "datasets/tabular/uci_abalone/abalone.csv" },
      file: "abalone.csv",
    }),
    /**
     * SHA-256 of the source file, 64 hexadecimal digits. The loader refuses a file with another digest, and does not read the source again
     * when all copies are in place. Required for a URL, for AWS's samples and for an object in a bucket of another account.
     * @default - none: the loader takes whatever `source.s3` holds, in a bucket of this account
     */
    sha256: optional(
      text(rule.matches(/^[0-9a-fA-F]{64}$/, "must be 64 hexadecimal digits, as sha256sum prints them")),
    ),
    /**
     * VPC subnets and security groups of the loader's function. From there it must reach the source and S3.
     * @default - outside any VPC
     */
    vpc: optional(vpc),
    /**
     * Retention and encryption of the function's log group.
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
   * Customer-managed key that encrypts the objects. Its key policy must leave the decision to IAM policies of the account, because the
   * loader's role and the role of the S3 Access Grants location use the key through S3.
   * @default - a key that S3 manages (SSE-S3)
   */
  kmsKey: optional(existing.key),
  /**
   * Deletes noncurrent versions of objects this many days after they were replaced or deleted.
   * @default - noncurrent versions are kept forever
   */
  expireNoncurrentVersions: optional(days),
  /**
   * S3 server access logs: writes who asked for which object into another bucket.
   * @default - no access logs; CloudTrail data events, where you have them on, record the same and more
   */
  accessLogs: optional(accessLogs),
  ...bucketPolicy,
  /**
   * Lets `destroy` delete the bucket together with all objects and versions in it. Not for production.
   * @default false
   */
  deleteObjectsWithBucket: optional(flag(), false),
  /**
   * A data set to load by an apply, and again whenever its source, its prefixes or the loader's function change.
   * @default - none; the bucket is empty and no function is made
   */
  dataset: optional(dataset),
});
export type DataBucketProps = PropsOf<typeof dataBucketInputs>;
