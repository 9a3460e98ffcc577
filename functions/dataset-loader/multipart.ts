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

/** How S3 is to encrypt what goes to a target; not given: as the bucket says. */
const encryption = ({ kmsKeyArn }: Target) =>
  kmsKeyArn ? ({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyArn, BucketKeyEnabled: true } as const) : {};

/** The whole of an object that was written, as the source of a copy: refused by S3 where somebody has replaced it since. */
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

  /** @param identity of what will be sent, kept as the object's metadata */
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
    // TLS and the CRC-32 guard the bytes: to hash them once more for the signature takes as long as to read them.
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

  /** Lets S3 copy the bytes from `first` to `last` of an object that is there. */
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

  /** Only once no part is under way: one that arrives later would stay, and cost, until a lifecycle rule ends it. */
  async abort(): Promise<void> {
    await this.s3.send(new AbortMultipartUploadCommand(this.address()));
  }

  private address() {
    return { Bucket: this.target.bucket, Key: this.target.key, UploadId: this.uploadId };
  }
}

/** Lets S3 copy an object as a whole, with its metadata: at most 5 GiB. */
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
      // To copy tags takes a permission, and there are none.
      TaggingDirective: "REPLACE",
      ...encryption(target),
    }),
    { abortSignal: signal },
  );
  return checked(s3, target, { bytes, identity, isSame: CopyObjectResult?.ChecksumCRC32 === crc32 }, signal);
}
