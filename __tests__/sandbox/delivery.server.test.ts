import { startSandbox, type Sandbox } from "../../sandbox";
import type { Surroundings } from "../../sandbox/service";
import { ACCOUNT, Boto3, makeFunction, makeRole, QUEUE, until } from "./gateway-clients";

jest.setTimeout(30_000);

let sandbox: Sandbox;
let boto3: Boto3;
let domain: Surroundings;
beforeAll(async () => {
  sandbox = await startSandbox({
    timeScale: 600,
    // A service in whose name events are emitted.
    services: [
      (surroundings) => {
        domain = surroundings;
        return { handle: () => Promise.resolve(undefined) };
      },
    ],
  });
  boto3 = new Boto3(sandbox);
});
afterAll(async () => {
  await boto3.stop();
  await sandbox.stop();
});

const RULE = (name: string) => `arn:aws:events:us-east-1:${ACCOUNT}:rule/${name}`;
const url = (queue: string) => `${sandbox.endpoint}/${ACCOUNT}/${queue}`;

/** A script that makes a queue which only the rule may send to. */
const queueFor = (name: string, rule: string, attributes: Record<string, string> = {}) => {
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: QUEUE(name),
        Condition: { ArnEquals: { "aws:SourceArn": RULE(rule) } },
      },
    ],
  });
  return `client("sqs").create_queue(QueueName="${name}", Attributes=json.loads(r'''${JSON.stringify({ Policy, ...attributes })}'''))`;
};
const rule = (name: string, source: string, targets: readonly object[]) => `
client("events").put_rule(Name="${name}", EventPattern=json.dumps({"source": ["${source}"]}))
client("events").put_targets(Rule="${name}", Targets=json.loads(r'''${JSON.stringify(targets)}'''))`;
const put = (source: string, detail: object = {}) =>
  boto3.run<{ FailedEntryCount: number; Entries: { ErrorCode?: string }[] }>(
    `answer = client("events").put_events(Entries=[{"Source": "${source}", "DetailType": "Test", "Detail": r'''${JSON.stringify(detail)}'''}])`,
  );

interface Received {
  readonly Body: string;
  readonly MessageAttributes?: Record<string, { StringValue: string }>;
}
const receive = async (queue: string): Promise<Received | undefined> => {
  const got = await boto3.run<Received | null>(`
sqs = client("sqs")
got = sqs.receive_message(QueueUrl="${url(queue)}", MessageAttributeNames=["All"]).get("Messages") or [None]
if got[0]: sqs.delete_message(QueueUrl="${url(queue)}", ReceiptHandle=got[0]["ReceiptHandle"])
answer = got[0]`);
  return got ?? undefined;
};
const arrived = (queue: string) => until(`a message in ${queue}`, () => receive(queue));

describe("events", () => {
  test("reach queue and topic of an enabled rule that matches, and no other", async () => {
    await boto3.run(`
sns, sqs = client("sns"), client("sqs")
${queueFor("in", "matching")}
${queueFor("off", "disabled")}
topic = sns.create_topic(Name="told")["TopicArn"]
sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps({"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish", "Resource": topic}]}))
sqs.create_queue(QueueName="subscriber")
sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="${QUEUE("subscriber")}", Attributes={"RawMessageDelivery": "true"})
${rule("matching", "shop", [
  { Id: "queue", Arn: QUEUE("in") },
  {
    Id: "topic",
    Arn: `arn:aws:sns:us-east-1:${ACCOUNT}:told`,
    InputTransformer: { InputPathsMap: { n: "$.detail.n" }, InputTemplate: '"Number <n>"' },
  },
])}
${rule("disabled", "shop", [{ Id: "1", Arn: QUEUE("off") }])}
client("events").disable_rule(Name="disabled")`);
    expect(await put("shop", { n: 5 })).toMatchObject({ FailedEntryCount: 0 });
    expect(JSON.parse((await arrived("in")).Body)).toMatchObject({
      version: "0",
      source: "shop",
      "detail-type": "Test",
      account: ACCOUNT,
      region: "us-east-1",
      resources: [],
      detail: { n: 5 },
    });
    expect((await arrived("subscriber")).Body).toBe('"Number 5"');
    expect(await receive("off")).toBeUndefined();
  });

  test("of a service can be lost by a fault, as on AWS: as many as it says, and no others", async () => {
    await boto3.run(
      `${queueFor("kept", "catalog")}${rule("catalog", "aws.datazone", [{ Id: "1", Arn: QUEUE("kept") }])}`,
    );
    const emit = (n: number, detailType = "Subscription Request Created") =>
      domain.emit({ source: "aws.datazone", "detail-type": detailType, resources: [], detail: { n } });
    await sandbox.control.inject({
      service: "datazone",
      operation: "Subscription Request Created",
      drop: "event",
      times: 2,
    });
    await emit(1);
    await emit(2, "Subscription Request Accepted");
    await emit(3);
    await emit(4);
    const seen = [await arrived("kept"), await arrived("kept")].map(
      ({ Body }) => (JSON.parse(Body) as { detail: { n: number } }).detail.n,
    );
    expect(seen.sort()).toEqual([2, 4]);
    expect(await receive("kept")).toBeUndefined();
  });

  test("that a target's policy does not let in go to the rule's dead-letter queue, with the reason", async () => {
    await boto3.run(`
client("sqs").create_queue(QueueName="closed")
${queueFor("refused", "locked-out")}
key = client("kms").create_key()["KeyMetadata"]["KeyId"]
${queueFor("sealed", "locked-out")}
client("sqs").set_queue_attributes(QueueUrl="${url("sealed")}", Attributes={"KmsMasterKeyId": key})
${rule("locked-out", "locked", [
  { Id: "closed", Arn: QUEUE("closed"), DeadLetterConfig: { Arn: QUEUE("refused") } },
  { Id: "sealed", Arn: QUEUE("sealed"), DeadLetterConfig: { Arn: QUEUE("refused") } },
])}`);
    await put("locked");
    const targets = [await arrived("refused"), await arrived("refused")].map(({ MessageAttributes = {} }) => {
      expect(MessageAttributes["RULE_ARN"]?.StringValue).toBe(RULE("locked-out"));
      expect(MessageAttributes["ERROR_CODE"]?.StringValue).toBe("NO_PERMISSIONS");
      return MessageAttributes["TARGET_ARN"]?.StringValue;
    });
    expect(targets.sort()).toEqual([QUEUE("closed"), QUEUE("sealed")]);
    const failed = await boto3.run<number>(`
points = client("cloudwatch").get_metric_statistics(Namespace="AWS/Events", MetricName="FailedInvocations", Dimensions=[{"Name": "RuleName", "Value": "locked-out"}],
  StartTime="2020-01-01T00:00:00Z", EndTime="2040-01-01T00:00:00Z", Period=86400, Statistics=["Sum"])["Datapoints"]
answer = sum(point["Sum"] for point in points)`);
    expect(failed).toBe(2);
  });

  test("of AWS services come only from those", async () => {
    await boto3.run(`
${queueFor("requests", "requests")}
${rule("requests", "aws.datazone", [{ Id: "1", Arn: QUEUE("requests") }])}`);
    const answer = await put("aws.datazone");
    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: "NotAuthorizedForSourceException" }] });
    await domain.emit({
      source: "aws.datazone",
      "detail-type": "Subscription Request Created",
      resources: [],
      detail: {},
    });
    expect(JSON.parse((await arrived("requests")).Body)).toMatchObject({ source: "aws.datazone", detail: {} });
  });

  test("patterns are checked when a rule is made, and can be tried", async () => {
    const answer = await boto3.run<{ long: string[]; wrong: string[]; tried: boolean }>(`
events = client("events")
sample = json.dumps({"source": "s", "detail": {"list": [{"id": "a"}]}})
answer = {"long": error(events.put_rule, Name="long", EventPattern=json.dumps({"source": ["x" * 4096]})),
  "wrong": error(events.put_rule, Name="wrong", EventPattern=json.dumps({"source": []})),
  "tried": events.test_event_pattern(EventPattern=json.dumps({"detail": {"list": {"id": ["a"]}}}), Event=sample)["Result"]}`);
    expect(answer.long[0]).toBe("ValidationException");
    expect(answer.wrong[0]).toBe("InvalidEventPatternException");
    expect(answer.tried).toBe(true);
  });

  test("of a schedule come when its time has passed on the sandbox's clock", async () => {
    await boto3.run(`
${queueFor("ticks", "hourly")}
client("events").put_rule(Name="hourly", ScheduleExpression="rate(1 hour)")
client("events").put_targets(Rule="hourly", Targets=[{"Id": "1", "Arn": "${QUEUE("ticks")}"}])`);
    await sandbox.control.advanceClock(3000);
    expect(await receive("ticks")).toBeUndefined();
    await sandbox.control.advanceClock(601);
    expect(JSON.parse((await arrived("ticks")).Body)).toMatchObject({
      "detail-type": "Scheduled Event",
      resources: [RULE("hourly")],
    });
    await sandbox.control.advanceClock(36_000);
    await arrived("ticks");
    expect(await receive("ticks")).toBeUndefined();
  });
});

describe("a queue that feeds a function", () => {
  const work = (queue: string) => [
    {
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      Resource: QUEUE(queue),
    },
  ];
  const HANDLER = `
    exports.handler = async ({ Records }) => {
      for (const { body, attributes } of Records) console.log("got " + body + " x" + attributes.ApproximateReceiveCount);
      if (Records.some(({ body }) => body === "throw")) throw new Error("whole batch");
      return { batchItemFailures: Records.filter(({ body }) => body.startsWith("bad")).map(({ messageId }) => ({ itemIdentifier: messageId })) };
    };`;
  const got = async (name: string) =>
    (await sandbox.control.logs(name)).flatMap(({ message }) => /got (.*)$/.exec(message)?.[1] ?? []);

  test("loses none: what fails comes back after the visibility timeout, then goes to the dead-letter queue", async () => {
    const redrive = JSON.stringify({ deadLetterTargetArn: QUEUE("worker-dead"), maxReceiveCount: 2 });
    await boto3.run(`
sqs = client("sqs")
sqs.create_queue(QueueName="worker-dead")
sqs.create_queue(QueueName="worker", Attributes={"VisibilityTimeout": "360", "RedrivePolicy": r'''${redrive}'''})
sqs.send_message_batch(QueueUrl="${url("worker")}", Entries=[{"Id": str(i), "MessageBody": body} for i, body in enumerate(["good", "bad one"])])
${makeRole("worker", work("worker"))}
${makeFunction("worker", HANDLER)}
client("lambda").create_event_source_mapping(FunctionName="worker", EventSourceArn="${QUEUE("worker")}", BatchSize=10,
  FunctionResponseTypes=["ReportBatchItemFailures"], ScalingConfig={"MaximumConcurrency": 2})`);
    expect((await arrived("worker-dead")).Body).toBe("bad one");
    expect((await got("worker")).sort()).toEqual(["bad one x1", "bad one x2", "good x1"]);
    const left = await boto3.run<string>(
      `answer = client("sqs").get_queue_attributes(QueueUrl="${url("worker")}", AttributeNames=["All"])["Attributes"]`,
    );
    expect(left).toMatchObject({ ApproximateNumberOfMessages: "0", ApproximateNumberOfMessagesNotVisible: "0" });
  });

  test("can be redriven out of its dead-letter queue", async () => {
    const redrive = JSON.stringify({ deadLetterTargetArn: QUEUE("source-dead"), maxReceiveCount: 1 });
    const answer = await boto3.run<{ moved: object[]; body: string; refused: string[] }>(`
sqs = client("sqs")
sqs.create_queue(QueueName="source-dead")
sqs.create_queue(QueueName="source", Attributes={"RedrivePolicy": r'''${redrive}'''})
sqs.send_message(QueueUrl="${url("source-dead")}", MessageBody="again", MessageAttributes={"a": {"DataType": "String", "StringValue": "b"}})
sqs.start_message_move_task(SourceArn="${QUEUE("source-dead")}")
answer = {"moved": sqs.list_message_move_tasks(SourceArn="${QUEUE("source-dead")}")["Results"],
  "refused": error(sqs.start_message_move_task, SourceArn="${QUEUE("source")}"),
  "body": sqs.receive_message(QueueUrl="${url("source")}")["Messages"][0]["Body"]}`);
    expect(answer.moved).toMatchObject([{ Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 1 }]);
    expect(answer.body).toBe("again");
    expect(answer.refused[1]).toMatch(/must be configured as a Dead Letter Queue/);
  });

  test("fails a whole batch when the function does, and hands on only what its filter lets through", async () => {
    await boto3.run(`
sqs = client("sqs")
sqs.create_queue(QueueName="filtered", Attributes={"VisibilityTimeout": "600"})
${makeRole("filtered", work("filtered"))}
${makeFunction("filtered", HANDLER)}
sqs.send_message(QueueUrl="${url("filtered")}", MessageBody='{"kind": "b"}')
sqs.send_message(QueueUrl="${url("filtered")}", MessageBody='throw')
client("lambda").create_event_source_mapping(FunctionName="filtered", EventSourceArn="${QUEUE("filtered")}",
  FilterCriteria={"Filters": [{"Pattern": json.dumps({"body": ["throw"]})}]})`);
    await until("two attempts", async () => ((await got("filtered")).length >= 2 ? true : undefined));
    expect((await got("filtered")).slice(0, 2)).toEqual(["throw x1", "throw x2"]);
  });

  test("is not polled for a role that may not read it, nor after the mapping has gone", async () => {
    const answer = await boto3.run<{ refused: string[]; state: string; gone: string[] }>(`
mappings = client("lambda")
client("sqs").create_queue(QueueName="private")
${makeRole("reader", work("private"))}
${makeFunction("reader", HANDLER)}
${makeRole("stranger", work("other"))}
${makeFunction("stranger", HANDLER)}
made = mappings.create_event_source_mapping(FunctionName="reader", EventSourceArn="${QUEUE("private")}", Tags={"a": "b"})
assert mappings.list_tags(Resource=made["EventSourceMappingArn"])["Tags"] == {"a": "b"}
mappings.update_event_source_mapping(UUID=made["UUID"], Enabled=False)
state = mappings.get_event_source_mapping(UUID=made["UUID"])["State"]
mappings.delete_event_source_mapping(UUID=made["UUID"])
answer = {"refused": error(mappings.create_event_source_mapping, FunctionName="stranger", EventSourceArn="${QUEUE("private")}"),
  "state": state, "gone": error(mappings.get_event_source_mapping, UUID=made["UUID"])}`);
    expect(answer.refused[1]).toMatch(/does not have permissions to call ReceiveMessage on SQS/);
    expect(answer.state).toBe("Disabled");
    expect(answer.gone[0]).toBe("ResourceNotFoundException");
  });
});
