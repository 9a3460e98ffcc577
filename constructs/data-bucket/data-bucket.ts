import { Construct } from "constructs";
import { given, here, make } from "../hosting";
import { resolveProps } from "../inputs";
import { alsoFor } from "../shared/bucket-policy";
import { SecureBucket } from "../shared/secure-bucket";
import { datasetLoader, loaderName } from "./dataset-loader";
import { dataBucketInputs, type DataBucketProps } from "./props";

export { dataBucketInputs, type DataBucketProps } from "./props";

/**
 * A bucket for data that S3 Access Grants gives access to: TLS only, encrypted, versioned, without ACLs, never public; and, with `dataset`,
 * a function that loads a data set into its prefixes at an apply.
 */
export class DataBucket extends Construct {
  static readonly module = "data-bucket";
  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** Name of the bucket. */
  readonly bucketName: string;
  /**
   * Name of the bucket, known only after its policy, encryption and versioning are in place. Give it to another module as `after`, and that
   * module is created after them and destroyed before them.
   */
  readonly protectedBucketName: string;
  /** Result of the dataset loader's last run, as JSON: digest, bytes and objects. */
  readonly loadResult?: string;
  /** Name of the dataset loader's function. */
  readonly loaderFunctionName?: string;
  /** ARN of the dataset loader's function. */
  readonly loaderFunctionArn?: string;
  /** ARN of the role that the dataset loader runs as. */
  readonly loaderRoleArn?: string;
  /** Name of the dataset loader's role. */
  readonly loaderRoleName?: string;

  constructor(scope: Construct, id: string, props: DataBucketProps) {
    super(scope, id);
    const p = resolveProps(this, dataBucketInputs, props);
    const loader = `arn:${here(this).partition}:iam::${here(this).accountId}:role${p.rolePath}${loaderName(p)}`;
    const bucket = new SecureBucket(this, "bucket", {
      ...p,
      objectsOnlyFor: alsoFor(p.objectsOnlyFor, { loader }),
    });
    this.bucketArn = bucket.arn;
    this.bucketName = bucket.name;
    this.protectedBucketName = bucket.protectedName;
    const made = make(given(p.dataset), (dataset, count) => datasetLoader(this, { ...p, dataset, bucket, count }));
    this.loadResult = made.of("load").attribute("result");
    this.loaderFunctionName = made.of("loader").attribute("function_name");
    this.loaderFunctionArn = made.of("loader").attribute("arn");
    this.loaderRoleArn = made.of("role").attribute("arn");
    this.loaderRoleName = made.of("role").attribute("name");
  }
}
