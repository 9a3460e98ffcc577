import {
  ALL_SUCCEEDED,
  DOMAIN,
  FIRST_FAILED,
  PUBLISHER,
  ROLE,
  type World,
  batch,
  delivery,
  denied,
  event,
  notFound,
  request,
  throttled,
  world,
} from "./fake";

/** What the service tells later, with as much in it as an event may have. */
const later = (name: string, data: object = {}, metadata: object = {}): object => ({
  source: "aws.datazone",
  "detail-type": name,
  detail: { version: "655", metadata: { domain: DOMAIN, id: "request1", user: "user7", ...metadata }, data },
});
const byUser = (reviewerId: string | undefined) => ({
  reviewerId,
  subscribedListings: [{ id: "listing1", ownerProjectId: PUBLISHER }],
});
const ACCEPTED = "Subscription Request Accepted";
const callsAfterStart = (w: World): string[] => w.aws.names().filter((name) => !name.startsWith("GetParameter"));
const published = (w: World) => w.aws.inputs("Publish");

describe("a decision of its own", () => {
  it("costs no call and is not announced where the process has made it", async () => {
    const w = world();
    w.aws.on("AcceptSubscriptionRequest", () => ({ reviewerId: "user7" }));
    await w.invoke(batch(event()));
    const calls = w.aws.calls.length;
    expect(await w.invoke(batch(later(ACCEPTED, byUser("user7")), later(ACCEPTED, byUser("user7"))))).toEqual(
      ALL_SUCCEEDED,
    );
    expect(w.aws.calls.length).toBe(calls);
  });

  it("costs none either where nothing but its comment says whose it is", async () => {
    const w = world();
    const data = { ...byUser(undefined), decisionComment: "[sales 0123456789ab] all: All good." };
    expect(await w.invoke(batch(later(ACCEPTED, data, { user: undefined })))).toEqual(ALL_SUCCEEDED);
    expect(callsAfterStart(w)).toEqual([]);
  });

  it("costs one call a process otherwise", async () => {
    const w = world();
    w.aws.on("GetUserProfile", () => ({ details: { iam: { arn: ROLE } } }));
    const events = [
      later(ACCEPTED, byUser("user7")),
      later(ACCEPTED, { subscribedListings: [{ ownerProjectId: PUBLISHER }] }),
    ];
    for (const each of events) expect(await w.invoke(batch(each))).toEqual(ALL_SUCCEEDED);
    expect(callsAfterStart(w)).toEqual(["GetUserProfile"]);
  });
});

describe("a decision of somebody else", () => {
  const DECIDED_AT = new Date("2026-03-01T11:45:00Z");
  const decided = (status: string): World => {
    const w = world();
    w.aws
      .on("GetUserProfile", () => ({ details: { sso: { username: "maria" } } }))
      .on("GetSubscriptionRequestDetails", () =>
        request({ status, reviewerId: "user9", decisionComment: "SECRET: she is my friend", updatedAt: DECIDED_AT }),
      );
    return w;
  };

  it.each([
    [ACCEPTED, "ACCEPTED", "approved"],
    ["Subscription Request Rejected", "REJECTED", "rejected"],
  ])("is recorded, announced and counted, with who it was and not why: %s", async (name, status, decision) => {
    const w = decided(status);
    expect(await w.invoke(batch(later(name, byUser("user9"))))).toEqual(ALL_SUCCEEDED);
    expect(w.announcements()).toEqual([
      expect.objectContaining({
        email: expect.stringContaining("Decided by: user user9"),
        json: expect.objectContaining({ decision, decidedBy: "user9", policies: [], again: false }),
      }),
    ]);
    expect(w.logs).toContainEqual(
      expect.objectContaining({
        decision: expect.objectContaining({
          outcome: decision,
          decidedBy: "user9",
          decidedAt: DECIDED_AT.toISOString(),
        }),
      }),
    );
    expect(JSON.stringify([w.logs, published(w)])).not.toContain("SECRET");
    const counted = decision === "approved" ? "ApprovedByPeople" : "RejectedByPeople";
    expect(w.metrics).toEqual([expect.objectContaining({ [counted]: 1 })]);
    expect(w.metrics[0]).not.toHaveProperty(counted.replace("ByPeople", ""));
    expect(w.metrics[0]).not.toHaveProperty("DecisionLatency");
  });

  it("is somebody's also where nothing says whose", async () => {
    const w = decided("REJECTED");
    w.aws.on("GetSubscriptionRequestDetails", () => request({ status: "REJECTED" }));
    const data = { subscribedListings: [{ ownerProjectId: PUBLISHER }] };
    expect(await w.invoke(batch(later(ACCEPTED, data, { user: undefined })))).toEqual(ALL_SUCCEEDED);
    expect(w.logs).toContainEqual(
      expect.objectContaining({ decision: expect.objectContaining({ outcome: "rejected", decidedBy: "unknown" }) }),
    );
  });

  it("is announced where the event names nobody and the person's comment begins like the approver's", async () => {
    const w = decided("ACCEPTED");
    w.aws.on("GetSubscriptionRequestDetails", () =>
      request({ status: "ACCEPTED", reviewerId: "user9", decisionComment: "[sales 0123456789ab] all" }),
    );
    const data = { subscribedListings: [{ ownerProjectId: PUBLISHER }] };
    expect(await w.invoke(batch(later(ACCEPTED, data, { user: undefined })))).toEqual(ALL_SUCCEEDED);
    expect(w.announcements()).toHaveLength(1);
  });

  it("is announced where the comment in the event begins like the approver's", async () => {
    const w = decided("ACCEPTED");
    const data = { ...byUser("user9"), decisionComment: "[sales 0123456789ab] all: All good." };
    expect(await w.invoke(batch(later(ACCEPTED, data)))).toEqual(ALL_SUCCEEDED);
    expect(w.announcements()).toHaveLength(1);
  });

  it("for another publishing project costs no call and is not announced", async () => {
    const w = decided("ACCEPTED");
    const data = { reviewerId: "user9", subscribedListings: [{ ownerProjectId: "stranger" }] };
    expect(await w.invoke(batch(later(ACCEPTED, data)))).toEqual(ALL_SUCCEEDED);
    expect(callsAfterStart(w)).toEqual([]);
  });

  it("on a request that is gone is left alone; on one that is not decided yet, it is looked at once more", async () => {
    const w = decided("PENDING");
    expect(await w.invoke(delivery(later(ACCEPTED, byUser("user9")), 1))).toEqual(FIRST_FAILED);
    expect(await w.invoke(delivery(later(ACCEPTED, byUser("user9")), 2))).toEqual(ALL_SUCCEEDED);
    w.aws.on("GetSubscriptionRequestDetails", notFound());
    expect(await w.invoke(batch(later(ACCEPTED, byUser("user9"))))).toEqual(ALL_SUCCEEDED);
    expect(published(w)).toEqual([]);
  });

  it.each(["GetUserProfile", "GetSubscriptionRequestDetails", "Publish"])(
    "is taken in again where %s fails for now",
    async (call) => {
      const w = decided("ACCEPTED");
      w.aws.on(call, throttled());
      expect(await w.invoke(batch(later(ACCEPTED, byUser("user9"))))).toEqual(FIRST_FAILED);
    },
  );
});

describe("what becomes of the access", () => {
  const KINDS = [
    ["Subscription Grant Completed", "granted", /^Access granted/],
    ["Subscription Grant Failed", "grant-failed", /^Access approved, but not granted/],
    ["Subscription Revoked", "revoked", /^Access revoked/],
  ] as const;

  it.each(KINDS)(
    "%s is told with the names of the request, wherever the event has its id",
    async (name, what, headline) => {
      const w = world();
      w.aws.on("GetSubscriptionRequestDetails", () => request({ status: "ACCEPTED" }));
      const data = { subscription: [{ origin: { subscriptionRequestId: "request1" } }] };
      expect(await w.invoke(batch(later(name, data, { id: "grant1" })))).toEqual(ALL_SUCCEEDED);
      const [{ subject, json, attributes } = { subject: "", json: {}, attributes: {} }] = w.announcements();
      expect(subject).toMatch(headline);
      expect(subject).toContain('"Sales" for "dev-analytics"');
      expect(json).toMatchObject({ event: what, subscriptionRequestId: "request1", listing: { name: "Sales" } });
      expect(json).not.toHaveProperty("decision");
      expect(attributes).toEqual({
        event: { DataType: "String", StringValue: what },
        project: { DataType: "String", StringValue: PUBLISHER },
        environment: { DataType: "String", StringValue: "dev" },
      });
    },
  );

  it.each(KINDS)(
    "%s is told without them where it names the publishing project alone, and says so",
    async (name, what) => {
      const w = world();
      const data = { subscribedListing: { id: "listing1", ownerProjectId: PUBLISHER } };
      expect(await w.invoke(batch(later(name, data, { id: "grant1" })))).toEqual(ALL_SUCCEEDED);
      expect(callsAfterStart(w)).toEqual(["Publish"]);
      expect(w.announcements()[0]?.json).toMatchObject({
        event: what,
        project: { id: PUBLISHER },
        why: [expect.stringMatching(/id grant1/), expect.stringMatching(/names no subscription request/)],
      });
    },
  );

  it("is not told where it belongs to another project, or does not say whose", async () => {
    const w = world();
    const foreign = request();
    foreign.subscribedListings[0]!.ownerProjectId = "stranger";
    w.aws.on("GetSubscriptionRequestDetails", () => foreign);
    const events = [{ subscriptionRequestId: "request1" }, { anything: "else" }, undefined];
    for (const data of events)
      expect(await w.invoke(batch(later("Subscription Grant Failed", data)))).toEqual(ALL_SUCCEEDED);
    expect(published(w)).toEqual([]);
    expect(w.logs.map(({ reason }) => reason)).toEqual([
      "it belongs to another project",
      "it names no publishing project and no request",
      "it names no publishing project and no request",
    ]);
  });
});

describe("what the approver itself has lost", () => {
  const NAMES = ["Project Member Removal Succeeded", "Project Member Role Change Succeeded", "Policy Grant Removed"];
  const known = (): World => {
    const w = world();
    w.aws.on("GetUserProfile", () => ({ id: "user7", details: { iam: { arn: ROLE } } }));
    return w;
  };

  it.each(NAMES)("is told to the operators at once: %s", async (name) => {
    for (const data of [{ member: { userIdentifier: ROLE } }, { principal: { user: ["user7"] } }]) {
      const w = known();
      expect(await w.invoke(batch(later(name, data, { id: PUBLISHER, user: "admin" })))).toEqual(ALL_SUCCEEDED);
      expect(published(w)).toEqual([
        {
          TopicArn: "arn:aws:sns:us-east-1:111122223333:sales-operators",
          Subject: `sales: ${name}`,
          Message: expect.stringMatching(
            /publisher1[^]*concerns the approver itself[^]*Changed by: admin[^]*"operation": "check"/,
          ),
        },
      ]);
    }
  });

  it.each(NAMES)("is not told where it is somebody else's, though the approver may have done it: %s", async (name) => {
    const w = known();
    const data = { member: { userIdentifier: "user9" } };
    for (const user of ["admin", "user7"])
      expect(await w.invoke(batch(later(name, data, { id: PUBLISHER, user })))).toEqual(ALL_SUCCEEDED);
    expect(published(w)).toEqual([]);
    expect(w.aws.count("GetUserProfile")).toBe(1);
  });

  it("is told where it cannot know, in a project of its own, and says so", async () => {
    const w = world();
    w.aws.on("GetUserProfile", denied());
    const data = { member: { userIdentifier: "user9" } };
    for (const id of [PUBLISHER, "stranger"]) await w.invoke(batch(later(NAMES[0]!, data, { id })));
    expect(published(w)).toEqual([
      expect.objectContaining({ Message: expect.stringMatching(/This may concern the approver itself/) }),
    ]);
  });

  it("is told again where it could not be told", async () => {
    const w = known();
    w.aws.on("Publish", throttled());
    expect(await w.invoke(batch(later(NAMES[0]!, { userIdentifier: ROLE })))).toEqual(FIRST_FAILED);
  });
});

it.each([
  ["of another domain", later(ACCEPTED, {}, { domain: "dzd_other" }), /metadata\.domain is not dzd_abc123/],
  ["without metadata", { source: "aws.datazone", "detail-type": ACCEPTED, detail: {} }, /detail\.metadata/],
  ["of another source", { ...later(ACCEPTED), source: "somebody" }, /source: must be aws\.datazone/],
])("an event %s ends in the dead-letter queue", async (_, body, reason) => {
  const w = world();
  expect(await w.invoke(batch(body))).toEqual(FIRST_FAILED);
  expect(w.logs).toContainEqual(expect.objectContaining({ reason: expect.stringMatching(reason) }));
});
