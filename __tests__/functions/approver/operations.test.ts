import type { CheckAnswer } from "../../../functions/approver/check";
import type { SweepAnswer } from "../../../functions/approver/sweep";
import { NOW, PUBLISHER, ROLE, type World, awsError, batch, denied, notFound, request, throttled, world } from "./fake";

const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const pending = (id: string, minutes: number) => ({ id, status: "PENDING", createdAt: minutesAgo(minutes) });
const BROKEN = { bad: '@id("bad")\npermit (principal, action, resource)\nwhen { resource.nope == 1 };' };

describe("input", () => {
  it.each([
    [{}, /operation: is not accepted/],
    [{ operation: "explode" }, /operation: is not accepted/],
    [{ operation: "decide" }, /subscriptionRequestId: must be a string/],
    [{ operation: "decide", subscriptionRequestId: "has space" }, /subscriptionRequestId: is not a DataZone id/],
    [{ operation: "sweep", subscriptionRequestId: "request1" }, /unknown: subscriptionRequestId/],
    [{ operation: "sweep", dryRun: "SECRET" }, /dryRun: must be a boolean/],
    [{ operation: "sweep", scheduled: { at: "SECRET", everyMinutes: 5 } }, /scheduled\.at/],
    ["SECRET", /must be a object/],
    [null, /must be a object/],
  ])("%j is refused, and the message says what is accepted without quoting it", async (input, reason) => {
    const { aws, invoke } = world();
    const refusal = invoke(input);
    await expect(refusal).rejects.toThrow(reason);
    await expect(refusal).rejects.toThrow(/"operation": "sweep" \| "decide" \| "check"/);
    await expect(refusal).rejects.not.toThrow(/SECRET/);
    expect(aws.calls).toEqual([]);
  });
});

describe("decide", () => {
  it("by hand decides one request and answers with the record", async () => {
    const { aws, invoke } = world();
    const record = await invoke({ operation: "decide", subscriptionRequestId: "request1" });
    expect(record).toMatchObject({ outcome: "approved", trigger: "person", dryRun: false, policies: ["all"] });
    expect(aws.names().slice(2)).toEqual(["GetSubscriptionRequestDetails", "AcceptSubscriptionRequest", "Publish"]);
  });

  it("as a dry run says what would happen, touches nothing, tells nobody and counts nothing", async () => {
    const { aws, invoke, metrics } = world();
    const record = await invoke({ operation: "decide", subscriptionRequestId: "request1", dryRun: true });
    expect(record).toMatchObject({
      outcome: "approved",
      dryRun: true,
      comment: expect.stringMatching(/^\[sales .*All good\.$/),
    });
    expect(aws.names()).toEqual(["GetParametersByPath", "GetParameter", "GetSubscriptionRequestDetails"]);
    expect(metrics).toEqual([]);
  });

  it("as a dry run of what was decided before, or cannot be read, tells nobody either", async () => {
    const { aws, invoke } = world();
    const dry = { operation: "decide", subscriptionRequestId: "request1", dryRun: true };
    aws.on("GetSubscriptionRequestDetails", () =>
      request({ status: "ACCEPTED", decisionComment: "[sales 0123456789ab] all" }),
    );
    expect(await invoke(dry)).toMatchObject({ outcome: "approved", again: true });
    aws.on("GetSubscriptionRequestDetails", denied());
    expect(await invoke(dry)).toMatchObject({ outcome: "failed", why: [expect.stringMatching(/AccessDenied/)] });
    expect(aws.names()).not.toContain("Publish");
  });

  it("leaves a request of another project than the one given alone", async () => {
    const { invoke } = world();
    const input = { operation: "decide", subscriptionRequestId: "request1", projectId: "publisher2" };
    expect(await invoke(input)).toMatchObject({ outcome: "left", why: ["its publishing project is not publisher2"] });
  });

  it("says where there is no such request, and fails where it cannot be reached", async () => {
    const { aws, invoke } = world();
    const input = { operation: "decide", subscriptionRequestId: "request1" };
    aws.on("GetSubscriptionRequestDetails", notFound());
    expect(await invoke(input)).toMatchObject({ outcome: "left", why: ["it does not exist (any more)"] });
    aws.on("GetSubscriptionRequestDetails", throttled());
    await expect(invoke(input)).rejects.toThrow(/Throttling/);
  });
});

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
    await expect(w.invoke({ operation: "sweep", cursor: "nonsense" })).rejects.toThrow(/cursor is not one/);
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

describe("check", () => {
  const ready = () => {
    const w = world();
    w.aws
      .on("ListProjectMemberships", () => ({
        members: [
          { memberDetails: { user: { userId: "profile0" } }, designation: "PROJECT_OWNER" },
          { memberDetails: { user: { userId: "profile1" } }, designation: "PROJECT_CONTRIBUTOR" },
        ],
      }))
      .on("GetUserProfile", ({ userIdentifier }) => ({
        id: "profile1",
        details: userIdentifier === "profile1" ? { iam: { arn: ROLE } } : { sso: { username: "maria" } },
      }))
      .on("ListSubscriptionRequests", () => ({ items: [pending("request1", 60)] }))
      .on("Publish", awsError("InvalidParameterException", 400, "Subject"));
    return w;
  };

  it("finds nothing to repair in a deployment that works, and changes nothing", async () => {
    const { aws, invoke } = ready();
    const answer = await invoke<CheckAnswer>({ operation: "check" });
    expect(answer).toMatchObject({
      ok: true,
      set: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), policies: ["all"], findings: [] },
      membership: { publisher1: { status: "yes" }, publisher2: { status: "yes" } },
      reach: { publisher1: { status: "yes" }, publisher2: { status: "yes" } },
      reviewers: { status: "yes" },
      publish: { status: "unknown", detail: expect.stringMatching(/not denied/) },
      fixes: [],
    });
    expect(aws.names().filter((name) => /Accept|Reject|SendMessage|Create/.test(name))).toEqual([]);
    expect(String(aws.inputs("Publish")[0]?.["Subject"]).length).toBeGreaterThan(100);
  });

  it.each([
    ["no member", { members: [] }, "no"],
    [
      "a mere viewer",
      { members: [{ memberDetails: { user: { userId: "profile1" } }, designation: "PROJECT_CATALOG_VIEWER" }] },
      "no",
    ],
    [
      "of a designation made here",
      { members: [{ memberDetails: { user: { userId: "profile1" } }, designation: "stewards" }] },
      "unknown",
    ],
    [
      "perhaps in a group",
      { members: [{ memberDetails: { group: { groupId: "g" } }, designation: "PROJECT_CONTRIBUTOR" }] },
      "unknown",
    ],
    [
      "known by its ARN",
      {
        members: [
          {
            memberDetails: { user: { userId: "arn:aws:iam::111122223333:role/approver" } },
            designation: "PROJECT_CONTRIBUTOR",
          },
        ],
      },
      "yes",
    ],
    [
      "an IAM user of the same name",
      {
        members: [
          {
            memberDetails: { user: { userId: "arn:aws:iam::111122223333:user/some/path/approver" } },
            designation: "PROJECT_OWNER",
          },
        ],
      },
      "no",
    ],
    [
      "of another account",
      {
        members: [
          {
            memberDetails: { user: { userId: "arn:aws:iam::999999999999:role/approver" } },
            designation: "PROJECT_OWNER",
          },
        ],
      },
      "no",
    ],
  ])("tells that the role is %s", async (_, members, status) => {
    const { aws, invoke } = ready();
    aws.on("ListProjectMemberships", () => members);
    const answer = await invoke<CheckAnswer>({ operation: "check", projectId: PUBLISHER });
    expect(answer.membership).toEqual({ [PUBLISHER]: { status, detail: expect.any(String) } });
    expect(answer.ok).toBe(status !== "no");
    expect(answer.fixes.length).toBe(status === "no" ? 1 : 0);
    for (const fix of answer.fixes) {
      expect(fix).toMatch(`make the role ${ROLE} a contributor of the publishing project publisher1`);
      expect(fix).toMatch(/output membership_commands/);
      expect(fix).not.toMatch(/assumed-role/);
    }
  });

  it("reports what cannot be read and announced, with what to do, and does not fail", async () => {
    const { aws, invoke } = ready();
    aws
      .on("ListProjectMemberships", denied())
      .on("ListSubscriptionRequests", denied())
      .on("Publish", awsError("AuthorizationErrorException", 403));
    const answer = await invoke<CheckAnswer>({ operation: "check", projectId: PUBLISHER });
    expect(answer).toMatchObject({ ok: false, reach: { publisher1: { status: "no" } }, publish: { status: "no" } });
    expect(answer.fixes).toHaveLength(3);
  });

  describe("tries to read what the policies refer to about a pending request", () => {
    const details =
      '@id("all") permit (principal is DataZone::Project, action, resource) when { principal.details.tags.contains("a=b") };';
    const answers = '@id("all") permit (principal, action, resource) when { context.request.hasTag("Purpose.why") };';
    const reach = async (policy: string, spoil: (w: World) => unknown): Promise<CheckAnswer> => {
      const w = world({ all: policy });
      w.aws
        .on("ListProjectMemberships", () => ({ members: [] }))
        .on("GetUserProfile", () => ({ id: "profile1" }))
        .on("ListSubscriptionRequests", () => ({ items: [pending("request1", 60)] }))
        .on("GetListing", () => ({}));
      spoil(w);
      return w.invoke<CheckAnswer>({ operation: "check", projectId: PUBLISHER });
    };

    it("and says no for what is denied", async () => {
      const { reach: answer } = await reach(details, ({ aws }) => aws.on("GetProject", denied()));
      expect(answer[PUBLISHER]).toEqual({
        status: "no",
        detail: "request request1: AccessDeniedException: not authorized",
      });
      const governed = '@id("all") permit (principal, action, resource) when { resource.governed.contains("Open") };';
      const { reach: listings } = await reach(governed, ({ aws }) => aws.on("GetListing", denied()));
      expect(listings[PUBLISHER]).toMatchObject({ status: "no" });
    });

    it("and not for one requester's unreadable form", async () => {
      const metadataForms = [{ formName: "Purpose", content: "{" }];
      const answer = await reach(answers, ({ aws }) =>
        aws.on("GetSubscriptionRequestDetails", () => request({ metadataForms })),
      );
      expect(answer.reach[PUBLISHER]).toEqual({
        status: "yes",
        detail: expect.stringMatching(/request1 itself is for a person/),
      });
    });

    it("nor for what fails for now", async () => {
      const { reach: answer } = await reach(details, ({ aws }) => aws.on("GetProject", throttled()));
      expect(answer[PUBLISHER]).toMatchObject({ status: "unknown" });
    });
  });

  it("says where its own decisions are known by their comments alone", async () => {
    const w = ready();
    w.aws.on("GetUserProfile", denied());
    const answer = await w.invoke<CheckAnswer>({ operation: "check", projectId: PUBLISHER });
    expect(answer.reviewers).toEqual({ status: "no", detail: "AccessDeniedException: not authorized" });
    expect(answer.fixes).toEqual([expect.stringMatching(/user profiles/)]);
  });

  describe("while IAM does not know yet what the roles may do", () => {
    const total = (milliseconds: readonly number[]) => milliseconds.reduce((sum, each) => sum + each, 0);
    const soon = (w: ReturnType<typeof ready>, command: string, denial: Error) => {
      const before = w.aws.answers[command]!;
      w.aws.on(command, (input, call) => (call <= 3 ? Promise.reject(denial) : before(input, call)));
    };

    it.each([
      ["GetParametersByPath", denied()],
      ["GetParameter", denied()],
      ["ListProjectMemberships", awsError("AccessDenied", 403, "not authorized to perform sts:AssumeRole")],
    ])("tries %s again", async (command, denial) => {
      const w = ready();
      soon(w, command, denial);
      expect(await w.invoke({ operation: "check" })).toMatchObject({ ok: true });
      expect(w.waited).toEqual([1_000, 2_000, 4_000]);
    });

    it("gives up after half a minute, or when time runs short", async () => {
      for (const [milliseconds, most] of [
        [120_000, 30_000],
        [20_000, 15_000],
      ] as const) {
        const w = ready();
        w.aws.on("GetParametersByPath", denied());
        await expect(w.invoke({ operation: "check" }, milliseconds)).rejects.toThrow("not authorized");
        expect(total(w.waited)).toBeLessThanOrEqual(most);
        expect(total(w.waited)).toBeGreaterThanOrEqual(most / 3);
      }
    });

    it("does not wait for DataZone's own denial, nor in anything but a check", async () => {
      const w = ready();
      w.aws.on("ListProjectMemberships", denied());
      expect(await w.invoke({ operation: "check" })).toMatchObject({ ok: false });
      const other = ready();
      other.aws.on("GetParametersByPath", denied());
      await expect(other.invoke({ operation: "sweep" })).rejects.toThrow("not authorized");
      expect([...w.waited, ...other.waited]).toEqual([]);
    });
  });

  it("fails for a set that does not type-check, with policy, line, column and reason", async () => {
    const { invoke } = world(BROKEN);
    await expect(invoke({ operation: "check" })).rejects.toThrow(
      /bad:3:8: attribute `nope` on entity type `DataZone::Asset` not found/,
    );
  });
});
