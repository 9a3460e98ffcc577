import type { Construct } from "constructs";
import type { ITerraformIterator, TerraformCount } from "cdktf";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { type Block, putBlocks } from "./blocks";
import { attributeOf } from "./make";

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

/** Statements; some may exist under a condition only. */
export type Statements = ReadonlyArray<Block<Statement>>;

/**
 * JSON of an IAM policy with these statements; those that are undefined are left out. Where the policy's resource has a
 * count or for_each, the document gets the same.
 */
export function policyDocument(
  scope: Construct,
  id: string,
  statements: Statements,
  options: {
    readonly count?: TerraformCount;
    readonly forEach?: ITerraformIterator;
    /** Further documents, as JSON. Where a statement here has the same sid as one of theirs, this one counts. */
    readonly sourcePolicyDocuments?: string[];
  } = {},
): string {
  const document = new DataAwsIamPolicyDocument(scope, id, options);
  putBlocks(document, "statement", statements);
  return attributeOf(document, "json");
}
