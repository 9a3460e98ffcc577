import type { CheckAnswer } from "../../../functions/approver/check";
import type { SweepAnswer } from "../../../functions/approver/sweep";
import { NOW, PUBLISHER, awsError, denied, notFound, request, throttled, world } from "./fake";

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
    aws.on("GetSubscriptionRequestDetails", () => request({ status: "ACCEPTED", decisionComment: "[sales 1] all" }));
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
  const queued = (w: ReturnType<typeof world>): { reminder?: unknown }[] =>
    w.aws
      .inputs("SendMessageBatch")
      .flatMap((input) => input["Entries"] as { MessageBody: string }[])
      .map(({ MessageBody }) => JSON.parse(MessageBody));

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
    });
    expect(queued(w)).toHaveLength(107);
    expect(queued(w)[0]).toEqual({ operation: "decide", projectId: PUBLISHER, subscriptionRequestId: "request0" });
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

  it("by schedule hands over the time since the previous one, for reminders", async () => {
    const w = many(20);
    await w.invoke({ operation: "sweep", scheduled: { at: "2026-03-01T12:00:00Z", everyMinutes: 60 } });
    expect(queued(w)[0]?.reminder).toEqual({ since: "2026-03-01T11:00:00.000Z", until: "2026-03-01T12:00:00.000Z" });
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

  it("stops before its time limit, says so, and measures nothing", async () => {
    const w = many();
    expect(await w.invoke({ operation: "sweep" }, 4_000)).toMatchObject({ complete: false, pending: 50, queued: 50 });
    expect(w.metrics).toEqual([]);
    expect(w.logs).toContainEqual(expect.objectContaining({ level: "warn", pending: 50 }));
  });

  it("that cannot list one project sweeps the others, then fails and names it", async () => {
    const w = many();
    const list = w.aws.answers["ListSubscriptionRequests"]!;
    w.aws.on("ListSubscriptionRequests", (input, call) => {
      if (input["approverProjectId"] === PUBLISHER) throw denied();
      return list(input, call);
    });
    await expect(w.invoke({ operation: "sweep" })).rejects.toThrow(/failed for publisher1: AccessDeniedException/);
    expect(queued(w)).toEqual([{ operation: "decide", projectId: "publisher2", subscriptionRequestId: "other1" }]);
    expect(w.metrics).toEqual([]);
  });

  it("fails where a message was not taken", async () => {
    const w = many();
    w.aws.on("SendMessageBatch", () => ({ Failed: [{ Id: "0", Code: "InternalError" }] }));
    await expect(w.invoke({ operation: "sweep" })).rejects.toThrow(
      /1 of 10 messages could not be queued: InternalError/,
    );
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

  it("as a dry run stops in time too", async () => {
    const w = many(20);
    expect(await w.invoke({ operation: "sweep", dryRun: true }, 4_000)).toMatchObject({ complete: false, records: [] });
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
        details:
          userIdentifier === "profile1"
            ? { iam: { arn: "arn:aws:iam::111122223333:role/some/path/approver" } }
            : { sso: { username: "maria" } },
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
      publish: { status: "unknown", detail: expect.stringMatching(/not denied/) },
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
    expect(answer.fixes.some((fix) => fix.includes("contributor of the publishing project publisher1"))).toBe(
      status !== "yes",
    );
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

  it("tries to read what the policies refer to about a pending request", async () => {
    const details =
      '@id("all") permit (principal is DataZone::Project, action, resource) when { principal.details.tags.contains("a=b") };';
    const w = world({ all: details });
    w.aws
      .on("ListProjectMemberships", () => ({ members: [] }))
      .on("ListSubscriptionRequests", () => ({ items: [pending("request1", 60)] }))
      .on("GetProject", denied());
    const { reach } = await w.invoke<CheckAnswer>({ operation: "check", projectId: PUBLISHER });
    expect(reach[PUBLISHER]).toEqual({
      status: "no",
      detail: expect.stringMatching(/request1: principal\.details is unknown: GetProject failed/),
    });
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
