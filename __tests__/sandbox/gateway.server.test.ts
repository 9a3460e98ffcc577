import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { ListTopicsCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";

import { startSandbox, type Sandbox } from "../../sandbox";
import { ACCOUNT, Boto3, cli, makeRole, withFile } from "./gateway-clients";

jest.setTimeout(30_000);

let sandbox: Sandbox;
let boto3: Boto3;
beforeAll(async () => {
  sandbox = await startSandbox();
  boto3 = new Boto3(sandbox);
});
afterAll(async () => {
  await boto3.stop();
  await sandbox.stop();
});

const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const options = () => ({ endpoint: sandbox.endpoint, region: "us-east-1", credentials, maxAttempts: 1 });

test("the account's own key is the root user, to the CLI, boto3 and the SDK", async () => {
  const arn = `arn:aws:iam::${ACCOUNT}:root`;
  expect(await cli<object>(sandbox, "sts", "get-caller-identity")).toMatchObject({ Arn: arn, Account: ACCOUNT });
  expect(await boto3.run<object>(`answer = client("sts").get_caller_identity()`)).toMatchObject({ Arn: arn });
  await new SNSClient(options()).send(new ListTopicsCommand({}));
  expect(sandbox.calls({ operation: "ListTopics" }).at(-1)).toMatchObject({ caller: arn, status: 200 });
});

test("a key that nobody was given is refused", async () => {
  const stranger = { accessKeyId: "AKIASTRANGER", secretAccessKey: "x" };
  const call = new SNSClient({ ...options(), credentials: stranger }).send(new ListTopicsCommand({}));
  await expect(call).rejects.toMatchObject({ name: "InvalidClientTokenId" });
});

test("S3 Control's account prefix comes through the proxy, and is named in the call log", async () => {
  await boto3.run(`answer = error(client("s3control").get_public_access_block, AccountId="${ACCOUNT}")`);
  expect(sandbox.calls({ service: "s3", operation: "GetPublicAccessBlock" })).toHaveLength(1);
});

test("what moto lacks is a readable error, not a web page", async () => {
  const [code, message, status] = await boto3.run<[string, string, number]>(
    `answer = error(client("cloudwatch").put_composite_alarm, AlarmName="a", AlarmRule="ALARM(b)")`,
  );
  expect([code, status]).toEqual(["NotImplemented", 501]);
  expect(message).toMatch(/^The sandbox does not have monitoring PutCompositeAlarm/);
});

test("REST calls are logged by operation, resource, caller and status", async () => {
  await boto3.run(`answer = error(client("lambda").get_function, FunctionName="nobody")`);
  expect(sandbox.calls({ service: "lambda" }).at(-1)).toMatchObject({
    operation: "GetFunction",
    resource: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:nobody`,
    caller: `arn:aws:iam::${ACCOUNT}:root`,
    status: 404,
    errorCode: "ResourceNotFoundException",
  });
});

test("S3 operations on one path are told apart", async () => {
  await boto3.run(`
s3 = client("s3")
s3.create_bucket(Bucket="bucket")
s3.put_object(Bucket="bucket", Key="a/b c+d", Body=b"x")
s3.copy_object(Bucket="bucket", Key="copy", CopySource="bucket/a/b c+d")
s3.list_objects_v2(Bucket="bucket", Prefix="a/b c+")
s3.get_bucket_versioning(Bucket="bucket")
answer = s3.get_object(Bucket="bucket", Key="a/b c+d")["Body"].read().decode()`);
  expect(sandbox.calls({ service: "s3" }).map(({ operation }) => operation)).toEqual(
    expect.arrayContaining([
      "CreateBucket",
      "PutObject",
      "CopyObject",
      "ListObjectsV2",
      "GetBucketVersioning",
      "GetObject",
    ]),
  );
  expect(sandbox.calls({ operation: "GetObject" }).at(-1)?.resource).toBe("arn:aws:s3:::bucket/a/b c+d");
});

test("a bucket's name may stand in the host, below this machine's or, by the proxy, AWS's", async () => {
  const objects = await boto3.run<string[]>(`
client("s3").create_bucket(Bucket="virtual")
client("s3").put_object(Bucket="virtual", Key="key", Body=b"found")
virtual = Config(s3={"addressing_style": "virtual"})
s3s = [client("s3", endpoint_url=url, config=virtual) for url in ["http://s3.us-east-1.amazonaws.com", "${sandbox.endpoint.replace("127.0.0.1", "localhost")}"]]
answer = [s3.get_object(Bucket="virtual", Key="key")["Body"].read().decode() for s3 in s3s]`);
  expect(objects).toEqual(["found", "found"]);
});

test("a web page gets nothing done, whatever name it knows the sandbox by", async () => {
  const before = sandbox.calls().length;
  const send = (path: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const post = request(`${sandbox.endpoint}${path}`, { method: "POST", headers }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      });
      post.on("error", reject).end("Action=ListTopics");
    });
  const signed = { authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sns/aws4_request" };
  const telltales: Record<string, string>[] = [
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { host: "rebound.example" },
  ];
  for (const path of ["/", "/_sandbox/faults"]) {
    for (const telltale of telltales) {
      expect(await send(path, { ...signed, ...telltale })).toBe(403);
    }
  }
  expect(sandbox.calls()).toHaveLength(before);
});

test("large objects come back as they went in, in one part and in several", async () => {
  const data = randomBytes(12 << 20);
  const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  await withFile(data, async (path) => {
    await cli(sandbox, "s3api", "create-bucket", "--bucket", "large");
    await cli(sandbox, "s3api", "put-object", "--bucket", "large", "--key", "one", "--body", path);
    await boto3.run(`client("s3").upload_file("${path}", "large", "parts"); answer = 1`);
    for (const key of ["one", "parts"]) {
      await cli(sandbox, "s3api", "get-object", "--bucket", "large", "--key", key, `${path}.${key}`);
      expect(digest(readFileSync(`${path}.${key}`))).toBe(digest(data));
    }
  });
});

describe("faults", () => {
  const publish = () =>
    new SNSClient(options()).send(new PublishCommand({ TopicArn: "arn:aws:sns:us-east-1:1:t", Message: "m" }));

  test("answer the next matching calls, then no more", async () => {
    const fault = { service: "sns", operation: "Publish", times: 1, status: 429, code: "Throttled", message: "slowly" };
    await sandbox.control.inject(fault);
    await expect(publish()).rejects.toMatchObject({ name: "ThrottledException", message: "slowly" });
    expect(sandbox.calls({ service: "sns" }).at(-1)).toMatchObject({ fault: true, status: 429 });
    await expect(publish()).rejects.not.toMatchObject({ name: "ThrottledException" });
  });

  test("cut the connection before the call, or only lose its reply", async () => {
    const created = async (name: string) =>
      (await boto3.run<{ Topics: { TopicArn: string }[] }>(`answer = client("sns").list_topics()`)).Topics.some(
        ({ TopicArn }) => TopicArn.endsWith(`:${name}`),
      );
    const create = (name: string) =>
      boto3.run(`
try:
    client("sns", config=Config(retries={"total_max_attempts": 1})).create_topic(Name="${name}"); answer = "made"
except Exception as e: answer = str(e)`);
    await sandbox.control.inject({ service: "sns", times: 1, drop: "request" });
    expect(await create("before")).toMatch(/connect/i);
    expect(await created("before")).toBe(false);
    await sandbox.control.inject({ service: "sns", times: 1, drop: "reply" });
    expect(await create("after")).toMatch(/connect/i);
    expect(await created("after")).toBe(true);
  });

  test("are refused where they make no sense, with the reason", async () => {
    await expect(sandbox.control.inject({ service: "sns", times: 0 })).rejects.toThrow(/times/);
  });
});

test("how a service behaves can be chosen, as far as it is known", async () => {
  await boto3.run(`
iam = client("iam")
role = iam.create_role(RoleName="domain", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
answer = client("datazone").create_domain(name="chosen", domainExecutionRole=role)["id"]`);
  await sandbox.control.choose({ datazone: { quotas: { ListDomains: 0.001 } } });
  const codes = await boto3.run<string[][]>(`
zone = client("datazone", config=Config(retries={"total_max_attempts": 1}))
answer = [error(zone.list_domains), error(zone.list_domains)]`);
  expect(codes.map((code) => code?.[0])).toEqual([undefined, "ThrottlingException"]);
  const wrong = { datazone: { listingShapes: "round" } } as unknown as Parameters<typeof sandbox.control.choose>[0];
  await expect(sandbox.control.choose(wrong)).rejects.toThrow(/listingShapes/);
  await expect(sandbox.control.choose({ mars: {} } as object)).rejects.toThrow(
    /mars has no settings; there are settings of .*datazone/,
  );
});

test("time can be skipped", async () => {
  const before = new Date((await sandbox.control.health()).now).getTime();
  await sandbox.control.advanceClock(3600);
  const after = new Date((await sandbox.control.health()).now).getTime();
  expect(after - before).toBeGreaterThanOrEqual(3_600_000);
  expect(after - before).toBeLessThan(3_660_000);
});

describe("a role may do what its policies allow, and no more", () => {
  const topic = (name: string) => `arn:aws:sns:us-east-1:${ACCOUNT}:${name}`;
  const session = (name: string, rest = "") => `
key = client("sts").assume_role(RoleArn="arn:aws:iam::${ACCOUNT}:role/team/${name}", RoleSessionName="me"${rest})["Credentials"]
mine = lambda service: boto3.client(service, aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"], aws_session_token=key["SessionToken"])`;

  beforeAll(async () => {
    const denyAll = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: topic("closed") },
        { Effect: "Allow", Principal: "*", Action: "sns:GetTopicAttributes", Resource: topic("closed") },
      ],
    });
    await boto3.run(`
${makeRole(
  "publisher",
  [
    { Effect: "Allow", Action: "sns:Publish", Resource: [topic("open"), topic("closed"), topic("sealed")] },
    {
      Effect: "Allow",
      Action: "datazone:GetDomain",
      Resource: `arn:aws:datazone:us-east-1:${ACCOUNT}:domain/dzd_mine`,
    },
    { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" },
  ],
  { AWS: "*" },
)}
${makeRole("reachable", [], { AWS: `arn:aws:iam::${ACCOUNT}:role/team/publisher` })}
${makeRole("unreachable", [], { Service: "lambda.amazonaws.com" })}
sns, kms = client("sns"), client("kms")
for name in ["open", "closed", "other"]: sns.create_topic(Name=name)
sns.set_topic_attributes(TopicArn="${topic("closed")}", AttributeName="Policy", AttributeValue=r'''${denyAll}''')
key = kms.create_key()["KeyMetadata"]["KeyId"]
sns.create_topic(Name="sealed", Attributes={"KmsMasterKeyId": key})
answer = key`);
  });

  test("by action and resource, with the protocol's own error", async () => {
    const answer = await boto3.run<{ sent: string; refused: string[]; domain: string[] }>(`${session("publisher")}
answer = {
  "sent": mine("sns").publish(TopicArn="${topic("open")}", Message="m")["MessageId"],
  "refused": error(mine("sns").publish, TopicArn="${topic("other")}", Message="m"),
  "domain": error(mine("datazone").get_domain, identifier="dzd_other"),
}`);
    expect(answer.sent).toBeTruthy();
    expect(answer.refused).toEqual([
      "AuthorizationError",
      `User: arn:aws:sts::${ACCOUNT}:assumed-role/publisher/me is not authorized to perform: sns:Publish on resource: ${topic("other")} because no identity-based policy allows the sns:Publish action`,
      403,
    ]);
    expect(answer.domain[0]).toBe("AccessDeniedException");
    expect(sandbox.calls({ operation: "Publish" }).at(-1)).toMatchObject({ denied: true, status: 403 });
  });

  test("not against a resource's explicit deny, nor without the key of an encrypted one", async () => {
    const answer = await boto3.run<string[][]>(`${session("publisher")}
answer = [error(mine("sns").publish, TopicArn=arn, Message="m") for arn in ["${topic("closed")}", "${topic("sealed")}"]]`);
    expect(answer[0]?.[1]).toMatch(/explicit deny in a resource-based policy/);
    expect(answer[1]?.[1]).toMatch(/kms:GenerateDataKey on resource: arn:aws:kms:/);
  });

  test("within its boundary, and its session's policy", async () => {
    const nothing = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
    });
    const answer = await boto3.run<string[][]>(`${session("publisher", `, Policy=r'''${nothing}'''`)}
first = error(mine("sns").publish, TopicArn="${topic("open")}", Message="m")
${session("publisher")}
boundary = client("iam").create_policy(PolicyName="boundary", PolicyDocument=r'''${nothing}''')["Policy"]["Arn"]
client("iam").put_role_permissions_boundary(RoleName="publisher", PermissionsBoundary=boundary)
second = error(mine("sns").publish, TopicArn="${topic("open")}", Message="m")
client("iam").delete_role_permissions_boundary(RoleName="publisher")
mine("sns").publish(TopicArn="${topic("open")}", Message="m")
answer = [first, second]`);
    expect(answer[0]?.[1]).toMatch(/no session policy allows/);
    expect(answer[1]?.[1]).toMatch(/no permissions boundary allows/);
  });

  test("assumes only roles that trust it", async () => {
    const answer = await boto3.run<[string, string[]]>(`${session("publisher")}
reach = lambda name: {"RoleArn": "arn:aws:iam::${ACCOUNT}:role/team/" + name, "RoleSessionName": "me"}
answer = [mine("sts").assume_role(**reach("reachable"))["AssumedRoleUser"]["Arn"], error(mine("sts").assume_role, **reach("unreachable"))]`);
    expect(answer[0]).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/reachable/me`);
    expect(answer[1]?.slice(0, 1)).toEqual(["AccessDenied"]);
  });
});
