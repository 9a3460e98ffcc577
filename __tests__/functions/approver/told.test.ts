import {
  ALL_SUCCEEDED,
  FIRST_FAILED,
  NOW,
  PUBLISHER,
  READ_PROJECTS,
  ROLE,
  type World,
  awsError,
  batch,
  conflict,
  delivery,
  denied,
  event,
  notFound,
  request,
  throttled,
  world,
} from "./fake";

const swept = { operation: "decide", projectId: PUBLISHER, subscriptionRequestId: "request1" };
const inMinutes = (minutes: number): string => new Date(NOW.getTime() + minutes * 60_000).toISOString();
const NOTHING = { waits: '@id("waits") permit (principal, action, resource) when { context.environment == "other" };' };
const told = ({ announcements }: World) => announcements().map(({ json }) => json as { [key: string]: unknown });

describe("what fails for good", () => {
  const timedOut = (): Error => Object.assign(new Error("timed out"), { name: "TimeoutError" });

  it.each([
    ["throttled", (w: World) => w.aws.on("GetSubscriptionRequestDetails", throttled())],
    ["in the middle of an outage", (w: World) => w.aws.on("AcceptSubscriptionRequest", timedOut())],
    ["without its parameters", (w: World) => w.aws.on("GetParametersByPath", throttled())],
    [
      "when nothing could be announced",
      (w: World) => w.aws.on("AcceptSubscriptionRequest", denied()).on("Publish", throttled()),
    ],
    ["killed", () => undefined],
  ])("is announced, once, though it was delivered before: %s", async (earlier, spoil) => {
    const w = world();
    const { ...answers } = w.aws.answers;
    spoil(w);
    for (const count of [1, 2]) {
      if (earlier !== "killed") await w.invoke(delivery(event(), count)).catch(() => undefined);
    }
    const before = told(w).length;
    Object.assign(w.aws.answers, answers);
    w.aws.on("AcceptSubscriptionRequest", denied());
    expect(await w.invoke(delivery(event(), 3))).toEqual(ALL_SUCCEEDED);
    expect(told(w).slice(before)).toEqual([
      expect.objectContaining({ decision: "failed", why: ["AccessDeniedException: not authorized"], again: false }),
    ]);

    const [successor] = w.queued();
    expect(w.queued()).toEqual([{ ...swept, failureTold: true }]);
    for (const count of [1, 2, 3, 4, 5]) {
      expect(await w.invoke(delivery(successor, count))).toEqual(FIRST_FAILED);
    }
    expect(told(w)).toHaveLength(before + 1);
    w.aws.on("AcceptSubscriptionRequest", () => ({}));
    expect(await w.invoke(delivery(successor, 1))).toEqual(ALL_SUCCEEDED);
    expect(told(w).at(-1)).toMatchObject({ decision: "approved", again: false });
  });

  it("is announced again only where the queue did not take what says that it was", async () => {
    const w = world();
    w.aws.on("AcceptSubscriptionRequest", denied()).on("SendMessageBatch", throttled());
    expect(await w.invoke(delivery(event(), 1))).toEqual(FIRST_FAILED);
    expect(await w.invoke(delivery(event(), 2))).toEqual(FIRST_FAILED);
    expect(told(w)).toHaveLength(2);
  });

  it("and is a sweep's is announced and done, whatever delivery it is: the next sweep finds it again", async () => {
    const w = world();
    w.aws.on("AcceptSubscriptionRequest", denied());
    for (const count of [1, 2, 4]) expect(await w.invoke(delivery(swept, count))).toEqual(ALL_SUCCEEDED);
    expect(told(w)).toEqual(Array(3).fill(expect.objectContaining({ decision: "failed" })));
    const quiet = { ...swept, quietUntil: inMinutes(60) };
    expect(await w.invoke(delivery(quiet, 1))).toEqual(ALL_SUCCEEDED);
    expect(told(w)).toHaveLength(3);
    expect(w.queued()).toEqual([]);
    expect(w.metrics.map((emf) => emf["Failed"])).toEqual([1, 1, 1, 1]);
  });
});

describe("a request that was withdrawn", () => {
  it.each(["AcceptSubscriptionRequest", "RejectSubscriptionRequest"])(
    "between reading and %s is a withdrawal, and nobody's failure",
    async (call) => {
      const set = call.startsWith("Reject")
        ? { no: '@id("no") @decision("reject") forbid (principal, action, resource);' }
        : undefined;
      for (const refusal of [notFound(), conflict(), awsError("ValidationException", 400)]) {
        const w = world(set);
        w.aws.on("GetSubscriptionRequestDetails", (_, count) => {
          if (count > 1) throw notFound();
          return request();
        });
        w.aws.on(call, refusal);
        expect(await w.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
        expect(told(w)).toEqual([]);
        expect(w.logs).toContainEqual(
          expect.objectContaining({
            decision: expect.objectContaining({ outcome: "left", why: [expect.stringMatching(/not exist/)] }),
          }),
        );
      }
    },
  );

  it("is none where the request is there and something else is not: that fails", async () => {
    const w = world();
    w.aws.on("AcceptSubscriptionRequest", notFound());
    expect(await w.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(told(w)).toMatchObject([{ decision: "failed" }]);
  });
});

describe("a status that this version does not know", () => {
  it("leaves the request to a person, whether it is read first or after a refusal", async () => {
    for (const known of [0, 1]) {
      const w = world();
      w.aws
        .on("GetSubscriptionRequestDetails", (_, count) => request(count > known ? { status: "EXPIRED" } : {}))
        .on("AcceptSubscriptionRequest", conflict());
      expect(await w.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
      expect(told(w)).toMatchObject([
        { decision: "waiting", why: [expect.stringMatching(/does not know its status, EXPIRED/)] },
      ]);
    }
  });
});

it("an event that says autoApproved: null is decided", async () => {
  const w = world();
  expect(await w.invoke(batch(event({}, { autoApproved: null })))).toEqual(ALL_SUCCEEDED);
  expect(w.aws.count("AcceptSubscriptionRequest")).toBe(1);
});

/** DataZone keeps what it is told, whatever it answers. */
function keeping(w: World, answer: (call: number) => Error | undefined, reviewerId?: string): void {
  let kept: object = {};
  w.aws
    .on("GetSubscriptionRequestDetails", () => request(kept))
    .on("AcceptSubscriptionRequest", ({ decisionComment }, call) => {
      kept = { status: "ACCEPTED", decisionComment, reviewerId, updatedAt: new Date(NOW.getTime() - 60_000) };
      const error = answer(call);
      if (error) throw error;
      return { reviewerId };
    });
}

describe("an acceptance whose answer was lost", () => {
  const lost = (): Error => Object.assign(new Error("lost"), { name: "TimeoutError", $metadata: { attempts: 4 } });
  const FIRST = {
    decision: "approved",
    again: false,
    policies: ["all"],
    policySet: expect.stringMatching(/^[0-9a-f]{64}$/),
  };

  it.each([
    ["of every attempt", lost()],
    ["of an attempt before the last", Object.assign(conflict(), { $metadata: { httpStatusCode: 409, attempts: 2 } })],
    ["as an error of the service", awsError("InternalServerException", 500)],
  ])("%s, is announced as the first time, names its policies and counts", async (_, error) => {
    const w = world();
    keeping(w, () => error);
    expect(await w.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(told(w)).toEqual([expect.objectContaining(FIRST)]);
    expect(w.metrics).toEqual([expect.objectContaining({ Approved: 1, DecisionLatency: 29 * 60_000 })]);
  });

  it("and that cannot be read again at once either, is so at the next delivery", async () => {
    const w = world();
    keeping(w, lost);
    const read = w.aws.answers["GetSubscriptionRequestDetails"]!;
    w.aws.on("GetSubscriptionRequestDetails", (input, call) => {
      if (call === 2) throw throttled();
      return read(input, call);
    });
    expect(await w.invoke(delivery(event(), 1))).toEqual(FIRST_FAILED);
    expect(await w.invoke(delivery(event(), 2))).toEqual(ALL_SUCCEEDED);
    expect(told(w)).toEqual([expect.objectContaining(FIRST)]);
    expect(w.metrics).toEqual([expect.objectContaining({ Approved: 1 })]);
  });

  it("is not taken for one where somebody else was faster", async () => {
    const w = world();
    keeping(w, conflict);
    expect(await w.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(told(w)).toEqual([expect.objectContaining({ decision: "approved", again: true })]);
    expect(w.metrics).toEqual([]);
  });
});

describe("the announcement of what was decided before", () => {
  const START = "[sales 0123456789ab] ";
  const CUT = Array.from({ length: 100 }, (_, i) => `policy-${"x".repeat(50)}-${i}`)
    .join(", ")
    .slice(0, 4096 - START.length);

  it.each([
    [`${START}old, older: Said before.`, ["old", "older"]],
    [`${START}old`, ["old"]],
    [`${START}${CUT}`, CUT.split(", ").slice(0, -1)],
  ])("carries the digest of its comment, and the policies that it names: %.60s", async (decisionComment, policies) => {
    const w = world();
    w.aws.on("GetSubscriptionRequestDetails", () => request({ status: "ACCEPTED", decisionComment }));
    expect(await w.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(told(w)).toEqual([expect.objectContaining({ policySet: "0123456789ab", policies, again: true })]);
  });
});

describe("a decision is the approver's own", () => {
  const COMMENT = "[sales 0123456789ab] all";
  const decidedBy = (reviewerId: string, profile: unknown): World => {
    const w = world();
    w.aws
      .on("GetSubscriptionRequestDetails", () => request({ status: "ACCEPTED", decisionComment: COMMENT, reviewerId }))
      .on("GetUserProfile", () => (profile instanceof Error ? Promise.reject(profile) : profile));
    return w;
  };
  const iam = (arn: string) => ({ details: { iam: { arn } } });

  it.each([
    ["its role", iam(ROLE), 1],
    ["a session of its role", iam("arn:aws:sts::111122223333:assumed-role/approver/x"), 1],
    ["nobody who can be read", denied(), 1],
    ["a person", { details: { sso: { username: "maria" } } }, 0],
    ["a role of another account", iam("arn:aws:iam::999999999999:role/some/path/approver"), 0],
    ["an IAM user of the role's name", iam("arn:aws:iam::111122223333:user/some/path/approver"), 0],
  ])("where its reviewer is %s", async (_, profile, announcements) => {
    const w = decidedBy("user7", profile);
    expect(await w.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(told(w)).toHaveLength(announcements);
  });

  it("as far as is known for now: a reviewer who may be read later is read again", async () => {
    const w = decidedBy("user7", throttled());
    expect(await w.invoke(batch(event()))).toEqual(FIRST_FAILED);
    expect(told(w)).toEqual([]);
  });

  it("without a call where it was told so when it decided, and with one a process where not", async () => {
    const w = world();
    keeping(w, () => undefined, "user7");
    await w.invoke(batch(event()));
    await w.invoke(batch(event()));
    expect(w.aws.count("GetUserProfile")).toBe(0);
    expect(told(w)).toMatchObject([{ again: false }, { again: true }]);
    const other = decidedBy("user7", iam(ROLE));
    await other.invoke(batch(event()));
    await other.invoke(batch(event()));
    expect(other.aws.count("GetUserProfile")).toBe(1);
  });
});

describe("a message that failed for now", () => {
  const postponed = (w: World) => w.aws.inputs("ChangeMessageVisibility").map((input) => input["VisibilityTimeout"]);

  it("comes back after 1, 3, 12 and 32 minutes, and then when the queue says", async () => {
    const w = world();
    w.aws.on("GetSubscriptionRequestDetails", throttled());
    for (const count of [1, 2, 3, 4, 5, 6]) expect(await w.invoke(delivery(event(), count))).toEqual(FIRST_FAILED);
    expect(postponed(w)).toEqual([60, 180, 720, 1920]);
    expect(w.aws.inputs("ChangeMessageVisibility")[0]).toMatchObject({ ReceiptHandle: "receipt1" });
  });

  it("is postponed too where nothing can be decided at all, and others of its batch are not where they can", async () => {
    const w = world();
    w.aws.on(READ_PROJECTS, throttled());
    await expect(w.invoke(batch(event(), event({ id: "request2" })))).rejects.toThrow(/Throttling/);
    expect(postponed(w)).toEqual([60, 60]);
    const other = world();
    other.aws.on("GetSubscriptionRequestDetails", ({ identifier }) => {
      if (identifier === "request1") throw throttled();
      return request({ id: identifier });
    });
    expect(await other.invoke(batch(event(), event({ id: "request2" })))).toEqual(FIRST_FAILED);
    expect(other.aws.inputs("ChangeMessageVisibility")).toMatchObject([{ ReceiptHandle: "receipt1" }]);
  });

  it("comes back all the same where it cannot be postponed", async () => {
    const w = world();
    w.aws.on("GetSubscriptionRequestDetails", throttled()).on("ChangeMessageVisibility", denied());
    expect(await w.invoke(batch(event()))).toEqual(FIRST_FAILED);
    expect(w.logs).toContainEqual(
      expect.objectContaining({ level: "warn", message: "a message could not be postponed" }),
    );
  });

  it("and is a scheduled sweep's is left to the next sweep, but not where people would not be told what was decided", async () => {
    const w = world();
    w.aws.on("AcceptSubscriptionRequest", throttled());
    const quiet = (minutes: number) => ({ ...swept, quietUntil: inMinutes(minutes) });
    expect(await w.invoke(delivery(quiet(60), 1))).toEqual(FIRST_FAILED);
    expect(await w.invoke(delivery(quiet(1), 1))).toEqual(ALL_SUCCEEDED);
    expect(await w.invoke(delivery(quiet(9_999), 5))).toEqual(ALL_SUCCEEDED);
    expect(await w.invoke(delivery(swept, 5))).toEqual(FIRST_FAILED);
    w.aws.on("AcceptSubscriptionRequest", () => ({})).on("Publish", throttled());
    expect(await w.invoke(delivery(quiet(1), 5))).toEqual(FIRST_FAILED);
  });
});

describe("two messages about one request in a batch", () => {
  it("are taken one after the other: the second finds it decided", async () => {
    const w = world();
    keeping(w, (call) => (call > 1 ? conflict() : undefined));
    expect(await w.invoke(batch(event(), swept))).toEqual(ALL_SUCCEEDED);
    expect(w.aws.count("AcceptSubscriptionRequest")).toBe(1);
    expect(told(w)).toMatchObject([{ again: false }, { again: true }]);
  });
});

describe("what waits", () => {
  it("is announced by a sweep that tells, as perhaps told before, and not by a quiet one", async () => {
    const w = world(NOTHING);
    expect(await w.invoke(batch({ ...swept, quietUntil: inMinutes(60) }))).toEqual(ALL_SUCCEEDED);
    expect(told(w)).toEqual([]);
    expect(await w.invoke(batch(swept))).toEqual(ALL_SUCCEEDED);
    expect(told(w)).toMatchObject([{ decision: "waiting", again: true }]);
  });
});
