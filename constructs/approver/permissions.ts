import type { Construct } from "constructs";
import { block, choose, given, here, type Statement, type Statements } from "../hosting";
import { functionStatements } from "../shared/lambda-function";
import { viaService } from "../shared/via-service";
import type { ResolvedApproverProps, TopicReference } from "./props";

type Key = { readonly arn: string } | undefined;

const USE_KEY = ["kms:Decrypt", "kms:GenerateDataKey"];

/** The key of a topic or queue: SNS and SQS use it in the role's name. */
const onKey = (scope: Construct, service: "sns" | "sqs", sid: string, key: Key): Statements[number] =>
  block(given(key), ({ arn }) => ({
    sid,
    actions: USE_KEY,
    resources: [arn],
    condition: [viaService(scope, service)],
  }));

/** The check looks whether the services that need a key may use it, by the key's policy. */
const lookAtKey = (sid: string, key: Key): Statements[number] =>
  block(given(key), ({ arn }) => ({ sid, actions: ["kms:DescribeKey", "kms:GetKeyPolicy"], resources: [arn] }));

/**
 * What whoever is the project's member may do: the function's role, or the separate approver role. docs/architecture.md has
 * the table of actions, resources and reasons.
 */
export function datazoneStatements(
  scope: Construct,
  domain: { readonly id: string; readonly kmsKey: Key },
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
      resources: [here(scope).arn("datazone", `domain/${domain.id}`)],
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
      resources: [here(scope).arn("datazone", `domain/${domain.id}`)],
    },
    block(given(domain.kmsKey), ({ arn }) => ({ sid: "DomainKey", actions: USE_KEY, resources: [arn] })),
  ];
}

/** What the function's role needs of what. */
export interface FunctionAccess {
  readonly name: string;
  readonly topic: TopicReference;
  readonly operators: TopicReference;
  readonly successTopic: TopicReference | undefined;
  readonly queueArn: string;
  readonly deadLetterQueueArn: string;
  readonly queueKey: Key;
  readonly logGroupArn: string;
  readonly approverRole: object | undefined;
  readonly approverRoleArn: string | undefined;
  readonly vpc: ResolvedApproverProps["vpc"];
}

/** What the function's role may do beside Amazon DataZone. */
export function approverStatements(scope: Construct, access: FunctionAccess): Statements {
  return [
    { sid: "Announce", actions: ["sns:Publish"], resources: [access.topic.arn] },
    onKey(scope, "sns", "AnnounceKey", access.topic.kmsKey),
    // Lambda publishes what became of an asynchronous invocation as the function's role.
    { sid: "ReportFailures", actions: ["sns:Publish"], resources: [access.operators.arn] },
    onKey(scope, "sns", "ReportFailuresKey", access.operators.kmsKey),
    block(given(access.successTopic), (topic) => ({
      sid: "ReportSuccesses",
      actions: ["sns:Publish"],
      resources: [topic.arn],
    })),
    onKey(
      scope,
      "sns",
      "ReportSuccessesKey",
      choose(given(access.successTopic), ({ kmsKey }) => kmsKey),
    ),
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
    onKey(scope, "sqs", "QueueKey", access.queueKey),
    // For the check: what they are encrypted with, and who may use that.
    { sid: "DeadLetterQueue", actions: ["sqs:GetQueueAttributes"], resources: [access.deadLetterQueueArn] },
    { sid: "Topics", actions: ["sns:GetTopicAttributes"], resources: [access.topic.arn, access.operators.arn] },
    lookAtKey("KeyOfQueues", access.queueKey),
    lookAtKey("KeyOfTopic", access.topic.kmsKey),
    lookAtKey("KeyOfOperators", access.operators.kmsKey),
    {
      sid: "PoliciesAndProjects",
      actions: ["ssm:GetParametersByPath"],
      // Every set below the paths: while a new one is checked, the live version still reads the old one.
      resources: [parameter(scope, access.name, "policies"), parameter(scope, access.name, "projects")],
    },
    block(given(access.approverRole), () => ({
      sid: "ActAsApprover",
      actions: ["sts:AssumeRole"],
      resources: [access.approverRoleArn!],
    })),
    ...functionStatements(scope, { functionName: access.name, logGroupArn: access.logGroupArn, vpc: access.vpc }),
  ];
}

const parameter = (scope: Construct, name: string, kind: string): string =>
  here(scope).arn("ssm", `parameter/${name}/${kind}/*`);

/** Who may take on the approver role: the function's role, nobody else. */
export const functionTrust = (functionRoleArn: string): Statement => ({
  sid: "Function",
  actions: ["sts:AssumeRole"],
  principals: [{ type: "AWS", identifiers: [functionRoleArn] }],
});
