import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { Fingerprint, Part } from "./reading";

/** An object as S3 reports it. */
export interface Stored {
  readonly etag: string;
  readonly bytes: number;
  /** The digest that the loader left in the object's metadata. */
  readonly sha256?: string;
}

/** Where an object goes, and what protects it there. */
export interface Target {
  readonly bucket: string;
  readonly key: string;
  readonly kmsKeyArn?: string;
}

/** @returns undefined where there is no such object */
export async function stored(s3: S3Client, { bucket, key }: Target, signal: AbortSignal): Promise<Stored | undefined> {
  try {
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal });
    const sha256 = head.Metadata?.sha256;
    return { etag: head.ETag ?? "", bytes: head.ContentLength ?? 0, ...(sha256 && { sha256 }) };
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) return undefined;
    if (status === 403) {
      throw new Error(`may not look at s3://${bucket}/${key}: the role needs s3:GetObject on it and s3:ListBucket`);
    }
    throw error;
  }
}

/**
 * One object on its way into S3. It is there whole after `complete`, or not at all after `abort`.
 *
 * Every part is sent with its CRC-32, and `complete` with the CRC-32 and the size of the whole: S3 refuses what differs
 * (AWS: "Checking object integrity for data uploads", full-object checksums).
 */
export class MultipartUpload {
  private readonly parts: CompletedPart[] = [];

  private constructor(
    private readonly s3: S3Client,
    private readonly target: Target,
    private readonly uploadId: string,
  ) {}

  /** @param sha256 digest of what will be sent, kept as the object's metadata */
  static async begin(s3: S3Client, target: Target, sha256: string, signal: AbortSignal): Promise<MultipartUpload> {
    const { bucket, key, kmsKeyArn } = target;
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({
        Bucket: bucket,
        Key: key,
        Metadata: { sha256 },
        ChecksumAlgorithm: "CRC32",
        ChecksumType: "FULL_OBJECT",
        ...(kmsKeyArn && { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyArn, BucketKeyEnabled: true }),
      }),
      { abortSignal: signal },
    );
    return new MultipartUpload(s3, target, UploadId!);
  }

  async send({ number, data }: Part, signal: AbortSignal): Promise<void> {
    const { ETag } = await this.s3.send(
      new UploadPartCommand({ ...this.address(), PartNumber: number, Body: data, ChecksumAlgorithm: "CRC32" }),
      { abortSignal: signal },
    );
    this.parts.push({ PartNumber: number, ETag });
  }

  async complete({ crc32, bytes, sha256 }: Fingerprint, signal: AbortSignal): Promise<Stored> {
    const Parts = this.parts.sort((a, b) => a.PartNumber! - b.PartNumber!);
    const { ChecksumCRC32: reported = crc32 } = await this.s3.send(
      new CompleteMultipartUploadCommand({
        ...this.address(),
        MultipartUpload: { Parts },
        ChecksumType: "FULL_OBJECT",
        ChecksumCRC32: crc32,
        MpuObjectSize: bytes,
      }),
      { abortSignal: signal },
    );
    const found = await stored(this.s3, this.target, signal);
    if (found?.bytes !== bytes || found.sha256 !== sha256 || reported !== crc32) {
      throw new Error(`S3 reports another object at s3://${this.target.bucket}/${this.target.key} than was written`);
    }
    return found;
  }

  /** Only once no `send` is under way: a part that arrives later would stay, and cost, until a lifecycle rule ends it. */
  async abort(): Promise<void> {
    await this.s3.send(new AbortMultipartUploadCommand(this.address()));
  }

  private address() {
    return { Bucket: this.target.bucket, Key: this.target.key, UploadId: this.uploadId };
  }
}
