import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { pythonEnv } from "../../../scripts/python-env";
import { Boto } from "./boto";
import { type Zone, addMember, createProject, publish, roleArn, startZone } from "./zone";

/** The same life of a request as in the other tests, told by the AWS CLI and boto3: neither is ours, nor the SDK. */

jest.setTimeout(90_000);

let zone: Zone;
let boto: Boto;
let publisher: string;
let subscriber: string;
let listing: string;
let environment: Record<string, string>;

beforeAll(async () => {
  zone = await startZone();
  environment = {
    AWS_ENDPOINT_URL: zone.endpoint,
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "root",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_PAGER: "",
    AWS_MAX_ATTEMPTS: "1",
    NO_PROXY: "127.0.0.1",
  };
  boto = await Boto.start(environment);
  publisher = await createProject(zone, "producer");
  subscriber = await createProject(zone, "consumer");
  ({ listingId: listing } = await publish(zone, publisher));
  await addMember(zone, publisher, "approver", "PROJECT_CONTRIBUTOR");
}, 60_000);
afterAll(() => {
  boto?.stop();
  zone?.stop();
});

/** Output of `aws datazone …` as a role. */
async function aws(role: string, ...command: string[]): Promise<Record<string, unknown>> {
  const { bin } = await pythonEnv();
  const { stdout } = await promisify(execFile)(
    `${bin}/aws`,
    ["datazone", ...command, "--domain-identifier", zone.domainIdentifier, "--output", "json"],
    { env: { ...environment, AWS_ACCESS_KEY_ID: role, PATH: process.env["PATH"] } },
  );
  return JSON.parse(stdout || "{}") as Record<string, unknown>;
}

test("the AWS CLI asks, reads, decides, and is refused what its role may not do", async () => {
  const created = await aws(
    "consumer",
    "create-subscription-request",
    "--subscribed-principals",
    JSON.stringify([{ project: { identifier: subscriber } }]),
    "--subscribed-listings",
    JSON.stringify([{ identifier: listing }]),
    "--request-reason",
    "monthly report",
  );
  const identifier = String(created["id"]);
  expect(created["status"]).toBe("PENDING");

  const comment = ["--identifier", identifier, "--decision-comment", "by hand"];
  await expect(aws("stranger", "accept-subscription-request", ...comment)).rejects.toThrow(/AccessDeniedException/);
  expect(await aws("approver", "accept-subscription-request", ...comment)).toMatchObject({
    status: "ACCEPTED",
    decisionComment: "by hand",
  });
  await expect(aws("approver", "reject-subscription-request", ...comment)).rejects.toThrow(/ConflictException/);
  const events = await zone.sent("Subscription Request Accepted");
  expect(events.map(({ metadata }) => metadata["id"])).toEqual([identifier]);
});

test("boto3 asks, pages, reads and decides", async () => {
  const { domainIdentifier } = zone;
  const ids: string[] = [];
  for (let index = 0; index < 3; index++) {
    const { id } = await boto.call<{ id: string }>(
      "datazone",
      "create_subscription_request",
      {
        domainIdentifier,
        subscribedPrincipals: [{ project: { identifier: subscriber } }],
        subscribedListings: [{ identifier: listing }],
        requestReason: "because",
      },
      "consumer",
    );
    ids.push(id);
  }
  const list = (input: object) =>
    boto.call<{ items: { id: string; createdAt: string }[]; nextToken?: string }>(
      "datazone",
      "list_subscription_requests",
      { domainIdentifier, approverProjectId: publisher, status: "PENDING", maxResults: 2, ...input },
      "approver",
    );
  const first = await list({});
  const second = await list({ nextToken: first.nextToken });
  expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(second.nextToken).toBeUndefined();
  expect(first.items[0]?.createdAt).toMatch(/^2026-03-01 12:00:00\.25/);

  const rejected = await boto.call(
    "datazone",
    "reject_subscription_request",
    { domainIdentifier, identifier: ids[0], decisionComment: "no" },
    "approver",
  );
  expect(rejected["status"]).toBe("REJECTED");
  const profile = await boto.call<{ details: { iam: { arn: string } } }>("datazone", "get_user_profile", {
    domainIdentifier,
    userIdentifier: rejected["reviewerId"],
  });
  expect(profile.details.iam.arn).toBe(roleArn("approver"));
  await expect(boto.call("datazone", "get_project", { domainIdentifier, identifier: "missing" })).rejects.toMatchObject(
    { name: "ResourceNotFoundException" },
  );
});

test("boto3 is throttled as by the service", async () => {
  zone.quotas = { enabled: true, scale: 0.125 };
  zone.time += 60_000;
  const input = { domainIdentifier: zone.domainIdentifier };
  await boto.call("datazone", "list_projects", input);
  await expect(boto.call("datazone", "list_projects", input)).rejects.toMatchObject({ name: "ThrottlingException" });
  zone.quotas = { enabled: false, scale: 1 };
});

test("everything exchanged is as botocore's model has it", async () => {
  expect(await zone.departures()).toEqual([]);
});
