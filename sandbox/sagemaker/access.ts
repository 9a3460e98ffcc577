import type { Access } from "../authorization/access";
import { ACCOUNT } from "../gateway/callers";
import type { Call } from "../service";
import { NAMES } from "./names";
import type { Fields } from "./records";
import { inputOf, valuesOf } from "./request";

/**
 * What a SageMaker call needs: its own action, to pass on each role that it names, and to tag what it makes
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html#grant-tagging-permissions).
 */
export function accessesOf(call: Call): readonly [Access, ...Access[]] {
  const { operation, region } = call;
  const input = inputOf(call);
  const [, verb, kind] = /^(Create|Update|Delete|Describe|Stop)(\w+)$/.exec(operation) ?? [];
  const resource = resourceOf(operation, kind, region, input);
  const roles = new Set(valuesOf(input, "RoleArn", "ExecutionRole", "DefaultExecutionRole"));
  const isTagged = verb === "Create" && Array.isArray(input["Tags"]) && input["Tags"].length > 0;
  return [
    { action: `sagemaker:${operation}`, resource },
    ...[...roles].map((role) => ({ action: "iam:PassRole", resource: role, context: PASSED })),
    ...(isTagged ? [{ action: "sagemaker:AddTags", resource, context: { "sagemaker:TaggingAction": operation } }] : []),
  ];
}

const PASSED = { "iam:PassedToService": "sagemaker.amazonaws.com" };

function resourceOf(operation: string, kind: string | undefined, region: string, input: Fields): string {
  if (/^(Add|Delete|List)Tags$/.test(operation)) return String(input["ResourceArn"]);
  const name = operation === "CreatePresignedDomainUrl" ? NAMES.UserProfile : NAMES[kind as keyof typeof NAMES];
  return name === undefined ? "*" : arnOf(region, name(input));
}

export const arnOf = (region: string, name: string): string => `arn:aws:sagemaker:${region}:${ACCOUNT}:${name}`;
