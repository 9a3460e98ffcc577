import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { block, given, Heading, policyDocument, putBlocks, type Statements, values } from "../hosting";
import { arnOf, isKnown, mapOf, number, object, optional, type Resolved, type Rule, rule, text } from "../inputs";

/** Name of a bucket, unique in all of AWS. */
export const bucketName = text(
  rule.matches(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    "must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens",
  ),
);
/** A time after which something is deleted. */
export const days = object({ days: number(rule.between(1, 36_500, "days")) });

const documents: Rule<Readonly<Record<string, string>>> = {
  says: 'must hold IAM policy documents as JSON: { "Version": "2012-10-17", "Statement": [ … ] }',
  holds: (texts) => Object.values(texts).every((text) => !isKnown(text) || hasStatements(text)),
  condition: (value) => `alltrue([for text in values(${value}) : can(jsondecode(text).Statement)])`,
};

function hasStatements(text: string): boolean {
  try {
    const document = JSON.parse(text) as { readonly Statement?: unknown } | null;
    return document?.Statement !== undefined;
  } catch {
    return false;
  }
}

/** What a bucket's policy says beside what it always says. A bucket has one policy: a second `aws_s3_bucket_policy` would fight with it. */
export const bucketPolicy = {
  /**
   * Further policy documents for the bucket, as JSON (`data.aws_iam_policy_document.<name>.json`), by a name that stays. The
   * bucket's own statements stay, whatever these say.
   * @default - none
   */
  policyDocuments: optional(mapOf(text(), rule.key, documents), {}),
  /**
   * Denies reading, writing and deleting objects to everyone but these roles, AWS services, the dataset loader and, in
   * studio-access, the role of the S3 Access Grants location. Who may change the bucket, its policy or its lifecycle rules still may.
   * @default - IAM policies decide
   */
  objectsOnlyFor: optional(
    object({
      /** ARN of each role, by a name that stays. */
      roles: mapOf(arnOf.role, rule.key),
    }),
  ),
};

export interface SecureBucketProps {
  readonly bucketName: string;
  readonly kmsKey: { readonly arn: string } | undefined;
  /** Let destroy delete what is in the bucket. */
  readonly deleteObjectsWithBucket: boolean;
  /** Delete versions that were replaced or deleted so many days ago. */
  readonly expireNoncurrentVersions?: { readonly days: number } | undefined;
  /** Delete objects that are so many days old. */
  readonly expireObjects?: { readonly days: number } | undefined;
  readonly policyDocuments?: Readonly<Record<string, string>>;
  /** Deny the objects to everyone but these roles, by their names, and AWS services. */
  readonly objectsOnlyFor?: Resolved<typeof bucketPolicy.objectsOnlyFor>;
  readonly tags: Readonly<Record<string, string>>;
}

/** All that reads, changes or deletes an object or one of its versions. */
const OBJECT_ACTIONS = [
  "s3:AbortMultipartUpload",
  "s3:BypassGovernanceRetention",
  "s3:DeleteObject*",
  "s3:GetObject*",
  "s3:ListMultipartUploadParts",
  "s3:PutObject*",
  "s3:ReplicateDelete",
  "s3:ReplicateObject",
  "s3:ReplicateTags",
  "s3:RestoreObject",
];

/** A bucket as all of ours are: TLS only, encrypted, versioned, without ACLs, and never public. */
export class SecureBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  /** What has to be there before the first object: one that was put earlier would not be encrypted or have a version. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SecureBucketProps) {
    super(scope, id);
    new Heading(this, "A bucket: TLS only, encrypted, versioned, never public");
    const bucket = new S3Bucket(this, "Default", {
      bucket: props.bucketName,
      forceDestroy: props.deleteObjectsWithBucket,
      tags: props.tags,
    });
    this.name = bucket.bucket;
    this.arn = bucket.arn;
    const publicAccess = new S3BucketPublicAccessBlock(this, "public_access", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const ownership = new S3BucketOwnershipControls(this, "ownership", {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: bucket.id,
      rule: [],
    });
    putBlocks(encryption, "rule", [
      block(given(props.kmsKey), ({ arn }) => ({
        applyServerSideEncryptionByDefault: [{ sseAlgorithm: "aws:kms", kmsMasterKeyId: arn }],
        bucketKeyEnabled: true,
      })),
      block(given(props.kmsKey).not, { applyServerSideEncryptionByDefault: [{ sseAlgorithm: "AES256" }] }),
    ]);
    const policy = new S3BucketPolicy(this, "policy", {
      bucket: bucket.id,
      policy: policyDocument(this, "policy_document", this.statements(props), {
        ...(props.policyDocuments && { sourcePolicyDocuments: values(props.policyDocuments) }),
      }),
      // S3 refuses two changes of a bucket's access at the same time.
      dependsOn: [publicAccess],
    });
    const lifecycle = new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.id,
      dependsOn: [versioning],
    });
    const rule = { status: "Enabled", filter: [{}] };
    putBlocks(lifecycle, "rule", [
      // Whoever dies in the middle of an upload cannot clean up, and its parts cost money unseen.
      { id: "abort-incomplete-uploads", ...rule, abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }] },
      block(given(props.expireNoncurrentVersions), ({ days }) => ({
        id: "expire-noncurrent-versions",
        ...rule,
        noncurrentVersionExpiration: [{ noncurrentDays: days }],
      })),
      block(given(props.expireObjects), ({ days }) => ({ id: "expire-objects", ...rule, expiration: [{ days }] })),
    ]);
    this.ready = [versioning, encryption, ownership, publicAccess, policy];
  }

  private statements({ objectsOnlyFor }: SecureBucketProps): Statements {
    const everyone = { effect: "Deny", principals: [{ type: "AWS", identifiers: ["*"] }] } as const;
    return [
      {
        sid: "TlsOnly",
        ...everyone,
        actions: ["s3:*"],
        resources: [this.arn, `${this.arn}/*`],
        condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
      },
      block(given(objectsOnlyFor), ({ roles }) => ({
        sid: "ObjectsOnlyForNamedRoles",
        ...everyone,
        actions: OBJECT_ACTIONS,
        resources: [`${this.arn}/*`],
        condition: [
          { test: "ArnNotEquals", variable: "aws:PrincipalArn", values: values(roles) },
          { test: "BoolIfExists", variable: "aws:PrincipalIsAWSService", values: ["false"] },
        ],
      })),
    ];
  }
}
