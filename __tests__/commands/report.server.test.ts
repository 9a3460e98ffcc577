import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { logLines } from "../../benchmarks/report-records";
import type { Report } from "../../commands/report/model";
import { digestOf } from "../../functions/approver/policies/digest";
import { type Sandbox, startSandbox } from "../../sandbox";
import { PERMIT_ALL } from "../functions/approver/fake";
import { type Zone, accept, createProject, publish, request, startZone } from "../sandbox/datazone/zone";
import { results } from "./run";

jest.setTimeout(60_000);

describe("a log group and Parameter Store, over the wire", () => {
  let sandbox: Sandbox;
  let logs: CloudWatchLogsClient;
  let parameters: SSMClient;
  beforeAll(async () => {
    sandbox = await startSandbox();
    const credentials = {
      accessKeyId: sandbox.env["AWS_ACCESS_KEY_ID"]!,
      secretAccessKey: sandbox.env["AWS_SECRET_ACCESS_KEY"]!,
    };
    const options = { endpoint: sandbox.env["AWS_ENDPOINT_URL"], region: "us-east-1", credentials };
    logs = new CloudWatchLogsClient(options);
    parameters = new SSMClient(options);
  });
  afterAll(async () => {
    logs.destroy();
    parameters.destroy();
    await sandbox.stop();
  });

  const digest = digestOf({ all: PERMIT_ALL });

  it("are read: a report of a log group, and the texts behind a digest", async () => {
    const [logGroupName, logStreamName] = ["/aws/lambda/sales", "1"];
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    const policy = JSON.stringify({ message: "policy", policySet: digest, policy: "all", text: PERMIT_ALL });
    const lines = ["START RequestId: 1 Version: 2", ...logLines(300, [digest]), policy];
    const logEvents = lines.map((message) => ({ timestamp: Date.now(), message }));
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    const world = { logs: () => Promise.resolve(logs) };
    const read = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await results([...args, "--no-git", "--json"], world)).join("\n"));
    const made = (await read("report", "--log-group", logGroupName)) as Report;
    expect(made.decided.length).toBeGreaterThan(200);
    expect(made.notCounted.unreadable).toBe(0);
    expect(made.sets).toEqual([{ digest, texts: { all: PERMIT_ALL }, where: "the log" }]);
    expect(await read("policy", "find", digest.slice(0, 12), "--log-group", logGroupName)).toMatchObject({
      texts: { all: PERMIT_ALL },
    });
  });

  it("have the set that is live", async () => {
    const Name = `/sales/policies/g1/${digest}/all`;
    await parameters.send(new PutParameterCommand({ Name, Value: PERMIT_ALL, Type: "String" }));
    const args = ["policy", "find", digest, "--no-git", "--parameters", "sales"];
    expect(await results(args, { parameters: () => Promise.resolve(parameters) })).toContain(PERMIT_ALL);
  });
});

describe("a domain, over the wire", () => {
  let zone: Zone;
  beforeAll(async () => {
    zone = await startZone({});
    zone.quotas = { enabled: false, scale: 1 };
  });
  afterAll(() => zone.stop());

  it("is read: what waits, and who decided by hand", async () => {
    const publisher = await createProject(zone, "producer");
    const consumers = await createProject(zone, "consumer");
    const { listingId } = await publish(zone, publisher);
    const asked = await request(zone, "consumer", consumers, listingId);
    const others = await createProject(zone, "consumer");
    const waits = await request(zone, "consumer", others, listingId);
    await accept(zone, "producer", asked, "my own words");
    const dataZone = () => Promise.resolve(zone.as("producer"));
    const out = await results(
      ["report", "--no-git", "--json", "--domain", zone.domainIdentifier, "--since", "2000-01-01"],
      { dataZone },
    );
    expect(JSON.parse(out.join("\n"))).toMatchObject({
      decided: [
        {
          id: asked,
          outcome: "approved",
          person: expect.any(String),
          listing: { id: listingId, name: "orders" },
          project: { id: publisher },
        },
      ],
      waiting: [{ id: waits, why: ["no record says why"], subscriber: { id: others } }],
    });
    expect(out.join("\n")).not.toMatch(/my own words|for the report/);
  });

  it("is replayed with the SDK's own client: what was decided by hand and by a policy, beside what a set would have", async () => {
    zone.time += 60_000;
    const publisher = await createProject(zone, "producer");
    const consumers = await createProject(zone, "consumer");
    const listings = await Promise.all([1, 2].map(() => publish(zone, publisher)));
    const [byHand, byPolicy] = await Promise.all(
      listings.map(({ listingId }) => request(zone, "consumer", consumers, listingId)),
    );
    zone.time += 60_000;
    await accept(zone, "producer", byHand!, "my own words");
    await accept(zone, "producer", byPolicy!, "[sales 0123456789ab] all: ok");
    const exported = join(mkdtempSync(join(tmpdir(), "replayed-")), "requests.json");
    const dataZone = () => Promise.resolve(zone.as("producer"));
    const options = ["--domain", zone.domainIdentifier, "--last", "2", "--export", exported];
    const out = await results(["policy", "replay", "policies/approve-all", ...options, "--json"], { dataZone });
    const replayed = JSON.parse(out.join("\n")) as readonly { readonly id: string }[];
    const same = {
      listing: "orders",
      at: expect.any(String),
      would: { outcome: "approved", policies: ["read-access"], why: [] },
    };
    expect([...replayed].sort((a, b) => (a.id === byHand ? -1 : b.id === byHand ? 1 : 0))).toMatchObject([
      { ...same, id: byHand, was: { outcome: "approved", by: expect.stringMatching(/^a person \(.+\)$/) } },
      { ...same, id: byPolicy, was: { outcome: "approved", by: "sales: all" } },
    ]);
    // What was exported is read again, and decided alike.
    const tried = await results(["policy", "test", exported, "policies/approve-all"]);
    expect(tried.at(-1)).toBe("2 as expected, 0 not");
    expect(`${out.join("")}${readFileSync(exported, "utf8")}`).not.toMatch(/my own words|for the report/);
  });

  it("answers as botocore's model of Amazon DataZone has it", async () => {
    const read = ["ListSubscriptionRequests", "GetSubscriptionRequestDetails", "GetListing"];
    expect([...new Set(zone.exchanges.map(({ operation }) => operation))]).toEqual(expect.arrayContaining(read));
    expect(await zone.departures()).toEqual([]);
  });
});
