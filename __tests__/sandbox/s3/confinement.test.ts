import fc from "fast-check";
import { parseScope, PERMISSIONS, type Permission } from "../../../sandbox/access-grants/scope";
import { accessesOf } from "../../../sandbox/s3/access";
import { isWithin } from "../../../sandbox/s3/confinement";
import type { Call } from "../../../sandbox/service";

const call = (operation: string, path: string, query = "", headers: Record<string, string> = {}): Call => ({
  id: 1,
  method: "GET",
  path,
  query: new URLSearchParams(query),
  headers,
  body: Buffer.alloc(0),
  service: "s3",
  region: "us-east-1",
  caller: { accessKeyId: "k", account: "123456789012", arn: "arn:aws:sts::123456789012:assumed-role/location/x" },
  operation,
  parameters: {},
});

const allowed = (uri: string, permission: Permission, request: Call): boolean => {
  const scope = parseScope(uri);
  if (scope === undefined) throw new Error(uri);
  return accessesOf(request)?.every((access) => isWithin({ scope, permission }, access)) ?? false;
};

const READS = ["GetObject", "HeadObject", "GetObjectAcl", "ListParts"];
const WRITES = [
  "PutObject",
  "CreateMultipartUpload",
  "UploadPart",
  "CompleteMultipartUpload",
  "PutObjectAcl",
  "DeleteObject",
  "AbortMultipartUpload",
];
const NEITHER = [
  "GetObjectTagging",
  "PutObjectTagging",
  "DeleteObjectTagging",
  "RestoreObject",
  "SelectObjectContent",
  "PutObjectRetention",
  "Unheard",
];

test.each([...READS, ...WRITES, ...NEITHER])("%s is allowed by exactly the permissions that have it", (operation) => {
  const of = (permission: Permission) => allowed("s3://bucket/UserA/*", permission, call(operation, "/bucket/UserA/x"));
  const expected = READS.includes(operation)
    ? ["READ", "READWRITE"]
    : WRITES.includes(operation)
      ? ["WRITE", "READWRITE"]
      : [];
  expect(PERMISSIONS.filter(of)).toEqual(expected);
});

test.each([
  ["an encoded key", call("GetObject", "/bucket/UserA%2Fx"), true],
  ["an encoded key of a neighbour", call("GetObject", "/bucket/UserB%2Fx"), false],
  ["a version", call("GetObject", "/bucket/UserA/x", "versionId=1"), true],
  ["another bucket", call("GetObject", "/bucket2/UserA/x"), false],
  [
    "a copy from elsewhere",
    call("CopyObject", "/bucket/UserA/x", "", { "x-amz-copy-source": "bucket/UserB/x" }),
    false,
  ],
  [
    "a copy from elsewhere, encoded",
    call("PutObject", "/bucket/UserA/x", "", { "x-amz-copy-source": "%2Fbucket%2FUserB%2Fx" }),
    false,
  ],
  [
    "a copy of its own version",
    call("CopyObject", "/bucket/UserA/x", "", { "x-amz-copy-source": "/bucket/UserA/y?versionId=1" }),
    true,
  ],
  ["an upload with an ACL", call("PutObject", "/bucket/UserA/x", "", { "x-amz-acl": "private" }), true],
  ["an upload with tags", call("PutObject", "/bucket/UserA/x", "", { "x-amz-tagging": "a=b" }), false],
  [
    "an upload with a legal hold",
    call("PutObject", "/bucket/UserA/x", "", { "x-amz-object-lock-legal-hold": "ON" }),
    false,
  ],
  ["a listing inside", call("ListObjectsV2", "/bucket", "list-type=2&prefix=UserA/x"), true],
  ["a listing above", call("ListObjectsV2", "/bucket", "list-type=2&prefix=User"), false],
  ["a listing of everything", call("ListObjectsV2", "/bucket", "list-type=2"), false],
  ["a bucket's own call", call("GetBucketPolicy", "/bucket", "policy"), false],
])("%s", (_, request, expected) => {
  expect(allowed("s3://bucket/UserA/*", "READWRITE", request)).toBe(expected);
});

test("no key outside a prefix is ever reached, and every key inside it is", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "/", "%", "é", ".", " "), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(text, text, (prefix, key) => {
      const path = `/bucket/${encodeURIComponent(key)}`;
      expect(allowed(`s3://bucket/${prefix}*`, "READ", call("GetObject", path))).toBe(key.startsWith(prefix));
      const listing = call("ListObjectsV2", "/bucket", new URLSearchParams({ prefix: key }).toString());
      expect(allowed(`s3://bucket/${prefix}*`, "READ", listing)).toBe(key.startsWith(prefix));
    }),
    { numRuns: 1_000 },
  );
});
