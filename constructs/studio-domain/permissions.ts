import type { Construct } from "constructs";
import { block, compute, filled, given, hcl, here, map, type Statements, values } from "../hosting";
import { viaService } from "../shared/via-service";
import type { StudioPlace } from "./props";

/** The resources that a profile's role may use. */
export interface Reach {
  readonly profile: string;
  /** All profiles of the domain. */
  readonly profiles: Readonly<Record<string, object>>;
  readonly roleArn: string;
  readonly domainId: string;
  readonly network: StudioPlace;
  readonly instanceArn: string;
  readonly sharedAccessGrantsInstances: Readonly<Record<string, { readonly arn: string }>>;
  readonly scratchArn: string;
  readonly kmsKey: { readonly arn: string } | undefined;
  readonly scratchKey: { readonly arn: string } | undefined;
  readonly imageAccounts: readonly string[];
}

/** Lower case, as SageMaker writes profiles in ARNs. */
export const lower = (text: string): string =>
  compute(
    text,
    (known) => known.toLowerCase(),
    (unknown) => hcl`lower(${unknown})`,
  );

/**
 * A profile's name as given and in lower case. SageMaker's ARNs are in lower case, names of logs as given; which of the two AWS compares with
 * a policy is not documented, so policies have both.
 */
const named = (profile: string): string[] => [...new Set([profile, lower(profile)])];

/**
 * All that a profile's role may do. It may ask S3 Access Grants for credentials, and by itself reaches nothing in S3 but its folder of the
 * scratch bucket. Whatever it creates must be named after the profile.
 */
export const permissions = (scope: Construct, reach: Reach): Statements => [
  ...data(reach),
  ...scratch(reach),
  ...jobs(scope, reach),
  ...logs(scope, reach),
  ...images(scope, reach),
  ...networkInterfaces(scope, reach),
  ...key(scope, reach),
  ...studio(scope, reach),
  {
    sid: "WithoutResources",
    actions: [
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "ecr:GetAuthorizationToken",
      "sagemaker:ListApps",
      "sagemaker:ListDomains",
      "sagemaker:ListSpaces",
      "sagemaker:ListUserProfiles",
    ],
    resources: ["*"],
  },
];

const data = ({ instanceArn, sharedAccessGrantsInstances }: Reach): Statements => [
  {
    sid: "AskForData",
    actions: ["s3:GetAccessGrantsInstanceForPrefix", "s3:GetDataAccess", "s3:ListCallerAccessGrants"],
    resources: [instanceArn],
  },
  block(filled(sharedAccessGrantsInstances), {
    sid: "AskForSharedData",
    actions: ["s3:GetDataAccess", "s3:ListCallerAccessGrants"],
    resources: values(sharedAccessGrantsInstances, "arn"),
  }),
];

/** A scratch folder for each profile: whoever could write another's job scripts could run code with the other's access. */
const scratch = ({ scratchArn, profile, profiles }: Reach): Statements => [
  {
    sid: "ScratchObjects",
    actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
    resources: [`${scratchArn}/${profile}/*`],
  },
  {
    sid: "ScratchList",
    actions: ["s3:ListBucket"],
    resources: [scratchArn],
    condition: [{ test: "StringLike", variable: "s3:prefix", values: [`${profile}/*`, folder(profile, profiles)] }],
  },
  { sid: "ScratchRegion", actions: ["s3:GetBucketLocation"], resources: [scratchArn] },
];

/**
 * The prefix under which a role may list its scratch folder. SageMaker's SDK lists `userA`, without a slash, to see whether the folder exists.
 * Where another profile's name begins the same (`userAB`), the slash is required, or that one's files would be listed too.
 */
const folder = (profile: string, profiles: Reach["profiles"]): string =>
  compute(
    profile,
    (known) => `${known}${Object.keys(profiles).some((one) => one !== known && one.startsWith(known)) ? "/" : ""}`,
    (unknown) =>
      hcl`anytrue([for name in keys(${profiles}) : name != ${unknown} && startswith(name, ${unknown})]) ? ${`${unknown}/`} : ${unknown}`,
  );

/**
 * As in the SageMaker Developer Guide, "SageMaker AI roles", "CreateProcessingJob API: execution role permissions", for jobs
 * that are named after the profile, in the network only. A request without a network lacks these condition keys, and `ForAllValues` is true
 * for a missing key: hence `Null`.
 */
const jobs = (scope: Construct, { profile, roleArn, network }: Reach): Statements => {
  const own = named(profile).map((name) => here(scope).arn("sagemaker", `processing-job/${name}-*`));
  const keys = { "sagemaker:VpcSubnets": network.subnetIds, "sagemaker:VpcSecurityGroupIds": network.securityGroupIds };
  return [
    {
      sid: "OwnJobs",
      actions: ["sagemaker:DescribeProcessingJob", "sagemaker:StopProcessingJob"],
      resources: own,
    },
    {
      sid: "OwnJobsInTheNetwork",
      actions: ["sagemaker:CreateProcessingJob"],
      resources: own,
      condition: Object.entries(keys).flatMap(([variable, values]) => [
        { test: "ForAllValues:StringEquals", variable, values },
        { test: "Null", variable, values: ["false"] },
      ]),
    },
    {
      sid: "TagsOfOwnJobs",
      actions: ["sagemaker:AddTags"],
      resources: own,
      condition: [{ test: "StringEquals", variable: "sagemaker:TaggingAction", values: ["CreateProcessingJob"] }],
    },
    {
      sid: "JobsAsOneself",
      actions: ["iam:PassRole"],
      resources: [roleArn],
      condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["sagemaker.amazonaws.com"] }],
    },
  ];
};

/**
 * As in the SageMaker Developer Guide, "CloudWatch Logs for Amazon SageMaker AI": a job's stream begins with the job's name, Studio's
 * with the domain and the profile or the space.
 */
const logs = (scope: Construct, { profile, domainId }: Reach): Statements => {
  const [jobs, studio] = ["ProcessingJobs", "studio"].map((name) => {
    return here(scope).arn("logs", `log-group:/aws/sagemaker/${name}`);
  }) as [string, string];
  return [
    {
      sid: "OwnLogs",
      actions: ["logs:CreateLogStream", "logs:GetLogEvents", "logs:PutLogEvents"],
      resources: named(profile).flatMap((name) => [
        `${jobs}:log-stream:${name}-*`,
        `${studio}:log-stream:${domainId}/${name}/*`,
        `${studio}:log-stream:${domainId}/${name}-*`,
      ]),
    },
    {
      sid: "LogGroups",
      actions: ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
      resources: [jobs, studio].flatMap((group) => [group, `${group}:*`]),
    },
    {
      sid: "Metrics",
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      condition: [
        { test: "StringEquals", variable: "cloudwatch:namespace", values: ["/aws/sagemaker/ProcessingJobs"] },
      ],
    },
  ];
};

const images = (scope: Construct, { imageAccounts }: Reach): Statements => {
  const { partition, region, accountId } = here(scope);
  const actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
  const of = (account: string): string => `arn:${partition}:ecr:${region}:${account}:repository/*`;
  return [
    { sid: "OwnImages", actions, resources: [of(accountId)] },
    { sid: "ImagesOfOthers", actions, resources: map(imageAccounts, of) },
  ];
};

/** SageMaker attaches a job to the network with the job's role. */
const networkInterfaces = (scope: Construct, { network }: Reach): Statements => {
  const ec2 = (resource: string): string => here(scope).arn("ec2", resource);
  const subnets = map(network.subnetIds, (id) => ec2(`subnet/${id}`));
  const interfaces = [ec2("network-interface/*")];
  const create = ["ec2:CreateNetworkInterface"];
  return [
    { sid: "NetworkInterfaces", actions: create, resources: interfaces },
    { sid: "NetworkInterfacesInSubnets", actions: create, resources: subnets },
    {
      sid: "NetworkInterfacesInGroups",
      actions: create,
      resources: map(network.securityGroupIds, (id) => ec2(`security-group/${id}`)),
    },
    {
      sid: "NetworkInterfacesOfTheNetwork",
      actions: [
        "ec2:CreateNetworkInterfacePermission",
        "ec2:DeleteNetworkInterface",
        "ec2:DeleteNetworkInterfacePermission",
      ],
      resources: interfaces,
      condition: [{ test: "ArnEquals", variable: "ec2:Subnet", values: subnets }],
    },
  ];
};

/** KMS keys can be used through AWS services only: EC2 for volumes, SageMaker itself, and S3 for what jobs write. */
const key = (scope: Construct, { kmsKey, scratchKey }: Reach): Statements => {
  const via = (...services: string[]) => viaService(scope, ...services);
  return [
    block(given(kmsKey), ({ arn }) => ({
      sid: "Volumes",
      actions: ["kms:CreateGrant"],
      resources: [arn],
      condition: [via("ec2", "sagemaker"), { test: "Bool", variable: "kms:GrantIsForAWSResource", values: ["true"] }],
    })),
    block(given(kmsKey), ({ arn }) => ({
      sid: "VolumesKey",
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
      resources: [arn],
      condition: [via("ec2", "sagemaker")],
    })),
    block(given(kmsKey), ({ arn }) => ({
      sid: "JobFiles",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [arn],
      condition: [via("s3")],
    })),
    block(given(scratchKey), ({ arn }) => ({
      sid: "ScratchKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [arn],
      condition: [via("s3")],
    })),
  ];
};

/** Studio acts with the role of the person who works in it: on their own private spaces and the apps there. */
const studio = (scope: Construct, { profile, domainId }: Reach): Statements => {
  const sagemaker = (resource: string): string => here(scope).arn("sagemaker", resource);
  const own = sagemaker(`user-profile/${domainId}/${lower(profile)}`);
  const ofOneself = [
    { test: "ArnLike", variable: "sagemaker:OwnerUserProfileArn", values: [own] },
    { test: "StringEquals", variable: "sagemaker:SpaceSharingType", values: ["Private"] },
  ];
  const spaces = sagemaker(`space/${domainId}/*`);
  const apps = sagemaker(`app/${domainId}/*`);
  return [
    {
      sid: "OwnSpaces",
      actions: ["sagemaker:CreateSpace", "sagemaker:DeleteSpace", "sagemaker:UpdateSpace"],
      resources: [spaces],
      condition: ofOneself,
    },
    {
      sid: "OwnApps",
      actions: ["sagemaker:CreateApp", "sagemaker:DeleteApp"],
      resources: [apps],
      condition: ofOneself,
    },
    { sid: "Apps", actions: ["sagemaker:DescribeApp"], resources: [apps] },
    { sid: "Spaces", actions: ["sagemaker:DescribeSpace", "sagemaker:ListTags"], resources: [spaces] },
    { sid: "Profile", actions: ["sagemaker:DescribeUserProfile", "sagemaker:ListTags"], resources: [own] },
    {
      sid: "Domain",
      actions: ["sagemaker:DescribeDomain", "sagemaker:ListTags"],
      resources: [sagemaker(`domain/${domainId}`)],
    },
  ];
};
