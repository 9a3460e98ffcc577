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

interface Options {
  readonly data?: Buffer;
  readonly sha256?: string | undefined;
  readonly etag?: string;
  readonly keys?: string[];
  readonly bytes?: number;
  readonly body?: () => Readable;
  readonly kmsKeyArn?: string;
  readonly signal?: AbortSignal;
  readonly copySize?: number;
}

/** Without an `etag` of the source, with its digest. */
function run(s3: FakeS3, options: Options = {}) {
  const { data = DATA, keys = KEYS, bytes, signal = new AbortController().signal, copySize = 1 << 20 } = options;
  const { body = () => Readable.from(chunks(data)), kmsKeyArn, etag } = options;
  const digest = options.sha256 ?? sha256(data);
  let readings = 0;
  const source = {
    identify: async () =>
      etag ? ({ name: "source-etag", value: etag } as const) : ({ name: "sha256", value: digest } as const),
    open: async () => {
      readings++;
      return { body: body(), ...(bytes !== undefined && { bytes }) };
    },
  };
  const request = { source: { s3: { bucket: "from", key: "a" } }, bucket: "data", keys };
  const result = load(
    { ...request, ...(!etag && { sha256: digest }), ...(kmsKeyArn && { kmsKeyArn }) },
    { s3: s3.client, source, signal, partSize: PART, copySize },
  );
  return { result, readings: () => readings };
}

function chunks(data: Buffer, size = 100): Buffer[] {
  return Array.from({ length: Math.ceil(data.byteLength / size) }, (_, i) => data.subarray(i * size, (i + 1) * size));
}

const written = (s3: FakeS3) => s3.calls.filter((call) => !call.startsWith("HeadObject"));

test("writes the source once, from one reading, and S3 copies it to the other prefixes", async () => {
  const s3 = new FakeS3();
  const { result, readings } = run(s3);
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
  const sent = s3.calls.filter((call) => call.startsWith("UploadPart "));
  expect(sent).toEqual(Array(Math.ceil(1_000 / PART)).fill(`UploadPart ${PATHS[0]}`));
  expect(s3.calls.filter((call) => call.startsWith("Copy"))).toEqual([
    `CopyObject ${PATHS[1]}`,
    `CopyObject ${PATHS[2]}`,
  ]);
});

test("a copy takes no tags along, whose reading would take a permission", async () => {
  const s3 = new FakeS3();
  await run(s3).result;
  const copy = s3.headers[s3.calls.indexOf(`CopyObject ${PATHS[1]}`)];
  expect(copy).toMatchObject({ "x-amz-tagging-directive": "REPLACE" });
  expect(copy).not.toHaveProperty("x-amz-metadata-directive");
});

test("what is too large for one copy is copied in parts, held against the whole's checksum", async () => {
  const s3 = new FakeS3();
  await run(s3, { copySize: 300 }).result;
  for (const path of PATHS) {
    expect(s3.objects.get(path)?.body.equals(DATA)).toBe(true);
    expect(s3.objects.get(path)?.headers["x-amz-meta-sha256"]).toBe(sha256(DATA));
  }
  const ranges = s3.headers.flatMap((headers) => headers["x-amz-copy-source-range"] ?? []);
  const once = ["bytes=0-299", "bytes=300-599", "bytes=600-899", "bytes=900-999"];
  expect(ranges.sort()).toEqual([...once, ...once].sort());
});

test.each([
  ["its digest", {}],
  ["S3's ETag", { etag: "abc" }],
])("what is in place by %s is not read again", async (_, options) => {
  const s3 = new FakeS3();
  await run(s3, options).result;
  s3.calls.length = 0;
  const again = run(s3, options);
  expect((await again.result).objects.map(({ outcome }) => outcome)).toEqual(["skipped", "skipped", "skipped"]);
  expect(again.readings()).toBe(0);
  expect(written(s3)).toEqual([]);
});

test("without a digest the source is read once, whatever its size, and its digest is told", async () => {
  const s3 = new FakeS3();
  const { result, readings } = run(s3, { etag: "abc" });
  expect((await result).sha256).toBe(sha256(DATA));
  expect(readings()).toBe(1);
  expect(s3.objects.get(PATHS[2]!)?.headers).toMatchObject({ "x-amz-meta-source-etag": "abc" });
  expect((await run(s3, { etag: "abc" }).result).sha256).toBeUndefined();
  expect((await run(s3, { etag: "def" }).result).objects[0]?.outcome).toBe("written");
});

test("a prefix that is added is the only one written, from the source: who may write to another may have forged what is there", async () => {
  const s3 = new FakeS3();
  await run(s3, { keys: KEYS.slice(0, 2) }).result;
  s3.calls.length = 0;
  const { result, readings } = run(s3);
  expect((await result).objects.map(({ outcome }) => outcome)).toEqual(["skipped", "skipped", "written"]);
  expect(readings()).toBe(1);
  expect(s3.calls.filter((call) => /Copy/.test(call))).toEqual([]);
});

test("what somebody else put there, or another source, is replaced", async () => {
  const s3 = new FakeS3();
  s3.put(PATHS[0]!, DATA);
  await run(s3, { data: randomBytes(10), keys: [KEYS[1]!] }).result;
  const { objects } = await run(s3).result;
  expect(objects.map(({ outcome }) => outcome)).toEqual(["written", "written", "written"]);
  expect(PATHS.every((path) => s3.objects.get(path)?.body.equals(DATA))).toBe(true);
});

test("any size arrives as it is in every prefix, whatever the chunks and the copies' parts", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 5 * PART }),
      fc.integer({ min: 1, max: 6 * PART }),
      async (bytes, copySize) => {
        const data = Buffer.from(bytes);
        const s3 = new FakeS3();
        await run(s3, { data, copySize }).result;
        for (const path of PATHS) expect(s3.objects.get(path)?.body.equals(data)).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

test("the name of a file may be any", async () => {
  const s3 = new FakeS3();
  const keys = ["a/x y+ä%20&?.csv", "b/x y+ä%20&?.csv"];
  await run(s3, { keys }).result;
  expect([...s3.objects.values()].filter(({ body }) => body.equals(DATA))).toHaveLength(2);
});

test.each([1 << 20, 300])("encrypts with the given key, copies of %d bytes too", async (copySize) => {
  const s3 = new FakeS3();
  const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/k";
  await run(s3, { kmsKeyArn, copySize }).result;
  for (const path of PATHS) {
    expect(s3.objects.get(path)?.headers).toMatchObject({
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": kmsKeyArn,
    });
  }
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
    expect(s3.calls.filter((call) => call.startsWith("AbortMultipartUpload"))).toHaveLength(1);
  });

  test.each([{}, { etag: "abc" }])("an empty source %j", async (options) => {
    const s3 = new FakeS3();
    await expectNothing(s3, run(s3, { data: Buffer.alloc(0), ...options }).result, "the source is empty");
  });

  test("a source that ends early", async () => {
    const s3 = new FakeS3();
    await expectNothing(s3, run(s3, { bytes: 1_001 }).result, "ended after 1000 of 1001 bytes");
  });

  test("a source that is too large, before reading it", async () => {
    const s3 = new FakeS3();
    const { result } = run(s3, { bytes: PART * 10_000 + 1 });
    await expectNothing(s3, result, "too large: 640001 bytes, at most 640000 can be loaded");
    expect(written(s3)).toEqual([]);
  });

  test("a source that breaks off", async () => {
    const s3 = new FakeS3();
    const body = () =>
      Readable.from(
        (async function* () {
          yield DATA;
          throw new Error("connection reset");
        })(),
      );
    await expectNothing(s3, run(s3, { body }).result, "connection reset");
  });

  test.each([
    ["CreateMultipartUpload", 0, 1 << 20],
    ["UploadPart", 0, 1 << 20],
    ["CompleteMultipartUpload", 0, 1 << 20],
    ["CopyObject", 1, 1 << 20],
    ["CreateMultipartUpload", 1, 300],
    ["UploadPartCopy", 1, 300],
    ["CompleteMultipartUpload", 1, 300],
  ])("%s fails for prefix %d", async (failing, index, copySize) => {
    const s3 = new FakeS3((operation, path) => {
      if (operation === failing && path === PATHS[index]) return failure(403, "AccessDenied");
    });
    await expect(run(s3, { copySize }).result).rejects.toThrow("made by the test");
    expect(s3.uploads.size).toBe(0);
    expect(s3.objects.has(PATHS[index]!)).toBe(false);
    for (const { body } of s3.objects.values()) expect(body.equals(DATA)).toBe(true);
  });

  test("bytes that change on the way to S3", async () => {
    const s3 = new FakeS3((operation) => {
      if (operation === "UploadPart") s3.uploads.forEach(({ parts }) => parts.set(1, Buffer.from("something else")));
    });
    await expectNothing(s3, run(s3).result, /made by the test/);
  });

  test.each([1 << 20, 300])(
    "an original that somebody replaces before it is copied (by %d bytes)",
    async (copySize) => {
      const forged = Buffer.from("forged");
      const s3 = new FakeS3((operation) => {
        if (/Copy/.test(operation)) s3.put(PATHS[0]!, forged);
      });
      await expect(run(s3, { copySize }).result).rejects.toThrow("made by the test");
      expect(s3.uploads.size).toBe(0);
      expect([...s3.objects.keys()]).toEqual([PATHS[0]]);
    },
  );

  test.each([
    ["another checksum", "AAAAAA=="],
    ["none", undefined],
  ])("a copy of which S3 tells %s", async (_, checksum) => {
    const s3 = new FakeS3((operation, path) => {
      if (operation !== "CopyObject") return;
      s3.put(path, DATA, { "x-amz-meta-sha256": sha256(DATA) });
      const told = checksum ? `<ChecksumCRC32>${checksum}</ChecksumCRC32>` : "";
      return { status: 200, body: `<CopyObjectResult><ETag>"x"</ETag>${told}</CopyObjectResult>` };
    });
    await expect(run(s3).result).rejects.toThrow(
      "S3 reports another object at s3://data/UserA/abalone.csv than was written",
    );
  });

  test("copied bytes that change inside S3, whose whole then has another checksum", async () => {
    const s3 = new FakeS3((operation, path) => {
      if (operation !== "CompleteMultipartUpload" || path === PATHS[0]) return;
      s3.uploads.forEach(({ parts }) => parts.set(1, Buffer.from("something else")));
    });
    await expect(run(s3, { copySize: 300 }).result).rejects.toThrow("made by the test");
    expect([...s3.objects.keys()]).toEqual([PATHS[0]]);
    expect(s3.uploads.size).toBe(0);
  });

  test("the time limit, with the reason of the signal, even while the source is silent", async () => {
    const deadline = new AbortController();
    const s3 = new FakeS3((operation) => {
      if (operation === "UploadPart") setImmediate(() => deadline.abort(new Error("the time limit is near")));
    });
    const body = new Readable({ read() {} });
    body.push(DATA);
    await expectNothing(s3, run(s3, { body: () => body, signal: deadline.signal }).result, "the time limit is near");
    expect(s3.calls.some((call) => call.startsWith("UploadPart"))).toBe(true);
    expect(body.destroyed).toBe(true);
  });

  test("an upload that cannot be aborted is named, also at the time limit", async () => {
    const deadline = new AbortController();
    const s3 = new FakeS3((operation) => {
      if (operation === "UploadPart") deadline.abort(new Error("the time limit is near"));
      if (operation === "AbortMultipartUpload") return failure(403, "AccessDenied");
    });
    const { result } = run(s3, { keys: [KEYS[0]!], signal: deadline.signal });
    await expect(result).rejects.toThrow("the time limit is near; multipart uploads left open for Product/abalone.csv");
  });

  test("uploads that cannot be aborted are named, those of copies too", async () => {
    const s3 = new FakeS3((operation) => {
      if (operation === "AbortMultipartUpload") return failure(403, "AccessDenied");
      if (operation === "UploadPartCopy") return failure(403, "AccessDenied");
    });
    await expect(run(s3, { copySize: 300 }).result).rejects.toThrow(
      /left open for User[AB]\/abalone\.csv, User[AB]\/abalone\.csv/,
    );
    const { result } = run(s3, { sha256: "0".repeat(64) });
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
  await run(s3, { data: randomBytes(PART * 100), keys: [KEYS[0]!] }).result;
  expect(most).toBe(4);
});
