import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { block, given, Heading, policyDocument, putBlocks, settled, type Statements, values } from "../hosting";
import { number, object, rule } from "../inputs";
import { type AccessLogs, logAccess } from "./access-logs";
import type { BucketPolicyOptions } from "./bucket-policy";

/** A time after which something is deleted. */
export const days = object({ days: number(rule.between(1, 36_500, "days")) });

export interface SecureBucketProps extends Partial<BucketPolicyOptions> {
  readonly bucketName: string;
  readonly kmsKey: { readonly arn: string } | undefined;
  /** Let destroy delete what is in the bucket. */
  readonly deleteObjectsWithBucket: boolean;
  /** Delete versions that were replaced or deleted this many days ago. */
  readonly expireNoncurrentVersions?: { readonly days: number } | undefined;
  /** Delete objects that are this many days old. */
  readonly expireObjects?: { readonly days: number } | undefined;
  readonly accessLogs: AccessLogs | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A bucket as all of ours are: TLS only, encrypted, versioned, without ACLs, and never public. */
export class SecureBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  /** The bucket's name, as an attribute of its policy: whatever uses it is created after the bucket's protection, and destroyed before. */
  readonly protectedName: string;
  /** What must exist before the first object is put, because an earlier object would be unencrypted or without a version. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SecureBucketProps) {
    super(scope, id);
    new Heading(this, "A bucket: TLS only, encrypted, versioned, never public");
    const why = "another name would replace the bucket and lose its objects; create a second bucket and copy them";
    const bucket = new S3Bucket(this, "Default", {
      bucket: settled(this, "name", props.bucketName, "the bucket's name", why),
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
    new Heading(this, "The bucket's policy, and what its lifecycle rules delete");
    const policy = new S3BucketPolicy(this, "policy", {
      bucket: bucket.id,
      policy: policyDocument(this, "policy_document", statements(bucket.arn, props), {
        ...(props.policyDocuments && { sourcePolicyDocuments: values(props.policyDocuments) }),
      }),
      // S3 refuses two changes of a bucket's access at the same time.
      dependsOn: [publicAccess, ownership, versioning, encryption],
    });
    const lifecycle = new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.id,
      dependsOn: [versioning],
    });
    const rule = { status: "Enabled", filter: [{}] };
    putBlocks(lifecycle, "rule", [
      // A client that dies during an upload cannot clean up, and the parts cost money without being seen.
      { id: "abort-incomplete-uploads", ...rule, abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }] },
      block(given(props.expireNoncurrentVersions), ({ days }) => ({
        id: "expire-noncurrent-versions",
        ...rule,
        noncurrentVersionExpiration: [{ noncurrentDays: days }],
      })),
      block(given(props.expireObjects), ({ days }) => ({ id: "expire-objects", ...rule, expiration: [{ days }] })),
    ]);
    logAccess(this, bucket, props);
    this.ready = [policy];
    this.protectedName = policy.bucket;
  }
}

/** All actions that read, change or delete an object or one of its versions. */
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

/** The bucket policy's own statements, which further documents cannot take out. */
function statements(bucketArn: string, { objectsOnlyFor }: Partial<BucketPolicyOptions>): Statements {
  const everyone = { effect: "Deny", principals: [{ type: "AWS", identifiers: ["*"] }] } as const;
  return [
    {
      sid: "TlsOnly",
      ...everyone,
      actions: ["s3:*"],
      resources: [bucketArn, `${bucketArn}/*`],
      condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
    },
    block(given(objectsOnlyFor), ({ roles }) => ({
      sid: "ObjectsOnlyForNamedRoles",
      ...everyone,
      actions: OBJECT_ACTIONS,
      resources: [`${bucketArn}/*`],
      condition: [
        { test: "ArnNotEquals", variable: "aws:PrincipalArn", values: values(roles) },
        { test: "BoolIfExists", variable: "aws:PrincipalIsAWSService", values: ["false"] },
      ],
    })),
  ];
}
