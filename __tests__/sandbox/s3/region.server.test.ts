import { startStudio, BUCKET, type Studio } from "../access-grants/studio";
import type { Credentials } from "../access-grants/boto";

let studio: Studio;
let persona: Credentials;

beforeAll(async () => {
  studio = await startStudio();
  await studio.boto.call("s3", "put_object", { Bucket: BUCKET, Key: "x", Body: "x" });
  await studio.boto.call("s3", "create_bucket", {
    Bucket: "elsewhere",
    CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
  });
  persona = await studio.session("usera");
}, 120_000);
afterAll(() => studio.stop());

interface Answer {
  readonly status: number;
  readonly region: string | null;
}

/** What a request signed with a key for a Region is answered; unsigned without a key. */
async function send(method: string, path: string, accessKeyId?: string, region = "us-east-1"): Promise<Answer> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/s3/aws4_request, SignedHeaders=host, Signature=0`;
  const headers = new Headers(accessKeyId === undefined ? {} : { authorization });
  const reply = await fetch(`${studio.sandbox.endpoint}${path}`, { method, headers, redirect: "manual" });
  return { status: reply.status, region: reply.headers.get("x-amz-bucket-region") };
}

test.each([
  ["HEAD", `/${BUCKET}`],
  ["HEAD", `/${BUCKET}/x`],
  ["GET", `/${BUCKET}/x`],
  ["GET", `/${BUCKET}?list-type=2`],
  ["PUT", `/${BUCKET}/y`],
  ["DELETE", `/${BUCKET}/x`],
  ["GET", `/${BUCKET}?policy`],
])("a refused %s %s says where the bucket is, unsigned too", async (method, path) => {
  expect(await send(method, path, persona.AccessKeyId)).toEqual({ status: 403, region: "us-east-1" });
  expect(await send(method, path)).toEqual({ status: 403, region: "us-east-1" });
});

test("HeadBucket says it to who may, a bucket that is not there is nowhere, and no other answer says it", async () => {
  expect(await send("HEAD", `/${BUCKET}`, "test")).toEqual({ status: 200, region: "us-east-1" });
  expect(await send("HEAD", "/no-such-bucket", "test")).toEqual({ status: 404, region: null });
  expect(await send("GET", "/no-such-bucket/x", persona.AccessKeyId)).toEqual({ status: 403, region: null });
  expect(await send("GET", `/${BUCKET}/x`, "test")).toEqual({ status: 200, region: null });
});

test("a fault's 403 says it too", async () => {
  await studio.sandbox.control.inject({ service: "s3", operation: "GetObject", times: 1, status: 403 });
  expect(await send("GET", `/${BUCKET}/x`, "test")).toEqual({ status: 403, region: "us-east-1" });
});

test("a request signed for another Region is sent to the bucket's, and boto3 follows", async () => {
  for (const [method, path] of [
    ["HEAD", "/elsewhere"],
    ["GET", "/elsewhere/x"],
    ["GET", "/elsewhere?list-type=2"],
    ["PUT", "/elsewhere/x"],
  ] as const) {
    expect(await send(method, path, "test")).toEqual({ status: 301, region: "eu-west-1" });
  }
  await studio.boto.call("s3", "put_object", { Bucket: "elsewhere", Key: "x", Body: "data" });
  expect(await studio.boto.call("s3", "get_object", { Bucket: "elsewhere", Key: "x" })).toMatchObject({ Body: "data" });
});

test("a bucket made again elsewhere is found there", async () => {
  const Bucket = "moved";
  await studio.boto.call("s3", "create_bucket", { Bucket });
  expect(await send("HEAD", `/${Bucket}`, "test")).toMatchObject({ region: "us-east-1" });
  await studio.boto.call("s3", "delete_bucket", { Bucket });
  await studio.boto.call("s3", "create_bucket", {
    Bucket,
    CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
  });
  expect(await send("HEAD", `/${Bucket}`, "test", "eu-west-1")).toEqual({ status: 200, region: "eu-west-1" });
});
