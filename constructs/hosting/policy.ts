import type { Construct } from "constructs";
import type { ITerraformIterator, TerraformCount } from "cdktf";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { type OptionalBlock, putBlocks } from "./blocks";
import { attributeOf } from "./collections";

/** One statement of an IAM policy, in the words of `aws_iam_policy_document`. */
export interface Statement {
  readonly sid: string;
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: ReadonlyArray<{ readonly type: string; readonly identifiers: readonly string[] }>;
  readonly condition?: ReadonlyArray<{
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }>;
}

/** What an administrator may do with a key: everything but use it, or let someone use it by a grant. */
export const KEY_ADMINISTRATION = [
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

/**
 * JSON of an IAM policy with these statements; those that are undefined are left out. Where the policy's resource has a
 * count or for_each, the document gets the same.
 */
export function policyDocument(
  scope: Construct,
  id: string,
  statements: ReadonlyArray<Statement | OptionalBlock<Statement> | undefined>,
  instances: { readonly count?: TerraformCount; readonly forEach?: ITerraformIterator } = {},
): string {
  const document = new DataAwsIamPolicyDocument(scope, id, instances);
  putBlocks(document, "statement", statements);
  return attributeOf(document, "json");
}
