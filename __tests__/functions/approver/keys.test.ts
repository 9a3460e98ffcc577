import type { Answer } from "../../../functions/approver/self-check";
import { checkKeys } from "../../../functions/approver/keys";
import { awsError, denied, FakeAws } from "./fake";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/1";
const ACCOUNT = { StringEquals: { "aws:SourceAccount": "111122223333" } };

const services = (change: object = {}): object => ({
  Effect: "Allow",
  Principal: { Service: ["events.amazonaws.com", "cloudwatch.amazonaws.com"] },
  Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
  Resource: "*",
  ...change,
});
const ROOT = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" };

/** Queues and topics with a key of this policy. */
function keyed(...Statement: readonly object[]): FakeAws {
  return new FakeAws()
    .on("GetQueueAttributes", () => ({ Attributes: { KmsMasterKeyId: KEY } }))
    .on("GetTopicAttributes", () => ({ Attributes: { KmsMasterKeyId: KEY } }))
    .on("DescribeKey", () => ({ KeyMetadata: { KeyId: "1", KeyState: "Enabled" } }))
    .on("GetKeyPolicy", () => ({ Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
}

async function check(aws: FakeAws): Promise<Readonly<Record<string, Answer>>> {
  const config = {
    queueUrl: "https://queue",
    deadLetterQueueUrl: "https://dead-letters",
    topicArn: "arn:aws:sns:us-east-1:111122223333:people",
    operatorsTopicArn: "arn:aws:sns:us-east-1:111122223333:operators",
  };
  return checkKeys({ config, sqs: aws, sns: aws, kms: aws } as unknown as Parameters<typeof checkKeys>[0]);
}

/** The answers about the four, in their order. */
const statuses = async (aws: FakeAws): Promise<string[]> => Object.values(await check(aws)).map(({ status }) => status);

test("what is encrypted without a key is not in the way", async () => {
  const aws = keyed()
    .on("GetQueueAttributes", () => ({}))
    .on("GetTopicAttributes", () => ({ Attributes: {} }));
  expect(await statuses(aws)).toEqual(["yes", "yes", "yes", "yes"]);
  expect(aws.count("DescribeKey")).toBe(0);
});

test("a key that the account and the services may use is right", async () => {
  expect(await statuses(keyed(ROOT, services()))).toEqual(["yes", "yes", "yes", "yes"]);
});

test("a key whose policy leaves the account out keeps the function's role out, whatever IAM says", async () => {
  const answers = await check(keyed(services()));
  expect(Object.values(answers).map(({ status }) => status)).toEqual(["no", "yes", "no", "no"]);
  expect(answers["topic"]!.detail).toMatch(
    /does not allow kms:GenerateDataKey and kms:Decrypt to the account 111122223333/,
  );
  const conditional = await check(keyed({ ...ROOT, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }));
  expect(conditional["topic"]!.status).toBe("unknown");
});

test("a key whose policy names roles may name the function's: that is not a no", async () => {
  const roles = (name: string): object => ({
    Effect: "Allow",
    Principal: { AWS: [`arn:aws:iam::${name}`] },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": ["sns.us-east-1.amazonaws.com"] } },
  });
  const answers = await check(keyed(services(), roles("111122223333:role/data-access/approver")));
  expect(Object.values(answers).map(({ status }) => status)).toEqual(["unknown", "yes", "unknown", "unknown"]);
  expect(answers["topic"]!.detail).toMatch(/lets roles of the account 111122223333 use it by their names/);
  const others = await check(keyed(services(), roles("444455556666:role/approver")));
  expect(others["topic"]!.status).toBe("no");
});

test("a key whose policy names the account alone loses every event, and the alarms: that is a no", async () => {
  const answers = await check(keyed(ROOT));
  expect(Object.values(answers).map(({ status }) => status)).toEqual(["no", "no", "yes", "no"]);
  expect(answers["queue"]!.detail).toBe(
    `the policy of the key ${KEY} does not allow kms:GenerateDataKey and kms:Decrypt to events.amazonaws.com`,
  );
  expect(answers["operatorsTopic"]!.detail).toMatch(
    /does not allow kms:GenerateDataKey and kms:Decrypt to cloudwatch\.amazonaws\.com/,
  );
});

test.each([
  ["one action is missing", [services({ Action: "kms:Decrypt" })], "no"],
  [
    "each action is in a statement of its own",
    [services({ Action: "kms:Decrypt" }), services({ Action: "kms:Gen*" })],
    "yes",
  ],
  ["everybody may", [services({ Principal: "*" })], "yes"],
  ["another service may", [services({ Principal: { Service: "s3.amazonaws.com" } })], "no"],
  ["this account's requests may", [services({ Condition: ACCOUNT })], "yes"],
  ["another account's may", [services({ Condition: { StringEquals: { "aws:SourceAccount": "1" } } })], "unknown"],
  ["some rules may", [services({ Condition: { ArnLike: { "aws:SourceArn": "arn:aws:events:*" } } })], "unknown"],
  ["a Deny is about it", [services(), services({ Effect: "Deny" })], "unknown"],
])("of a key's policy by which %s", async (_, policy, status) => {
  expect((await check(keyed(...policy)))["deadLetterQueue"]!.status).toBe(status);
});

test.each(["Disabled", "PendingDeletion", "PendingImport"])("a key that is %s is of no use", async (KeyState) => {
  const aws = keyed(ROOT, services()).on("DescribeKey", () => ({ KeyMetadata: { KeyState } }));
  expect(await check(aws)).toMatchObject({ topic: { status: "no", detail: `the key ${KEY} is ${KeyState}` } });
});

test("a key that is not there is a no, and one that KMS does not tell of for now is unknown", async () => {
  const of = async (error: Error): Promise<unknown> => (await check(keyed().on("DescribeKey", error)))["topic"];
  expect(await of(awsError("NotFoundException", 400))).toMatchObject({ status: "no" });
  expect(await of(awsError("KMSInternalException", 500))).toMatchObject({ status: "unknown" });
});

test("AWS's own key of SQS shuts EventBridge out", async () => {
  const aws = keyed().on("GetQueueAttributes", () => ({ Attributes: { KmsMasterKeyId: "alias/aws/sqs" } }));
  expect((await check(aws))["queue"]).toEqual({ status: "no", detail: expect.stringMatching(/managed by AWS/) });
  const topics = keyed().on("GetTopicAttributes", () => ({ Attributes: { KmsMasterKeyId: "alias/aws/sns" } }));
  expect(await check(topics)).toMatchObject({ topic: { status: "yes" }, operatorsTopic: { status: "no" } });
});

test("what it may not look at is unknown, never a no", async () => {
  for (const command of ["GetQueueAttributes", "DescribeKey", "GetKeyPolicy"]) {
    expect((await check(keyed(services()).on(command, denied())))["queue"]!.status).toBe("unknown");
  }
});
