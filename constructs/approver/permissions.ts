import type { Construct } from "constructs";
import { block, choose, given, here, type Statement, type Statements } from "../hosting";
import { functionStatements } from "../shared/lambda-function";
import { viaService } from "../shared/via-service";
import type { ResolvedApproverProps, TopicReference } from "./props";

type Key = { readonly arn: string } | undefined;

const USE_KEY = ["kms:Decrypt", "kms:GenerateDataKey"];

/** Use of a topic's or queue's key through SNS or SQS, which call KMS with the role's permissions. */
const onKey = (scope: Construct, service: "sns" | "sqs", sid: string, key: Key): Statements[number] =>
  block(given(key), ({ arn }) => ({
    sid,
    actions: USE_KEY,
    resources: [arn],
    condition: [viaService(scope, service)],
  }));

/** For the self-check, which reads a key's policy to see whether the services that need the key may use it. */
const lookAtKey = (sid: string, key: Key): Statements[number] =>
  block(given(key), ({ arn }) => ({ sid, actions: ["kms:DescribeKey", "kms:GetKeyPolicy"], resources: [arn] }));

/**
 * Permissions in Amazon DataZone of the role that is the project's member: the function's role, or the separate approver role.
 * docs/architecture.md has the table of actions, resources and reasons.
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

/** The resources that the function's role needs permissions on. */
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

/** Permissions of the function's role outside Amazon DataZone. */
export function approverStatements(scope: Construct, access: FunctionAccess): Statements {
  return [
    { sid: "Announce", actions: ["sns:Publish"], resources: [access.topic.arn] },
    onKey(scope, "sns", "AnnounceKey", access.topic.kmsKey),
    // Lambda publishes the result of an asynchronous invocation with the function's role.
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
    // For the self-check: how queue and topics are encrypted, and who may use the keys.
    { sid: "DeadLetterQueue", actions: ["sqs:GetQueueAttributes"], resources: [access.deadLetterQueueArn] },
    { sid: "Topics", actions: ["sns:GetTopicAttributes"], resources: [access.topic.arn, access.operators.arn] },
    lookAtKey("KeyOfQueues", access.queueKey),
    lookAtKey("KeyOfTopic", access.topic.kmsKey),
    lookAtKey("KeyOfOperators", access.operators.kmsKey),
    {
      sid: "PoliciesAndProjects",
      actions: ["ssm:GetParametersByPath"],
      // All sets below these paths: while a new set is checked, the live version still reads the old one.
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

/** Trust policy of the separate approver role: only the function's role may assume it. */
export const functionTrust = (functionRoleArn: string): Statement => ({
  sid: "Function",
  actions: ["sts:AssumeRole"],
  principals: [{ type: "AWS", identifiers: [functionRoleArn] }],
});
