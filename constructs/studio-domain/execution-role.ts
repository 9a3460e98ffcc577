import type { Construct } from "constructs";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import {
  block,
  choose,
  compute,
  each,
  given,
  hcl,
  Heading,
  here,
  keep,
  policyDocument,
  type Statements,
} from "../hosting";
import { roleCommons, type RoleOptions } from "../shared/roles";

interface ProfileRole {
  readonly role: { readonly arn: string } | undefined;
}

export interface ExecutionRolesProps extends RoleOptions {
  readonly profiles: Readonly<Record<string, ProfileRole>>;
  readonly rolePrefix: string;
  readonly maxSessionDuration: number;
  readonly domainId: string;
  readonly instanceArn: string;
  readonly scratchArn: string;
  readonly kmsKey: { readonly arn: string } | undefined;
}

export interface ExecutionRoles {
  /** ARN of a profile's role, the one given or made. */
  readonly arn: (given: ProfileRole, profile: string) => string;
  /** Names of the roles made here, by the profile's name. */
  readonly names: Readonly<Record<string, string>>;
  /** What has to be there before a role is used. */
  readonly policies: IamRolePolicy[];
}

/** Lower case, as SageMaker writes profiles in ARNs. */
export const lower = (text: string): string =>
  compute(
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
      condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [here(scope).accountId] }],
    },
  ]);
}

/**
 * A role for each profile that is given none. It may ask S3 Access Grants for credentials, and has no access to data of its
 * own: in S3 only to its folder of the scratch bucket.
 */
export function executionRoles(scope: Construct, props: ExecutionRolesProps, trust: string): ExecutionRoles {
  const without = keep(props.profiles, ({ role }) => given(role).not);
  new Heading(scope, "Roles of the profiles: they get to data by S3 Access Grants only");
  const roles = each(without, "role", (_profile, profile, id, forEach) => {
    return new IamRole(scope, id, {
      name: `${props.rolePrefix}-${lower(profile)}-role`,
      description: `SageMaker Studio: ${profile} asks S3 Access Grants for data`,
      maxSessionDuration: props.maxSessionDuration,
      assumeRolePolicy: trust,
      ...roleCommons(props),
      forEach,
    });
  });
  new Heading(scope, "What a profile's role may do");
  const policies = each(without, "role_policy", (_profile, profile, id, forEach) => {
    const statements = [
      ...data(props.instanceArn),
      ...scratch(props.scratchArn, profile),
      ...jobs(scope, roles.at(profile, "arn")),
      ...studio(scope, props.domainId, profile),
      block(given(props.kmsKey), ({ arn }) => ({
        sid: "Volumes",
        actions: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"],
        resources: [arn],
      })),
    ];
    const policy = policyDocument(scope, `${id}_document`, statements, { forEach });
    return new IamRolePolicy(scope, id, { name: "studio", role: roles.at(profile, "name"), policy, forEach });
  });
  const arn = ({ role }: ProfileRole, profile: string): string =>
    choose(
      given(role),
      ({ arn }) => arn,
      () => roles.at(profile, "arn"),
    );
  return { arn, names: roles.attribute("name"), policies: policies.all };
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
    resources: [here(scope).arn("sagemaker", "processing-job/*")],
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
    resources: [here(scope).arn("logs", "log-group:/aws/sagemaker/*")],
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
    resources: [`arn:${here(scope).partition}:ecr:${here(scope).region}:*:repository/*`],
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
    {
      sid: "Look",
      actions: [
        "sagemaker:DescribeApp",
        "sagemaker:DescribeDomain",
        "sagemaker:DescribeSpace",
        "sagemaker:DescribeUserProfile",
      ],
      resources: [apps, spaces, own, sagemaker(`domain/${domainId}`)],
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
