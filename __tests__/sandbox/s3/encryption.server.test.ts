import type { Credentials } from "../access-grants/boto";
import { ACCOUNT, BUCKET, roleArn, startStudio, type Studio } from "../access-grants/studio";

let studio: Studio;
let vended: Credentials;
let key = "";

const VIA_S3 = { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } };
const all = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const ROOT = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" };

beforeAll(async () => {
  studio = await startStudio();
  const made = await studio.boto.call<{ KeyMetadata: { Arn: string } }>("kms", "create_key", { Policy: all(ROOT) });
  key = made.KeyMetadata.Arn;
  await encryptBucket();
  await studio.grant("usera", "UserA/*", "READWRITE");
  const request = { Target: `s3://${BUCKET}/UserA/*`, Permission: "READWRITE" };
  const answer = await studio.control<{ Credentials: Credentials }>(
    "get_data_access",
    request,
    await studio.session("usera"),
  );
  vended = answer.Credentials;
  await studio.boto.call("s3", "put_object", { Bucket: BUCKET, Key: "UserA/x", Body: "secret" });
  await upload("UserA/parts");
}, 120_000);
afterAll(() => studio.stop());
beforeEach(async () => {
  await keyPolicy(ROOT);
  await mayUse(["kms:Decrypt", "kms:GenerateDataKey"], VIA_S3);
});

const encryptBucket = (BucketKeyEnabled = true) =>
  studio.boto.call("s3", "put_bucket_encryption", {
    Bucket: BUCKET,
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key },
          BucketKeyEnabled,
        },
      ],
    },
  });
const keyPolicy = (...statements: object[]) =>
  studio.boto.call("kms", "put_key_policy", { KeyId: key, PolicyName: "default", Policy: all(...statements) });
/** What the location's role may do with the key. */
const mayUse = (actions: readonly string[], condition: object = {}) =>
  studio.boto.call("iam", "put_role_policy", {
    RoleName: "location",
    PolicyName: "keys",
    PolicyDocument: all({
      Effect: actions.length > 0 ? "Allow" : "Deny",
      Action: actions.length > 0 ? actions : ["kms:TagResource"],
      Resource: key,
      Condition: condition,
    }),
  });
const s3 = (operation: string, Key: string, more: object = {}, by?: Credentials) =>
  studio.boto.call<Record<string, string>>("s3", operation, { Bucket: BUCKET, Key, ...more }, by);
const outcome = (operation: string, Key: string, more: object = {}) =>
  studio.boto.outcome("s3", operation, { Bucket: BUCKET, Key, ...more }, vended);

/** An upload in one part; `ok`, or the operation that was refused. */
async function upload(Key: string, by?: Credentials): Promise<string> {
  let at = "create_multipart_upload";
  try {
    const { UploadId } = await s3(at, Key, {}, by);
    at = "upload_part";
    const { ETag } = await s3(at, Key, { UploadId, PartNumber: 1, Body: "secret" }, by);
    at = "complete_multipart_upload";
    await s3(at, Key, { UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }, by);
    return "ok";
  } catch {
    return at;
  }
}

test.each(["UserA/x", "UserA/parts"])("%s is encrypted as the bucket says", async (Key) => {
  expect(await s3("head_object", Key)).toMatchObject({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: key });
});

test("with both actions through S3 everything works", async () => {
  expect(await outcome("get_object", "UserA/x")).toBe("ok");
  expect(await outcome("put_object", "UserA/y", { Body: "y" })).toBe("ok");
  expect(await outcome("copy_object", "UserA/z", { CopySource: `${BUCKET}/UserA/x` })).toBe("ok");
  expect(await upload("UserA/p", vended)).toBe("ok");
});

test("to read takes kms:Decrypt", async () => {
  await mayUse(["kms:GenerateDataKey"], VIA_S3);
  await expect(s3("get_object", "UserA/x", {}, vended)).rejects.toThrow(
    `is not authorized to perform: kms:Decrypt on resource: ${key}`,
  );
  expect(await outcome("get_object", "UserA/parts")).toBe("AccessDenied");
  expect(await outcome("copy_object", "UserA/z", { CopySource: `${BUCKET}/UserA/x` })).toBe("AccessDenied");
  expect(await outcome("head_object", "UserA/x")).toBe("ok");
  expect(await outcome("head_object", "UserA/x", { ChecksumMode: "ENABLED" })).toBe("403");
  expect(await outcome("put_object", "UserA/y", { Body: "y" })).toBe("ok");
  expect(await upload("UserA/p", vended)).toBe("create_multipart_upload");
});

test("to write takes kms:GenerateDataKey", async () => {
  await mayUse(["kms:Decrypt"], VIA_S3);
  expect(await outcome("put_object", "UserA/y", { Body: "y" })).toBe("AccessDenied");
  expect(await outcome("copy_object", "UserA/z", { CopySource: `${BUCKET}/UserA/x` })).toBe("AccessDenied");
  expect(await upload("UserA/p", vended)).toBe("create_multipart_upload");
  expect(await outcome("get_object", "UserA/x")).toBe("ok");
  // What is not encrypted with the key does not ask for it.
  expect(await outcome("put_object", "UserA/y", { Body: "y", ServerSideEncryption: "AES256" })).toBe("ok");
});

test("parts that are under way ask for the key too", async () => {
  const { UploadId } = await s3("create_multipart_upload", "UserA/p", {}, vended);
  const part = { UploadId, PartNumber: 1, Body: "secret" };
  await mayUse([]);
  expect(await outcome("upload_part", "UserA/p", part)).toBe("AccessDenied");
  await mayUse(["kms:Decrypt", "kms:GenerateDataKey"], VIA_S3);
  const { ETag } = await s3("upload_part", "UserA/p", part, vended);
  await mayUse(["kms:GenerateDataKey"], VIA_S3);
  const parts = { UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } };
  expect(await outcome("complete_multipart_upload", "UserA/p", parts)).toBe("AccessDenied");
});

test.each([
  ["another service", { StringEquals: { "kms:ViaService": "ec2.us-east-1.amazonaws.com" } }, "AccessDenied"],
  ["S3, for this bucket", { StringEquals: { "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${BUCKET}` } }, "ok"],
  ["S3, for another", { StringEquals: { "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::other" } }, "AccessDenied"],
  ["this account", { StringEquals: { "kms:CallerAccount": ACCOUNT } }, "ok"],
])("a role that may use the key through %s", async (_, condition, expected) => {
  await mayUse(["kms:Decrypt"], condition);
  expect(await outcome("get_object", "UserA/x")).toBe(expected);
});

test("the role may use it through S3 only, not by itself", async () => {
  const { Credentials: role } = await studio.boto.call<{ Credentials: Credentials }>("sts", "assume_role", {
    RoleArn: roleArn("location"),
    RoleSessionName: "itself",
  });
  expect(await studio.boto.outcome("kms", "generate_data_key", { KeyId: key, KeySpec: "AES_256" }, role)).toBe(
    "AccessDeniedException",
  );
});

test("a key policy lets in whom the role's own does not, and keeps out whom it does", async () => {
  const role = { AWS: roleArn("location") };
  await mayUse([]);
  await keyPolicy(ROOT, { Effect: "Allow", Principal: role, Action: "kms:Decrypt", Resource: "*", Condition: VIA_S3 });
  expect(await outcome("get_object", "UserA/x")).toBe("ok");
  expect(await outcome("put_object", "UserA/y", { Body: "y" })).toBe("AccessDenied");
  await mayUse(["kms:Decrypt"], VIA_S3);
  await keyPolicy(ROOT, { Effect: "Deny", Principal: role, Action: "kms:Decrypt", Resource: "*" });
  expect(await outcome("get_object", "UserA/x")).toBe("AccessDenied");
});

test("a grant lets in whom no policy does, for its operations and its context, until it is revoked or denied", async () => {
  await mayUse([]);
  const grant = async (more: object = {}) => {
    const request = { KeyId: key, GranteePrincipal: roleArn("location"), Operations: ["Decrypt"], ...more };
    return (await studio.boto.call<{ GrantId: string }>("kms", "create_grant", request)).GrantId;
  };
  const context = (bucket: string) => ({
    Constraints: { EncryptionContextSubset: { "aws:s3:arn": `arn:aws:s3:::${bucket}` } },
  });
  const elsewhere = await grant(context("other"));
  expect(await outcome("get_object", "UserA/x")).toBe("AccessDenied");
  const here = await grant(context(BUCKET));
  expect(await outcome("get_object", "UserA/x")).toBe("ok");
  expect(await outcome("put_object", "UserA/y", { Body: "y" })).toBe("AccessDenied");
  const deny = { Effect: "Deny", Principal: { AWS: roleArn("location") }, Action: "kms:Decrypt", Resource: "*" };
  await keyPolicy(ROOT, deny);
  expect(await outcome("get_object", "UserA/x")).toBe("AccessDenied");
  await keyPolicy(ROOT);
  for (const GrantId of [here, elsewhere]) await studio.boto.call("kms", "revoke_grant", { KeyId: key, GrantId });
  expect(await outcome("get_object", "UserA/x")).toBe("AccessDenied");
});

test("without a bucket key KMS is told the object", async () => {
  await encryptBucket(false);
  await mayUse(["kms:GenerateDataKey"], {
    StringEquals: { "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${BUCKET}/UserA/one` },
  });
  expect(await outcome("put_object", "UserA/one", { Body: "1" })).toBe("ok");
  expect(await outcome("put_object", "UserA/two", { Body: "2" })).toBe("AccessDenied");
  await encryptBucket();
});

test("a key that is disabled, or not there, is nobody's", async () => {
  await studio.boto.call("kms", "disable_key", { KeyId: key.split("/")[1] });
  const admin = (operation: string, more: object) =>
    studio.boto.outcome("s3", operation, { Bucket: BUCKET, Key: "UserA/x", ...more });
  expect(await admin("get_object", {})).toBe("KMS.DisabledException");
  expect(await outcome("get_object", "UserA/x")).toBe("KMS.DisabledException");
  await studio.boto.call("kms", "enable_key", { KeyId: key.split("/")[1] });
  const unknown = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "alias/none", Body: "x" };
  expect(await admin("put_object", unknown)).toBe("KMS.NotFoundException");
});
