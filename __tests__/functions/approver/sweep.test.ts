import type { SweepAnswer } from "../../../functions/approver/sweep";
import { PUBLISHER, type World, batch, denied, pending, request, throttled, world } from "./fake";

describe("sweep", () => {
  /** 120 requests of one project by pages of 50, one a minute, the oldest first; two of the other. */
  const many = (count = 120) => {
    const w = world();
    const all = Array.from({ length: count }, (_, i) => pending(`request${i}`, count - i));
    w.aws.on("ListSubscriptionRequests", ({ approverProjectId, nextToken, maxResults }) => {
      if (approverProjectId === "publisher2") return { items: [pending("other1", 600), pending("other2", 5)] };
      const start = Number(nextToken ?? 0);
      const end = start + (maxResults as number);
      return { items: all.slice(start, end), nextToken: end < all.length ? String(end) : undefined };
    });
    return w;
  };
  it("queues what is pending, of every page and project, but what is younger than 15 minutes, and decides nothing", async () => {
    const w = many();
    const answer = await w.invoke<SweepAnswer>({ operation: "sweep" });
    expect(answer).toEqual({
      operation: "sweep",
      dryRun: false,
      complete: true,
      pending: 122,
      young: 15,
      queued: 107,
      records: [],
      failures: {},
      cursor: undefined,
    });
    expect(w.queued()).toHaveLength(107);
    expect(w.queued()).toContainEqual({ operation: "decide", projectId: PUBLISHER, subscriptionRequestId: "request0" });
    expect(w.aws.inputs("SendMessageBatch").every((input) => (input["Entries"] as unknown[]).length <= 10)).toBe(true);
    expect(w.aws.inputs("ListSubscriptionRequests")[0]).toMatchObject({
      status: "PENDING",
      maxResults: 50,
      sortOrder: "ASCENDING",
    });
    expect(w.aws.names()).not.toContain("GetSubscriptionRequestDetails");
  });

  it("takes the minimum age from its settings", async () => {
    const w = world(undefined, { MINIMUM_AGE_MINUTES: "0" });
    w.aws.on("ListSubscriptionRequests", () => ({ items: [pending("request1", 0)] }));
    expect(await w.invoke({ operation: "sweep", projectId: PUBLISHER })).toMatchObject({ young: 0, queued: 1 });
  });

  it("by schedule tells of what it is the first to find, and reminds by age; of the rest people are not told until the next", async () => {
    const w = world();
    // At noon, every hour, not younger than 15 minutes: the sweep before saw what was made until 10:45.
    const ages = [10, 20, 30, 74, 75, 90, 119, 120, 180, 1440, 1441, 1500];
    w.aws.on("ListSubscriptionRequests", () => ({
      items: ages.map((minutes) => pending(`request${minutes}`, minutes)),
    }));
    const scheduled = { at: "2026-03-01T12:00:00Z", everyMinutes: 60 };
    await w.invoke({ operation: "sweep", projectId: PUBLISHER, scheduled });
    const quiet = w.queued().filter(({ quietUntil }) => quietUntil !== undefined);
    expect(quiet.map(({ subscriptionRequestId }) => subscriptionRequestId)).toEqual(
      [120, 180, 1500].map((age) => `request${age}`),
    );
    expect(new Set(quiet.map(({ quietUntil }) => quietUntil))).toEqual(new Set(["2026-03-01T13:00:00.000Z"]));
    expect(w.queued()).toHaveLength(ages.length - 1);
  });

  it("by hand tells of everything", async () => {
    const w = many(200);
    await w.invoke({ operation: "sweep" });
    expect(w.queued().filter(({ quietUntil }) => quietUntil !== undefined)).toEqual([]);
  });

  it("measures the age of the oldest request, and 0 where nothing is pending", async () => {
    const w = many();
    await w.invoke({ operation: "sweep" });
    expect(w.metrics[0]).toMatchObject({ service: "sales", OldestPendingAge: 600 * 60 });
    w.aws.on("ListSubscriptionRequests", () => ({ items: [] }));
    await w.invoke({ operation: "sweep" });
    expect(w.metrics[1]).toMatchObject({ OldestPendingAge: 0 });
  });

  it("of one project looks at that alone, and measures nothing", async () => {
    const w = many();
    expect(await w.invoke({ operation: "sweep", projectId: "publisher2" })).toMatchObject({ pending: 2, queued: 1 });
    expect(w.metrics).toEqual([]);
    await expect(w.invoke({ operation: "sweep", projectId: "stranger" })).rejects.toThrow(
      /does not decide for the project stranger/,
    );
  });

  /** Lists take so long that two pages fit into an invocation. */
  const slow = (w: World): void => {
    const list = w.aws.answers["ListSubscriptionRequests"]!;
    w.aws.on("ListSubscriptionRequests", (input, call) => {
      w.pass(7_000);
      return list(input, call);
    });
  };
  /** Runs what a sweep has put on the queue to go on, again and again. */
  const goOn = async (w: World): Promise<Record<string, unknown>[]> => {
    const parts = () => w.queued().filter(({ operation }) => operation === "sweep");
    for (let part = 0; part < parts().length; part++) {
      w.restart();
      expect(await w.invoke(batch(parts()[part]), 20_000)).toEqual({ batchItemFailures: [] });
    }
    return parts();
  };
  const requests = (w: World) =>
    new Set(w.queued().flatMap(({ subscriptionRequestId }) => subscriptionRequestId ?? []));

  it("that runs out of time goes on where it has stopped, and measures at its end what it has seen", async () => {
    const w = many(320);
    slow(w);
    const scheduled = { at: "2026-03-01T12:00:00Z", everyMinutes: 60 };
    expect(await w.invoke({ operation: "sweep", scheduled }, 20_000)).toMatchObject({ complete: false });
    expect(w.metrics).toEqual([]);
    const parts = await goOn(w);
    expect(parts.map(({ part }) => part)).toEqual([1, 2, 3]);
    expect(parts[0]).toMatchObject({ scheduled: { at: "2026-03-01T12:00:00.000Z", everyMinutes: 60 } });
    expect(requests(w).size).toBe(320 - 14 + 1);
    expect(w.metrics).toEqual([expect.objectContaining({ OldestPendingAge: 600 * 60 })]);
  });

  it("goes on ten times, then counts as incomplete", async () => {
    const w = many(2_000);
    slow(w);
    await w.invoke({ operation: "sweep" }, 20_000);
    expect(await goOn(w)).toHaveLength(10);
    expect(w.metrics).toEqual([expect.objectContaining({ IncompleteSweeps: 1 })]);
  });

  it("begins with another project each time", async () => {
    const first = async (at: string): Promise<unknown> => {
      const w = many(1);
      await w.invoke({ operation: "sweep", scheduled: { at, everyMinutes: 60 } });
      return w.aws.inputs("ListSubscriptionRequests")[0]!["approverProjectId"];
    };
    const firsts = await Promise.all(["10", "11", "12"].map((hour) => first(`2026-03-01T${hour}:00:00Z`)));
    expect(firsts[0]).toBe(firsts[2]);
    expect(new Set(firsts)).toEqual(new Set([PUBLISHER, "publisher2"]));
  });

  it("that cannot list one project sweeps the others, answers why, and counts as incomplete", async () => {
    const w = many();
    const list = w.aws.answers["ListSubscriptionRequests"]!;
    w.aws.on("ListSubscriptionRequests", (input, call) => {
      if (input["approverProjectId"] === PUBLISHER) throw denied();
      return list(input, call);
    });
    expect(await w.invoke({ operation: "sweep" })).toMatchObject({
      complete: false,
      queued: 1,
      failures: { publisher1: "AccessDeniedException: not authorized" },
    });
    expect(w.queued()).toEqual([{ operation: "decide", projectId: "publisher2", subscriptionRequestId: "other1" }]);
    expect(w.metrics).toEqual([expect.objectContaining({ IncompleteSweeps: 1 })]);
  });

  it("that cannot list one project for now sweeps the others, and lists it later", async () => {
    const w = many();
    const list = w.aws.answers["ListSubscriptionRequests"]!;
    let isThrottled = true;
    w.aws.on("ListSubscriptionRequests", (input, call) => {
      if (input["approverProjectId"] === PUBLISHER && isThrottled) throw throttled();
      return list(input, call);
    });
    expect(await w.invoke({ operation: "sweep" })).toMatchObject({ complete: false, queued: 1 });
    const delays = w.aws.inputs("SendMessageBatch").map((input) => (input["Entries"] as { DelaySeconds: number }[])[0]);
    expect(delays.at(-1)).toMatchObject({ DelaySeconds: 60 });
    isThrottled = false;
    await goOn(w);
    expect(requests(w).size).toBe(107);
    expect(w.metrics).toEqual([expect.objectContaining({ OldestPendingAge: 600 * 60 })]);
  });

  it("fails where none of its projects can be listed", async () => {
    const w = many();
    w.aws.on("ListSubscriptionRequests", denied());
    await expect(w.invoke({ operation: "sweep" })).rejects.toThrow(
      /failed for publisher[12]: AccessDeniedException: .*; publisher[12]: AccessDeniedException/,
    );
  });

  it("hands messages over again that were not taken, three times at most, and then lists the page again later", async () => {
    const w = many(20);
    const failing = (until: number) =>
      w.aws.on("SendMessageBatch", (_, call) =>
        call <= until ? { Failed: [{ Id: "1", Code: "InternalError" }] } : {},
      );
    failing(2);
    expect(await w.invoke({ operation: "sweep", projectId: PUBLISHER })).toMatchObject({ complete: true, queued: 6 });
    expect((w.aws.inputs("SendMessageBatch")[1]!["Entries"] as object[]).length).toBe(1);
    failing(6);
    const answer = await w.invoke<SweepAnswer>({ operation: "sweep", projectId: PUBLISHER });
    expect(answer).toMatchObject({ complete: false, failures: { publisher1: expect.stringMatching(/InternalError/) } });
    expect(w.queued().at(-1)).toMatchObject({ operation: "sweep", part: 1, cursor: answer.cursor });
  });

  it("refuses a cursor that is none, and leaves out projects that are not ours any more", async () => {
    const w = many(20);
    await expect(w.invoke({ operation: "sweep", cursor: "nonsense" })).rejects.toThrow(/cursor must be one/);
    const cursor = Buffer.from('[{"projectId":"stranger"}]').toString("base64url");
    expect(await w.invoke({ operation: "sweep", cursor })).toMatchObject({ pending: 0 });
  });

  it("as a dry run answers with what would happen to each, and touches nothing", async () => {
    const w = many(20);
    const answer = await w.invoke<SweepAnswer>({ operation: "sweep", dryRun: true });
    expect(answer).toMatchObject({ dryRun: true, complete: true, pending: 22, young: 15, queued: 0 });
    expect(answer.records).toHaveLength(7);
    expect(answer.records[0]).toMatchObject({ outcome: "approved", dryRun: true });
    expect(new Set(w.aws.names().slice(2))).toEqual(
      new Set(["ListSubscriptionRequests", "GetSubscriptionRequestDetails"]),
    );
    expect(w.metrics).toEqual([]);
  });

  it("as a dry run answers in spite of one throttled request", async () => {
    const w = many(20);
    w.aws.on("GetSubscriptionRequestDetails", ({ identifier }) => {
      if (identifier === "request3") throw throttled();
      return request({ id: identifier });
    });
    const { records } = await w.invoke<SweepAnswer>({ operation: "sweep", dryRun: true, projectId: PUBLISHER });
    expect(records.map(({ outcome }) => outcome)).toEqual([
      "approved",
      "approved",
      "approved",
      "failed",
      "approved",
      "approved",
    ]);
    expect(records[3]).toMatchObject({ subscriptionRequestId: "request3", why: [expect.stringMatching(/Throttling/)] });
  });

  it("as a dry run stops in time, and can be continued with its cursor, in which no request is missing or twice", async () => {
    const w = many(200);
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let call = 0; call < 20; call++) {
      w.restart();
      const answer: SweepAnswer = await w.invoke({ operation: "sweep", dryRun: true, cursor }, 30_000);
      seen.push(...answer.records.map(({ subscriptionRequestId }) => subscriptionRequestId));
      cursor = answer.cursor;
      expect(answer.complete).toBe(cursor === undefined);
      if (cursor === undefined) break;
    }
    expect(seen).toHaveLength(200 - 14 + 1);
    expect(new Set(seen).size).toBe(seen.length);
    expect(w.queued()).toEqual([]);
  });

  it("reads no more than four requests a second", async () => {
    const w = many(46);
    await w.invoke({ operation: "sweep", dryRun: true, projectId: PUBLISHER });
    expect(w.waited.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(30 * 250);
  });
});
