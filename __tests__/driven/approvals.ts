import { as, aws, invokeFunction, outcome, until } from "../../sandbox/walkthrough/clients";
import { People } from "../deployed/context";
import type { Driven, Queue } from "./driven";

const CREATED = "Subscription Request Created";

/** System A: each way in of each example decides a request. */
export function approvals(driven: () => Driven): void {
  let people: People;

  beforeAll(async () => (people = await People.of(place())));

  const place = (): { sandbox: Driven["root"]["sandbox"]; catalog: Driven["root"]["world"]["catalog"] } => {
    const { sandbox, world } = driven().root;
    return { sandbox, catalog: world.catalog };
  };
  const env = (): Readonly<Record<string, string>> => place().sandbox.env;
  const control = (): Driven["root"]["sandbox"]["control"] => place().sandbox.control;
  /** The AWS CLI takes its queue commands to a built-in address. */
  const sqs = <T>(...args: string[]): Promise<T> =>
    aws<T>(env(), "sqs", ...args, "--endpoint-url", place().sandbox.endpoint);
  const send = (queueUrl: string, body: string): Promise<unknown> =>
    sqs("send-message", "--queue-url", queueUrl, "--message-body", body);

  const received: Record<string, string[]> = {};
  /** What a machine gets by a queue, which may have more on it, and has all these words; arrivals are told in words. */
  const message = (queue: string, ...words: readonly string[]): Promise<string> =>
    until(`a message with ${words.join(", ")} in ${queue}`, 60, async () => {
      const bodies = (received[queue] ??= []);
      const { Messages = [] } = await sqs<{ Messages?: { Body: string; MessageId: string; ReceiptHandle: string }[] }>(
        ...["receive-message", "--queue-url", queue, "--max-number-of-messages", "10"],
      );
      bodies.push(...Messages.map(({ Body }) => Body));
      const entries = Messages.map(({ MessageId: Id, ReceiptHandle }) => ({ Id, ReceiptHandle }));
      if (entries.length > 0)
        await sqs("delete-message-batch", "--queue-url", queue, "--entries", JSON.stringify(entries));
      return bodies.find((body) => words.every((word) => body.includes(word)) && !body.includes("has arrived"));
    });

  /** A request whose event is lost. */
  const unheard = async (asset: string): Promise<string> => {
    await control().inject({ service: "datazone", operation: CREATED, drop: "event" });
    const id = await people.request(asset);
    expect((await people.details(id)).status).toBe("PENDING");
    return id;
  };
  const isApproved = async (id: string): Promise<void> => {
    const { status, decisionComment } = await people.decided(id);
    expect([status, decisionComment]).toEqual(["ACCEPTED", expect.stringContaining("public-data")]);
  };

  interface Way {
    readonly asset: string;
    readonly project: "sales" | "pricing";
    readonly approver: () => Driven["made"]["approver"]["module.approver"];
  }
  const ways: Readonly<Record<string, Way>> = {
    "subscription-approval": {
      asset: "store_locations",
      project: "sales",
      approver: () => driven().made.subscription["module.subscription_approval"],
    },
    approver: { asset: "price_list", project: "pricing", approver: () => driven().made.approver["module.approver"] },
  };

  describe.each(Object.entries(ways))("%s", (_, { asset, project, approver }) => {
    const invoke = <T>(payload: object): Promise<T> =>
      invokeFunction<T>(env(), `${approver().function_name}:live`, payload);
    const decide = (
      subscriptionRequestId: string,
    ): { operation: string; projectId: string; subscriptionRequestId: string } => ({
      operation: "decide",
      projectId: place().catalog.projects[project as "sales"],
      subscriptionRequestId,
    });

    test("says that it may do what it has to", async () => {
      const { projectId } = decide("");
      expect(await invoke({ operation: "check", projectId })).toMatchObject({ ok: true, fixes: [] });
    });

    test("decides what it is asked for by hand", async () => {
      const id = await unheard(asset);
      expect(await invoke(decide(id))).toMatchObject({ outcome: "approved" });
      await isApproved(id);
    });

    test("decides what it is asked for without waiting for the answer", async () => {
      const id = await unheard(asset);
      const call = ["--function-name", `${approver().function_name}:live`, "--invocation-type", "Event"];
      await aws(env(), "lambda", "invoke", ...call, "--payload", JSON.stringify(decide(id)), "/dev/null");
      await isApproved(id);
    });

    test("decides what is put on its queue", async () => {
      const id = await unheard(asset);
      await send(approver().queue_url, JSON.stringify(decide(id)));
      await isApproved(id);
    });

    test("decides what a sweep finds", async () => {
      const id = await unheard(asset);
      // Younger ones it leaves alone: the service may be approving them itself.
      await control().advanceClock(1_000);
      await invoke({ operation: "sweep" });
      await isApproved(id);
    });

    test("decides what a sweep of one project finds", async () => {
      const id = await unheard(asset);
      await control().advanceClock(1_000);
      await invoke({ operation: "sweep", projectId: decide("").projectId });
      await isApproved(id);
    });

    test("decides what is put back from the dead-letter queue", async () => {
      const id = await unheard(asset);
      await send(approver().dead_letter_queue_url, JSON.stringify(decide(id)));
      const [, service, ...args] = approver().redrive_command.split(" ");
      expect(service).toBe("sqs");
      await sqs(...args);
      await isApproved(id);
    });
  });

  test("subscription-approval decides what its schedule finds", async () => {
    const id = await unheard("store_locations");
    // Twice its rate: by the first time the request may be too young.
    await control().advanceClock(7_300);
    await isApproved(id);
  });

  test("subscription-approval decides what an event says, tells a machine, leaves the rest to a person, and tells of her decision too", async () => {
    const [open, closed] = [await people.request("store_locations"), await people.request("customers")];
    await isApproved(open);
    const { url } = driven().made.subscription["aws_sqs_queue.decisions"];
    expect(JSON.parse(await message(url, open))).toMatchObject({ subscriptionRequestId: open });
    expect(JSON.parse(await message(url, closed, '"decision":"waiting"'))).toMatchObject({
      subscriptionRequestId: closed,
    });
    expect((await people.details(closed)).status).toBe("PENDING");
    await people.acceptByHand(closed, "looked at");
    const { reviewerId } = await people.details(closed);
    expect(JSON.parse(await message(url, closed, '"decision":"approved"'))).toMatchObject({ decidedBy: reviewerId });
  });

  test("event-rule puts on its queue what an approver takes, and tells of the arrival", async () => {
    const { event_rule: rule, approver } = driven().made;
    const { arn } = rule["module.notification_topic"];
    const inbox = place().catalog.inbox.arn;
    await aws(env(), "sns", "subscribe", "--topic-arn", arn, "--protocol", "sqs", "--notification-endpoint", inbox);
    const id = await people.request("price_list");
    const body = await message(rule["aws_sqs_queue.requests"].url, id);
    await send(approver["module.approver"].queue_url, body);
    await isApproved(id);
    await until("the arrival notice", 30, async () => {
      const found = await people.inbox.find(({ body: told }) => JSON.stringify(told).includes(id));
      return found.length > 0 || undefined;
    });
  });

  test("notification-topic takes what its publisher says, and nobody else's", async () => {
    const topic = driven().made.notification_topic;
    const queue: Queue = topic["aws_sqs_queue.waiting"];
    const publish = ["sns", "publish", "--topic-arn", topic["module.notification_topic"].arn, "--message", "req-1"];
    const publisher = await as(env(), topic["aws_iam_role.publisher"].arn, "publisher");
    const stranger = await as(env(), place().catalog.people.analyst, "stranger");
    expect(await outcome(stranger, ...publish)).toMatch(/AuthorizationError|AccessDenied/);
    expect(await outcome(publisher, ...publish)).toBe("ok");
    expect(await message(queue.url, "req-1")).toBe("req-1");
  });

  test("project-membership makes the approver's role a member, and stewards", async () => {
    const { domain, projects } = place().catalog;
    const project = (projects as Readonly<Record<string, string>>)["pricing"]!;
    const { members } = await aws<{ members: { designation: string; memberDetails: unknown }[] }>(
      env(),
      ...["datazone", "list-project-memberships", "--domain-identifier", domain, "--project-identifier", project],
    );
    expect(members.map(({ designation }) => designation).sort()).toEqual(
      expect.arrayContaining(["PROJECT_CATALOG_STEWARD", "PROJECT_CONTRIBUTOR"]),
    );
  });
}
