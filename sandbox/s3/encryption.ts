import { XMLParser } from "fast-xml-parser";
import { AwsClient, AwsError } from "../gateway/aws-client";
import { ACCOUNT, ADMIN } from "../gateway/callers";
import { awsError } from "../errors";
import type { Call, Reply, Surroundings } from "../service";
import { addressOf, copySourceOf } from "./access";

/** A customer-managed key, and what S3 has encrypted with it or is to encrypt. */
interface Encryption {
  /** As it was given: an id, an ARN or an alias. */
  readonly key: string;
  /** What KMS is told: the object's ARN, or with a bucket key the bucket's. */
  readonly context: string;
}

interface Use extends Encryption {
  readonly actions: readonly string[];
}

const ALGORITHM = "x-amz-server-side-encryption";
const KEY = `${ALGORITHM}-aws-kms-key-id`;
const BUCKET_KEY = `${ALGORITHM}-bucket-key-enabled`;

const ENCRYPT = ["kms:GenerateDataKey"];
const DECRYPT = ["kms:Decrypt"];
const WRITES = new Set(["PutObject", "CopyObject", "CreateMultipartUpload"]);

/**
 * Asks KMS what S3 asks it in the caller's name, by the documented permissions of each operation: to write takes
 * kms:GenerateDataKey, to read kms:Decrypt, parts both
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html). Keys that AWS manages let every role
 * of the account in through S3.
 */
export class KeyUse {
  /** The encryption of uploads in parts that are under way, by their ids. */
  private readonly uploads = new Map<string, Encryption>();
  private readonly aws: AwsClient;

  constructor(private readonly surroundings: Pick<Surroundings, "moto" | "region" | "refusal">) {
    this.aws = new AwsClient(surroundings.moto, ADMIN, surroundings.region);
  }

  /** A write that says nothing of encryption is encrypted as the bucket says; moto does so for whole objects only. */
  async asBucketSays(call: Call): Promise<Call> {
    if (!WRITES.has(call.operation) || call.headers[ALGORITHM] !== undefined) return call;
    const { bucket } = addressOf(call.path);
    const found = rule(await this.aws.subresource(bucket, "encryption"));
    if (found === undefined) return call;
    return { ...call, headers: { ...call.headers, ...found } };
  }

  /** The refusal of a call whose caller may not use the key, or whose key nobody can. */
  async refuse(call: Call): Promise<Reply | undefined> {
    for (const { key, context, actions } of await this.usesOf(call)) {
      const found = await this.find(key);
      if (typeof found !== "string") return awsError(call, 400, found.code, found.message);
      for (const action of actions) {
        const keys = {
          "kms:ViaService": `s3.${this.surroundings.region}.amazonaws.com`,
          "kms:CallerAccount": ACCOUNT,
          "kms:EncryptionContext:aws:s3:arn": context,
          "kms:EncryptionContextKeys": ["aws:s3:arn"],
        };
        const why = await this.surroundings.refusal(call.caller, { action, resource: found, context: keys });
        if (why === undefined) continue;
        const message = `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${found} because ${why} the ${action} action`;
        return awsError(call, 403, "AccessDenied", message);
      }
    }
    return undefined;
  }

  /** Keeps in mind how an upload in parts is encrypted, until it ends. */
  note(call: Call, reply: Reply): void {
    if (reply.status >= 300) return;
    if (call.operation === "CreateMultipartUpload") {
      const id = /<UploadId>([^<]+)/.exec((reply.body ?? "").toString())?.[1];
      const encryption = encryptionOf(call.headers, addressOf(call.path));
      if (id !== undefined && encryption !== undefined) this.uploads.set(id, encryption);
    }
    const ended = call.operation === "CompleteMultipartUpload" || call.operation === "AbortMultipartUpload";
    if (ended) this.uploads.delete(call.query.get("uploadId") ?? "");
  }

  private async usesOf(call: Call): Promise<readonly Use[]> {
    const upload = this.uploads.get(call.query.get("uploadId") ?? "");
    const target = addressOf(call.path);
    switch (call.operation) {
      case "PutObject":
        return uses(encryptionOf(call.headers, target), ENCRYPT);
      case "CopyObject":
        return [...(await this.source(call)), ...uses(encryptionOf(call.headers, target), ENCRYPT)];
      // The parts are read again when the object is put together.
      case "CreateMultipartUpload":
        return uses(encryptionOf(call.headers, target), [...ENCRYPT, ...DECRYPT]);
      case "UploadPart":
        return uses(upload, [...ENCRYPT, ...DECRYPT]);
      case "UploadPartCopy":
        return [...(await this.source(call)), ...uses(upload, [...ENCRYPT, ...DECRYPT])];
      case "CompleteMultipartUpload":
        return uses(upload, DECRYPT);
      case "GetObject":
        return uses(await this.ofObject(target, call.query.get("versionId")), DECRYPT);
      case "HeadObject":
        // Only the checksum is encrypted with the data.
        if (call.headers["x-amz-checksum-mode"]?.toUpperCase() !== "ENABLED") return [];
        return uses(await this.ofObject(target, call.query.get("versionId")), DECRYPT);
      default:
        return [];
    }
  }

  private async source(call: Call): Promise<readonly Use[]> {
    const source = copySourceOf(call);
    return source === undefined ? [] : uses(await this.ofObject(source, source.versionId), DECRYPT);
  }

  private async ofObject(at: Address, versionId: string | null | undefined): Promise<Encryption | undefined> {
    const query = versionId ? new URLSearchParams({ versionId }).toString() : "";
    return encryptionOf((await this.aws.head(at.bucket, at.key, query)) ?? {}, at);
  }

  /** The ARN of a key that can be used, or the error that S3 passes on. */
  private async find(KeyId: string): Promise<string | { readonly code: string; readonly message: string }> {
    interface Found {
      KeyMetadata: { Arn: string; KeyState: string };
    }
    try {
      const { KeyMetadata } = await this.aws.json<Found>("kms", "TrentService.DescribeKey", { KeyId });
      if (KeyMetadata.KeyState === "Enabled") return KeyMetadata.Arn;
      const isDisabled = KeyMetadata.KeyState === "Disabled";
      const code = isDisabled ? "KMS.DisabledException" : "KMS.KMSInvalidStateException";
      return { code, message: `${KeyMetadata.Arn} is ${isDisabled ? "disabled" : "pending deletion"}.` };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { code: "KMS.NotFoundException", message: `Key '${KeyId}' does not exist` };
    }
  }
}

interface Address {
  readonly bucket: string;
  readonly key: string;
}

function uses(encryption: Encryption | undefined, actions: readonly string[]): readonly Use[] {
  return encryption === undefined ? [] : [{ ...encryption, actions }];
}

/** What the headers of a write, or of an object, say; undefined without a key of one's own. */
function encryptionOf(headers: Readonly<Record<string, string>>, { bucket, key }: Address): Encryption | undefined {
  const id = headers[KEY];
  if (!headers[ALGORITHM]?.startsWith("aws:kms") || id === undefined || id.includes("alias/aws/")) return undefined;
  const object = headers[BUCKET_KEY]?.toLowerCase() === "true" ? "" : `/${key}`;
  return { key: id, context: `arn:aws:s3:::${bucket}${object}` };
}

const parser = new XMLParser({ parseTagValue: false });

/** A bucket's default encryption as the headers of a write; undefined where it asks for no key. */
function rule(xml: string | undefined): Readonly<Record<string, string>> | undefined {
  interface Configuration {
    ServerSideEncryptionConfiguration?: {
      Rule?: {
        ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string };
        BucketKeyEnabled?: string;
      };
    };
  }
  const found = (parser.parse(xml ?? "") as Configuration).ServerSideEncryptionConfiguration?.Rule;
  const { SSEAlgorithm, KMSMasterKeyID } = found?.ApplyServerSideEncryptionByDefault ?? {};
  if (!SSEAlgorithm?.startsWith("aws:kms")) return undefined;
  return {
    [ALGORITHM]: SSEAlgorithm,
    ...(KMSMasterKeyID && { [KEY]: KMSMasterKeyID }),
    ...(found?.BucketKeyEnabled !== undefined && { [BUCKET_KEY]: found.BucketKeyEnabled }),
  };
}
