import { EventRule } from "../../constructs/event-rule/event-rule";
import { digitOf } from "../../constructs/hosting";
import { startSandbox, type Sandbox } from "../../sandbox";
import type { Surroundings } from "../../sandbox/service";
import { eventRule } from "../constructs/fixtures";
import { ALL_SUCCEEDED, batch, listing, request, world } from "../functions/approver/fake";
import { environment } from "../support/hosts";
import { resources } from "../support/synthesized";
import { ACCOUNT, Boto3, QUEUE, until } from "./gateway-clients";

// The rules of several projects, each in another part, on the sandbox's event bus: what each brings is decided.

jest.setTimeout(60_000);

const DOMAIN = eventRule.minimal.domain.id;
/** Projects whose keys are of five parts, two of them of one. */
const PROJECTS = Object.fromEntries(
  ["sales", "finance", "hr", "logistics", "p1", "p2"].map((key) => [key, { id: `pr0ject-${key}` }]),
);
const IDS = Object.values(PROJECTS).map(({ id }) => id);

let sandbox: Sandbox;
let boto3: Boto3;
let domain: Surroundings;
beforeAll(async () => {
  sandbox = await startSandbox({
    services: [
      (surroundings) => {
        domain = surroundings;
        return { handle: () => Promise.resolve(undefined) };
      },
    ],
  });
  boto3 = new Boto3(sandbox);
  const made = environment((stack) => {
    new EventRule(stack, "it", { ...eventRule.minimal, publishingProjects: PROJECTS });
  });
  const rules = Object.values(resources(made, "aws_cloudwatch_event_rule")).map(({ name, event_pattern }) => ({
    Name: name,
    EventPattern: event_pattern,
  }));
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: QUEUE("requests"),
        Condition: {
          ArnEquals: {
            "aws:SourceArn": rules.map(({ Name }) => `arn:aws:events:us-east-1:${ACCOUNT}:rule/${String(Name)}`),
          },
        },
      },
    ],
  });
  await boto3.run(`
client("sqs").create_queue(QueueName="requests", Attributes=json.loads(r'''${JSON.stringify({ Policy })}'''))
events = client("events")
for rule in json.loads(r'''${JSON.stringify(rules)}'''):
  events.put_rule(**rule)
  events.put_targets(Rule=rule["Name"], Targets=[{"Id": "queue", "Arn": "${QUEUE("requests")}"}])`);
});
afterAll(async () => {
  await boto3.stop();
  await sandbox.stop();
});

const asksFor = (ownerProjectId: string): Promise<void> =>
  domain.emit({
    source: "aws.datazone",
    "detail-type": "Subscription Request Created",
    resources: [],
    detail: {
      metadata: { domain: DOMAIN, id: `of-${ownerProjectId}`, owningProjectId: "subscriber1" },
      data: { status: "PENDING", subscribedListings: [{ id: "listing1", ownerProjectId, version: "7" }] },
    },
  } as never);

/** All messages that are on the queue, once there are so many. */
const arrived = (count: number): Promise<string[]> => {
  const bodies: string[] = [];
  return until(`${count} messages`, async () => {
    const got = await boto3.run<string[]>(`
sqs = client("sqs")
url = "${sandbox.endpoint}/${ACCOUNT}/requests"
got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
for message in got: sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
answer = [message["Body"] for message in got]`);
    bodies.push(...got);
    return bodies.length >= count ? bodies : undefined;
  });
};

test("a request to a project of any part is brought once, by one rule, and decided; a stranger's is not brought", async () => {
  expect(new Set(Object.keys(PROJECTS).map(digitOf)).size).toBe(5);
  await asksFor("stranger");
  for (const id of IDS) await asksFor(id);
  const events = (await arrived(IDS.length)).map(
    (body) => JSON.parse(body) as { detail: { metadata: { id: string } } },
  );
  expect(events.map(({ detail }) => detail.metadata.id).sort()).toEqual(IDS.map((id) => `of-${id}`).sort());

  const { aws, invoke } = world(
    undefined,
    { DOMAIN_ID: DOMAIN },
    { "0": IDS.slice(0, 2).join(","), "1": IDS.slice(2).join(",") },
  );
  let asked = "";
  aws
    .on("GetSubscriptionRequestDetails", ({ identifier }) => {
      asked = String(identifier).replace("of-", "");
      const [one] = request().subscribedListings;
      return request({ id: identifier, domainId: DOMAIN, subscribedListings: [{ ...one, ownerProjectId: asked }] });
    })
    .on("GetListing", () => listing({ owningProjectId: asked }));
  for (const event of events) expect(await invoke(batch(event))).toEqual(ALL_SUCCEEDED);
  expect(
    aws
      .inputs("AcceptSubscriptionRequest")
      .map(({ identifier }) => identifier)
      .sort(),
  ).toEqual(IDS.map((id) => `of-${id}`).sort());
});
