import { type Credentials, Refused } from "./boto";
import { ACCOUNT, BUCKET, INSTANCE, roleArn, startStudio, type Studio, trust } from "./studio";

interface Vended {
  readonly Credentials: Credentials & { readonly Expiration: string };
  readonly MatchedGrantTarget: string;
  readonly Grantee: { readonly GranteeType: string; readonly GranteeIdentifier: string };
  readonly MatchedInstanceArn: string;
}

let studio: Studio;
let usera: Credentials;
let userb: Credentials;

beforeAll(async () => {
  studio = await startStudio();
  for (const prefix of ["Product", "UserA", "UserB", "UserAdmin"]) {
    await studio.boto.call("s3", "put_object", { Bucket: BUCKET, Key: `${prefix}/abalone.csv`, Body: prefix });
  }
  await studio.grant("usera", "Product/*", "READWRITE");
  await studio.grant("usera", "UserA/*", "READWRITE");
  await studio.grant("userb", "Product/*", "READWRITE");
  await studio.grant("userb", "UserB/*", "READWRITE");
  usera = await studio.session("usera");
  userb = await studio.session("userb");
}, 120_000);
afterAll(() => studio.stop());

const at = (path: string) => `s3://${BUCKET}/${path}`;

const vend = (Target: string, Permission: string, by: Credentials, more = {}) =>
  studio.control<Vended>("get_data_access", { Target, Permission, ...more }, by);

const refusal = async (request: Promise<unknown>) => {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refused)) throw new Error(`not refused: ${String(error)}`);
  return { code: error.code, status: error.status, message: error.message };
};

const s3 = (operation: string, parameters: object, by: Credentials) =>
  studio.boto.outcome("s3", operation, { Bucket: BUCKET, ...parameters }, by);

test("userA and userB: three prefixes, read, write, list and delete, directly and with credentials for each", async () => {
  const matrix: Record<string, string> = {};
  for (const [name, session] of [
    ["userA", usera],
    ["userB", userb],
  ] as const) {
    for (const prefix of ["Product/", "UserA/", "UserB/"]) {
      const granted = await vend(at(`${prefix}*`), "READWRITE", session).catch(() => undefined);
      const outcomes: string[] = [];
      // Without credentials for the prefix: those for Product/, which both have.
      const { Credentials } = granted ?? (await vend(at("Product/*"), "READWRITE", session));
      for (const [operation, parameters] of [
        ["get_object", { Key: `${prefix}abalone.csv` }],
        ["put_object", { Key: `${prefix}${name}.txt`, Body: "x" }],
        ["list_objects_v2", { Prefix: prefix }],
        ["delete_object", { Key: `${prefix}${name}.txt` }],
      ] as const) {
        outcomes.push(await s3(operation, parameters, Credentials));
      }
      matrix[`${name} ${prefix}`] = `${granted ? "granted" : "denied"}: ${outcomes.join(" ")}`;
    }
  }
  const all = "granted: ok ok ok ok";
  const none = "denied: AccessDenied AccessDenied AccessDenied AccessDenied";
  expect(matrix).toEqual({
    "userA Product/": all,
    "userA UserA/": all,
    "userA UserB/": none,
    "userB Product/": all,
    "userB UserA/": none,
    "userB UserB/": all,
  });
});

test("a denial is AWS's, word for word", async () => {
  expect(await refusal(vend(at("UserB/*"), "READ", usera))).toEqual({
    code: "AccessDenied",
    status: 403,
    message: `You do not have READ permissions to the requested S3 Prefix: ${at("UserB/*")}`,
  });
});

test.each(["UserA", "UserA*", "UserAdmin/*", "*", ""])("no grant reaches %j", async (path) => {
  expect(await refusal(vend(at(path), "READ", usera))).toMatchObject({ code: "AccessDenied", status: 403 });
});

test("credentials of READ only read, those of WRITE only write", async () => {
  const { Credentials: reader } = await vend(at("UserA/*"), "READ", usera);
  const { Credentials: writer } = await vend(at("UserA/*"), "WRITE", usera);
  const Key = "UserA/abalone.csv";
  expect(await s3("get_object", { Key }, reader)).toBe("ok");
  expect(await s3("head_object", { Key }, reader)).toBe("ok");
  expect(await s3("put_object", { Key, Body: "x" }, reader)).toBe("AccessDenied");
  expect(await s3("delete_object", { Key }, reader)).toBe("AccessDenied");
  expect(await s3("put_object", { Key, Body: "UserA" }, writer)).toBe("ok");
  expect(await s3("get_object", { Key }, writer)).toBe("AccessDenied");
  expect(await s3("head_object", { Key }, writer)).toBe("403");
  expect(await s3("list_objects_v2", { Prefix: "UserA/" }, writer)).toBe("AccessDenied");
});

test("a listing needs a prefix inside the scope", async () => {
  const { Credentials } = await vend(at("UserA/*"), "READ", usera);
  for (const operation of ["list_objects_v2", "list_objects", "list_object_versions", "list_multipart_uploads"]) {
    expect(await s3(operation, { Prefix: "UserA/" }, Credentials)).toBe("ok");
    expect(await s3(operation, { Prefix: "UserA/output/" }, Credentials)).toBe("ok");
    expect(await s3(operation, { Prefix: "UserA" }, Credentials)).toBe("AccessDenied");
    expect(await s3(operation, { Prefix: "UserB/" }, Credentials)).toBe("AccessDenied");
    expect(await s3(operation, {}, Credentials)).toBe("AccessDenied");
  }
  expect(await s3("head_bucket", {}, Credentials)).toBe("403");
});

test("a copy needs its source as well as its destination", async () => {
  const { Credentials } = await vend(at("UserA/*"), "READWRITE", usera);
  const { Credentials: writer } = await vend(at("UserA/*"), "WRITE", usera);
  const copy = (from: string, to: string, by: Credentials) =>
    s3("copy_object", { Key: to, CopySource: { Bucket: BUCKET, Key: from } }, by);
  expect(await copy("UserA/abalone.csv", "UserA/copy.csv", Credentials)).toBe("ok");
  expect(await copy("UserB/abalone.csv", "UserA/stolen.csv", Credentials)).toBe("AccessDenied");
  expect(await copy("UserA/abalone.csv", "UserB/planted.csv", Credentials)).toBe("AccessDenied");
  expect(await copy("UserA/abalone.csv", "UserA/copy.csv", writer)).toBe("AccessDenied");
});

test("a multipart upload stays inside the scope in each of its steps", async () => {
  const { Credentials } = await vend(at("UserA/*"), "READWRITE", usera);
  const step = <T>(operation: string, parameters: object) =>
    studio.boto.call<T>("s3", operation, { Bucket: BUCKET, ...parameters }, Credentials);
  const Key = "UserA/parts.bin";
  const { UploadId } = await step<{ UploadId: string }>("create_multipart_upload", { Key });
  const part = { Key, UploadId, PartNumber: 1 };
  const { ETag } = await step<{ ETag: string }>("upload_part", { ...part, Body: "part" });
  expect(await s3("list_parts", { Key, UploadId }, Credentials)).toBe("ok");
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  const CopySource = { Bucket: BUCKET, Key: "UserB/abalone.csv" };
  expect(await s3("upload_part_copy", { ...part, PartNumber: 2, CopySource }, Credentials)).toBe("AccessDenied");
  expect(await s3("create_multipart_upload", { Key: "UserB/parts.bin" }, Credentials)).toBe("AccessDenied");
  expect(await s3("upload_part", { ...part, Key: "UserB/parts.bin", Body: "part" }, Credentials)).toBe("AccessDenied");
  expect(
    await s3("complete_multipart_upload", { Key: "UserB/parts.bin", UploadId, MultipartUpload }, Credentials),
  ).toBe("AccessDenied");
  expect(await s3("complete_multipart_upload", { Key, UploadId, MultipartUpload }, Credentials)).toBe("ok");
  const second = await step<{ UploadId: string }>("create_multipart_upload", { Key });
  expect(await s3("abort_multipart_upload", { Key: "UserB/parts.bin", UploadId: second.UploadId }, Credentials)).toBe(
    "AccessDenied",
  );
  expect(await s3("abort_multipart_upload", { Key, UploadId: second.UploadId }, Credentials)).toBe("ok");
});

test("DeleteObjects deletes what is in the scope, and says of each other key that it may not", async () => {
  const { Credentials } = await vend(at("UserA/*"), "WRITE", usera);
  const keys = ["UserA/a&b.txt", 'UserA/"q".txt'];
  for (const Key of keys) await s3("put_object", { Key, Body: "x" }, Credentials);
  const Delete = { Objects: [...keys, "UserB/abalone.csv"].map((Key) => ({ Key })) };
  const answer = await studio.boto.call<{ Deleted: { Key: string }[]; Errors: { Key: string; Code: string }[] }>(
    "s3",
    "delete_objects",
    { Bucket: BUCKET, Delete },
    Credentials,
  );
  expect(answer.Deleted.map(({ Key }) => Key).sort()).toEqual([...keys].sort());
  expect(answer.Errors).toEqual([expect.objectContaining({ Key: "UserB/abalone.csv", Code: "AccessDenied" })]);
  const left = await studio.boto.call<{ Contents: { Key: string }[] }>("s3", "list_objects_v2", { Bucket: BUCKET });
  expect(left.Contents.map(({ Key }) => Key)).toContain("UserB/abalone.csv");
  for (const key of keys) expect(left.Contents.map(({ Key }) => Key)).not.toContain(key);
});

test.each([
  ["s3", "list_buckets", {}],
  ["s3", "get_bucket_location", { Bucket: BUCKET }],
  ["s3", "get_bucket_policy", { Bucket: BUCKET }],
  ["s3", "put_bucket_versioning", { Bucket: BUCKET, VersioningConfiguration: { Status: "Enabled" } }],
  ["s3", "get_object_tagging", { Bucket: BUCKET, Key: "UserA/abalone.csv" }],
  ["s3", "put_object_tagging", { Bucket: BUCKET, Key: "UserA/abalone.csv", Tagging: { TagSet: [] } }],
  ["s3", "put_object", { Bucket: BUCKET, Key: "UserA/tagged", Body: "x", Tagging: "a=b" }],
  ["s3", "get_object", { Bucket: BUCKET, Key: "UserA/../UserB/abalone.csv" }],
  ["s3", "get_object", { Bucket: BUCKET, Key: "UserB/abalone.csv" }],
  ["iam", "list_roles", {}],
  ["s3control", "get_data_access", { AccountId: ACCOUNT, Target: at("UserA/*"), Permission: "READ" }],
])("vended credentials are good for nothing else: %s %s %j", async (service, operation, parameters) => {
  const { Credentials } = await vend(at("UserA/*"), "READWRITE", usera);
  expect(await studio.boto.outcome(service, operation, parameters, Credentials)).toBe("AccessDenied");
});

test("credentials end when they say so", async () => {
  const { Credentials } = await vend(at("UserA/*"), "READ", usera, { DurationSeconds: 900 });
  const Key = "UserA/abalone.csv";
  await studio.sandbox.control.advanceClock(890);
  expect(await s3("get_object", { Key }, Credentials)).toBe("ok");
  await studio.sandbox.control.advanceClock(11);
  expect(await s3("get_object", { Key }, Credentials)).toBe("ExpiredToken");
  expect(await s3("list_objects_v2", { Prefix: "UserA/" }, Credentials)).toBe("ExpiredToken");
});

test("the grant that is closest to the target is the one that counts", async () => {
  await studio.grant("stranger", "*", "READ");
  await studio.grant("stranger", "Product/reports/*", "READWRITE");
  await studio.grant("stranger", "UserB/abalone.csv", "READ", { S3PrefixType: "Object" });
  const by = await studio.session("stranger");
  const matched = async (path: string, permission: string, more = {}) =>
    (await vend(at(path), permission, by, more)).MatchedGrantTarget;
  expect(await matched("Product/reports/q1.csv", "READ")).toBe(at("Product/reports/*"));
  expect(await matched("Product/other.csv", "READ")).toBe(at("*"));
  expect(await matched("UserB/abalone.csv", "READ")).toBe(at("UserB/abalone.csv"));
  expect(await refusal(vend(at("Product/other.csv"), "WRITE", by))).toMatchObject({ code: "AccessDenied" });
  const { Credentials } = await vend(at("UserB/abalone.csv"), "READ", by);
  expect(await s3("get_object", { Key: "UserB/abalone.csv" }, Credentials)).toBe("ok");
  expect(await s3("get_object", { Key: "UserA/abalone.csv" }, Credentials)).toBe("AccessDenied");
});

test("Minimal narrows to the target, Default gives the whole grant", async () => {
  const minimal = await vend(at("UserA/sub/*"), "READWRITE", usera, { Privilege: "Minimal" });
  expect(minimal.MatchedGrantTarget).toBe(at("UserA/sub/*"));
  expect(await s3("get_object", { Key: "UserA/abalone.csv" }, minimal.Credentials)).toBe("AccessDenied");
  expect(await s3("put_object", { Key: "UserA/sub/x", Body: "x" }, minimal.Credentials)).toBe("ok");
  const object = { Privilege: "Minimal", TargetType: "Object" };
  const one = await vend(at("UserA/abalone.csv"), "READ", usera, object);
  expect(await s3("get_object", { Key: "UserA/abalone.csv" }, one.Credentials)).toBe("ok");
  expect(await s3("get_object", { Key: "UserA/sub/x" }, one.Credentials)).toBe("AccessDenied");
  const whole = await vend(at("UserA/sub/x"), "READWRITE", usera);
  expect(whole).toMatchObject({
    MatchedGrantTarget: at("UserA/*"),
    MatchedInstanceArn: INSTANCE,
    Grantee: { GranteeType: "IAM", GranteeIdentifier: roleArn("usera") },
  });
  const withoutStar = vend(at("UserA/"), "READ", usera, { Privilege: "Minimal" });
  expect(await refusal(withoutStar)).toMatchObject({ code: "InvalidRequest", status: 400 });
});

test.each([
  [{ DurationSeconds: 7_200 }, "ok"],
  [{ DurationSeconds: 7_201 }, "StsValidationError"],
  [{ DurationSeconds: 899 }, "ParamValidationError"],
  [{ DurationSeconds: 43_201 }, "InvalidRequest"],
  [{ Target: "UserA/*" }, "InvalidRequest"],
  [{ Permission: "ADMIN" }, "InvalidRequest"],
])("GetDataAccess with %j: %s", async (change, expected) => {
  const request = { AccountId: ACCOUNT, Target: at("UserA/*"), Permission: "READ", ...change };
  expect(await studio.boto.outcome("s3control", "get_data_access", request, usera)).toBe(expected);
});

test("a caller sees its own grants, and those about a path", async () => {
  const list = async (more = {}) => {
    const found = await studio.control<{ CallerAccessGrantsList: { GrantScope: string }[] }>(
      "list_caller_access_grants",
      more,
      userb,
    );
    return found.CallerAccessGrantsList.map(({ GrantScope }) => GrantScope).sort();
  };
  expect(await list()).toEqual([at("Product/*"), at("UserB/*")]);
  expect(await list({ GrantScope: at("User") })).toEqual([at("UserB/*")]);
  expect(await list({ GrantScope: at("UserB/x/y.csv") })).toEqual([at("UserB/*")]);
});

test.each(["SELF", "ALL"])(
  "with InstanceScope %s the account's own grants answer, and say of which instance",
  async (scope) => {
    const InstanceScope = { InstanceScope: scope };
    expect(await vend(at("UserA/*"), "READ", usera, InstanceScope)).toMatchObject({ MatchedInstanceArn: INSTANCE });
    expect(await refusal(vend(at("UserB/*"), "READ", usera, InstanceScope))).toMatchObject({ code: "AccessDenied" });
    const found = await studio.control("list_caller_access_grants", InstanceScope, userb);
    expect(found["CallerAccessGrantsList"]).toContainEqual({
      Permission: "READWRITE",
      GrantScope: at("UserB/*"),
      AccessGrantsInstanceArn: INSTANCE,
    });
  },
);

test("an account without an instance has none to search by itself, and with all that are shared nothing is found", async () => {
  const asked = { AccountId: "999999999999", Target: at("UserA/*"), Permission: "READ" };
  const get = (more: object) => studio.boto.outcome("s3control", "get_data_access", { ...asked, ...more });
  const list = (more: object) =>
    studio.boto.outcome("s3control", "list_caller_access_grants", { AccountId: asked.AccountId, ...more });
  expect(await get({ InstanceScope: "SELF" })).toBe("AccessGrantsInstanceNotExistsError");
  expect(await get({ InstanceScope: "ALL" })).toBe("AccessDenied");
  expect(await get({ InstanceScope: "SOME" })).toBe("InvalidRequest");
  expect(await list({ InstanceScope: "SELF" })).toBe("AccessGrantsInstanceNotExistsError");
  expect(await list({ InstanceScope: "ALL" })).toBe("ok");
});

test("an assertion of nobody is refused when the role is assumed", async () => {
  const ProviderArn = "arn:aws:iam::aws:contextProvider/IdentityCenter";
  const request = {
    RoleArn: roleArn("usera"),
    RoleSessionName: "aware",
    ProvidedContexts: [{ ProviderArn, ContextAssertion: "nobody" }],
  };
  expect(await studio.boto.outcome("sts", "assume_role", request)).toBe("ValidationError");
});

test("a directory user's grants count in an identity-aware session, where the location's role lets it", async () => {
  const userId = "11112222-3333-4444-5555-666677778888";
  const groupId = "99998888-7777-6666-5555-444433332222";
  const IdentityCenterArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
  const withIdentityCenter = (type: string, id: string, prefix: string) =>
    studio.grant("", prefix, "READ", { Grantee: { GranteeType: type, GranteeIdentifier: id } });
  expect(await refusal(withIdentityCenter("DIRECTORY_USER", userId, "UserB/*"))).toMatchObject({
    code: "InvalidRequest",
  });
  await studio.control("associate_access_grants_identity_center", { IdentityCenterArn });
  await withIdentityCenter("DIRECTORY_USER", userId, "UserB/*");
  await withIdentityCenter("DIRECTORY_GROUP", groupId, "UserAdmin/*");
  const assertion = (identity: object) => Buffer.from(JSON.stringify(identity)).toString("base64");
  const { Credentials: session } = await studio.boto.call<{ Credentials: Credentials }>("sts", "assume_role", {
    RoleArn: roleArn("usera"),
    RoleSessionName: "aware",
    ProvidedContexts: [
      {
        ProviderArn: "arn:aws:iam::aws:contextProvider/IdentityCenter",
        ContextAssertion: assertion({ userId, groupIds: [groupId] }),
      },
    ],
  });
  const update = (document: object) =>
    studio.boto.call("iam", "update_assume_role_policy", {
      RoleName: "location",
      PolicyDocument: JSON.stringify(document),
    });
  expect(await refusal(vend(at("UserB/*"), "READ", session))).toMatchObject({ code: "StsNotAuthorizedError" });
  await update(trust({ Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:SetContext"] }));
  expect((await vend(at("UserB/*"), "READ", session)).Grantee).toEqual({
    GranteeType: "DIRECTORY_USER",
    GranteeIdentifier: userId,
  });
  expect((await vend(at("UserAdmin/*"), "READ", session)).Grantee.GranteeType).toBe("DIRECTORY_GROUP");
  expect((await vend(at("UserA/*"), "READ", session)).Grantee.GranteeType).toBe("IAM");
  expect(await refusal(vend(at("UserB/*"), "READ", usera))).toMatchObject({ code: "AccessDenied" });
  await update(trust());
});

test.each([
  ["another service", { Principal: { Service: "s3.amazonaws.com" } }],
  ["another account", { Condition: { StringEquals: { "aws:SourceAccount": "999999999999" } } }],
  ["another instance", { Condition: { ArnEquals: { "aws:SourceArn": INSTANCE.replace("us-east-1", "eu-west-1") } } }],
  ["no sts:SetSourceIdentity", { Action: "sts:AssumeRole" }],
])("a location role that trusts %s vends nothing", async (_, change) => {
  const update = (document: object) =>
    studio.boto.call("iam", "update_assume_role_policy", {
      RoleName: "location",
      PolicyDocument: JSON.stringify(document),
    });
  await update(trust(change));
  try {
    expect(await refusal(vend(at("UserA/*"), "READ", usera))).toMatchObject({
      code: "StsNotAuthorizedError",
      status: 403,
      message: expect.stringContaining(roleArn("location")) as string,
    });
  } finally {
    await update(trust());
  }
});

test("a persona's own role reaches no data, and without s3:GetDataAccess gets no credentials", async () => {
  expect(await s3("get_object", { Key: "UserA/abalone.csv" }, usera)).toBe("AccessDenied");
  expect(await s3("put_object", { Key: "UserA/x", Body: "x" }, usera)).toBe("AccessDenied");
  expect(await s3("list_objects_v2", { Prefix: "UserA/" }, usera)).toBe("AccessDenied");
  await studio.boto.call("iam", "delete_role_policy", { RoleName: "stranger", PolicyName: "p" });
  const stranger = await studio.session("stranger");
  expect((await refusal(vend(at("Product/*"), "READ", stranger))).message).toContain("s3:GetDataAccess");
});

test("vended credentials do no more than the location's role may, for this instance", async () => {
  const { Credentials } = await vend(at("UserA/*"), "READWRITE", usera);
  const put = (instance: string) =>
    studio.boto.call("iam", "put_role_policy", {
      RoleName: "location",
      PolicyName: "p",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: `arn:aws:s3:::${BUCKET}/*`,
            Condition: {
              StringEquals: { "aws:ResourceAccount": ACCOUNT },
              ArnEquals: { "s3:AccessGrantsInstanceArn": instance },
            },
          },
        ],
      }),
    });
  const Key = "UserA/abalone.csv";
  await put(INSTANCE);
  expect(await s3("get_object", { Key }, Credentials)).toBe("ok");
  expect(await s3("put_object", { Key, Body: "x" }, Credentials)).toBe("AccessDenied");
  await put(INSTANCE.replace("us-east-1", "eu-west-1"));
  expect(await s3("get_object", { Key }, Credentials)).toBe("AccessDenied");
});

test("everything exchanged is as botocore's model says", async () => {
  expect(await studio.departures()).toEqual([]);
});
