import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
  type S3Client,
} from "@aws-sdk/client-s3";
import { checked, type Stored, type Target } from "./objects";
import type { Fingerprint, Part } from "./reading";
import type { Identity } from "./source";

/** The encryption of an object that goes to a target; without a key the bucket's default encryption. */
const encryption = ({ kmsKeyArn }: Target) =>
  kmsKeyArn ? ({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyArn, BucketKeyEnabled: true } as const) : {};

/**
 * The object that was written, as the source of copies. S3 refuses the copy where somebody has replaced the object
 * since.
 */
export interface Original extends Stored, Fingerprint {
  readonly target: Target;
}
const copySource = ({ target: { bucket, key }, etag }: Original) => ({
  CopySource: `${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`,
  CopySourceIfMatch: etag,
});

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
    private readonly identity: Identity,
  ) {}

  /** @param identity of the bytes that will be sent, kept as the object's metadata */
  static async begin(s3: S3Client, target: Target, identity: Identity, signal: AbortSignal): Promise<MultipartUpload> {
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({
        Bucket: target.bucket,
        Key: target.key,
        Metadata: { [identity.name]: identity.value },
        ChecksumAlgorithm: "CRC32",
        ChecksumType: "FULL_OBJECT",
        ...encryption(target),
      }),
      { abortSignal: signal },
    );
    return new MultipartUpload(s3, target, UploadId!, identity);
  }

  async send({ number, data, crc32 }: Part, signal: AbortSignal): Promise<void> {
    const command = new UploadPartCommand({
      ...this.address(),
      PartNumber: number,
      Body: data,
      ChecksumCRC32: crc32,
    });
    // TLS and the CRC-32 protect the bytes: a signature over them would take as long again as reading them.
    command.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD";
        return next(args);
      },
      { step: "build", name: "unsignedBody" },
    );
    const { ETag } = await this.s3.send(command, { abortSignal: signal });
    this.parts.push({ PartNumber: number, ETag });
  }

  /** Has S3 copy the bytes from `first` to `last` of an existing object. */
  async copy(original: Original, number: number, first: number, last: number, signal: AbortSignal): Promise<void> {
    const { CopyPartResult } = await this.s3.send(
      new UploadPartCopyCommand({
        ...this.address(),
        ...copySource(original),
        PartNumber: number,
        CopySourceRange: `bytes=${first}-${last}`,
      }),
      { abortSignal: signal },
    );
    this.parts.push({ PartNumber: number, ETag: CopyPartResult?.ETag });
  }

  async complete({ crc32, bytes }: Fingerprint, signal: AbortSignal): Promise<Stored> {
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
    return checked(this.s3, this.target, { bytes, identity: this.identity, isSame: reported === crc32 }, signal);
  }

  /**
   * Aborts the upload. Call it only once no part is under way: a part that arrives later stays, and costs money, until
   * a lifecycle rule removes it.
   */
  async abort(): Promise<void> {
    await this.s3.send(new AbortMultipartUploadCommand(this.address()));
  }

  private address() {
    return { Bucket: this.target.bucket, Key: this.target.key, UploadId: this.uploadId };
  }
}

/** Has S3 copy a whole object with its metadata: at most 5 GiB. */
export async function copyWhole(
  s3: S3Client,
  original: Original,
  target: Target,
  identity: Identity,
  signal: AbortSignal,
): Promise<Stored> {
  const { bytes, crc32 } = original;
  const { CopyObjectResult } = await s3.send(
    new CopyObjectCommand({
      Bucket: target.bucket,
      Key: target.key,
      ...copySource(original),
      // Copying tags needs a permission, and there are no tags.
      TaggingDirective: "REPLACE",
      ...encryption(target),
    }),
    { abortSignal: signal },
  );
  return checked(s3, target, { bytes, identity, isSame: CopyObjectResult?.ChecksumCRC32 === crc32 }, signal);
}
