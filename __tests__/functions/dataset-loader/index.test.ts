import { Logger } from "@aws-lambda-powertools/logger";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createHandler } from "../../../functions/dataset-loader";
import { failure, FakeS3 } from "./fake-s3";

const DATA = Buffer.from("M,0.455,0.365,0.095,0.514,0.2245,0.101,0.15,15\n");
const SHA256 = createHash("sha256").update(DATA).digest("hex");
const DATASET = {
  source: { s3: { bucket: "samples", key: "tabular/abalone.csv" } },
  bucket: "data",
  prefixes: ["Product/", "UserA/"],
};
const HTTPS = { ...DATASET, source: { url: "https://example.com/a.csv?signature=secret" }, sha256: SHA256 };
const context = (milliseconds = 60_000) => ({
  getRemainingTimeInMillis: () => milliseconds,
  invokedFunctionArn: "arn:aws:lambda:us-east-1:111122223333:function:loader",
});

function setUp(
  dataset: object = DATASET,
  {
    target = new FakeS3(),
    source = new FakeS3(),
    openHttps = async () => ({ body: Readable.from([DATA]) }),
  }: { target?: FakeS3; source?: FakeS3; openHttps?: () => Promise<{ body: Readable }> } = {},
) {
  if (!source.objects.size) source.put("/samples/tabular/abalone.csv", DATA);
  const logger = new Logger({ serviceName: "loader" });
  const lines: unknown[] = [];
  jest.spyOn(logger, "info").mockImplementation((...line) => void lines.push(line));
  jest.spyOn(logger, "error").mockImplementation((...line) => void lines.push(line));
  return {
    handler: createHandler(
      JSON.stringify(dataset),
      { source: source.client, target: target.client, openHttps },
      logger,
    ),
    source,
    target,
    lines,
  };
}

test("loads from S3 and records what was loaded", async () => {
  const { handler, target, lines } = setUp();
  const result = await handler({}, context());
  expect(result).toEqual({
    sha256: SHA256,
    bytes: DATA.byteLength,
    objects: ["Product/abalone.csv", "UserA/abalone.csv"].map((key) => ({
      key,
      etag: expect.any(String),
      outcome: "written",
    })),
  });
  expect(target.objects.get("/data/UserA/abalone.csv")?.body.equals(DATA)).toBe(true);
  expect(lines).toEqual([
    [
      "loaded",
      { source: "s3://samples/tabular/abalone.csv", bucket: "data", ...result, milliseconds: expect.any(Number) },
    ],
  ]);
});

test("loads from https", async () => {
  const { handler, source, lines } = setUp(HTTPS);
  const result = await handler({}, context());
  expect(result.objects.map(({ key }) => key)).toEqual(["Product/a.csv", "UserA/a.csv"]);
  expect(source.calls).toEqual([]);
  expect(JSON.stringify(lines)).not.toContain("secret");
});

test.each([
  DATASET,
  { source: { s3: { bucket: "mine", key: "forged.csv" } } },
  { prefixes: ["UserB/"] },
  [],
  null,
  "",
  1,
])("who invokes it cannot say what is loaded: %j is refused before anything is read", async (event) => {
  const { handler, source, target } = setUp();
  await expect(handler(event, context())).rejects.toThrow("takes no input but {}");
  expect([...source.calls, ...target.calls]).toEqual([]);
});

test("a wrong configuration is refused before anything is read", async () => {
  const { handler, source, target } = setUp({ ...DATASET, prefixes: ["UserA"] });
  await expect(handler({}, context())).rejects.toThrow("prefixes.0: must end with '/'");
  expect([...source.calls, ...target.calls]).toEqual([]);
});

describe("without a digest", () => {
  test("only what the function's own account owns is read, by what S3 checks", async () => {
    const { handler, source } = setUp();
    await handler({}, context());
    expect(source.calls).toEqual(["HeadObject /samples/tabular/abalone.csv", "GetObject /samples/tabular/abalone.csv"]);
    for (const headers of source.headers) expect(headers["x-amz-expected-bucket-owner"]).toBe("111122223333");
    expect(source.headers[1]).toHaveProperty("if-match");
  });

  test("another account's bucket is refused, and what to do is said", async () => {
    const source = new FakeS3(() => failure(403, "AccessDenied"));
    const { handler, target } = setUp(DATASET, { source });
    await expect(handler({}, context())).rejects.toThrow(
      "without a sha256 it must be in a bucket that account 111122223333 owns",
    );
    expect(target.calls).toEqual([]);
  });

  test("a source that is replaced before it is read is not loaded", async () => {
    const source = new FakeS3((operation, path) => {
      if (operation === "GetObject") source.put(path, Buffer.from("another"));
    });
    source.put("/samples/tabular/abalone.csv", DATA);
    const { handler, target } = setUp(DATASET, { source });
    await expect(handler({}, context())).rejects.toThrow("Cannot load s3://samples/tabular/abalone.csv");
    expect(target.objects.size).toBe(0);
  });
});

test("with a digest any account's bucket will do, and nothing is asked of what is in place", async () => {
  const { handler, source } = setUp({ ...DATASET, sha256: SHA256 });
  await handler({}, context());
  expect(source.calls).toEqual(["GetObject /samples/tabular/abalone.csv"]);
  expect(source.headers[0]).not.toHaveProperty("x-amz-expected-bucket-owner");
  await handler({}, context());
  expect(source.calls).toHaveLength(1);
});

test("a failure names source, target and S3's reason", async () => {
  const target = new FakeS3((operation) => {
    if (operation === "CreateMultipartUpload") return failure(403, "AccessDenied");
  });
  await expect(setUp(DATASET, { target }).handler({}, context())).rejects.toThrow(
    "Cannot load s3://samples/tabular/abalone.csv into s3://data: AccessDenied: made by the test",
  );
  const missing = { ...DATASET, source: { s3: { bucket: "samples", key: "gone.csv" } }, sha256: SHA256 };
  await expect(setUp(missing).handler({}, context())).rejects.toThrow(
    "Cannot load s3://samples/gone.csv into s3://data: NoSuchKey",
  );
});

test("stops while there is still time to abort, and says what to do", async () => {
  const silent = new Readable({ read() {} });
  silent.push(DATA);
  const { handler, target } = setUp(HTTPS, { openHttps: async () => ({ body: silent }) });
  await expect(handler({}, context(10_050))).rejects.toThrow(
    /time limit is near: raise the function's timeout or memory/,
  );
  expect(target.uploads.size).toBe(0);
  expect(silent.destroyed).toBe(true);
});
