import { ANNOUNCED } from "../../constructs/notification-topic/subscriptions";
import type { Afterwards } from "../../functions/approver/announce";
import { SEVERITIES } from "../../functions/approver/policies/severity";
import type { Outcome } from "../../functions/approver/record";
import { NotificationTopic, type NotificationTopicProps } from "../../constructs/notification-topic/notification-topic";
import definition from "../../constructs/notification-topic/notification-topic.module";
import { environment, moduleOf } from "../support/hosts";
import { addresses, resource, resources, statements } from "../support/synthesized";
import { notificationTopic } from "./fixtures";

const synth = (props: NotificationTopicProps): object =>
  environment((stack) => new NotificationTopic(stack, "topic", props));

const { kmsKey, ...withOwnKey } = notificationTopic.complete;
const minimal = synth(notificationTopic.minimal);
const complete = synth(notificationTopic.complete);
const keyed = synth(withOwnKey);
const roles = ["arn:aws:iam::111122223333:role/approver"];

describe("encryption", () => {
  test("is with a key made here that rotates", () => {
    expect(resource(minimal, "aws_kms_key").enable_key_rotation).toBe(true);
    expect(resource(minimal, "aws_sns_topic").kms_master_key_id).toBe("${aws_kms_key.topic_key.arn}");
  });

  test("is with the key that is given, and none is made", () => {
    expect(resource(complete, "aws_sns_topic").kms_master_key_id).toBe(kmsKey!.arn);
    expect(resources(complete, "aws_kms_key")).toEqual({});
  });

  test("lets the publishing services and roles use the key, and administrators only manage it", () => {
    const key = statements(keyed, "key_policy");
    const use = ["kms:Decrypt", "kms:GenerateDataKey*"];
    expect(key.PublishingServices).toMatchObject({
      actions: use,
      principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }],
    });
    expect(key.PublishingRoles).toMatchObject({
      actions: use,
      principals: [{ type: "AWS", identifiers: roles }],
      condition: [{ test: "StringEquals", variable: "kms:ViaService" }],
    });
    const uses = ["Decrypt", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "CreateGrant"].map((use) => `kms:${use}`);
    const administers = (action: string): boolean =>
      key.AdministerWithoutUsing!.actions.some((allowed) => new RegExp(`^${allowed.replace("*", ".*")}$`).test(action));
    expect(uses.filter(administers)).toEqual([]);
    expect(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"].filter(administers)).toHaveLength(2);
    expect(Object.keys(key)).toHaveLength(3);
  });
});

describe("publishing", () => {
  const policy = statements(complete, "topic_policy");

  test("is allowed to the named roles, the named rules and this account's alarms", () => {
    expect(policy.Publishers!.principals).toEqual([{ type: "AWS", identifiers: roles }]);
    expect(policy.EventRules).toMatchObject({
      principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
      condition: [
        {
          test: "ArnEquals",
          variable: "aws:SourceArn",
          values: ["arn:aws:events:eu-central-1:111122223333:rule/approvals"],
        },
      ],
    });
    expect(policy.Alarms!.condition).toContainEqual(
      expect.objectContaining({ test: "StringEquals", variable: "aws:SourceAccount" }),
    );
  });

  test("is denied to everyone else in the account", () => {
    expect(policy.NoOneElse).toMatchObject({
      effect: "Deny",
      principals: [{ type: "AWS", identifiers: ["*"] }],
      condition: [
        { test: "Bool", variable: "aws:PrincipalIsAWSService", values: ["false"] },
        { test: "ArnNotEquals", variable: "aws:PrincipalArn", values: roles },
      ],
    });
  });

  test("is denied to everyone where no role is named", () => {
    const none = statements(minimal, "topic_policy");
    expect(none.NoOne!.effect).toBe("Deny");
    expect(Object.keys(none).sort()).toEqual(["Alarms", "NoOne", "TlsOnly"]);
  });

  test("is denied without TLS", () => {
    expect(policy.TlsOnly).toMatchObject({
      effect: "Deny",
      condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
    });
  });

  test("is allowed to no wildcard", () => {
    const allowed = Object.values(policy).filter(({ effect }) => effect !== "Deny");
    expect(allowed.flatMap(({ principals }) => principals!.flatMap(({ identifiers }) => identifiers))).not.toContain(
      "*",
    );
    expect(Object.values(policy).map(({ actions }) => actions)).toEqual(
      Object.values(policy).map(() => ["sns:Publish"]),
    );
  });
});

describe("a topic that is there already", () => {
  const given = synth({ ...withOwnKey, topic: { arn: "arn:aws:sns:eu-central-1:111122223333:own" } });

  test("gets the subscriptions, and nothing else is made or touched", () => {
    expect(addresses(given).map((address) => address.split(".")[0])).toEqual(
      expect.not.arrayContaining(["aws_sns_topic", "aws_sns_topic_policy", "aws_kms_key"]),
    );
    const subscribed = Object.values(resources(given, "aws_sns_topic_subscription")).map(({ topic_arn }) => topic_arn);
    expect(subscribed).toEqual(Array(3).fill("arn:aws:sns:eu-central-1:111122223333:own"));
  });
});

describe("subscriptions", () => {
  test("filter on the message attributes and deliver what fails to a queue", () => {
    const subscription = resource(complete, "aws_sns_topic_subscription", "archive");
    expect(subscription).toMatchObject({ raw_message_delivery: true });
    expect(JSON.parse(subscription.redrive_policy as string)).toEqual({
      deadLetterTargetArn: "arn:aws:sqs:eu-central-1:111122223333:undelivered",
    });
    const filtered = resource(complete, "aws_sns_topic_subscription", "owner");
    expect(JSON.parse(filtered.filter_policy as string)).toEqual({ decision: ["waiting", "failed"] });
  });

  test("of functions come with the permission to invoke them, for this topic", () => {
    expect(resource(complete, "aws_lambda_permission")).toMatchObject({
      function_name: "arn:aws:lambda:eu-central-1:111122223333:function:chat",
      principal: "sns.amazonaws.com",
      source_arn: "${aws_sns_topic.topic_topic.arn}",
    });
  });

  test("are added one at a time: nothing else changes", () => {
    const { owner, archive } = notificationTopic.complete.subscriptions!;
    const before = synth({ ...notificationTopic.minimal, subscriptions: { owner: owner! } });
    const after = synth({ ...notificationTopic.minimal, subscriptions: { owner: owner!, archive: archive! } });
    const added = resources(after, "aws_sns_topic_subscription") as Record<string, unknown>;
    expect(addresses(after).filter((address) => !addresses(before).includes(address))).toEqual([
      "aws_sns_topic_subscription.topic_subscription_archive",
    ]);
    delete added.topic_subscription_archive;
    expect(after).toEqual(before);
  });
});

describe("is refused", () => {
  const subscriptions = (subscription: object): object => ({ subscriptions: { me: subscription } });
  test.each([
    [
      "a name that is none",
      { name: "My topic" },
      /name: must be 1 to 40 lower-case letters, digits and hyphens.*\(given: "My topic"\)/,
    ],
    [
      "a protocol that is not offered",
      subscriptions({ protocol: "sms", endpoint: "1" }),
      /subscriptions\.me\.protocol: must be one of email, /,
    ],
    [
      "a filter on what is no attribute",
      subscriptions({ protocol: "email", endpoint: "a@b.c", filterPolicy: { colour: ["red"] } }),
      /subscriptions\.me\.filterPolicy: must filter only on decision, event, project, environment and severity/,
    ],
    ["a key that is no ARN", { kmsKey: { arn: "alias/x" } }, /kmsKey\.arn: must be the ARN of a KMS key/],
    [
      "a display name that is too long",
      { displayName: "x".repeat(101) },
      /displayName: must be one line of 1 to 100 characters/,
    ],
  ])("%s", (_, props, message) => {
    const wrong = (): object => synth({ ...notificationTopic.minimal, ...props } as NotificationTopicProps);
    expect(wrong).toThrow(message);
    expect(wrong).toThrow(/^test\/topic:\n/);
  });
});

test("the minimal topic", () => expect(minimal).toMatchSnapshot());
test("the complete topic", () => expect(complete).toMatchSnapshot());
test("the module", () => expect(moduleOf(definition)).toMatchSnapshot());

test("filters know what announcements say", () => {
  // Whoever adds a value to one of the types has to say it here, and then in ANNOUNCED.
  const decision: Readonly<Record<Exclude<Outcome, "left">, true>> = {
    approved: true,
    rejected: true,
    waiting: true,
    failed: true,
  };
  const event: Readonly<Record<Afterwards, true>> = { granted: true, "grant-failed": true, revoked: true };
  expect(ANNOUNCED).toEqual({ decision: Object.keys(decision), event: Object.keys(event), severity: SEVERITIES });
});
