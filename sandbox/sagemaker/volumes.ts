import { AwsClient } from "../gateway/aws-client";
import { ADMIN } from "../gateway/callers";
import type { Surroundings } from "../service";
import type { Fields } from "./records";

/** What takes the place of a status where a volume cannot be encrypted. */
type Failure = Readonly<{ FailureReason: string }>;

/**
 * Volumes of jobs and spaces are encrypted with a grant that the execution role makes: without `kms:CreateGrant` on the key what
 * is created fails, and says so afterwards. Whether KMS sees the call through SageMaker or through EC2 is not documented: either
 * will do.
 */
export class Volumes {
  private readonly aws: AwsClient;

  constructor(private readonly surroundings: Surroundings) {
    this.aws = new AwsClient(surroundings.moto, ADMIN, surroundings.region);
  }

  /** Why a volume cannot be encrypted; undefined where it can, or no key was chosen. */
  async failure(key: unknown, role: unknown): Promise<Failure | undefined> {
    if (typeof key !== "string" || typeof role !== "string") return undefined;
    const found = await this.aws
      .json<{ KeyMetadata: { Arn: string } }>("kms", "TrentService.DescribeKey", { KeyId: key })
      .catch(() => undefined);
    if (found === undefined) return { FailureReason: `ClientError: the KMS key ${key} does not exist.` };
    const { account, region, refusal } = this.surroundings;
    const session = role.replace(
      /^(arn:[^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/,
      "$1:sts::$2:assumed-role/$3/SageMaker",
    );
    const caller = { accessKeyId: "", account, arn: session, roleArn: role };
    for (const service of ["sagemaker", "ec2"]) {
      const context = { "kms:ViaService": `${service}.${region}.amazonaws.com`, "kms:GrantIsForAWSResource": "true" };
      const access = { action: "kms:CreateGrant", resource: found.KeyMetadata.Arn, context };
      // A role that is not there may do nothing.
      if ((await refusal(caller, access).catch(() => "")) === undefined) return undefined;
    }
    return {
      FailureReason: `ClientError: ${role} is not authorized to perform: kms:CreateGrant on ${found.KeyMetadata.Arn}`,
    };
  }
}

/** The role that runs what is in a space or for a profile: the profile's, or the domain's where it has none. */
export function executionRole(domain: Fields, profile: Fields | undefined): unknown {
  const of = (settings: unknown) => (settings as Fields | undefined)?.["ExecutionRole"];
  return of(profile?.["UserSettings"]) ?? of(domain["DefaultUserSettings"]);
}
