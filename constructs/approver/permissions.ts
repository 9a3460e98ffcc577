import type { Construct } from "constructs";
import { arn, blockIf, type Given, type OptionalBlock, type Statement } from "../hosting";
import type { TopicReference } from "./props";

export type Statements = Array<Statement | OptionalBlock<Statement> | undefined>;

const USE_KEY = ["kms:Decrypt", "kms:GenerateDataKey"];

const onKey = (sid: string, key: Given<{ readonly arn: string }>): Statement | OptionalBlock<Statement> | undefined =>
  blockIf(key, (given) => ({ sid, actions: USE_KEY, resources: [given.arn] }));

/**
 * What whoever is the project's member may do: the function's role, or the separate approver role. docs/architecture.md has
 * the table of actions, resources and reasons.
 */
export function datazoneStatements(
  scope: Construct,
  domain: { readonly id: string; readonly kmsKey?: { readonly arn: string } },
): Statements {
  return [
    {
      sid: "SubscriptionRequests",
      actions: [
        "datazone:AcceptSubscriptionRequest",
        "datazone:GetSubscriptionRequestDetails",
        "datazone:ListSubscriptionRequests",
        "datazone:RejectSubscriptionRequest",
      ],
      resources: [arn(scope, "datazone", `domain/${domain.id}`)],
    },
    {
      sid: "WhatPoliciesReferTo",
      actions: [
        "datazone:GetGlossaryTerm",
        "datazone:GetListing",
        "datazone:GetProject",
        "datazone:GetUserProfile",
        "datazone:ListProjectMemberships",
      ],
      resources: [arn(scope, "datazone", `domain/${domain.id}`)],
    },
    onKey("DomainKey", domain.kmsKey),
  ];
}

/** What the function's role needs of what. */
export interface FunctionAccess {
  readonly name: string;
  readonly topic: TopicReference;
  readonly operators: TopicReference;
  readonly successTopic: Given<TopicReference>;
  readonly successKey: Given<{ readonly arn: string }>;
  readonly queueArn: string;
  readonly queueKey: Given<{ readonly arn: string }>;
  readonly logGroupArn: string;
  readonly approverRole: Given<object>;
  readonly approverRoleArn: string | undefined;
  readonly vpc: Given<object>;
}

/** What the function's role may do beside Amazon DataZone. */
export function functionStatements(scope: Construct, access: FunctionAccess): Statements {
  return [
    { sid: "Announce", actions: ["sns:Publish"], resources: [access.topic.arn] },
    onKey("AnnounceKey", access.topic.kmsKey),
    // Lambda publishes what became of an asynchronous invocation as the function's role.
    { sid: "ReportFailures", actions: ["sns:Publish"], resources: [access.operators.arn] },
    onKey("ReportFailuresKey", access.operators.kmsKey),
    blockIf(access.successTopic, (topic) => ({
      sid: "ReportSuccesses",
      actions: ["sns:Publish"],
      resources: [topic.arn],
    })),
    onKey("ReportSuccessesKey", access.successKey),
    {
      sid: "Queue",
      actions: [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
      ],
      resources: [access.queueArn],
    },
    onKey("QueueKey", access.queueKey),
    // Every set below the path: while a new one is checked, the live version still reads the old one.
    { sid: "Policies", actions: ["ssm:GetParametersByPath"], resources: [parameter(scope, access.name, "policies")] },
    { sid: "Projects", actions: ["ssm:GetParameter"], resources: [parameter(scope, access.name, "projects")] },
    { sid: "Log", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${access.logGroupArn}:*`] },
    blockIf(access.approverRole, () => ({
      sid: "ActAsApprover",
      actions: ["sts:AssumeRole"],
      resources: [access.approverRoleArn!],
    })),
    blockIf(access.vpc, () => ({ sid: "NetworkInterfaces", actions: NETWORK_INTERFACES, resources: ["*"] })),
    blockIf(access.vpc, () => ({
      // AWS's advice (Lambda, "Best practice for using condition keys"): the service attaches the interfaces, the code must not.
      sid: "NoNetworkInterfacesForTheCode",
      effect: "Deny",
      actions: NETWORK_INTERFACES,
      resources: ["*"],
      condition: [
        {
          test: "ArnEquals",
          variable: "lambda:SourceFunctionArn",
          values: [arn(scope, "lambda", `function:${access.name}`)],
        },
      ],
    })),
  ];
}

const parameter = (scope: Construct, name: string, kind: string): string =>
  arn(scope, "ssm", `parameter/${name}/${kind}/*`);

/** As in AWS's managed policy AWSLambdaVPCAccessExecutionRole; none of them can be narrowed to a subnet. */
const NETWORK_INTERFACES = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

/** Who may take on the function's role: Lambda. */
export const LAMBDA_TRUST: Statement = {
  sid: "Lambda",
  actions: ["sts:AssumeRole"],
  principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
};

/** Who may take on the approver role: the function's role, nobody else. */
export const functionTrust = (functionRoleArn: string): Statement => ({
  sid: "Function",
  actions: ["sts:AssumeRole"],
  principals: [{ type: "AWS", identifiers: [functionRoleArn] }],
});
