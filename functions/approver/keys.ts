import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient, type KMSClientConfig } from "@aws-sdk/client-kms";
import { GetTopicAttributesCommand, type SNSClient } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Answer } from "./self-check";
import type { Config } from "./config";
import { describeError, isNamed } from "./errors";

export const keyClient = (settings: KMSClientConfig): KMSClient => new KMSClient(settings);

export interface KeyContext {
  readonly config: Config;
  readonly sqs: Pick<SQSClient, "send">;
  readonly sns: Pick<SNSClient, "send">;
  readonly kms: Pick<KMSClient, "send">;
}

/** KMS permissions that sending to and receiving from an encrypted queue or topic take. */
const USES = ["kms:GenerateDataKey", "kms:Decrypt"];

const EVENTS = "events.amazonaws.com";
const ALARMS = "cloudwatch.amazonaws.com";

/**
 * Checks that the keys of the queues and topics exist, and that their policies allow use by everyone who needs them: named services, and the
 * account, whose IAM policies then decide for the function's role. Changes nothing.
 */
export async function checkKeys(around: KeyContext): Promise<Readonly<Record<string, Answer>>> {
  const { queueUrl, deadLetterQueueUrl, topicArn, operatorsTopicArn } = around.config;
  return {
    queue: await answer(around, keyOfQueue(around, queueUrl), [EVENTS, ACCOUNT]),
    deadLetterQueue: await answer(around, keyOfQueue(around, deadLetterQueueUrl), [EVENTS]),
    topic: await answer(around, keyOfTopic(around, topicArn), [ACCOUNT]),
    operatorsTopic: await answer(around, keyOfTopic(around, operatorsTopicArn), [ALARMS, ACCOUNT]),
  };
}

/** Stands for this account in a key policy, which leaves the decision to IAM policies. */
const ACCOUNT = "account";
/** Roles of it, by their names, as in the policy of a key that the module notification-topic makes. */
const ROLES = "roles";

async function keyOfQueue({ sqs }: KeyContext, QueueUrl: string): Promise<string | undefined> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["KmsMasterKeyId"] }),
  );
  return Attributes?.["KmsMasterKeyId"];
}

async function keyOfTopic({ sns }: KeyContext, TopicArn: string): Promise<string | undefined> {
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  return Attributes?.["KmsMasterKeyId"];
}

async function answer(
  around: KeyContext,
  keyId: Promise<string | undefined>,
  users: readonly string[],
): Promise<Answer> {
  try {
    const key = await keyId;
    if (!key) return { status: "yes", detail: "it is not encrypted with a KMS key" };
    const services = users.filter((user) => user !== ACCOUNT);
    if (key.includes("alias/aws/")) {
      return services.length > 0
        ? { status: "no", detail: `the key ${key} is managed by AWS, and ${services.join(" and ")} cannot use it` }
        : { status: "yes", detail: `the key ${key} is managed by AWS and can be used by everyone in the account` };
    }
    return await judge(around, key, users);
  } catch (error) {
    // If the approver may not read the key's policy, that says nothing about what others may do.
    return { status: isNamed(error, "NotFoundException") ? "no" : "unknown", detail: describeError(error) };
  }
}

async function judge({ kms, config }: KeyContext, KeyId: string, users: readonly string[]): Promise<Answer> {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  const { KeyState = "in an unknown state" } = KeyMetadata ?? {};
  if (KeyState !== "Enabled") return { status: "no", detail: `the key ${KeyId} is ${KeyState}` };
  // GetKeyPolicy takes no alias.
  const { Policy = "{}" } = await kms.send(
    new GetKeyPolicyCommand({ KeyId: KeyMetadata?.KeyId ?? KeyId, PolicyName: "default" }),
  );
  const { Statement } = JSON.parse(Policy) as { Statement?: PolicyStatement | readonly PolicyStatement[] };
  const account = config.topicArn.split(":")[4]!;
  const answers = users.map((user): Answer => {
    const status = allows(list(Statement), user, account);
    const byName = status === "no" && user === ACCOUNT && allows(list(Statement), ROLES, account) !== "no";
    if (byName) {
      const detail = `the policy of the key ${KeyId} lets roles of the account ${account} use it by their names; whether the function's is one of them, it cannot see`;
      return { status: "unknown", detail };
    }
    const who = user === ACCOUNT ? `the account ${account}` : user;
    const lets = { yes: "allows", no: "does not allow", unknown: "allows, but with conditions or a Deny statement," }[
      status
    ];
    return { status, detail: `the policy of the key ${KeyId} ${lets} ${USES.join(" and ")} to ${who}` };
  });
  return (
    answers.find(({ status }) => status === "no") ?? answers.find(({ status }) => status === "unknown") ?? answers[0]!
  );
}

interface PolicyStatement {
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

function allows(statements: readonly PolicyStatement[], user: string, account: string): Answer["status"] {
  const about = statements.filter(({ Principal }) => names(Principal, user, account));
  const allowed = about.filter(({ Effect }) => Effect === "Allow");
  const covered = (by: readonly PolicyStatement[]): boolean =>
    USES.every((use) => by.some(({ Action }) => covers(Action, use)));
  if (!covered(allowed)) return "no";
  const isDenied = about.some(({ Effect, Action }) => Effect === "Deny" && USES.some((use) => covers(Action, use)));
  return !isDenied && covered(allowed.filter((statement) => isMet(statement, account))) ? "yes" : "unknown";
}

const list = <T>(one: T | readonly T[] | undefined): readonly T[] =>
  one === undefined ? [] : Array.isArray(one) ? (one as readonly T[]) : [one as T];

function names(principal: PolicyStatement["Principal"], user: string, account: string): boolean {
  if (typeof principal !== "object") return principal === "*";
  if (user === ROLES) return list(principal["AWS"]).some((one) => one.includes(`:iam::${account}:role/`));
  if (user !== ACCOUNT) return list(principal["Service"]).includes(user);
  return list(principal["AWS"]).some((one) => one === "*" || one === account || one.endsWith(`:iam::${account}:root`));
}

const covers = (action: PolicyStatement["Action"], use: string): boolean =>
  list(action).some((pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "i").test(use));

/** Whether a statement's conditions hold for sure: only a condition that the request comes from this account does. */
const isMet = ({ Condition = {} }: PolicyStatement, account: string): boolean =>
  Object.entries(Condition).every(
    ([test, keys]) =>
      test === "StringEquals" &&
      Object.entries(keys).every(
        ([key, wanted]) => key.toLowerCase() === "aws:sourceaccount" && list(wanted).includes(account),
      ),
  );
