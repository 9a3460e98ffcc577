import { AwsClient } from "../gateway/aws-client";
import { ADMIN } from "../gateway/callers";
import type { Surroundings } from "../service";
import { ExecutionRole, type Failure } from "./execution-role";
import type { Fields } from "./records";

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
    const resource = await this.keyArn(key);
    if (resource === undefined) return { FailureReason: `ClientError: the KMS key ${key} does not exist.` };
    const through = (service: string) => ({
      action: "kms:CreateGrant",
      resource,
      context: {
        "kms:ViaService": `${service}.${this.surroundings.region}.amazonaws.com`,
        "kms:GrantIsForAWSResource": "true",
      },
    });
    const inItsName = new ExecutionRole(this.surroundings, role);
    return (await inItsName.may(through("sagemaker"))) ? undefined : await inItsName.failure(through("ec2"));
  }

  /** The ARN of a key that is there. */
  async keyArn(KeyId: string): Promise<string | undefined> {
    return await this.aws
      .json<{ KeyMetadata: { Arn: string } }>("kms", "TrentService.DescribeKey", { KeyId })
      .then(({ KeyMetadata }) => KeyMetadata.Arn)
      .catch(() => undefined);
  }
}

/** The role that runs what is in a space or for a profile: the profile's, or the domain's where it has none. */
export function executionRole(domain: Fields, profile: Fields | undefined): unknown {
  const of = (settings: unknown) => (settings as Fields | undefined)?.["ExecutionRole"];
  return of(profile?.["UserSettings"]) ?? of(domain["DefaultUserSettings"]);
}
