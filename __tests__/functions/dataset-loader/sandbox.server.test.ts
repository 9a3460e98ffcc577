import { Logger } from "@aws-lambda-powertools/logger";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createHandler } from "../../../functions/dataset-loader";
import { openHttps } from "../../../functions/dataset-loader/https";
import { load as loadWith } from "../../../functions/dataset-loader/load";
import { startSandbox, type Sandbox } from "../../../sandbox";
import { s3 as s3Service } from "../../../sandbox/s3";

jest.setTimeout(60_000);

const SAMPLE = readFileSync(join(__dirname, "../../../sandbox/data/abalone-sample.csv"));
const LARGE = randomBytes(17 << 20);
const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");

let sandbox: Sandbox;
let s3: S3Client;

beforeAll(async () => {
  sandbox = await startSandbox({ services: [s3Service] });
  // No path-style option: the deployed function has none either.
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  s3 = new S3Client({ endpoint: sandbox.endpoint, region: sandbox.region, credentials });
  await s3.send(new CreateBucketCommand({ Bucket: "samples" }));
  await s3.send(new PutObjectCommand({ Bucket: "samples", Key: "abalone.csv", Body: SAMPLE }));
  await s3.send(new PutObjectCommand({ Bucket: "samples", Key: "large.bin", Body: LARGE }));
  await s3.send(new CreateBucketCommand({ Bucket: "data" }));
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: "data", VersioningConfiguration }));
}, 120_000);

afterAll(async () => {
  s3?.destroy();
  await sandbox?.stop();
});

const load = (key: string, digest?: string) =>
  createHandler(
    JSON.stringify({
      source: { s3: { bucket: "samples", key } },
      bucket: "data",
      prefixes: ["Product/", "UserA/", "UserB/"],
      ...(digest && { sha256: digest }),
    }),
    { source: s3, target: s3, openHttps },
    new Logger({ logLevel: "SILENT" }),
  )(
    {},
    {
      getRemainingTimeInMillis: () => 60_000,
      invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:loader",
    },
  );

const read = async (key: string) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "data", Key: key }));
  return Buffer.from(await Body!.transformToByteArray());
};

test.each([
  ["abalone.csv", SAMPLE],
  ["large.bin", LARGE],
])("%s arrives whole in every prefix, and is not written again", async (key, data) => {
  const first = await load(key, sha256(data));
  expect(first).toMatchObject({ sha256: sha256(data), bytes: data.byteLength });
  expect(first.objects.map(({ outcome }) => outcome)).toEqual(["written", "written", "written"]);
  for (const prefix of ["Product/", "UserA/", "UserB/"]) expect((await read(prefix + key)).equals(data)).toBe(true);
  const again = await load(key, sha256(data));
  expect(again.objects).toEqual(first.objects.map((object) => ({ ...object, outcome: "skipped" })));
});

test("without a digest it is read once, and then known by its ETag", async () => {
  await s3.send(new PutObjectCommand({ Bucket: "samples", Key: "ours.bin", Body: LARGE }));
  const first = await load("ours.bin");
  expect(first.sha256).toBe(sha256(LARGE));
  const again = await load("ours.bin");
  expect(again.objects).toEqual(first.objects.map((object) => ({ ...object, outcome: "skipped" })));
});

test("a large one is copied in parts", async () => {
  const digest = sha256(LARGE);
  const source = {
    identify: async () => ({ name: "sha256", value: digest }) as const,
    open: async () => ({ body: Readable.from([LARGE]) }),
  };
  const keys = ["Product/parts.bin", "UserA/parts.bin"];
  const request = { source: { s3: { bucket: "samples", key: "large.bin" } }, sha256: digest, bucket: "data", keys };
  const signal = new AbortController().signal;
  await loadWith(request, { s3, source, signal, copySize: 5 << 20 });
  for (const key of keys) expect((await read(key)).equals(LARGE)).toBe(true);
});

test("a wrong checksum leaves no object and no upload behind", async () => {
  await s3.send(new PutObjectCommand({ Bucket: "samples", Key: "forged.bin", Body: LARGE }));
  await expect(load("forged.bin", sha256(SAMPLE))).rejects.toThrow("wrong checksum");
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "data" }));
  expect(Contents.filter(({ Key }) => Key?.endsWith("forged.bin"))).toEqual([]);
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: "data" }));
  expect(Uploads).toEqual([]);
});
