import { aws, until } from "../../sandbox/walkthrough/clients";
import { brokenPolicies } from "./changes";
import { deploy, type Deployed, People, tearDown } from "./context";

// What system A does when things go wrong: nothing is lost, nothing is decided wrongly, nothing is decided twice.

jest.setTimeout(180_000);

let deployed: Deployed;
let people: People;
let deadBefore: number;
let firstCall: number;

const deadLetters = (): Promise<number> => people.messagesIn(deployed.outputs.approver_dead_letter_queue_url);
const endpoint = (): string[] => ["--endpoint-url", deployed.sandbox.endpoint];

beforeAll(async () => {
  deployed = await deploy();
  people = await People.of(deployed);
  deadBefore = await deadLetters();
  // It takes five receives and their visibility timeouts to get to the dead-letter queue: the other tests run meanwhile.
  const { sandbox, outputs } = deployed;
  const message = ["--queue-url", outputs.approver_queue_url, "--message-body", '{"not":"an event"}'];
  await aws(sandbox.env, "sqs", "send-message", ...message, ...endpoint());
}, 600_000);
afterAll(() => tearDown(deployed));
beforeEach(() => (firstCall = deployed.sandbox.calls().at(-1)?.id ?? 0));
afterEach(async () => await deployed.sandbox.control.clearFaults());

/** How often a request has been accepted since the test began. */
const acceptances = (): number =>
  deployed.sandbox
    .calls({ since: firstCall, service: "datazone", operation: "AcceptSubscriptionRequest" })
    .filter(({ status }) => status === 200).length;

test("a throttled DataZone delays a decision, it does not lose it", async () => {
  const { control } = deployed.sandbox;
  const throttled = { service: "datazone", status: 429, code: "ThrottlingException", message: "Rate exceeded" };
  await control.inject({ ...throttled, operation: "AcceptSubscriptionRequest", times: 2 });
  const identifier = await people.request("store_locations");
  expect((await people.decided(identifier)).status).toBe("ACCEPTED");
  await people.announced(identifier, "approved");
});

test("a DataZone that fails until the SDK gives up is tried again from the queue", async () => {
  await deployed.sandbox.control.inject({
    service: "datazone",
    operation: "AcceptSubscriptionRequest",
    status: 500,
    times: 8,
  });
  const identifier = await people.request("store_locations");
  expect((await people.decided(identifier, 90)).status).toBe("ACCEPTED");
  await people.announced(identifier, "approved");
});

test("an acceptance whose answer is lost is found again, announced, and not made twice", async () => {
  await deployed.sandbox.control.inject({
    service: "datazone",
    operation: "AcceptSubscriptionRequest",
    drop: "reply",
    times: 1,
  });
  const identifier = await people.request("store_locations");
  await people.announced(identifier, "approved", 90);
  expect((await people.details(identifier)).status).toBe("ACCEPTED");
});

test("a request decided by a person meanwhile keeps the person's decision", async () => {
  await deployed.sandbox.control.inject({
    service: "datazone",
    operation: "GetSubscriptionRequestDetails",
    delayMs: 3000,
    times: 1,
  });
  const identifier = await people.request("store_locations");
  await people.acceptByHand(identifier, "Decided by the steward.");
  await until("the approver's note that it leaves the request alone", 60, async () => {
    const lines = await deployed.sandbox.control.logs(deployed.outputs.approver_function_name);
    return (
      lines.some(({ message }) => message.includes(identifier) && message.includes("by somebody else")) || undefined
    );
  });
  const details = await people.details(identifier);
  expect(details.decisionComment).toBe("Decided by the steward.");
  // What is told is that person's decision, not one of the approver's.
  const told = await people.announced(identifier, "approved");
  expect(told.map(({ body }) => body["decidedBy"])).toEqual([expect.any(String)]);
  expect(acceptances()).toBe(1);
});

test("the same event twice, and two at once, decide once", async () => {
  const { catalog, sandbox, outputs } = deployed;
  await sandbox.control.inject({
    service: "datazone",
    operation: "GetSubscriptionRequestDetails",
    delayMs: 1500,
    times: 2,
  });
  const identifier = await people.request("store_locations");
  const again = { operation: "decide", projectId: catalog.projects.sales, subscriptionRequestId: identifier };
  const invoke = ["--payload", JSON.stringify(again), "/dev/null"];
  await aws(sandbox.env, "lambda", "invoke", "--function-name", `${outputs.approver_function_name}:live`, ...invoke);
  expect((await people.decided(identifier)).status).toBe("ACCEPTED");
  await people.announced(identifier, "approved");
  expect(acceptances()).toBe(1);
});

test("a notification that fails is sent later", async () => {
  await deployed.sandbox.control.inject({ service: "sns", operation: "Publish", status: 500, times: 8 });
  const identifier = await people.request("store_locations");
  expect((await people.decided(identifier)).status).toBe("ACCEPTED");
  const [announcement] = await people.announced(identifier, "approved", 120);
  expect(announcement?.attributes["decision"]).toBe("approved");
  expect(acceptances()).toBe(1);
});

test("an attribute that cannot be read leaves the request to a person", async () => {
  await deployed.sandbox.control.inject({
    service: "datazone",
    operation: "GetGlossaryTerm",
    status: 403,
    code: "AccessDeniedException",
    times: 50,
  });
  const identifier = await people.request("customers");
  await people.announced(identifier, "waiting");
  expect((await people.details(identifier)).status).toBe("PENDING");
});

test("what cannot be done ends in the dead-letter queue, and the documented command brings it back", async () => {
  const { sandbox, outputs } = deployed;
  await until("the malformed message in the dead-letter queue", 120, async () =>
    (await deadLetters()) > deadBefore ? true : undefined,
  );
  const logged = await sandbox.control.logs(outputs.approver_function_name);
  expect(logged.some(({ message }) => message.includes("ERROR") && message.includes("detail-type"))).toBe(true);

  const redrive = outputs.approver_redrive_command.split(" ").slice(1);
  await aws(sandbox.env, ...redrive, ...endpoint());
  await until("the message back in the queue", 60, async () =>
    (await deadLetters()) === deadBefore ? true : undefined,
  );
});

describe("when the configuration changes", () => brokenPolicies(() => deployed));
