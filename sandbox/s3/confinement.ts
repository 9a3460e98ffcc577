import { covers } from "../access-grants/scope";
import type { VendedSession } from "../access-grants/sessions";
import type { Access } from "./access";

/**
 * What each permission of a grant lets its credentials do
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-get-data.html#supported-s3-actions). S3 Access
 * Grants hands it to STS as a session policy: it only ever takes away from what the location's role may do.
 */
const ACTIONS: Readonly<Record<"READ" | "WRITE", ReadonlySet<string>>> = {
  READ: new Set([
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:GetObjectAcl",
    "s3:GetObjectVersionAcl",
    "s3:ListMultipartUploadParts",
    "s3:ListBucket",
    "s3:ListBucketVersions",
    "s3:ListBucketMultipartUploads",
  ]),
  WRITE: new Set([
    "s3:PutObject",
    "s3:PutObjectAcl",
    "s3:PutObjectVersionAcl",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:AbortMultipartUpload",
  ]),
};

/** Whether vended credentials are good for an access: its action in their permission, its keys in their scope. */
export function isWithin(session: Pick<VendedSession, "scope" | "permission">, access: Access): boolean {
  const { scope, permission } = session;
  const isAction =
    (permission !== "WRITE" && ACTIONS.READ.has(access.action)) ||
    (permission !== "READ" && ACTIONS.WRITE.has(access.action));
  if (!isAction) return false;
  const { bucket, key, prefix = "" } = access;
  return key === undefined
    ? covers(scope, { bucket, key: prefix, open: true })
    : covers(scope, { bucket, key, open: false });
}
