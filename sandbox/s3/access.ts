import type { Call } from "../service";

/** One thing that an S3 call does, as IAM names it: to a key, or to the keys of a bucket that start with a prefix. */
export interface Access {
  readonly action: string;
  readonly bucket: string;
  readonly key?: string;
  /** What a listing is limited to; undefined for a bucket as a whole. */
  readonly prefix?: string;
}

/** The action of each operation on one object; with `versionId`, that of one of its versions. */
const OBJECT: Readonly<Record<string, readonly [action: string, ofVersion: string]>> = {
  GetObject: ["s3:GetObject", "s3:GetObjectVersion"],
  HeadObject: ["s3:GetObject", "s3:GetObjectVersion"],
  GetObjectAcl: ["s3:GetObjectAcl", "s3:GetObjectVersionAcl"],
  GetObjectTagging: ["s3:GetObjectTagging", "s3:GetObjectVersionTagging"],
  ListParts: ["s3:ListMultipartUploadParts", "s3:ListMultipartUploadParts"],
  PutObject: ["s3:PutObject", "s3:PutObject"],
  CopyObject: ["s3:PutObject", "s3:PutObject"],
  CreateMultipartUpload: ["s3:PutObject", "s3:PutObject"],
  UploadPart: ["s3:PutObject", "s3:PutObject"],
  UploadPartCopy: ["s3:PutObject", "s3:PutObject"],
  CompleteMultipartUpload: ["s3:PutObject", "s3:PutObject"],
  PutObjectAcl: ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
  PutObjectTagging: ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"],
  DeleteObject: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
  DeleteObjectTagging: ["s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"],
  AbortMultipartUpload: ["s3:AbortMultipartUpload", "s3:AbortMultipartUpload"],
};

const LISTINGS: Readonly<Record<string, string>> = {
  HeadBucket: "s3:ListBucket",
  ListObjects: "s3:ListBucket",
  ListObjectsV2: "s3:ListBucket",
  ListObjectVersions: "s3:ListBucketVersions",
  ListMultipartUploads: "s3:ListBucketMultipartUploads",
};

/** Actions that a header of an upload needs, beside the one that stores the data. */
const HEADERS: readonly (readonly [header: RegExp, action: string])[] = [
  [/^x-amz-(acl|grant-.+)$/, "s3:PutObjectAcl"],
  [/^x-amz-tagging$/, "s3:PutObjectTagging"],
  [/^x-amz-object-lock-(mode|retain-until-date)$/, "s3:PutObjectRetention"],
  [/^x-amz-object-lock-legal-hold$/, "s3:PutObjectLegalHold"],
];

/**
 * Everything that an S3 call on one object or one listing needs permission for; undefined for any other call.
 * DeleteObjects, which names its keys in its body, is in delete-objects.ts.
 */
export function accessesOf(call: Call): readonly Access[] | undefined {
  const { bucket, key } = addressOf(call.path);
  const listing = LISTINGS[call.operation];
  if (listing !== undefined && key === "") {
    const prefix = call.operation === "HeadBucket" ? null : call.query.get("prefix");
    return [{ action: listing, bucket, ...(prefix !== null && { prefix }) }];
  }
  const actions = OBJECT[call.operation];
  if (actions === undefined || key === "") return undefined;
  const accesses: Access[] = [{ action: actions[call.query.has("versionId") ? 1 : 0], bucket, key }];
  if (actions[0] === "s3:PutObject") {
    for (const [header, action] of HEADERS) {
      if (Object.keys(call.headers).some((name) => header.test(name))) accesses.push({ action, bucket, key });
    }
  }
  const source = copySourceOf(call);
  if (source !== undefined) {
    const { versionId, ...from } = source;
    accesses.push({ action: versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", ...from });
  }
  return accesses;
}

/** Bucket and key of a path-style address; the key of a bucket's own calls is empty. */
export function addressOf(path: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = "", key = ""] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  return { bucket: decoded(bucket), key: decoded(key) };
}

/** What a copy is made of. */
export function copySourceOf({ headers }: Call): { bucket: string; key: string; versionId?: string } | undefined {
  const source = headers["x-amz-copy-source"];
  if (source === undefined) return undefined;
  const [path = "", query = ""] = source.split("?");
  const versionId = new URLSearchParams(query).get("versionId");
  const at = addressOf(path.startsWith("/") ? path : `/${path}`);
  return { ...at, ...(versionId !== null && { versionId }) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
