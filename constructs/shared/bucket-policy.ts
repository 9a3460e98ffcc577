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

/** What a bucket's policy says beside what it always says. A bucket has one policy: a second `aws_s3_bucket_policy` would fight with it. */
export const bucketPolicy = {
  /**
   * Further policy documents for the bucket, as JSON (`data.aws_iam_policy_document.<name>.json`), by a key of your choice that does not change later. The
   * bucket's own statements stay, whatever these say.
   * @default - none
   */
  policyDocuments: optional(mapOf(text(isDocument), rule.key), {}),
  /**
   * Denies reading, writing and deleting objects to everyone but these roles, AWS services, the dataset loader and, in
   * studio-access, the role of the S3 Access Grants location. Who may change the bucket, its policy or its lifecycle rules still may.
   * @default - IAM policies decide
   */
  objectsOnlyFor: optional(
    object({
      /** ARN of each role, by a key of your choice that does not change later. */
      roles: mapOf(arnOf.role, rule.key, rule.atMost(100, "roles: a bucket's policy holds 20 KB")),
    }),
  ),
};

export type BucketPolicyOptions = ResolvedFields<typeof bucketPolicy>;

/** One more role whose objects they are, where they are only for named ones. */
export const alsoFor = (
  objectsOnlyFor: BucketPolicyOptions["objectsOnlyFor"],
  role: Readonly<Record<string, string>>,
): BucketPolicyOptions["objectsOnlyFor"] =>
  choose(given(objectsOnlyFor), ({ roles }) => ({ roles: merge(roles, role) }));
