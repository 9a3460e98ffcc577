import type { Construct } from "constructs";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { accountId, arn, blockIf, computed, each, hcl, ifGiven, partition, policyDocument, region } from "../hosting";

interface ProfileRole {
  readonly role?: { readonly arn: string } | undefined;
}

export interface ExecutionRolesProps {
  readonly profiles: Readonly<Record<string, ProfileRole>>;
  readonly rolePrefix: string;
  readonly rolePath: string;
  readonly permissionsBoundary: { readonly arn: string } | undefined;
  readonly maxSessionDuration: number;
  readonly domainId: string;
  readonly instanceArn: string;
  readonly scratchArn: string;
  readonly kmsKey: { readonly arn: string } | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ExecutionRoles {
  /** ARN of a profile's role, the one given or made. */
  arn(given: ProfileRole, profile: string): string;
  /** Names of the roles made here, by the profile's name. */
  readonly names: Readonly<Record<string, string>>;
  /** What has to be there before a role is used. */
  readonly policies: IamRolePolicy[];
}

type Statements = Parameters<typeof policyDocument>[2];

/** Lower case, as SageMaker writes profiles in ARNs. */
export const lower = (text: string): string =>
  computed(
    text,
    (known) => known.toLowerCase(),
    (unknown) => hcl`lower(${unknown})`,
  );

/** What every role of Studio trusts: SageMaker, which also says who works with the role (`sts:SetSourceIdentity`). */
export function trustSageMaker(scope: Construct): string {
  return policyDocument(scope, "trust", [
    {
      sid: "SageMaker",
      actions: ["sts:AssumeRole", "sts:SetSourceIdentity"],
      principals: [{ type: "Service", identifiers: ["sagemaker.amazonaws.com"] }],
      condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId(scope)] }],
    },
  ]);
}

/**
 * A role for each profile that is given none. It may ask S3 Access Grants for credentials, and has no access to data of its
 * own: in S3 only to its folder of the scratch bucket.
 */
export function executionRoles(scope: Construct, props: ExecutionRolesProps, trust: string): ExecutionRoles {
  const lacking = { lacking: "role" } as const;
  const roles = each(
    props.profiles,
    "role",
    (_profile, profile, id, forEach) =>
      new IamRole(scope, id, {
        name: `${props.rolePrefix}-${lower(profile)}-role`,
        description: `SageMaker Studio: ${profile} asks S3 Access Grants for data`,
        path: props.rolePath,
        permissionsBoundary: ifGiven(props.permissionsBoundary, ({ arn }) => arn, undefined),
        maxSessionDuration: props.maxSessionDuration,
        assumeRolePolicy: trust,
        tags: props.tags,
        forEach,
      }),
    lacking,
  );
  const policies = each(
    props.profiles,
    "role_policy",
    (_profile, profile, id, forEach) => {
      const statements = [
        ...data(props.instanceArn),
        ...scratch(props.scratchArn, profile),
        ...jobs(scope, roles.at(profile, "arn")),
        ...studio(scope, props.domainId, profile),
        blockIf(props.kmsKey, ({ arn }) => ({
          sid: "Volumes",
          actions: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
          resources: [arn],
        })),
      ];
      const policy = policyDocument(scope, `${id}_document`, statements, { forEach });
      return new IamRolePolicy(scope, id, { name: "studio", role: roles.at(profile, "name"), policy, forEach });
    },
    lacking,
  );
  const arnOf = ({ role }: ProfileRole, profile: string): string =>
    ifGiven(
      role,
      ({ arn }) => arn,
      () => roles.at(profile, "arn"),
    );
  return { arn: arnOf, names: roles.attribute("name"), policies: policies.all };
}

const data = (instanceArn: string): Statements => [
  {
    sid: "AskForData",
    actions: ["s3:GetAccessGrantsInstanceForPrefix", "s3:GetDataAccess", "s3:ListCallerAccessGrants"],
    resources: [instanceArn],
  },
];

/** A folder for each: who could write another's scripts could run them with the other's access. */
const scratch = (bucketArn: string, profile: string): Statements => [
  {
    sid: "ScratchObjects",
    actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
    resources: [`${bucketArn}/${profile}/*`],
  },
  {
    sid: "ScratchList",
    actions: ["s3:ListBucket"],
    resources: [bucketArn],
    condition: [{ test: "StringLike", variable: "s3:prefix", values: [`${profile}/*`] }],
  },
  { sid: "ScratchRegion", actions: ["s3:GetBucketLocation"], resources: [bucketArn] },
];

/** As in the SageMaker Developer Guide, "SageMaker AI roles", "CreateProcessingJob API: execution role permissions". */
const jobs = (scope: Construct, roleArn: string): Statements => [
  {
    sid: "ProcessingJobs",
    actions: [
      "sagemaker:AddTags",
      "sagemaker:CreateProcessingJob",
      "sagemaker:DescribeProcessingJob",
      "sagemaker:StopProcessingJob",
    ],
    resources: [arn(scope, "sagemaker", "processing-job/*")],
  },
  {
    sid: "JobsAsOneself",
    actions: ["iam:PassRole"],
    resources: [roleArn],
    condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["sagemaker.amazonaws.com"] }],
  },
  {
    sid: "Logs",
    actions: [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:GetLogEvents",
      "logs:PutLogEvents",
    ],
    resources: [arn(scope, "logs", "log-group:/aws/sagemaker/*")],
  },
  {
    sid: "Metrics",
    actions: ["cloudwatch:PutMetricData"],
    resources: ["*"],
    condition: [{ test: "StringLike", variable: "cloudwatch:namespace", values: ["/aws/sagemaker/*"] }],
  },
  {
    sid: "Images",
    actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    resources: [`arn:${partition(scope)}:ecr:${region(scope)}:*:repository/*`],
  },
  {
    // None of these can be narrowed to a resource, or only to ones that do not exist yet.
    sid: "NetworkInterfacesAndLists",
    actions: [
      "ec2:CreateNetworkInterface",
      "ec2:CreateNetworkInterfacePermission",
      "ec2:DeleteNetworkInterface",
      "ec2:DeleteNetworkInterfacePermission",
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "ecr:GetAuthorizationToken",
      "sagemaker:ListProcessingJobs",
    ],
    resources: ["*"],
  },
];

/** Studio works with the role of whoever is in it: their own private spaces and what runs there. */
const studio = (scope: Construct, domainId: string, profile: string): Statements => {
  const own = arn(scope, "sagemaker", `user-profile/${domainId}/${lower(profile)}`);
  const ofOneself = [
    { test: "ArnLike", variable: "sagemaker:OwnerUserProfileArn", values: [own] },
    { test: "StringEquals", variable: "sagemaker:SpaceSharingType", values: ["Private"] },
  ];
  const spaces = arn(scope, "sagemaker", `space/${domainId}/*`);
  const apps = arn(scope, "sagemaker", `app/${domainId}/*`);
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
    {
      sid: "Look",
      actions: [
        "sagemaker:DescribeApp",
        "sagemaker:DescribeDomain",
        "sagemaker:DescribeSpace",
        "sagemaker:DescribeUserProfile",
      ],
      resources: [apps, spaces, own, arn(scope, "sagemaker", `domain/${domainId}`)],
    },
    {
      sid: "List",
      actions: [
        "sagemaker:ListApps",
        "sagemaker:ListDomains",
        "sagemaker:ListSpaces",
        "sagemaker:ListTags",
        "sagemaker:ListUserProfiles",
      ],
      resources: ["*"],
    },
  ];
};
