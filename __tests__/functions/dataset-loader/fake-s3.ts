import { S3Client } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";

interface StoredObject {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

const KEPT = /^x-amz-meta-|^x-amz-server-side-encryption/;

/**
 * S3 as the loader uses it, below the real SDK client: it answers HTTP requests from memory, holds every part against its
 * checksum, every upload against its full checksum and size, and the source of every copy against its ETag, as S3 does.
 */
export class FakeS3 {
  readonly objects = new Map<string, StoredObject>();
  readonly uploads = new Map<string, { path: string; headers: Record<string, string>; parts: Map<number, Buffer> }>();
  /** Operation and path of every call, in order. */
  readonly calls: string[] = [];
  /** Headers of every call, in order. */
  readonly headers: Readonly<Record<string, string>>[] = [];
  private begun = 0;
  readonly client = new S3Client({
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    endpoint: "https://127.0.0.1",
    forcePathStyle: true,
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: Request) => {
        const { status, headers = {}, body = "" } = await this.answer(request);
        const stream = typeof body === "string" ? Readable.from([Buffer.from(body)]) : body;
        return { response: { statusCode: status, headers, body: stream } };
      },
    },
  });

  /** @param intervene may answer, or fail, an operation in S3's place */
  constructor(
    private readonly intervene: (operation: string, path: string) => Answer | void | Promise<void> = () => {},
  ) {}

  put(path: string, body: Buffer, headers: Readonly<Record<string, string>> = {}): void {
    this.objects.set(path, { body, headers: { ...headers, etag: etag(body) } });
  }

  private async answer(request: Request): Promise<Answer> {
    const { query, headers, body } = request;
    const path = decodeURIComponent(request.path);
    const operation = nameOf(request);
    this.calls.push(`${operation} ${path}`);
    this.headers.push(headers);
    const answered = await this.intervene(operation, path);
    if (answered) return answered;
    const data = Buffer.from(body ?? "");
    const upload = this.uploads.get(query.uploadId ?? "");
    switch (operation) {
      case "HeadObject":
      case "GetObject": {
        const object = this.objects.get(path);
        if (!object) return operation === "HeadObject" ? { status: 404 } : failure(404, "NoSuchKey");
        const answer = {
          status: headers["if-match"] === undefined || headers["if-match"] === object.headers.etag ? 200 : 412,
          headers: { ...object.headers, "content-length": String(object.body.byteLength) },
        };
        return operation === "HeadObject" ? answer : { ...answer, body: Readable.from([object.body]) };
      }
      case "CopyObject":
      case "UploadPartCopy": {
        const source = this.objects.get(`/${decodeURIComponent(headers["x-amz-copy-source"] ?? "")}`);
        if (!source) return failure(404, "NoSuchKey");
        if (headers["x-amz-copy-source-if-match"] !== source.headers.etag) return failure(412, "PreconditionFailed");
        if (operation === "UploadPartCopy") {
          if (!upload) return failure(404, "NoSuchUpload");
          const [first = 0, last = 0] = /\d+-\d+/
            .exec(headers["x-amz-copy-source-range"] ?? "")![0]
            .split("-")
            .map(Number);
          const part = source.body.subarray(first, last + 1);
          upload.parts.set(Number(query.partNumber), part);
          return { status: 200, body: `<CopyPartResult><ETag>${etag(part)}</ETag></CopyPartResult>` };
        }
        const { body } = source;
        const copied = { ...kept(source.headers, /^x-amz-meta-/), ...kept(headers, /^x-amz-server-side-encryption/) };
        this.objects.set(path, { body, headers: { ...copied, etag: etag(body) } });
        const result = `<ETag>${etag(body)}</ETag><ChecksumCRC32>${checksum(body)}</ChecksumCRC32>`;
        return { status: 200, body: `<CopyObjectResult>${result}</CopyObjectResult>` };
      }
      case "CreateMultipartUpload": {
        const id = `upload-${++this.begun}`;
        this.uploads.set(id, { path, headers: kept(headers, KEPT), parts: new Map() });
        return {
          status: 200,
          body: `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
        };
      }
      case "UploadPart":
        if (!upload) return failure(404, "NoSuchUpload");
        if (headers["x-amz-checksum-crc32"] !== checksum(data)) return failure(400, "BadDigest");
        upload.parts.set(Number(query.partNumber), data);
        return { status: 200, headers: { etag: etag(data) } };
      case "CompleteMultipartUpload": {
        if (!upload) return failure(404, "NoSuchUpload");
        const whole = Buffer.concat([...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part));
        const isWhole =
          headers["x-amz-checksum-type"] === "FULL_OBJECT" &&
          headers["x-amz-checksum-crc32"] === checksum(whole) &&
          headers["x-amz-mp-object-size"] === String(whole.byteLength);
        if (!isWhole) return failure(400, "BadDigest");
        this.uploads.delete(query.uploadId ?? "");
        this.objects.set(path, { body: whole, headers: { ...upload.headers, etag: etag(whole) } });
        return { status: 200, body: `<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>` };
      }
      case "AbortMultipartUpload":
        if (!this.uploads.delete(query.uploadId ?? "")) return failure(404, "NoSuchUpload");
        return { status: 204 };
      default:
        return failure(501, "NotImplemented");
    }
  }
}

export function failure(status: number, code: string): Answer {
  return { status, body: `<Error><Code>${code}</Code><Message>made by the test</Message></Error>` };
}

const kept = (headers: Readonly<Record<string, string>>, names: RegExp): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => names.test(name)));

function nameOf({ method, query, headers }: Request): string {
  const isCopy = "x-amz-copy-source" in headers;
  if (method === "HEAD") return "HeadObject";
  if (method === "GET") return "GetObject";
  if (method === "PUT" && query.partNumber) return isCopy ? "UploadPartCopy" : "UploadPart";
  if (method === "PUT" && isCopy) return "CopyObject";
  if (method === "DELETE" && query.uploadId) return "AbortMultipartUpload";
  if (method === "POST") return "uploads" in query ? "CreateMultipartUpload" : "CompleteMultipartUpload";
  return `${method} ${JSON.stringify(query)}`;
}

function etag(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}

function checksum(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString("base64");
}
