import type { Access } from "../authorization/access";
import type { Surroundings } from "../service";
import { ExecutionRole, type Failure } from "./execution-role";
import type { Fields } from "./records";
import { valuesOf } from "./request";
import type { Volumes } from "./volumes";

const GROUP = "/aws/sagemaker/ProcessingJobs";

/**
 * What SageMaker does for a job in its role's name: the role must be allowed all of it, and only the log line is really
 * written (SageMaker Developer Guide, "CreateProcessingJob API: execution role permissions").
 */
export class JobRun {
  constructor(
    private readonly surroundings: Surroundings,
    private readonly volumes: Volumes,
  ) {}

  /** Why a job fails; undefined where it completes. */
  async failure(job: Fields): Promise<Failure | undefined> {
    const role = new ExecutionRole(this.surroundings, String(job["RoleArn"]));
    const failed =
      (await this.volumes.failure(valuesOf(job, "VolumeKmsKeyId")[0], job["RoleArn"])) ??
      (await role.failure(
        ...this.network(job),
        ...this.image(job),
        ...inputs(job),
        ...(await this.outputs(job)),
        ...METRICS,
      ));
    if (failed) return failed;
    const seconds = Math.floor(this.surroundings.now().getTime() / 1_000);
    await role.log(GROUP, `${job["ProcessingJobName"]}/algo-1-${seconds}`, "Nothing runs here.");
    return undefined;
  }

  private arn(service: string, resource: string, account = this.surroundings.account): string {
    return `arn:aws:${service}:${this.surroundings.region}:${account}:${resource}`;
  }

  private network(job: Fields): readonly Access[] {
    const subnets = valuesOf(job["NetworkConfig"], "Subnets").map((id) => this.arn("ec2", `subnet/${id}`));
    const groups = valuesOf(job["NetworkConfig"], "SecurityGroupIds").map((id) =>
      this.arn("ec2", `security-group/${id}`),
    );
    if (subnets.length === 0) return [];
    const resource = this.arn("ec2", "network-interface/eni-0123456789abcdef0");
    const looked = ["DhcpOptions", "NetworkInterfaces", "SecurityGroups", "Subnets", "Vpcs"];
    const changed = ["CreateNetworkInterfacePermission", "DeleteNetworkInterface", "DeleteNetworkInterfacePermission"];
    return [
      ...looked.map((what) => ({ action: `ec2:Describe${what}`, resource: "*" })),
      ...[resource, ...subnets, ...groups].map((one) => ({ action: "ec2:CreateNetworkInterface", resource: one })),
      ...subnets.flatMap((subnet) =>
        changed.map((action) => ({ action: `ec2:${action}`, resource, context: { "ec2:Subnet": subnet } })),
      ),
    ];
  }

  /** An image of Amazon ECR is pulled; any other name is taken for one that needs no permission. */
  private image(job: Fields): readonly Access[] {
    const [uri = ""] = valuesOf(job["AppSpecification"], "ImageUri");
    const [, account, repository] = /^(\d{12})\.dkr\.ecr\.[^./]+\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(uri) ?? [];
    if (account === undefined) return [];
    const resource = this.arn("ecr", `repository/${repository}`, account);
    return [
      { action: "ecr:GetAuthorizationToken", resource: "*" },
      ...["BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"].map((action) => ({
        action: `ecr:${action}`,
        resource,
      })),
    ];
  }

  private async outputs(job: Fields): Promise<readonly Access[]> {
    const config = job["ProcessingOutputConfig"];
    const [key] = valuesOf(config, "KmsKeyId");
    const keyArn = key && ((await this.volumes.keyArn(key)) ?? key);
    return valuesOf(config, "S3Uri").flatMap((uri) => {
      const resource = `${inS3(uri)}output`;
      const context = {
        "kms:ViaService": `s3.${this.surroundings.region}.amazonaws.com`,
        "kms:EncryptionContext:aws:s3:arn": resource,
      };
      return [
        { action: "s3:PutObject", resource },
        ...(keyArn ? [{ action: "kms:GenerateDataKey", resource: keyArn, context }] : []),
      ];
    });
  }
}

function inputs(job: Fields): readonly Access[] {
  return valuesOf(job["ProcessingInputs"], "S3Uri").flatMap((uri) => {
    const [bucket = "", ...key] = uri.slice("s3://".length).split("/");
    const context = { "s3:prefix": key.join("/") };
    return [
      { action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}`, context },
      { action: "s3:GetObject", resource: `${inS3(uri)}input` },
    ];
  });
}

const inS3 = (uri: string): string => `arn:aws:s3:::${uri.slice("s3://".length)}`;

const METRICS: readonly Access[] = [
  { action: "cloudwatch:PutMetricData", resource: "*", context: { "cloudwatch:namespace": GROUP } },
];
