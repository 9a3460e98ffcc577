import { choose, given, merge } from "../hosting";
import { arnOf, mapOf, object, optional, type ResolvedFields, type Rule, rule, text } from "../inputs";

const isDocument: Rule<string> = {
  says: 'must be an IAM policy document as JSON: { "Version": "2012-10-17", "Statement": [ … ] }',
  holds: (text) => {
    try {
      const document = JSON.parse(text) as { readonly Statement?: unknown } | null;
      return document?.Statement !== undefined;
    } catch {
      return false;
    }
  },
  condition: (value) => `can(jsondecode(${value}).Statement)`,
};

/** Additions to a bucket's policy. A bucket has one policy, so a second `aws_s3_bucket_policy` would overwrite it. */
export const bucketPolicy = {
  /**
   * Statements to add to the bucket's policy: policy documents as JSON (`data.aws_iam_policy_document.<name>.json`), by a key of your choice
   * that does not change later. They cannot replace the bucket's own statements.
   * @default - none
   */
  policyDocuments: optional(mapOf(text(isDocument), rule.key), {}),
  /**
   * Denies reading, writing and deleting objects to everyone except these roles, AWS services, the dataset loader and, in studio-access, the
   * role of the S3 Access Grants location. It does not stop anyone from changing the bucket, its policy or its lifecycle rules.
   * @default - no such denial: IAM policies alone decide
   */
  objectsOnlyFor: optional(
    object({
      /** ARN of each role, by a key of your choice that does not change later. */
      roles: mapOf(arnOf.role, rule.key, rule.atMost(100, "roles: a bucket's policy holds 20 KB")),
    }),
  ),
};

export type BucketPolicyOptions = ResolvedFields<typeof bucketPolicy>;

/** `objectsOnlyFor` with one more role, where it is given. */
export const alsoFor = (
  objectsOnlyFor: BucketPolicyOptions["objectsOnlyFor"],
  role: Readonly<Record<string, string>>,
): BucketPolicyOptions["objectsOnlyFor"] =>
  choose(given(objectsOnlyFor), ({ roles }) => ({ roles: merge(roles, role) }));
