import { request } from "node:http";
import { BUCKET, roleArn, startStudio, type Studio } from "../access-grants/studio";
import type { Credentials } from "../access-grants/boto";

let studio: Studio;
let vended: Credentials;
let reader: Credentials;
let persona: Credentials;

const KEYS = ["UserA/x", "UserAdmin/secret", "UserB/secret"];

beforeAll(async () => {
  studio = await startStudio();
  for (const Key of KEYS) await studio.boto.call("s3", "put_object", { Bucket: BUCKET, Key, Body: Key });
  await studio.grant("usera", "UserA/*", "READWRITE");
  persona = await studio.session("usera");
  const vend = async (Permission: string) =>
    (
      await studio.control<{ Credentials: Credentials }>(
        "get_data_access",
        { Target: `s3://${BUCKET}/UserA/*`, Permission },
        persona,
      )
    ).Credentials;
  vended = await vend("READWRITE");
  reader = await vend("READ");
}, 120_000);
afterAll(() => studio.stop());

/** A request as no client would make it. The sandbox goes by the access key, so the signature may be anything. */
function raw(
  credentials: Credentials | undefined,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = "",
): Promise<number> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials?.AccessKeyId}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`;
  const all = { "content-length": String(body.length), ...(credentials && { authorization }), ...headers };
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(studio.sandbox.endpoint);
    request({ hostname, port, method, path, headers: all }, (reply) => {
      reply.resume().on("end", () => resolve(reply.statusCode ?? 0));
    })
      .on("error", reject)
      .end(body);
  });
}

const secret = `/${BUCKET}/UserB/secret`;
const elsewhere: readonly (readonly [string, string, Record<string, string>?])[] = [
  ["the neighbour whose name begins the same", `/${BUCKET}/UserAdmin/secret`],
  ["an encoded key", `/${BUCKET}/%55serB%2fsecret`],
  ["another case", `/${BUCKET}/usera/x`],
  ["a slash too many", `/${BUCKET}//UserB/secret`],
  ["a slash too many before", `//${BUCKET}/UserB/secret`],
  ["an operation that needs no permission, in the query", `${secret}?Action=GetCallerIdentity`],
  ["an operation that needs no permission, in a header", secret, { "x-amz-target": "X.GetCallerIdentity" }],
  ["an operation that is allowed, in a header", secret, { "x-amz-target": "X.ListCallerAccessGrants" }],
  ["a listing above", `/${BUCKET}?list-type=2&prefix=UserA`],
  ["a listing of everything after", `/${BUCKET}?list-type=2&start-after=UserA/&delimiter=/`],
  ["a listing with two prefixes", `/${BUCKET}?list-type=2&prefix=UserB/&prefix=UserA/`],
  ["versions", `/${BUCKET}?versions`],
  ["uploads", `/${BUCKET}?uploads`],
];

test.each(elsewhere.map(([name, path, headers = {}]) => [name, path, headers] as const))(
  "%s is refused to vended credentials and to the role itself",
  async (_, path, headers) => {
    expect(await raw(vended, "GET", path, headers)).toBe(403);
    expect(await raw(persona, "GET", path, headers)).toBe(403);
  },
);

test.each([
  ["in the query", "?Action=HeadObject", {}, "w"],
  ["in a header", "", { "x-amz-target": "S3.HeadObject" }, "w"],
  ["in a form", "", { "content-type": "application/x-www-form-urlencoded" }, "Action=HeadObject"],
])("credentials of READ do not write by naming a reading operation %s", async (_, query, headers, body) => {
  expect(await raw(reader, "PUT", `/${BUCKET}/UserA/w${query}`, headers, body)).toBe(403);
  expect(await raw(reader, "DELETE", `/${BUCKET}/UserA/x${query}`, headers)).toBe(403);
  expect(await raw(vended, "PUT", `/${BUCKET}/UserA/w${query}`, headers, body)).toBe(200);
});

test("a path is a key, not a way: dots in it lead nowhere", async () => {
  expect(await raw(vended, "GET", `/${BUCKET}/UserA/../UserB/secret`)).toBe(404);
  expect(await raw(vended, "GET", `/${BUCKET}/UserA/%2e%2e/UserB/secret`)).toBe(404);
  const copied = { "x-amz-copy-source": `${BUCKET}/UserA/../UserB/secret` };
  expect(await raw(vended, "PUT", `/${BUCKET}/UserA/copied`, copied)).toBe(404);
});

test.each([
  [
    "presigned, version 4",
    (key: string) => `?X-Amz-Credential=${key}/20260101/us-east-1/s3/aws4_request&X-Amz-Signature=0`,
  ],
  ["presigned, version 2", (key: string) => `?AWSAccessKeyId=${key}&Signature=0&Expires=4102444800`],
])("a URL %s reaches no further than its credentials", async (_, query) => {
  const as = ({ AccessKeyId }: Credentials) => query(AccessKeyId);
  expect(await raw(undefined, "GET", `/${BUCKET}/UserA/x${as(vended)}`)).toBe(200);
  expect(await raw(undefined, "GET", secret + as(vended))).toBe(403);
  expect(await raw(undefined, "GET", secret + as(persona))).toBe(403);
});

test("a header signed with version 2 reaches no further than its credentials", async () => {
  const authorization = `AWS ${vended.AccessKeyId}:0`;
  expect(await raw(undefined, "GET", `/${BUCKET}/UserA/x`, { authorization })).toBe(200);
  expect(await raw(undefined, "GET", secret, { authorization })).toBe(403);
});

test("whoever does not sign is refused", async () => {
  expect(await raw(undefined, "GET", `/${BUCKET}/UserA/x`)).toBe(403);
  const form = ["--x", 'Content-Disposition: form-data; name="key"', "", "UserB/new", "--x--", ""].join("\r\n");
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  expect(await raw(undefined, "POST", `/${BUCKET}`, headers, form)).toBe(403);
});

/** A role's own S3 policies, without S3 Access Grants. */
describe("a role with a policy on a bucket", () => {
  const Bucket = "scratch";
  let own: Credentials;
  const outcome = (operation: string, parameters: object) =>
    studio.boto.outcome("s3", operation, { Bucket, ...parameters }, own);

  beforeAll(async () => {
    await studio.boto.call("s3", "create_bucket", { Bucket });
    for (const Key of ["userA/x", "userA/y", "userB/secret"]) {
      await studio.boto.call("s3", "put_object", { Bucket, Key, Body: Key });
    }
    const arn = `arn:aws:s3:::${Bucket}`;
    const Condition = { StringLike: { "s3:prefix": "userA/*" } };
    const Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];
    const Statement = [
      { Effect: "Allow", Action, Resource: `${arn}/userA/*` },
      { Effect: "Allow", Action: "s3:ListBucket", Resource: arn, Condition },
    ];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await studio.boto.call("iam", "put_role_policy", { RoleName: "stranger", PolicyName: "scratch", PolicyDocument });
    own = await studio.session("stranger");
  });

  test("lists what its prefix condition lets it, and nothing else", async () => {
    expect(await outcome("list_objects_v2", { Prefix: "userA/" })).toBe("ok");
    for (const Prefix of ["userA", "userB/", ""]) {
      expect(await outcome("list_objects_v2", { Prefix })).toBe("AccessDenied");
    }
    expect(await outcome("list_objects_v2", {})).toBe("AccessDenied");
  });

  test("needs the source of a copy, the version of an object, the ACL and the tags of an upload", async () => {
    const to = { Key: "userA/copy" };
    expect(await outcome("copy_object", { ...to, CopySource: `${Bucket}/userA/x` })).toBe("ok");
    expect(await outcome("copy_object", { ...to, CopySource: `${Bucket}/userB/secret` })).toBe("AccessDenied");
    expect(await outcome("get_object", { Key: "userA/x", VersionId: "null" })).toBe("AccessDenied");
    expect(await outcome("put_object", { ...to, Body: "x", ACL: "private" })).toBe("AccessDenied");
    expect(await outcome("put_object", { ...to, Body: "x", Tagging: "a=b" })).toBe("AccessDenied");
  });

  test("deletes of many keys those that it may", async () => {
    const Delete = { Objects: [{ Key: "userA/y" }, { Key: "userB/secret" }] };
    const answer = await studio.boto.call<Record<string, { Key: string; Code?: string }[]>>(
      "s3",
      "delete_objects",
      { Bucket, Delete },
      own,
    );
    expect(answer["Deleted"]?.map(({ Key }) => Key)).toEqual(["userA/y"]);
    expect(answer["Errors"]?.map(({ Key, Code }) => [Key, Code])).toEqual([["userB/secret", "AccessDenied"]]);
    expect(await studio.boto.outcome("s3", "head_object", { Bucket, Key: "userB/secret" })).toBe("ok");
  });

  test("is refused what the bucket's policy denies, and given what it allows", async () => {
    const policy = async (statement: object) => {
      const Statement = [{ Principal: "*", Resource: `arn:aws:s3:::${Bucket}/*`, ...statement }];
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
      await studio.boto.call("s3", "put_bucket_policy", { Bucket, Policy });
    };
    const read = (Key: string) => outcome("get_object", { Key });
    const without = (value: string) => ({ Condition: { Bool: { "aws:SecureTransport": value } } });
    await policy({ Effect: "Deny", Action: "s3:*", ...without("false") });
    expect(await read("userA/x")).toBe("ok");
    await policy({ Effect: "Deny", Action: "s3:*", ...without("true") });
    expect(await read("userA/x")).toBe("AccessDenied");
    await policy({ Effect: "Allow", Action: "s3:GetObject", Principal: { AWS: roleArn("stranger") } });
    expect(await read("userB/secret")).toBe("ok");
    await studio.boto.call("s3", "delete_bucket_policy", { Bucket });
    expect(await read("userB/secret")).toBe("AccessDenied");
  });

  test("the policy of the data bucket binds vended credentials too", async () => {
    const Statement = [
      {
        Effect: "Deny",
        Principal: { AWS: roleArn("location") },
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${BUCKET}/*`,
      },
    ];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await studio.boto.call("s3", "put_bucket_policy", { Bucket: BUCKET, Policy });
    const read = { Bucket: BUCKET, Key: "UserA/x" };
    expect(await studio.boto.outcome("s3", "get_object", read, vended)).toBe("AccessDenied");
    await studio.boto.call("s3", "delete_bucket_policy", { Bucket: BUCKET });
    expect(await studio.boto.outcome("s3", "get_object", read, vended)).toBe("ok");
  });
});
