import fc from "fast-check";
import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { load } from "../../../functions/dataset-loader/load";
import { failure, FakeS3 } from "./fake-s3";

const PART = 64;
const DATA = randomBytes(1_000);
const KEYS = ["Product/abalone.csv", "UserA/abalone.csv", "UserB/abalone.csv"];
const PATHS = KEYS.map((key) => `/data/${key}`);
const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");

function run(
  s3: FakeS3,
  options: { data?: Buffer; sha256?: string; keys?: string[]; bytes?: number; signal?: AbortSignal } = {},
) {
  const { data = DATA, keys = KEYS, bytes, signal = new AbortController().signal } = options;
  let readings = 0;
  const open = async () => {
    readings++;
    return { body: Readable.from(chunks(data)), ...(bytes !== undefined && { bytes }) };
  };
  const request = { source: { url: new URL("https://example.com/abalone.csv") }, bucket: "data", keys };
  const result = load(
    { ...request, ...(options.sha256 && { sha256: options.sha256 }) },
    { s3: s3.client, open, signal, partSize: PART },
  );
  return { result, readings: () => readings };
}

function chunks(data: Buffer, size = 100): Buffer[] {
  return Array.from({ length: Math.ceil(data.byteLength / size) }, (_, i) => data.subarray(i * size, (i + 1) * size));
}

const written = (s3: FakeS3) => s3.calls.filter((call) => !call.startsWith("HeadObject"));

test("writes the source under every prefix, with its digest, from one reading", async () => {
  const s3 = new FakeS3();
  const { result, readings } = run(s3, { sha256: sha256(DATA) });
  expect(await result).toEqual({
    sha256: sha256(DATA),
    bytes: 1_000,
    objects: KEYS.map((key) => ({ key, etag: expect.stringMatching(/^"[0-9a-f]{32}"$/), outcome: "written" })),
  });
  for (const path of PATHS) {
    expect(s3.objects.get(path)?.body.equals(DATA)).toBe(true);
    expect(s3.objects.get(path)?.headers["x-amz-meta-sha256"]).toBe(sha256(DATA));
  }
  expect(readings()).toBe(1);
});

test("a second load writes nothing, and with a given digest does not even read the source", async () => {
  const s3 = new FakeS3();
  await run(s3).result;
  s3.calls.length = 0;
  const unknown = run(s3);
  expect((await unknown.result).objects.map(({ outcome }) => outcome)).toEqual(["skipped", "skipped", "skipped"]);
  expect(unknown.readings()).toBe(1);
  const known = run(s3, { sha256: sha256(DATA) });
  expect((await known.result).objects.map(({ outcome }) => outcome)).toEqual(["skipped", "skipped", "skipped"]);
  expect(known.readings()).toBe(0);
  expect(written(s3)).toEqual([]);
});

test("a prefix that is added is the only one written", async () => {
  const s3 = new FakeS3();
  await run(s3, { keys: KEYS.slice(0, 2) }).result;
  const { objects } = await run(s3).result;
  expect(objects.map(({ outcome }) => outcome)).toEqual(["skipped", "skipped", "written"]);
});

test("what somebody else put there, or another source, is replaced", async () => {
  const s3 = new FakeS3();
  s3.put(PATHS[0]!, DATA);
  await run(s3, { data: randomBytes(10), keys: [KEYS[1]!] }).result;
  const { objects } = await run(s3).result;
  expect(objects.map(({ outcome }) => outcome)).toEqual(["written", "written", "written"]);
  expect(PATHS.every((path) => s3.objects.get(path)?.body.equals(DATA))).toBe(true);
});

test("without a digest, a source of one part is read once and a larger one twice", async () => {
  const small = run(new FakeS3(), { data: randomBytes(PART) });
  await small.result;
  expect(small.readings()).toBe(1);
  const large = run(new FakeS3(), { data: randomBytes(PART + 1) });
  await large.result;
  expect(large.readings()).toBe(2);
});

test("any size arrives as it is, whatever the chunks", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 5 * PART }), async (bytes) => {
      const data = Buffer.from(bytes);
      const s3 = new FakeS3();
      await run(s3, { data, keys: [KEYS[0]!] }).result;
      expect(s3.objects.get(PATHS[0]!)?.body.equals(data)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test("encrypts with the given key", async () => {
  const s3 = new FakeS3();
  const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/k";
  const source = { s3: { bucket: "from", key: "a" } };
  const open = async () => ({ body: Readable.from([DATA]) });
  const signal = new AbortController().signal;
  await load({ source, bucket: "data", keys: [KEYS[0]!], kmsKeyArn }, { s3: s3.client, open, signal });
  expect(s3.objects.get(PATHS[0]!)?.headers).toMatchObject({
    "x-amz-server-side-encryption": "aws:kms",
    "x-amz-server-side-encryption-aws-kms-key-id": kmsKeyArn,
  });
});

describe("a failed load leaves nothing half done and says why:", () => {
  async function expectNothing(s3: FakeS3, result: Promise<unknown>, reason: string | RegExp) {
    await expect(result).rejects.toThrow(reason);
    expect(s3.uploads.size).toBe(0);
    expect(s3.objects.size).toBe(0);
  }

  test("wrong checksum, found only after the last byte", async () => {
    const s3 = new FakeS3();
    const { result } = run(s3, { sha256: "0".repeat(64) });
    await expectNothing(s3, result, `wrong checksum: its sha256 is ${sha256(DATA)}, not ${"0".repeat(64)}`);
    expect(s3.calls.filter((call) => call.startsWith("AbortMultipartUpload"))).toHaveLength(3);
  });

  test("a source that changes between two readings", async () => {
    const s3 = new FakeS3();
    const open = async () => ({ body: Readable.from([randomBytes(200)]) });
    const request = { source: { s3: { bucket: "from", key: "a" } }, bucket: "data", keys: KEYS };
    const signal = new AbortController().signal;
    await expectNothing(s3, load(request, { s3: s3.client, open, signal, partSize: PART }), "wrong checksum");
  });

  test.each([undefined, sha256(Buffer.alloc(0))])("an empty source (sha256 %s)", async (digest) => {
    const s3 = new FakeS3();
    await expectNothing(
      s3,
      run(s3, { data: Buffer.alloc(0), ...(digest && { sha256: digest }) }).result,
      "the source is empty",
    );
  });

  test("a source that ends early", async () => {
    const s3 = new FakeS3();
    await expectNothing(s3, run(s3, { bytes: 1_001, sha256: sha256(DATA) }).result, "ended after 1000 of 1001 bytes");
  });

  test("a source that is too large, before reading it", async () => {
    const s3 = new FakeS3();
    const { result } = run(s3, { bytes: PART * 10_000 + 1, sha256: sha256(DATA) });
    await expectNothing(s3, result, "too large: 640001 bytes, at most 640000 can be loaded");
    expect(written(s3)).toEqual([]);
  });

  test("a source that breaks off", async () => {
    const s3 = new FakeS3();
    const body = Readable.from(
      (async function* () {
        yield DATA;
        throw new Error("connection reset");
      })(),
    );
    const request = { source: { s3: { bucket: "from", key: "a" } }, sha256: sha256(DATA), bucket: "data", keys: KEYS };
    const surroundings = {
      s3: s3.client,
      open: async () => ({ body }),
      signal: new AbortController().signal,
      partSize: PART,
    };
    await expectNothing(s3, load(request, surroundings), "connection reset");
  });

  test.each(["CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"])(
    "%s fails for one prefix",
    async (failing) => {
      const s3 = new FakeS3((operation, path) => {
        if (operation === failing && path === PATHS[1]) return failure(403, "AccessDenied");
      });
      await expect(run(s3, { sha256: sha256(DATA) }).result).rejects.toThrow("made by the test");
      expect(s3.uploads.size).toBe(0);
      expect(s3.objects.has(PATHS[1]!)).toBe(false);
      for (const { body } of s3.objects.values()) expect(body.equals(DATA)).toBe(true);
    },
  );

  test("bytes that change on the way to S3", async () => {
    const s3 = new FakeS3((operation) => {
      if (operation === "UploadPart") s3.uploads.forEach(({ parts }) => parts.set(1, Buffer.from("something else")));
    });
    await expectNothing(s3, run(s3, { sha256: sha256(DATA) }).result, /made by the test/);
  });

  test("the time limit, with the reason of the signal, even while the source is silent", async () => {
    const deadline = new AbortController();
    const s3 = new FakeS3((operation) => {
      if (operation === "UploadPart") setImmediate(() => deadline.abort(new Error("the time limit is near")));
    });
    const body = new Readable({ read() {} });
    body.push(DATA);
    const request = { source: { s3: { bucket: "from", key: "a" } }, sha256: sha256(DATA), bucket: "data", keys: KEYS };
    const result = load(request, {
      s3: s3.client,
      open: async () => ({ body }),
      signal: deadline.signal,
      partSize: PART,
    });
    await expectNothing(s3, result, "the time limit is near");
    expect(s3.calls.some((call) => call.startsWith("UploadPart"))).toBe(true);
    expect(body.destroyed).toBe(true);
  });

  test("an upload that cannot be aborted is named, also at the time limit", async () => {
    const deadline = new AbortController();
    const s3 = new FakeS3((operation) => {
      if (operation === "UploadPart") deadline.abort(new Error("the time limit is near"));
      if (operation === "AbortMultipartUpload") return failure(403, "AccessDenied");
    });
    const { result } = run(s3, { sha256: sha256(DATA), keys: [KEYS[0]!], signal: deadline.signal });
    await expect(result).rejects.toThrow("the time limit is near; multipart uploads left open for Product/abalone.csv");
  });

  test("an upload that cannot be aborted is named", async () => {
    const s3 = new FakeS3((operation) => {
      if (operation === "AbortMultipartUpload") return failure(403, "AccessDenied");
    });
    const { result } = run(s3, { sha256: "0".repeat(64), keys: [KEYS[0]!] });
    await expect(result).rejects.toThrow(/wrong checksum.*left open for Product\/abalone\.csv/);
  });

  test("objects that may not be looked at: nothing is overwritten unseen", async () => {
    const s3 = new FakeS3((operation) => {
      if (operation === "HeadObject") return failure(403, "AccessDenied");
    });
    await expectNothing(s3, run(s3).result, "the role needs s3:GetObject on it and s3:ListBucket");
  });
});

test("holds four parts at a time, however large the source", async () => {
  let most = 0;
  const waiting: (() => void)[] = [];
  const s3 = new FakeS3(async (operation) => {
    if (operation !== "UploadPart") return;
    // None is done before the fourth is under way.
    const done = new Promise<void>((resolve) => waiting.push(resolve));
    most = Math.max(most, waiting.length);
    if (waiting.length === 4) setImmediate(() => waiting.splice(0).forEach((resolve) => resolve()));
    await done;
  });
  await run(s3, { data: randomBytes(PART * 100), sha256: undefined, keys: [KEYS[0]!] }).result;
  expect(most).toBe(4);
});
