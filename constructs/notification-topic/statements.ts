import type { Construct } from "constructs";
import { block, filled, here, type Statements, values } from "../hosting";
import { viaService } from "../shared/via-service";

/** What administrators may do with a key: everything except using it, or letting someone use it by a KMS grant. */
const KEY_ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:Delete*",
  "kms:Describe*",
  "kms:Disable*",
  "kms:Enable*",
  "kms:Get*",
  "kms:List*",
  "kms:Put*",
  "kms:Revoke*",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:Update*",
];

export type Publishers = Readonly<Record<string, { readonly roleArn: string }>>;

/** Policy of the topic's key: whoever may publish may use it. */
export function keyStatements(scope: Construct, publishers: Publishers): Statements {
  const { accountId, partition } = here(scope);
  const useKey = ["kms:Decrypt", "kms:GenerateDataKey*"];
  return [
    {
      sid: "AdministerWithoutUsing",
      actions: KEY_ADMINISTRATION,
      resources: ["*"],
      principals: [{ type: "AWS", identifiers: [`arn:${partition}:iam::${accountId}:root`] }],
    },
    {
      // Without a source condition, which is not supported for EventBridge and encrypted topics (Amazon SNS, "Key
      // management"); the topic's own policy says which rules and alarms may publish.
      sid: "PublishingServices",
      actions: useKey,
      resources: ["*"],
      principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }],
    },
    block(filled(publishers), {
      sid: "PublishingRoles",
      actions: useKey,
      resources: ["*"],
      principals: [{ type: "AWS", identifiers: values(publishers, "roleArn") }],
      condition: [viaService(scope, "sns")],
    }),
  ];
}

/** Policy of the topic: who may publish. */
export function topicStatements(
  scope: Construct,
  topicArn: string,
  publishers: Publishers,
  eventRules: Readonly<Record<string, { readonly arn: string }>>,
): Statements {
  const publish = { actions: ["sns:Publish"], resources: [topicArn] };
  const everyone = [{ type: "AWS", identifiers: ["*"] }];
  const notAService = { test: "Bool", variable: "aws:PrincipalIsAWSService", values: ["false"] };
  const roles = values(publishers, "roleArn");
  return [
    block(filled(publishers), { sid: "Publishers", ...publish, principals: [{ type: "AWS", identifiers: roles }] }),
    block(filled(eventRules), {
      sid: "EventRules",
      ...publish,
      principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
      condition: [{ test: "ArnEquals", variable: "aws:SourceArn", values: values(eventRules, "arn") }],
    }),
    {
      sid: "Alarms",
      ...publish,
      principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }],
      condition: [
        { test: "ArnLike", variable: "aws:SourceArn", values: [here(scope).arn("cloudwatch", "alarm:*")] },
        { test: "StringEquals", variable: "aws:SourceAccount", values: [here(scope).accountId] },
      ],
    },
    // Within one account, an identity policy alone would allow publishing: only a Deny keeps everyone else out.
    block(filled(publishers), {
      sid: "NoOneElse",
      effect: "Deny",
      ...publish,
      principals: everyone,
      condition: [notAService, { test: "ArnNotEquals", variable: "aws:PrincipalArn", values: roles }],
    }),
    block(filled(publishers).not, {
      sid: "NoOne",
      effect: "Deny",
      ...publish,
      principals: everyone,
      condition: [notAService],
    }),
    {
      sid: "TlsOnly",
      effect: "Deny",
      ...publish,
      principals: everyone,
      condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
    },
  ];
}
