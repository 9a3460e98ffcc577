import { startSandbox, type Sandbox } from "../../../sandbox";
import { s3 } from "../../../sandbox/s3";
import { type Boto, startBoto } from "../access-grants/boto";

let sandbox: Sandbox;
let boto: Boto;

beforeAll(async () => {
  sandbox = await startSandbox({ services: [s3] });
  boto = await startBoto(sandbox);
}, 120_000);
afterAll(async () => {
  await boto.stop();
  await sandbox.stop();
});

const policy = (bucket: string, statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Resource: [`arn:aws:s3:::${bucket}/*`], ...statement }] });

test("a TLS-only policy comes back as it was put, and refuses nobody who plays TLS", async () => {
  const Bucket = "tls-only";
  const Policy = policy(Bucket, {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
  await boto.call("s3", "create_bucket", { Bucket });
  await boto.call("s3", "put_bucket_policy", { Bucket, Policy });
  expect(await boto.call("s3", "get_bucket_policy", { Bucket })).toEqual({ Policy });
  expect(await boto.outcome("s3", "put_object", { Bucket, Key: "a", Body: "x" })).toBe("ok");
  expect(await boto.outcome("s3", "get_object", { Bucket, Key: "a" })).toBe("ok");
  await boto.call("s3", "delete_bucket_policy", { Bucket });
  expect(await boto.outcome("s3", "get_bucket_policy", { Bucket })).toBe("NoSuchBucketPolicy");
});

test("a bucket does not inherit the policy of one of its name", async () => {
  const Bucket = "once-more";
  const Policy = policy(Bucket, { Effect: "Deny", Principal: { AWS: "123456789012" }, Action: "s3:DeleteObject" });
  await boto.call("s3", "create_bucket", { Bucket });
  await boto.call("s3", "put_bucket_policy", { Bucket, Policy });
  await boto.call("s3", "delete_bucket", { Bucket });
  await boto.call("s3", "create_bucket", { Bucket });
  expect(await boto.outcome("s3", "get_bucket_policy", { Bucket })).toBe("NoSuchBucketPolicy");
});

test("a log bucket that lets the logging service in may be logged to", async () => {
  const Bucket = "access-logs";
  await boto.call("s3", "create_bucket", { Bucket });
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: ["s3:PutObject"],
        Resource: `arn:aws:s3:::${Bucket}/*`,
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ],
  });
  await boto.call("s3", "put_bucket_policy", { Bucket, Policy });
  const BucketLoggingStatus = { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: "" } };
  expect(await boto.outcome("s3", "put_bucket_logging", { Bucket, BucketLoggingStatus })).toBe("ok");
});

test.each([
  ["no JSON", "{", "MalformedPolicy"],
  [
    "a bucket that is not there",
    policy("not-there", { Effect: "Allow", Principal: "*", Action: "s3:GetObject" }),
    "NoSuchBucket",
  ],
])("a policy on %s is refused", async (what, Policy, expected) => {
  const Bucket = what === "no JSON" ? "tls-only" : "not-there";
  expect(await boto.outcome("s3", "put_bucket_policy", { Bucket, Policy })).toBe(expected);
});
