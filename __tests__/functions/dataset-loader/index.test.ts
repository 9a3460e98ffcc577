import { Logger } from "@aws-lambda-powertools/logger";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createHandler } from "../../../functions/dataset-loader";
import { failure, FakeS3 } from "./fake-s3";

const DATA = Buffer.from("M,0.455,0.365,0.095,0.514,0.2245,0.101,0.15,15\n");
const SHA256 = createHash("sha256").update(DATA).digest("hex");
const EVENT = {
  source: { s3: { bucket: "samples", key: "tabular/abalone.csv" } },
  bucket: "data",
  prefixes: ["Product/", "UserA/"],
};
const context = (milliseconds = 60_000) => ({ getRemainingTimeInMillis: () => milliseconds });

function setUp(target = new FakeS3(), openHttps = async () => ({ body: Readable.from([DATA]) })) {
  const source = new FakeS3();
  source.put("/samples/tabular/abalone.csv", DATA);
  const logger = new Logger({ serviceName: "loader" });
  const lines: unknown[] = [];
  jest.spyOn(logger, "info").mockImplementation((...line) => void lines.push(line));
  jest.spyOn(logger, "error").mockImplementation((...line) => void lines.push(line));
  return {
    handler: createHandler({ source: source.client, target: target.client, openHttps }, logger),
    source,
    target,
    lines,
  };
}

test("loads from S3 and records what was loaded", async () => {
  const { handler, target, lines } = setUp();
  const result = await handler(EVENT, context());
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
  const { handler, source, lines } = setUp();
  const result = await handler({ ...EVENT, source: { url: "https://example.com/a.csv?signature=secret" } }, context());
  expect(result.objects?.map(({ key }) => key)).toEqual(["Product/a.csv", "UserA/a.csv"]);
  expect(source.calls).toEqual([]);
  expect(JSON.stringify(lines)).not.toContain("secret");
});

test("a wrong input is refused before anything is read", async () => {
  const { handler, source, target } = setUp();
  await expect(handler({ ...EVENT, prefixes: ["UserA"] }, context())).rejects.toThrow("prefixes.0: must end with '/'");
  expect([...source.calls, ...target.calls]).toEqual([]);
});

test("a failure names source, target and S3's reason", async () => {
  const target = new FakeS3((operation) => {
    if (operation === "CreateMultipartUpload") return failure(403, "AccessDenied");
  });
  const { handler } = setUp(target);
  await expect(handler(EVENT, context())).rejects.toThrow(
    "Cannot load s3://samples/tabular/abalone.csv into s3://data: AccessDenied: made by the test",
  );
  const missing = { ...EVENT, source: { s3: { bucket: "samples", key: "gone.csv" } } };
  await expect(handler(missing, context())).rejects.toThrow(
    "Cannot load s3://samples/gone.csv into s3://data: NoSuchKey",
  );
});

test("stops while there is still time to abort, and says what to do", async () => {
  const silent = new Readable({ read() {} });
  silent.push(DATA);
  const { handler, target } = setUp(new FakeS3(), async () => ({ body: silent }));
  const event = { ...EVENT, source: { url: "https://example.com/a.csv" }, sha256: SHA256 };
  await expect(handler(event, context(10_050))).rejects.toThrow(
    /time limit is near: raise the function's timeout or memory/,
  );
  expect(target.uploads.size).toBe(0);
  expect(silent.destroyed).toBe(true);
});
