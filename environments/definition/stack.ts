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
import { AddressedStack } from "../../constructs/hosting";
import { type Refusal, refusalsOf } from "../../constructs/inputs";
import { StudioAccess, type StudioAccessProps } from "../../constructs/studio-access/studio-access";
import {
  SubscriptionApproval,
  type SubscriptionApprovalProps,
} from "../../constructs/subscription-approval/subscription-approval";
import type { Environment } from "./environment";

/** Lowest Terraform whose S3 backend locks with a file. */
const LOCKFILE_VERSION = ">= 1.10";

/** The stack of one environment: a provider, a backend and the systems that the environment asks for. */
export class EnvironmentStack extends AddressedStack {
  /** What the systems refuse. Where there is any, the stack cannot be synthesized. */
  readonly refusals: readonly Refusal[];

  constructor(scope: Construct, environment: Environment) {
    super(scope, environment.name);
    putBackend(this, environment.name, environment.backend);
    new AwsProvider(this, "aws", {
      region: environment.region,
      allowedAccountIds: [environment.account],
      defaultTags: [{ tags: { environment: environment.name, ...environment.tags } }],
      ...(environment.sandbox && { s3UsePathStyle: true, skipMetadataApiCheck: "true", maxRetries: 3 }),
    });
    this.refusals = [
      ...refusalsOf(() => this.decide(environment.subscriptionApproval)),
      ...refusalsOf(() => this.grant(environment.studioAccess)),
    ];
    this.node.addValidation({ validate: () => this.refusals.flatMap(({ problems }) => problems) });
  }

  private decide(props: SubscriptionApprovalProps | undefined): void {
    if (!props) return;
    const { approver, eventRule, membership } = new SubscriptionApproval(this, "approval", props);
    this.outputs({
      approver_function_name: approver.functionName,
      approver_role_arn: approver.memberRoleArn,
      approver_log_group_name: approver.logGroupName,
      approver_queue_url: approver.queueUrl,
      approver_dead_letter_queue_url: approver.deadLetterQueueUrl,
      approver_redrive_command: approver.redriveCommand,
      approver_pause_command: approver.pauseCommand,
      approver_resume_command: approver.resumeCommand,
      approver_runbook: approver.runbook,
      event_rule_runbook: eventRule.runbook,
      approver_check_when_deployed: approver.check,
      approver_membership_commands: membership.commands,
    });
  }

  private grant(props: StudioAccessProps | undefined): void {
    if (!props) return;
    const { accessGrants, bucket, domain, network } = new StudioAccess(this, "data_access", props);
    this.outputs({
      data_bucket: bucket.bucketName,
      data_bucket_owner_statements: props.existingBucket && accessGrants.ownerStatements,
      dataset_load: bucket.loadResult,
      dataset_loader_function_name: bucket.loaderFunctionName,
      scratch_bucket: domain.scratchBucketName,
      studio_domain_id: domain.domainId,
      studio_url: domain.url,
      studio_network: { subnet_ids: network.subnetIds, security_group_ids: network.securityGroupIds },
      studio_role_arns: domain.roleArns,
      studio_sign_in_policies: domain.signInPolicies,
      access_grants_instance_arn: accessGrants.instanceArn,
      access_grants: accessGrants.grantScopes,
      aws_profiles: accessGrants.awsProfiles,
    });
  }

  private outputs(values: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) new TerraformOutput(this, name, { value });
    }
  }
}

function putBackend(stack: TerraformStack, name: string, { s3, hcp }: Environment["backend"]): void {
  if (s3) {
    const { bucket, region, keyPrefix } = s3;
    const backend = new S3Backend(stack, { bucket, region, key: `${keyPrefix}/${name}.tfstate`, encrypt: true });
    // cdktf's binding does not know the argument.
    backend.addOverride("use_lockfile", true);
    stack.addOverride("terraform.required_version", LOCKFILE_VERSION);
  } else if (hcp) {
    const { organization, workspacePrefix } = hcp;
    new CloudBackend(stack, { organization, workspaces: new NamedCloudWorkspace(`${workspacePrefix}${name}`) });
  } else {
    // Beside cdktf.out, so that deleting the synthesized configuration does not lose the state.
    new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
  }
}
