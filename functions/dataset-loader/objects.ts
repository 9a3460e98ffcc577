import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Identity } from "./source";

/** Where an object goes, and what protects it there. */
export interface Target {
  readonly bucket: string;
  readonly key: string;
  readonly kmsKeyArn?: string;
}

/** An object as S3 reports it. */
export interface Stored {
  readonly etag: string;
  readonly bytes: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** @returns undefined where there is no such object */
export async function stored(s3: S3Client, { bucket, key }: Target, signal: AbortSignal): Promise<Stored | undefined> {
  try {
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal });
    return { etag: head.ETag ?? "", bytes: head.ContentLength ?? 0, metadata: head.Metadata ?? {} };
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) return undefined;
    if (status === 403) {
      throw new Error(`may not look at s3://${bucket}/${key}: the role needs s3:GetObject on it and s3:ListBucket`);
    }
    throw error;
  }
}

/** Whether an object was made from this source. */
export const isMadeOf = ({ name, value }: Identity, object: Stored | undefined): boolean =>
  object?.metadata[name] === value;

/**
 * Looks again at an object that was just written.
 *
 * @throws Error where S3 has another object there: with other bytes by its own checksum, of another size or from
 * another source
 */
export async function checked(
  s3: S3Client,
  target: Target,
  written: { readonly bytes: number; readonly identity: Identity; readonly isSame: boolean },
  signal: AbortSignal,
): Promise<Stored> {
  const found = await stored(s3, target, signal);
  if (!found || !written.isSame || found.bytes !== written.bytes || !isMadeOf(written.identity, found)) {
    throw new Error(`S3 reports another object at s3://${target.bucket}/${target.key} than was written`);
  }
  return found;
}
