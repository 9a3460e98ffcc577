import { Construct } from "constructs";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SagemakerDomain } from "@cdktf/provider-aws/lib/sagemaker-domain";
import { SagemakerSpace } from "@cdktf/provider-aws/lib/sagemaker-space";
import { SagemakerUserProfile } from "@cdktf/provider-aws/lib/sagemaker-user-profile";
import { choose, each, either, given, Heading, here, keep, map, origins, remembered } from "../hosting";
import { resolveProps } from "../inputs";
import { roleCommons } from "../shared/roles";
import { SecureBucket } from "../shared/secure-bucket";
import { executionRoles, trustSageMaker } from "./execution-role";
import { lower } from "./permissions";
import { studioDomainInputs, type StudioDomainProps } from "./props";
import { signInPolicy } from "./sign-in";
import { lifecycle, stays } from "./staying";
import { updateSubnetsCommand } from "./subnets";

const OTHER_PROFILE =
  "another user would replace the profile and lose its home directory and spaces; give the other person a profile of their own";

/**
 * A SageMaker Studio domain in a VPC: user profiles, each with a role of its own that reaches data through S3 Access Grants only,
 * and a scratch bucket for SageMaker's own files. CloudTrail records the user profile, not only the role.
 */
export class StudioDomain extends Construct {
  static readonly module = "studio-domain";
  /** Id of the SageMaker domain. */
  readonly domainId: string;
  /** ARN of the domain. */
  readonly domainArn: string;
  /**
   * The AWS CLI command that sets the domain's subnets to those of `network`. Run it after you change them: SageMaker can change subnets in
   * place, but the Terraform provider could only replace the domain, so an apply leaves them alone.
   */
  readonly updateSubnetsCommand: string;
  /** URL of the Studio domain. */
  readonly url: string;
  /** Id of the file system of the home directories. */
  readonly homeFileSystemId: string;
  /** ARN of the domain's default execution role, which has no permissions. */
  readonly domainRoleArn: string;
  /** ARN of each profile's role, existing or created here, by the profile's name. These are the grantees for S3 Access Grants. */
  readonly roleArns: Readonly<Record<string, string>>;
  /** Name of each role created here, by the profile's name. */
  readonly roleNames: Readonly<Record<string, string>>;
  /** ARN of each user profile, by its name. */
  readonly profileArns: Readonly<Record<string, string>>;
  /**
   * IAM policies, as JSON, by the profile's name. Attach each to the role or user with which that person comes to AWS: it allows a presigned
   * URL for this profile and for no other. Whoever may create one for every profile can sign in as everybody.
   */
  readonly signInPolicies: Readonly<Record<string, string>>;
  /** ARN of each space created here, by the profile's name. */
  readonly spaceArns: Readonly<Record<string, string>>;
  /** Name of the scratch bucket, for SageMaker's own files; each profile has the folder `<profile>/` in it. */
  readonly scratchBucketName: string;
  /** ARN of the scratch bucket, for SageMaker's own files. */
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
    const domain = new SagemakerDomain(this, "domain", {
      domainName,
      authMode: stays(this, "auth_mode", "authMode", p.authMode),
      vpcId: stays(this, "vpc_id", "network: vpcId", p.network.vpcId),
      subnetIds: p.network.subnetIds,
      appNetworkAccessType: "VpcOnly",
      kmsKeyId: stays(
        this,
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
      lifecycle: lifecycle(domainName),
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
