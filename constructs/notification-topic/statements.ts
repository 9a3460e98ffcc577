import type { Construct } from "constructs";
import {
  accountId,
  arn,
  blockIfAny,
  blockIfNone,
  KEY_ADMINISTRATION,
  type OptionalBlock,
  partition,
  type Statement,
  values,
} from "../hosting";

export type Publishers = Readonly<Record<string, { readonly roleArn: string }>>;

/** Who may use the topic's key: whoever may publish. */
export function keyStatements(
  scope: Construct,
  publishers: Publishers,
): Array<Statement | OptionalBlock<Statement> | undefined> {
  const useKey = ["kms:Decrypt", "kms:GenerateDataKey*"];
  return [
    {
      sid: "AdministerWithoutUsing",
      actions: KEY_ADMINISTRATION,
      resources: ["*"],
      principals: [{ type: "AWS", identifiers: [`arn:${partition(scope)}:iam::${accountId(scope)}:root`] }],
    },
    {
      // Without a source condition, which is not supported for EventBridge and encrypted topics (Amazon SNS, "Key
      // management"); the topic's own policy says which rules and alarms may publish.
      sid: "PublishingServices",
      actions: useKey,
      resources: ["*"],
      principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }],
    },
    blockIfAny(publishers, {
      sid: "PublishingRoles",
      actions: useKey,
      resources: ["*"],
      principals: [{ type: "AWS", identifiers: values(publishers, "roleArn") }],
    }),
  ];
}

/** Who may publish. */
export function topicStatements(
  scope: Construct,
  topicArn: string,
  publishers: Publishers,
  eventRules: Readonly<Record<string, { readonly arn: string }>>,
): Array<Statement | OptionalBlock<Statement> | undefined> {
  const publish = { actions: ["sns:Publish"], resources: [topicArn] };
  const everyone = [{ type: "AWS", identifiers: ["*"] }];
  const notAService = { test: "Bool", variable: "aws:PrincipalIsAWSService", values: ["false"] };
  const roles = values(publishers, "roleArn");
  return [
    blockIfAny(publishers, { sid: "Publishers", ...publish, principals: [{ type: "AWS", identifiers: roles }] }),
    blockIfAny(eventRules, {
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
        { test: "ArnLike", variable: "aws:SourceArn", values: [arn(scope, "cloudwatch", "alarm:*")] },
        { test: "StringEquals", variable: "aws:SourceAccount", values: [accountId(scope)] },
      ],
    },
    // Within one account an identity policy alone would do: only a Deny keeps everyone else from publishing.
    blockIfAny(publishers, {
      sid: "NoOneElse",
      effect: "Deny",
      ...publish,
      principals: everyone,
      condition: [notAService, { test: "ArnNotEquals", variable: "aws:PrincipalArn", values: roles }],
    }),
    blockIfNone(publishers, {
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
