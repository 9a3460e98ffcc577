import { Construct } from "constructs";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SagemakerDomain } from "@cdktf/provider-aws/lib/sagemaker-domain";
import { SagemakerSpace } from "@cdktf/provider-aws/lib/sagemaker-space";
import { SagemakerUserProfile } from "@cdktf/provider-aws/lib/sagemaker-user-profile";
import { choose, each, either, given, Heading, here, keep, map, origins, remembered, settled } from "../hosting";
import { resolveProps } from "../inputs";
import { roleCommons } from "../shared/roles";
import { SecureBucket } from "../shared/secure-bucket";
import { executionRoles, trustSageMaker } from "./execution-role";
import { lower } from "./permissions";
import { studioDomainInputs, type StudioDomainProps } from "./props";
import { signInPolicy } from "./sign-in";
import { updateSubnetsCommand } from "./subnets";

const OTHER_DOMAIN = "another would replace the domain, and everyone's home with it; make a second domain, and move";
const OTHER_PROFILE = "another would replace the profile, with its home and spaces; give the other person a profile";

/**
 * A SageMaker Studio domain in a VPC: user profiles, each with a role of its own that gets to data only by S3 Access Grants,
 * and a scratch bucket for SageMaker's own files. CloudTrail shows the user, not only the role.
 */
export class StudioDomain extends Construct {
  static readonly module = "studio-domain";
  /** Id of the SageMaker domain. */
  readonly domainId: string;
  /** ARN of the domain. */
  readonly domainArn: string;
  /**
   * The AWS CLI command that gives the domain the subnets of `network`. Run it after a change of them: SageMaker changes subnets in
   * place, Terraform's provider cannot, and leaves the domain as it is.
   */
  readonly updateSubnetsCommand: string;
  /** Where to open Studio. */
  readonly url: string;
  /** Id of the file system of the home directories. */
  readonly homeFileSystemId: string;
  /** ARN of the domain's own role, which may do nothing. */
  readonly domainRoleArn: string;
  /** ARN of each profile's role, given or made here, by the profile's name: the grantees. */
  readonly roleArns: Readonly<Record<string, string>>;
  /** Name of each role made for a profile, by the profile's name. */
  readonly roleNames: Readonly<Record<string, string>>;
  /** ARN of each user profile, by its name. */
  readonly profileArns: Readonly<Record<string, string>>;
  /**
   * Who may sign in as whom: the IAM policy, as JSON, for the role or user that a person comes to AWS with, by the profile's name.
   * It allows a presigned URL of that profile and no other: whoever may make one of every profile is everyone.
   */
  readonly signInPolicies: Readonly<Record<string, string>>;
  /** ARN of each space made here, by the profile's name. */
  readonly spaceArns: Readonly<Record<string, string>>;
  /** Name of the bucket for SageMaker's own files; each profile has the folder `<profile>/`. */
  readonly scratchBucketName: string;
  /** ARN of the bucket for SageMaker's own files. */
  readonly scratchBucketArn: string;

  constructor(scope: Construct, id: string, props: StudioDomainProps) {
    super(scope, id);
    const p = resolveProps(this, studioDomainInputs, props);
    const rolePrefix = either(p.rolePrefix, p.name);
    const domainName = either(p.domainName, p.name);
    const scratch = new SecureBucket(this, "scratch", {
      bucketName: `${p.name}-scratch-${here(this).firstAccountId}`,
      kmsKey: p.scratchKey,
      deleteObjectsWithBucket: p.deleteObjectsWithBucket,
      expireObjects: { days: p.scratchDays },
      expireNoncurrentVersions: { days: p.scratchDays },
      accessLogs: p.accessLogs,
      tags: p.tags,
    });
    new Heading(this, "The domain, and its own role, which may do nothing");
    const trust = trustSageMaker(this);
    const domainRole = new IamRole(this, "domain_role", {
      name: `${rolePrefix}-domain-role`,
      description: `SageMaker domain ${domainName}: whoever has no role of their own may do nothing`,
      assumeRolePolicy: trust,
      ...roleCommons(p),
    });
    const stays = (id: string, about: string, value: string | undefined): string =>
      settled(this, id, value, about, OTHER_DOMAIN);
    const domain = new SagemakerDomain(this, "domain", {
      domainName: stays("domain_name", "domainName", domainName),
      authMode: stays("auth_mode", "authMode", p.authMode),
      vpcId: stays("vpc_id", "network: vpcId", p.network.vpcId),
      subnetIds: p.network.subnetIds,
      appNetworkAccessType: "VpcOnly",
      kmsKeyId: stays(
        "studio_key",
        "studioKey",
        choose(given(p.studioKey), ({ arn }) => arn),
      ),
      defaultUserSettings: {
        executionRole: domainRole.arn,
        securityGroups: p.network.securityGroupIds,
        autoMountHomeEfs: "Disabled",
      },
      domainSettings: { executionRoleIdentityConfig: "USER_PROFILE_NAME" },
      retentionPolicy: { homeEfsFileSystem: p.homeFileSystem },
      tags: p.tags,
      // SageMaker changes subnets in place; the provider would replace the domain, and everyone's home with it.
      // AWS refuses an update by the provider; profiles made here say themselves whether their home is mounted.
      lifecycle: { ignoreChanges: ["subnet_ids", "default_user_settings[0].auto_mount_home_efs"] },
      // Destroyed before its bucket: a space that somebody made stops a destroy at its profile, with everything still there.
      dependsOn: [...scratch.ready, ...origins(this, p.after)],
    });
    this.domainId = domain.id;
    this.domainArn = domain.arn;
    this.updateSubnetsCommand = updateSubnetsCommand(domain.id, p.network);
    this.url = domain.url;
    this.homeFileSystemId = domain.homeEfsFileSystemId;
    this.domainRoleArn = domainRole.arn;

    this.scratchBucketName = scratch.name;
    this.scratchBucketArn = scratch.arn;
    const roles = executionRoles(
      this,
      {
        ...p,
        rolePrefix,
        domainId: this.domainId,
        instanceArn: choose(
          given(p.accessGrantsInstance),
          ({ arn }) => arn,
          () => here(this).arn("s3", "access-grants/default"),
        ),
        scratchArn: scratch.arn,
        kmsKey: p.studioKey,
      },
      trust,
    );
    this.roleArns = map(p.profiles, roles.arn);
    this.roleNames = roles.names;
    new Heading(this, "User profiles and their spaces");
    const withUser = keep(p.profiles, ({ singleSignOn }) => given(singleSignOn));
    const users = each(withUser, "profile_user", ({ singleSignOn }, _profile, id, forEach) =>
      remembered(this, id, singleSignOn!.userName, "profiles: userName of singleSignOn", OTHER_PROFILE, { forEach }),
    );
    const profiles = each(p.profiles, "profile", (profile, userProfileName, id, forEach) => {
      return new SagemakerUserProfile(this, id, {
        domainId: this.domainId,
        userProfileName,
        singleSignOnUserIdentifier: choose(given(profile.singleSignOn), "UserName"),
        singleSignOnUserValue: choose(given(profile.singleSignOn), () => users.at(userProfileName, "input")),
        userSettings: {
          executionRole: roles.arn(profile, userProfileName),
          securityGroups: p.network.securityGroupIds,
          autoMountHomeEfs: profile.autoMountHomeEfs,
        },
        tags: p.tags,
        dependsOn: roles.policies(userProfileName),
        forEach,
      });
    });
    this.profileArns = profiles.attribute("arn");
    this.signInPolicies = map(p.profiles, (_profile, name) => signInPolicy(profiles.at(name, "arn")));
    const withSpace = keep(p.profiles, ({ space }) => given(space));
    const spaces = each(withSpace, "space", ({ space }, profile, id, forEach) => {
      return new SagemakerSpace(this, id, {
        domainId: this.domainId,
        spaceName: `${lower(profile)}-jupyterlab`,
        ownershipSettings: { ownerUserProfileName: profiles.at(profile, "user_profile_name") },
        spaceSharingSettings: { sharingType: "Private" },
        spaceSettings: {
          appType: "JupyterLab",
          jupyterLabAppSettings: { defaultResourceSpec: { instanceType: space!.instanceType } },
          spaceStorageSettings: { ebsStorageSettings: { ebsVolumeSizeInGb: space!.volumeSizeInGb } },
        },
        tags: p.tags,
        forEach,
      });
    });
    this.spaceArns = spaces.attribute("arn");
  }
}
