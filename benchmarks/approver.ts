import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs, promisify } from "node:util";
import { CreateSubscriptionRequestCommand, DataZoneClient } from "@aws-sdk/client-datazone";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { loadPolicySet } from "../functions/approver/policies/files";
import { type Sandbox, startSandbox } from "../sandbox";
import type { Catalog } from "../sandbox/walkthrough/approvals";
import { python } from "../sandbox/walkthrough/clients";

const USAGE = `The approver against the published walkthrough's function (baseline.py), in one run on one machine:
AWS calls for one event with 1, 20 and 200 requests pending, and the whole process from start to first decision.

  npx tsx benchmarks/approver.ts [--runs 15]`;

const run = promisify(execFile);
const ROOT = path.resolve(__dirname, "..");
const BUNDLE = path.join(ROOT, "dist/functions/approver");

/** Starts the bundle as the Lambda runtime would: one process, one batch of one event. */
const RUNNER = `
const { handler } = require(${JSON.stringify(path.join(BUNDLE, "index.js"))});
const batch = { Records: [{ messageId: "1", body: process.env.EVENT, eventSource: "aws:sqs", attributes: { ApproximateReceiveCount: "1" } }] };
handler(batch, { getRemainingTimeInMillis: () => 60000, awsRequestId: "benchmark" }).then((answer) => {
  if (answer.batchItemFailures.length > 0) process.exit(1);
});`;

interface World {
  readonly sandbox: Sandbox;
  readonly catalog: Catalog;
  readonly env: Readonly<Record<string, string>>;
  /** Makes a request and returns the event that the rule would deliver. */
  request(): Promise<string>;
}

async function build(sandbox: Sandbox): Promise<World> {
  const catalog = await python<Catalog>(sandbox.env, path.join(ROOT, "sandbox/walkthrough/catalog.py"));
  const { endpoint, region } = sandbox;
  const client = { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const topic = await new SNSClient(client).send(new CreateTopicCommand({ Name: "benchmark" }));
  const queue = await new SQSClient(client).send(new CreateQueueCommand({ QueueName: "benchmark" }));

  const folder = path.join(ROOT, "policies/approve-all");
  const policies = Object.entries(loadPolicySet(folder)).map(([id, text]) => ({ id, text }));
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  const digest = sha256(policies.map(({ id, text }) => `${id}:${sha256(text)}`).join("\n"));
  const ssm = new SSMClient(client);
  for (const { id, text } of policies) {
    await ssm.send(
      new PutParameterCommand({ Name: `/benchmark/policies/${digest}/${id}`, Value: text, Type: "String" }),
    );
  }
  const projects = catalog.projects.sales;
  const projectsPath = `/benchmark/projects/${sha256(`0:${sha256(projects)}`)}`;
  await ssm.send(new PutParameterCommand({ Name: `${projectsPath}/0`, Value: projects, Type: "StringList" }));

  const datazone = new DataZoneClient(client);
  return {
    sandbox,
    catalog,
    env: {
      ...sandbox.env,
      APPROVER_NAME: "benchmark",
      ENVIRONMENT: "benchmark",
      DOMAIN_ID: catalog.domain,
      PROJECT_ID: catalog.projects.sales,
      PROJECTS_PATH: projectsPath,
      POLICIES_PATH: `/benchmark/policies/${digest}`,
      QUEUE_URL: queue.QueueUrl!,
      DEAD_LETTER_QUEUE_URL: queue.QueueUrl!,
      TOPIC_ARN: topic.TopicArn!,
      OPERATORS_TOPIC_ARN: topic.TopicArn!,
      MEMBER_ROLE_ARN: "arn:aws:iam::123456789012:role/benchmark",
      ASSUME_ROLE_ARN: "",
      MINIMUM_AGE_MINUTES: "15",
      POWERTOOLS_SERVICE_NAME: "benchmark",
      POWERTOOLS_METRICS_NAMESPACE: "SageMakerDataAccess",
      NODE_NO_WARNINGS: "1",
    },
    request: async () => {
      const created = await datazone.send(
        new CreateSubscriptionRequestCommand({
          domainIdentifier: catalog.domain,
          requestReason: "benchmark",
          subscribedListings: [{ identifier: catalog.listings["store_locations"]! }],
          subscribedPrincipals: [{ project: { identifier: catalog.projects.marketing } }],
        }),
      );
      return eventOf(sandbox, catalog, created.id!);
    },
  };
}

function eventOf({ account, region }: Sandbox, { domain, projects, listings }: Catalog, id: string): string {
  return JSON.stringify({
    version: "0",
    id: "3a5c1e1e-6a5f-4f0e-9a53-1f1e3c1d0a11",
    "detail-type": "Subscription Request Created",
    source: "aws.datazone",
    account,
    time: new Date().toISOString(),
    region,
    resources: [],
    detail: {
      version: "1",
      metadata: {
        domain,
        id,
        owningProjectId: projects.marketing,
        user: "u",
        awsAccountId: account,
        typeName: "SubscriptionRequestEntityType",
        version: "1",
      },
      data: {
        autoApproved: false,
        requesterId: "u",
        status: "PENDING",
        subscribedListings: [{ id: listings["store_locations"], ownerProjectId: projects.sales, version: "1" }],
        subscribedPrincipals: [{ id: projects.marketing, type: "PROJECT" }],
      },
    },
  });
}

const approver = (world: World, EVENT: string): Promise<unknown> =>
  run("node", ["-e", RUNNER], { env: { ...process.env, ...world.env, EVENT } as NodeJS.ProcessEnv });
const baseline = (world: World, EVENT: string): Promise<unknown> =>
  run("python", [path.join(__dirname, "baseline.py")], {
    env: { ...process.env, ...world.env, EVENT } as NodeJS.ProcessEnv,
  });

/** DataZone and SNS calls that a process makes for one event, beside what else is pending. */
async function calls(pending: number, handle: typeof approver): Promise<{ calls: number; decided: number }> {
  const sandbox = await startSandbox({ quotas: { enabled: false, scale: 1 } });
  try {
    const world = await build(sandbox);
    for (let i = 1; i < pending; i++) await world.request();
    const event = await world.request();
    const since = sandbox.calls().at(-1)?.id ?? 0;
    await handle(world, event);
    const made = sandbox.calls({ since }).filter(({ service }) => service === "datazone" || service === "sns");
    return {
      calls: made.length,
      decided: made.filter(({ operation }) => operation === "AcceptSubscriptionRequest").length,
    };
  } finally {
    await sandbox.stop();
  }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function processTimes(runs: number): Promise<{ approver: number; baseline: number }> {
  const sandbox = await startSandbox({ quotas: { enabled: false, scale: 1 } });
  try {
    const world = await build(sandbox);
    const times: Record<"approver" | "baseline", number[]> = { approver: [], baseline: [] };
    for (let i = 0; i < runs; i++) {
      for (const [name, handle] of Object.entries({ approver, baseline }) as ["approver", typeof approver][]) {
        const event = await world.request();
        const started = process.hrtime.bigint();
        await handle(world, event);
        times[name].push(Number(process.hrtime.bigint() - started) / 1e6);
      }
    }
    return { approver: median(times.approver), baseline: median(times.baseline) };
  } finally {
    await sandbox.stop();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { runs: { type: "string", default: "15" } } });
  console.log("AWS calls (DataZone and SNS) for one event; decided = requests that it accepted");
  for (const pending of [1, 20, 200]) {
    const ours = await calls(pending, approver);
    const theirs = await calls(pending, baseline);
    console.log(
      `  ${String(pending).padStart(3)} pending: approver ${ours.calls} calls, ${ours.decided} decided; ` +
        `baseline ${theirs.calls} calls, ${theirs.decided} decided (every one of them, whatever it asks for)`,
    );
  }
  const times = await processTimes(Number(values.runs));
  console.log("Whole process, start to first decision, medians");
  console.log(
    `  approver ${times.approver.toFixed(0)} ms, baseline ${times.baseline.toFixed(0)} ms, ratio ${(times.approver / times.baseline).toFixed(2)} (goal: at most 0.75)`,
  );
  const size = fs.statSync(path.join(ROOT, "dist/functions/approver.zip")).size;
  console.log(
    `Bundle: ${size} bytes zipped, ${(size / (50 << 20)).toFixed(3)} of Lambda's limit for a direct upload (50 MiB)`,
  );
}

if (process.argv.includes("--help")) console.log(USAGE);
else void main();
