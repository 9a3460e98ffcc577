import { Construct } from "constructs";
import {
  between,
  existing,
  inputs,
  matches,
  type Named,
  namedInputs,
  resolveProps,
  roleInputs,
  type RoleOptions,
  togetherIf,
} from "../hosting";
import { type Dataset, datasetInput, datasetLoader } from "./dataset-loader";
import { SecureBucket } from "./secure-bucket";

export { type Dataset, type DatasetSource } from "./dataset-loader";

export interface DataBucketProps extends Named, RoleOptions {
  /** Name of the bucket, unique in all of AWS: 3 to 63 lower-case letters, digits, dots and hyphens. */
  readonly bucketName: string;
  /**
   * Customer-managed key to encrypt with. Its policy must let the account's IAM policies decide: the loader's role, and the
   * role of the S3 Access Grants location, use it through S3.
   * @default - a key that S3 manages (SSE-S3)
   */
  readonly kmsKey?: { readonly arn: string };
  /**
   * Deletes versions so many days after they were replaced or deleted.
   * @default - never
   */
  readonly expireNoncurrentVersions?: { readonly days: number };
  /**
   * Lets destroy delete the bucket with everything in it, all versions. Not in production.
   * @default false
   */
  readonly deleteObjectsWithBucket?: boolean;
  /**
   * A data set to load at deployment, and again when its source, its prefixes or the function change.
   * @default - none; the bucket is empty and no function is made
   */
  readonly dataset?: Dataset;
}

export const daysInput = {
  kind: "object",
  optional: true,
  fields: { days: { kind: "number", rules: [between(1, 36_500, "days")] } },
} as const;

export const BUCKET_NAME = matches(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens",
);

export const dataBucketInputs = inputs<DataBucketProps>()({
  ...namedInputs,
  ...roleInputs,
  bucketName: { kind: "string", rules: [BUCKET_NAME] },
  kmsKey: existing,
  expireNoncurrentVersions: daysInput,
  deleteObjectsWithBucket: { kind: "bool", optional: true, default: false },
  dataset: datasetInput,
});

/**
 * The bucket whose data S3 Access Grants grants: TLS only, encrypted, versioned, without ACLs, never public; and, if asked
 * for, a function that loads a data set into its prefixes at deployment.
 */
export class DataBucket extends Construct {
  static readonly module = "data-bucket";
  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** Name of the bucket. */
  readonly bucketName: string;
  /** What the dataset loader said of its last run, as JSON: digest, bytes and objects. */
  readonly loadResult?: string;
  /** Name of the dataset loader, a function. */
  readonly loaderFunctionName?: string;
  /** ARN of the dataset loader. */
  readonly loaderFunctionArn?: string;
  /** ARN of the role that the dataset loader runs as. */
  readonly loaderRoleArn?: string;
  /** Name of the dataset loader's role. */
  readonly loaderRoleName?: string;

  constructor(scope: Construct, id: string, props: DataBucketProps) {
    super(scope, id);
    const p = resolveProps(this, dataBucketInputs, props);
    const bucket = new SecureBucket(this, "bucket", p);
    this.bucketArn = bucket.arn;
    this.bucketName = bucket.name;
    const made = togetherIf(p.dataset, (dataset, count) => datasetLoader(this, { ...p, dataset, bucket, count }));
    this.loadResult = made("load").attribute("result");
    this.loaderFunctionName = made("loader").attribute("function_name");
    this.loaderFunctionArn = made("loader").attribute("arn");
    this.loaderRoleArn = made("role").attribute("arn");
    this.loaderRoleName = made("role").attribute("name");
  }
}
