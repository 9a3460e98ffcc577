import type { Construct } from "constructs";
import {
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  TerraformOutput,
  type TerraformStack,
} from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AddressedStack } from "../constructs/hosting";
import { StudioAccess } from "../constructs/studio-access/studio-access";
import { SubscriptionApproval } from "../constructs/subscription-approval/subscription-approval";
import type { Backend, Environment } from "./environment";

/** The stack of one environment: a provider, a backend and the systems that the environment asks for. */
export class EnvironmentStack extends AddressedStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment.name);
    putBackend(this, environment.name, environment.backend);
    new AwsProvider(this, "aws", {
      region: environment.region,
      allowedAccountIds: [environment.account],
      defaultTags: [{ tags: { environment: environment.name, ...environment.tags } }],
      ...(environment.sandbox && { s3UsePathStyle: true, skipMetadataApiCheck: "true", maxRetries: 3 }),
    });
    if (environment.subscriptionApproval) {
      const { approver, membershipCommands } = new SubscriptionApproval(
        this,
        "approval",
        environment.subscriptionApproval,
      );
      this.outputs({
        approver_function_name: approver.functionName,
        approver_role_arn: approver.memberRoleArn,
        approver_log_group_name: approver.logGroupName,
        approver_queue_url: approver.queueUrl,
        approver_dead_letter_queue_url: approver.deadLetterQueueUrl,
        approver_redrive_command: approver.redriveCommand,
        approver_check: approver.check,
        approver_membership_commands: membershipCommands,
      });
    }
    if (environment.studioAccess) {
      const { accessGrants, bucket, domain } = new StudioAccess(this, "data_access", environment.studioAccess);
      this.outputs({
        data_bucket: bucket.bucketName,
        dataset_load: bucket.loadResult,
        scratch_bucket: domain.scratchBucketName,
        studio_domain_id: domain.domainId,
        studio_url: domain.url,
        studio_role_arns: domain.roleArns,
        access_grants_instance_arn: accessGrants.instanceArn,
        access_grants: accessGrants.grantScopes,
      });
    }
  }

  private outputs(values: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) new TerraformOutput(this, name, { value });
    }
  }
}

function putBackend(stack: TerraformStack, name: string, backend: Backend): void {
  if ("s3" in backend) {
    const { bucket, region, keyPrefix } = backend.s3;
    const s3 = new S3Backend(stack, { bucket, region, key: `${keyPrefix}/${name}.tfstate`, encrypt: true });
    // Terraform 1.10 and later lock with a file; cdktf's binding does not know the argument yet.
    s3.addOverride("use_lockfile", true);
  } else if ("hcp" in backend) {
    const { organization, workspacePrefix } = backend.hcp;
    new CloudBackend(stack, { organization, workspaces: new NamedCloudWorkspace(`${workspacePrefix}${name}`) });
  } else {
    // Beside cdktf.out, so that deleting the synthesized configuration does not lose the state.
    new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
  }
}
