import type { StudioDomainProps } from "../../constructs/studio-domain/props";
import { StudioDomain } from "../../constructs/studio-domain/studio-domain";
import definition from "../../constructs/studio-domain/studio-domain.module";
import { attributeIn, environment, moduleOf } from "../support/hosts";
import { addresses, resource, resources, statements } from "../support/synthesized";
import { studioDomain } from "./studio-fixtures";

const synth = (props: StudioDomainProps): object => environment((stack) => new StudioDomain(stack, "studio", props));
const minimal = synth(studioDomain.minimal);
const complete = synth(studioDomain.complete);
const policy = statements(minimal, "role_policy_userA_document");
const DOMAIN = "${aws_sagemaker_domain.studio_domain.id}";
const REGION = "${data.aws_region.current.id}";
const INSTANCE =
  "arn:${data.aws_partition.current.partition}:s3:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:access-grants/default";

describe("a profile's role", () => {
  test("may ask the one S3 Access Grants instance for data", () => {
    expect(policy.AskForData).toEqual({
      sid: "AskForData",
      actions: ["s3:GetAccessGrantsInstanceForPrefix", "s3:GetDataAccess", "s3:ListCallerAccessGrants"],
      resources: [INSTANCE],
    });
  });

  test("has no access to any bucket but its own folder of the scratch bucket", () => {
    const scratch = "${aws_s3_bucket.studio_scratch.arn}";
    const s3 = Object.values(policy).filter(({ actions }) => actions.some((action) => /^s3:|^\*/.test(action)));
    expect(s3.map(({ resources }) => resources)).toEqual([[INSTANCE], [`${scratch}/userA/*`], [scratch], [scratch]]);
    const listed = { test: "StringLike", variable: "s3:prefix", values: ["userA/*", "userA"] };
    expect(policy.ScratchList!.condition).toEqual([listed]);
    expect(policy.ScratchRegion!.actions).toEqual(["s3:GetBucketLocation"]);
  });

  test("lists its folder without the slash only where no other folder begins so", () => {
    const profiles = { user1: {}, user10: {}, User1x: {} };
    const both = synth({ ...studioDomain.minimal, profiles });
    const listed = (profile: string): unknown =>
      statements(both, `role_policy_${profile}_document`).ScratchList!.condition![0]!.values;
    expect(listed("user1")).toEqual(["user1/*", "user1/"]);
    expect(listed("user10")).toEqual(["user10/*", "user10"]);
    expect(listed("User1x")).toEqual(["User1x/*", "User1x"]);
  });

  test("can be passed by itself to SageMaker, and to no one else", () => {
    const passes = Object.values(policy).filter(({ actions }) => actions.includes("iam:PassRole"));
    expect(passes).toEqual([
      {
        sid: "JobsAsOneself",
        actions: ["iam:PassRole"],
        resources: ["${aws_iam_role.studio_role_userA.arn}"],
        condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["sagemaker.amazonaws.com"] }],
      },
    ]);
    expect(
      Object.values(policy)
        .flatMap(({ actions }) => actions)
        .filter((action) => /^(iam|sts):/.test(action)),
    ).toEqual(["iam:PassRole"]);
  });

  test("changes its own private spaces only", () => {
    for (const sid of ["OwnSpaces", "OwnApps"]) {
      expect(policy[sid]!.condition).toEqual([
        {
          test: "ArnLike",
          variable: "sagemaker:OwnerUserProfileArn",
          values: [expect.stringMatching(/:user-profile\/\$\{aws_sagemaker_domain.studio_domain.id\}\/usera$/)],
        },
        { test: "StringEquals", variable: "sagemaker:SpaceSharingType", values: ["Private"] },
      ]);
    }
  });

  test("may do everywhere only what cannot be narrowed", () => {
    const everywhere = Object.values(policy).filter(({ resources }) => resources.includes("*"));
    const byAction = everywhere.flatMap(({ actions }) => actions);
    expect(byAction.filter((action) => !/^(ec2:Describe|sagemaker:List)/.test(action))).toEqual([
      "cloudwatch:PutMetricData",
      "ecr:GetAuthorizationToken",
    ]);
    expect(byAction).not.toContain("sagemaker:ListProcessingJobs");
  });

  const sagemaker = (resource: string): string =>
    "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:" +
    resource;
  const logs = (resource: string): string =>
    sagemaker(`log-group:/aws/sagemaker/${resource}`).replace(":sagemaker:", ":logs:");
  const ec2 = (resource: string): string => sagemaker(resource).replace(":sagemaker:", ":ec2:");
  const allowing = (action: string) => Object.values(policy).filter(({ actions }) => actions.includes(action));

  test("reaches jobs that are called after the profile, as it is given and in lower case, and no others", () => {
    const own = [sagemaker("processing-job/userA-*"), sagemaker("processing-job/usera-*")];
    for (const verb of ["Create", "Describe", "Stop"]) {
      expect(allowing(`sagemaker:${verb}ProcessingJob`).map(({ resources }) => resources)).toEqual([own]);
    }
    expect(allowing("sagemaker:AddTags")).toEqual([
      expect.objectContaining({
        resources: own,
        condition: [{ test: "StringEquals", variable: "sagemaker:TaggingAction", values: ["CreateProcessingJob"] }],
      }),
    ]);
  });

  test("starts jobs in the network only: one that names no network has none of the keys, and is refused too", () => {
    const all = "ForAllValues:StringEquals";
    expect(policy.OwnJobsInTheNetwork!.condition).toEqual([
      { test: all, variable: "sagemaker:VpcSubnets", values: ["subnet-1", "subnet-2"] },
      { test: "Null", variable: "sagemaker:VpcSubnets", values: ["false"] },
      { test: all, variable: "sagemaker:VpcSecurityGroupIds", values: ["sg-1"] },
      { test: "Null", variable: "sagemaker:VpcSecurityGroupIds", values: ["false"] },
    ]);
  });

  test("has network interfaces in the network only", () => {
    const interfaces = ec2("network-interface/*");
    const subnets = [ec2("subnet/subnet-1"), ec2("subnet/subnet-2")];
    expect(allowing("ec2:CreateNetworkInterface").map(({ resources, condition }) => [resources, condition])).toEqual([
      [[interfaces], undefined],
      [subnets, undefined],
      [[ec2("security-group/sg-1")], undefined],
    ]);
    for (const action of [
      "CreateNetworkInterfacePermission",
      "DeleteNetworkInterface",
      "DeleteNetworkInterfacePermission",
    ]) {
      const condition = [{ test: "ArnEquals", variable: "ec2:Subnet", values: subnets }];
      expect(allowing(`ec2:${action}`)).toEqual([expect.objectContaining({ resources: [interfaces], condition })]);
    }
  });

  test("reads and writes logs of its own jobs and its own place in Studio, and no others", () => {
    const studio = (name: string): string => logs(`studio:log-stream:${DOMAIN}/${name}`);
    const own = ["userA", "usera"].flatMap((name) => [
      logs(`ProcessingJobs:log-stream:${name}-*`),
      studio(`${name}/*`),
      studio(`${name}-*`),
    ]);
    for (const action of ["CreateLogStream", "GetLogEvents", "PutLogEvents"]) {
      expect(allowing(`logs:${action}`).map(({ resources }) => resources)).toEqual([own]);
    }
    // What is left of the logs is about groups.
    const others = Object.values(policy).flatMap(({ actions }) => actions.filter((action) => /^logs:/.test(action)));
    expect(new Set(others)).toEqual(
      new Set([
        ...["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams"],
        ...["logs:GetLogEvents", "logs:PutLogEvents"],
      ]),
    );
  });

  test("pulls images of this account and of AWS's Spark image, or of the accounts that are named", () => {
    const registry = (account: string): string =>
      sagemaker("repository/*").replace(/:sagemaker:(.*):[^:]*:/, `:ecr:$1:${account}:`);
    const pulls = (configuration: object): unknown =>
      Object.values(statements(configuration, "role_policy_userA_document"))
        .filter(({ actions }) => actions.includes("ecr:BatchGetImage"))
        .map(({ resources }) => resources);
    const own = registry("${data.aws_caller_identity.current.account_id}");
    const spark = "${data.aws_sagemaker_prebuilt_ecr_image.studio_spark_image.registry_id}";
    expect(pulls(minimal)).toEqual([[own], [registry(spark)]]);
    expect(pulls(complete)).toEqual([[own], [registry("111122223333"), registry("444455556666")]]);
    expect(addresses(complete).filter((address) => /prebuilt/.test(address))).toEqual([]);
  });

  test("may ask instances of other accounts where they are named", () => {
    expect(policy.AskForSharedData).toBeUndefined();
    expect(statements(complete, "role_policy_userA_document").AskForSharedData).toEqual({
      sid: "AskForSharedData",
      actions: ["s3:GetDataAccess", "s3:ListCallerAccessGrants"],
      resources: ["arn:aws:s3:eu-central-1:444455556666:access-grants/default"],
    });
  });

  test("trusts this account's SageMaker, which says who works with it", () => {
    expect(statements(minimal, "trust").SageMaker).toEqual({
      sid: "SageMaker",
      actions: ["sts:AssumeRole", "sts:SetSourceIdentity"],
      principals: [{ type: "Service", identifiers: ["sagemaker.amazonaws.com"] }],
      condition: [
        {
          test: "StringEquals",
          variable: "aws:SourceAccount",
          values: ["${data.aws_caller_identity.current.account_id}"],
        },
      ],
    });
    expect(resource(minimal, "aws_sagemaker_domain").domain_settings).toEqual({
      execution_role_identity_config: "USER_PROFILE_NAME",
    });
  });

  test("is named by prefix and profile, and lives as long as is asked for", () => {
    expect(resource(complete, "aws_iam_role", "role_userA")).toMatchObject({
      name: "sagemaker-usera-role",
      max_session_duration: 7200,
      path: "/data/",
      permissions_boundary: "arn:aws:iam::111122223333:policy/boundary",
    });
    expect(resource(minimal, "aws_iam_role", "role_userA")).toMatchObject({
      name: "product-usera-role",
      max_session_duration: 43_200,
    });
  });

  test("is the given one where there is one", () => {
    expect(resource(complete, "aws_sagemaker_user_profile", "userB").user_settings).toMatchObject({
      execution_role: "arn:aws:iam::111122223333:role/userb",
    });
    expect(addresses(complete).filter((address) => /role.*userB/.test(address))).toEqual([]);
  });

  test("uses Studio's key, where there is one, through services only, and grants it to AWS resources only", () => {
    const uses = (configuration: object) =>
      Object.values(statements(configuration, "role_policy_userA_document")).filter(
        ({ sid, actions }) => sid !== "ScratchKey" && actions.some((action) => action.startsWith("kms:")),
      );
    const via = (...services: string[]) => ({
      test: "StringEquals",
      variable: "kms:ViaService",
      values: services.flatMap((service) =>
        ["amazonaws.com", "amazonaws.com.cn"].map((suffix) => `${service}.${REGION}.${suffix}`),
      ),
    });
    const resources = [studioDomain.complete.studioKey!.arn];
    expect(uses(minimal)).toEqual([]);
    expect(uses(complete).map(({ actions, ...rest }) => [actions, rest])).toEqual([
      [
        ["kms:CreateGrant"],
        {
          sid: "Volumes",
          resources,
          condition: [
            via("ec2", "sagemaker"),
            { test: "Bool", variable: "kms:GrantIsForAWSResource", values: ["true"] },
          ],
        },
      ],
      [
        ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
        { sid: "VolumesKey", resources, condition: [via("ec2", "sagemaker")] },
      ],
      [["kms:Decrypt", "kms:GenerateDataKey"], { sid: "JobFiles", resources, condition: [via("s3")] }],
    ]);
  });
});

test("the scratch bucket's key encrypts it, and people use it through S3 only", () => {
  const { arn } = studioDomain.complete.scratchKey!;
  expect(resource(complete, "aws_s3_bucket_server_side_encryption_configuration").rule).toMatchObject([
    { apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: arn }] },
  ]);
  expect(statements(complete, "role_policy_userA_document").ScratchKey).toMatchObject({
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: [arn],
    condition: [
      { variable: "kms:ViaService", values: expect.arrayContaining([`s3.${REGION}.amazonaws.com`]) as unknown },
    ],
  });
  expect(statements(minimal, "role_policy_userA_document").ScratchKey).toBeUndefined();
});

describe("the domain", () => {
  test("runs in the VPC only, and its own role may do nothing", () => {
    expect(resource(minimal, "aws_sagemaker_domain").app_network_access_type).toBe("VpcOnly");
    const policies = Object.values(resources(minimal, "aws_iam_role_policy"));
    expect(policies.map(({ role }) => role)).toEqual(["${aws_iam_role.studio_role_userA.name}"]);
  });

  test("goes with its file system, unless asked to keep it", () => {
    const retention = (configuration: object): unknown =>
      resource(configuration, "aws_sagemaker_domain").retention_policy;
    expect(retention(minimal)).toEqual({ home_efs_file_system: "Delete" });
    expect(retention(complete)).toEqual({ home_efs_file_system: "Retain" });
  });

  test("mounts the home file system for whoever asks for it", () => {
    const mounted = (profile: string): unknown =>
      (resource(complete, "aws_sagemaker_user_profile", profile).user_settings as Record<string, unknown>)
        .auto_mount_home_efs;
    expect([mounted("userA"), mounted("userB")]).toEqual(["Enabled", "Disabled"]);
    expect(resource(complete, "aws_sagemaker_domain").default_user_settings).toMatchObject({
      auto_mount_home_efs: "Disabled",
    });
  });

  test("has a private JupyterLab space for whoever asks for one", () => {
    expect(resource(complete, "aws_sagemaker_space")).toMatchObject({
      space_name: "usera-jupyterlab",
      space_sharing_settings: { sharing_type: "Private" },
      space_settings: { app_type: "JupyterLab" },
    });
    expect(resources(minimal, "aws_sagemaker_space")).toEqual({});
  });

  test("knows single sign-on users", () => {
    expect(resource(complete, "aws_sagemaker_user_profile", "userB")).toMatchObject({
      single_sign_on_user_identifier: "UserName",
      single_sign_on_user_value: "${terraform_data.studio_profile_user_userB.input}",
    });
    expect(resource(complete, "terraform_data", "profile_user_userB").input).toBe("b@example.com");
  });
});

test("who may sign in as a profile is one policy for each, on that profile and nothing else", () => {
  const policies = attributeIn((stack) => new StudioDomain(stack, "studio", studioDomain.complete).signInPolicies);
  expect(Object.keys(policies)).toEqual(Object.keys(studioDomain.complete.profiles));
  for (const [profile, policy] of Object.entries(policies)) {
    const resource = `aws_sagemaker_user_profile.studio_profile_${profile}.arn`;
    const allow = `"Effect" = "Allow", "Action" = "sagemaker:CreatePresignedDomainUrl", "Resource" = ${resource}`;
    expect(policy).toBe(`\${jsonencode({"Version" = "2012-10-17", "Statement" = [{"Sid" = "SignIn", ${allow}}]})}`);
  }
});

describe("what is refused", () => {
  const refused = (changed: object) => expect(() => synth({ ...studioDomain.minimal, ...changed }));

  test("single sign-on without SSO", () => {
    refused({ profiles: { a: { singleSignOn: { userName: "a" } } } }).toThrow(
      "profiles.a.singleSignOn: must be left out unless authMode is SSO",
    );
  });
  test("profiles that differ in case only", () => {
    refused({ profiles: { userA: {}, usera: {} } }).toThrow("profiles.usera: must differ from userA in more than case");
  });
  test("a profile that begins with another and a hyphen, in any case: its jobs and logs would be the other's too", () => {
    refused({ profiles: { user: {}, "User-a": {} } }).toThrow(
      "profiles.User-a: must not begin with user- while there is user",
    );
    refused({ profiles: { user: {}, usera: {}, "userb-1": {} } }).not.toThrow();
  });
  test("a name that SageMaker refuses", () => {
    refused({ profiles: { user_a: {} } }).toThrow("profiles: must have keys of 1 to 31 letters, digits and hyphens");
  });
  test("a role whose name would be too long", () => {
    refused({ name: "n".repeat(40), profiles: { ["p".repeat(31)]: {} } }).toThrow("64 characters that IAM allows");
  });
});

test("configurations", () => {
  expect(minimal).toMatchSnapshot("environment, minimal");
  expect(complete).toMatchSnapshot("environment, complete");
  expect(moduleOf(definition)).toMatchSnapshot("module");
});
