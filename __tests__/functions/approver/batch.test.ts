import { inspect } from "node:util";
import { MAXIMUM_ASSETS } from "../../../functions/approver/limits";
import {
  ALL_SUCCEEDED,
  FIRST_FAILED,
  PUBLISHER,
  READ_PROJECTS,
  type Told,
  type World,
  awsError,
  batch,
  conflict,
  delivery,
  denied,
  event,
  listing,
  notFound,
  parametersOf,
  request,
  throttled,
  world,
} from "./fake";

const PREFIX = /^\[sales [0-9a-f]{12}\] all: All good\.$/;
const sweepMessage = { operation: "decide", projectId: PUBLISHER, subscriptionRequestId: "request1" };
const NOTHING = { waits: '@id("waits") permit (principal, action, resource) when { context.environment == "other" };' };

describe("an event", () => {
  it("is read, accepted with the policies' comment and announced, in that order, and with no other call", async () => {
    const { aws, invoke, announcements } = world();
    expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(aws.names().slice(2)).toEqual(["GetSubscriptionRequestDetails", "AcceptSubscriptionRequest", "Publish"]);
    expect(aws.inputs("AcceptSubscriptionRequest")[0]).toEqual({
      domainIdentifier: "dzd_abc123",
      identifier: "request1",
      decisionComment: expect.stringMatching(PREFIX),
      assetScopes: undefined,
    });
    expect(announcements()[0]?.json).toMatchObject({ decision: "approved", policies: ["all"], again: false });
  });

  it("costs three calls, whatever else is pending, and a process two more", async () => {
    const { aws, invoke } = world();
    const ten = batch(...Array.from({ length: 10 }, () => event()));
    await invoke(ten);
    await invoke(ten);
    expect(aws.calls).toHaveLength(20 * 3 + 2);
  });

  it("is accepted with the asset filters that its policies name", async () => {
    const { aws, invoke } = world({ rows: '@id("rows") @assetScope("f2,f1") permit (principal, action, resource);' });
    await invoke(batch(event()));
    expect(aws.inputs("AcceptSubscriptionRequest")[0]).toMatchObject({
      assetScopes: [{ assetId: "asset1", filterIds: ["f1", "f2"] }],
    });
  });

  it("is rejected where its policies say so, and that is announced", async () => {
    const { aws, invoke, announcements, metrics } = world({
      never: '@id("never") @decision("reject") @comment("No.") forbid (principal, action, resource);',
    });
    expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(aws.names().slice(2)).toEqual(["GetSubscriptionRequestDetails", "RejectSubscriptionRequest", "Publish"]);
    expect(aws.inputs("RejectSubscriptionRequest")[0]).toMatchObject({
      decisionComment: expect.stringMatching(/^\[sales [0-9a-f]{12}\] never: No\.$/),
    });
    expect(announcements()[0]?.json).toMatchObject({ decision: "rejected", policies: ["never"] });
    expect(metrics[0]).toMatchObject({ Rejected: 1 });
  });

  it("reads policies and projects once a process", async () => {
    const { aws, invoke } = world();
    await invoke(batch(event(), event()));
    await invoke(batch(event()));
    expect(aws.count("GetParametersByPath")).toBe(1);
    expect(aws.count(READ_PROJECTS)).toBe(1);
  });

  it("is left alone where Amazon DataZone is approving it itself, and that is said", async () => {
    const { aws, invoke, logs } = world();
    expect(await invoke(batch(event({}, { autoApproved: true })))).toEqual(ALL_SUCCEEDED);
    expect(aws.names()).toEqual(["GetParametersByPath", READ_PROJECTS]);
    expect(logs).toContainEqual(
      expect.objectContaining({
        decision: expect.objectContaining({ outcome: "left", why: [expect.stringMatching(/autoApproved/)] }),
      }),
    );
  });

  it("is decided where autoApproved is false", async () => {
    const { aws, invoke } = world();
    await invoke(batch(event({}, { autoApproved: false })));
    expect(aws.count("AcceptSubscriptionRequest")).toBe(1);
  });

  it("for a publishing project that is not ours is left alone, by the event and by the request", async () => {
    const { aws, invoke } = world();
    await invoke(batch(event({}, { subscribedListings: [{ id: "l", ownerProjectId: "stranger" }] })));
    expect(aws.count("GetSubscriptionRequestDetails")).toBe(0);
    const foreign = request();
    foreign.subscribedListings[0]!.ownerProjectId = "stranger";
    aws.on("GetSubscriptionRequestDetails", () => foreign);
    expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(aws.count("AcceptSubscriptionRequest")).toBe(0);
  });

  it.each([
    ["of another domain", event({ domain: "dzd_other" }), /metadata\.domain is not dzd_abc123/],
    ["without an id", event({ id: undefined }), /detail\.metadata\.id: must be a string/],
    ["with an id that is none", event({ id: "SECRET ID" }), /detail\.metadata\.id: is not a DataZone id/],
    ["without a listing", event({}, { subscribedListings: [] }), /subscribedListings: must have at least 1/],
    ["of another kind", { ...event(), "detail-type": "SECRET" }, /detail-type: must be Subscription Request Created/],
    ["that is not JSON", "SECRET", /is not JSON/],
    ["that is nothing", "null", /must be an object/],
    ["from the sweep with an unknown key", { ...sweepMessage, surprise: "SECRET" }, /unknown: surprise/],
  ])(
    "%s fails, so that it ends in the dead-letter queue, and the log says why without its content",
    async (_, body, why) => {
      const { aws, invoke, logs } = world();
      expect(await invoke(batch(body))).toEqual(FIRST_FAILED);
      expect(aws.count("GetSubscriptionRequestDetails")).toBe(0);
      expect(logs).toContainEqual(
        expect.objectContaining({ level: "error", messageId: "message1", reason: expect.stringMatching(why) }),
      );
      expect(JSON.stringify(logs)).not.toContain("SECRET");
    },
  );

  it("malformed beside a good one fails alone", async () => {
    const { aws, invoke } = world();
    expect(await invoke(batch("{}", event()))).toEqual(FIRST_FAILED);
    expect(aws.count("AcceptSubscriptionRequest")).toBe(1);
  });
});

describe("a request that was decided before", () => {
  const decided = (status: string, decisionComment: string) => () => request({ status, decisionComment });

  it.each([
    ["ACCEPTED", "approved"],
    ["REJECTED", "rejected"],
  ])("%s by this approver is announced again: a duplicate event, or a lost announcement", async (status, decision) => {
    const { aws, invoke, announcements, metrics } = world();
    aws.on("GetSubscriptionRequestDetails", decided(status, "[sales 0123456789ab] old: Said before."));
    expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(aws.count("AcceptSubscriptionRequest")).toBe(0);
    expect(announcements()[0]?.json).toMatchObject({
      decision,
      again: true,
      comment: "[sales 0123456789ab] old: Said before.",
    });
    expect(metrics).toEqual([]);
  });

  it.each(["looks fine", "[sales-2 0123456789ab] all", undefined])(
    "by somebody else (%s) is left alone",
    async (comment) => {
      const { aws, invoke } = world();
      aws.on("GetSubscriptionRequestDetails", () => request({ status: "ACCEPTED", decisionComment: comment }));
      expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
      expect(aws.names()).not.toContain("Publish");
    },
  );

  it.each([conflict(), awsError("ValidationException", 400)])(
    "meanwhile by a person (%s) is left alone",
    async (error) => {
      const { aws, invoke } = world();
      aws
        .on("GetSubscriptionRequestDetails", (_, call) =>
          request(call === 1 ? {} : { status: "REJECTED", decisionComment: "no" }),
        )
        .on("AcceptSubscriptionRequest", error);
      expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
      expect(aws.names()).not.toContain("Publish");
    },
  );

  it("meanwhile by another invocation of this approver is announced, and nothing fails", async () => {
    const { aws, invoke, announcements } = world();
    aws
      .on("GetSubscriptionRequestDetails", (_, call) =>
        request(call === 1 ? {} : { status: "ACCEPTED", decisionComment: "[sales 0123456789ab] all" }),
      )
      .on("AcceptSubscriptionRequest", conflict());
    expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(announcements()[0]?.json).toMatchObject({ decision: "approved", again: true });
  });

  it("not yet, though somebody is changing it, is tried again", async () => {
    const { aws, invoke, announcements } = world();
    aws.on("AcceptSubscriptionRequest", conflict());
    expect(await invoke(batch(event()))).toEqual(FIRST_FAILED);
    expect(announcements()).toEqual([]);
  });
});

describe("two at once", () => {
  it("accept once and both succeed", async () => {
    const { aws, invoke } = world();
    let status = "PENDING";
    let decisionComment: unknown;
    aws
      .on("GetSubscriptionRequestDetails", () => request({ status, decisionComment }))
      .on("AcceptSubscriptionRequest", (input) => {
        if (status !== "PENDING") throw conflict();
        status = "ACCEPTED";
        decisionComment = input["decisionComment"];
        return {};
      });
    expect(await Promise.all([invoke(batch(event())), invoke(batch(event()))])).toEqual([ALL_SUCCEEDED, ALL_SUCCEEDED]);
    expect(status).toBe("ACCEPTED");
  });
});

describe("when things go wrong", () => {
  it.each([
    ["throttled", throttled()],
    ["failing", awsError("InternalServerException", 500)],
    ["slow", Object.assign(new Error("timed out"), { name: "TimeoutError" })],
    ["aborted", Object.assign(new Error("aborted"), { name: "AbortError" })],
  ])(
    "a %s DataZone brings the request back to the queue, whichever call it is, and nobody is told a decision",
    async (_, error) => {
      for (const call of ["GetSubscriptionRequestDetails", "AcceptSubscriptionRequest"]) {
        const { aws, invoke } = world();
        aws.on(call, error);
        expect(await invoke(batch(event()))).toEqual(FIRST_FAILED);
        expect(aws.names()).not.toContain("Publish");
      }
    },
  );

  it("a failed announcement fails the record, and its retry announces what was decided", async () => {
    const { aws, invoke, announcements, metrics } = world();
    aws.on("Publish", denied());
    expect(await invoke(batch(event()))).toEqual(FIRST_FAILED);
    expect(aws.count("Publish")).toBe(1);
    const { decisionComment } = aws.inputs("AcceptSubscriptionRequest")[0]!;
    aws
      .on("Publish", () => ({}))
      .on("GetSubscriptionRequestDetails", () => request({ status: "ACCEPTED", decisionComment }));
    expect(await invoke(delivery(event(), 2))).toEqual(ALL_SUCCEEDED);
    expect(announcements()[1]?.json).toMatchObject({ decision: "approved", comment: decisionComment });
    expect(metrics.map((emf) => emf["Approved"])).toEqual([1]);
  });

  it("what cannot be done is announced as failed, with what to do, and counts", async () => {
    const { aws, invoke, announcements, metrics } = world();
    aws.on("AcceptSubscriptionRequest", denied());
    expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    const [announcement] = announcements();
    expect(announcement?.json).toMatchObject({ decision: "failed", why: ["AccessDeniedException: not authorized"] });
    expect(announcement?.email).toMatch(
      /operator has to repair the approver[^]*"operation": "check"[^]*accept-subscription-request/,
    );
    expect(metrics.map((emf) => emf["Failed"])).toEqual([1]);
  });

  it("that the request may not be read is such a failure too, and is tried again where it cannot be announced", async () => {
    const { aws, invoke, announcements, logs } = world();
    aws.on("GetSubscriptionRequestDetails", denied());
    expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(announcements()[0]?.json).toMatchObject({ decision: "failed", project: { id: PUBLISHER } });
    aws.on("Publish", denied());
    expect(await invoke(batch(event()))).toEqual(FIRST_FAILED);
    expect(logs).toContainEqual(
      expect.objectContaining({ message: "record failed", reason: expect.stringMatching(/announcement failed/) }),
    );
  });

  it("a request that cannot be found is tried again once, then taken for withdrawn", async () => {
    const { aws, invoke } = world();
    aws.on("GetSubscriptionRequestDetails", notFound());
    expect(await invoke(delivery(event(), 1))).toEqual(FIRST_FAILED);
    expect(await invoke(delivery(event(), 2))).toEqual(ALL_SUCCEEDED);
    expect(aws.names()).not.toContain("Publish");
  });

  it.each([
    ["cannot be read", (w: ReturnType<typeof world>) => w.aws.on("GetParametersByPath", denied()), /not authorized/],
    [
      "is not the one that was deployed",
      (w: ReturnType<typeof world>) => w.aws.on("GetParametersByPath", () => ({ Parameters: [] })),
      /0 policies under .* have the digest [0-9a-f]{64}, not the one in the path/,
    ],
    [
      "has projects that cannot be read",
      (w: ReturnType<typeof world>) => w.aws.on(READ_PROJECTS, denied()),
      /not authorized/,
    ],
    [
      "has projects that are not those that were deployed",
      (w: ReturnType<typeof world>) => w.aws.on(READ_PROJECTS, parametersOf({ "0": "stranger" })),
      /1 lists of publishing projects under .* have the digest [0-9a-f]{64}, not the one in the path/,
    ],
  ])("a policy set that %s fails the whole batch, and is read again next time", async (_, spoil, reason) => {
    const w = world();
    const { ...answers } = w.aws.answers;
    spoil(w);
    await expect(w.invoke(batch(event()))).rejects.toThrow(reason);
    expect(w.aws.count("GetSubscriptionRequestDetails")).toBe(0);
    Object.assign(w.aws.answers, answers);
    expect(await w.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
  });

  it("reads a set of several pages", async () => {
    const policies = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`p${i}`, `@id("p${i}") permit (principal, action, resource);`]),
    );
    const { aws, invoke } = world(policies);
    expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(aws.inputs("AcceptSubscriptionRequest")[0]?.["decisionComment"]).toMatch(/p0, p1, p10, p11, p2/);
  });

  it("decides for the projects of every list, on every page", async () => {
    const lists = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}`, `a${i},b${i}`]));
    const { aws, invoke } = world(undefined, {}, { ...lists, "11": `${PUBLISHER},last` });
    expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(aws.count(READ_PROJECTS)).toBe(2);
    expect(aws.count("AcceptSubscriptionRequest")).toBe(1);
  });
});

it("a request for a data product of many assets is announced whatever its doubts, within SNS's 256 KB", async () => {
  const w = world({
    ...Object.fromEntries(
      Array.from({ length: 80 }, (_, i) => [
        `no${i}`,
        `@id("no${i}") @comment("${"Ünfit. ".repeat(500)}") forbid (principal, action, resource) when { context.environment == "dev" };`,
      ]),
    ),
    named: '@id("named") permit (principal, action, resource) when { resource.columnTerms.contains("x") };',
  });
  const product = (assets: number) => {
    const assetListings = Array.from({ length: assets }, (_, i) => ({ entityId: `asset${i}`, entityRevision: "1" }));
    return request({}, { productListing: { entityId: "product1", name: "P", assetListings } });
  };
  const size = () => Buffer.byteLength(w.aws.inputs("Publish").at(-1)!["Message"] as string);
  const decided = async (assets: number, policies: World = w) => {
    policies.aws.on("GetSubscriptionRequestDetails", () => product(assets));
    expect(await policies.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    return policies.announcements().at(-1)!.json as { decision: string; why: string[] };
  };
  expect(await decided(MAXIMUM_ASSETS)).toMatchObject({
    decision: "waiting",
    why: [expect.stringMatching(/^forbidden/)],
  });
  expect(size()).toBeLessThan(256 * 1024);
  expect((await decided(1_000)).why).toEqual([`the data product has more than ${MAXIMUM_ASSETS} assets`]);

  const doubtful = world({
    named: '@id("named") permit (principal, action, resource) when { resource.columnTerms.contains("x") };',
  });
  doubtful.aws
    .on("GetListing", ({ identifier }) => {
      const columns = { glossaryTerms: [`a1b2c3d4e5f6g${String(identifier)}`] };
      const items = Array.from({ length: MAXIMUM_ASSETS }, (_, i) => ({ listingId: `${i}` }));
      return identifier === "listing1"
        ? { item: { dataProductListing: { dataProductId: "product1", items } } }
        : listing({ assetId: `asset${String(identifier)}`, forms: { ColumnBusinessMetadataForm: columns } });
    })
    .on("GetGlossaryTerm", ({ identifier }) => {
      throw awsError(
        "ResourceNotFoundException",
        404,
        `The term ${String(identifier)} ${"was not found ".repeat(100)}`,
      );
    });
  const { why } = await decided(MAXIMUM_ASSETS, doubtful);
  expect(why.at(-1)).toBe(`and ${MAXIMUM_ASSETS - 10} more reasons`);
});

describe("an answer that is meant to break the approver", () => {
  const deep = `{"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;

  it.each([
    ["half a surrogate pair", '{"why":"\\ud800"}', /Cedar could not evaluate the policies/],
    ["a hundred thousand levels", deep, /nested too deep/],
  ])(
    "%s: the request waits for a person where a policy looks at answers, and is decided where none does",
    async (_, content, why) => {
      const metadataForms = [{ formName: "Purpose", content }];
      const looking = world({
        all: '@id("all") permit (principal, action, resource) unless { context.request.hasTag("Purpose.why") && context.request.hasTag("Purpose.x") };',
      });
      const blind = world();
      for (const { aws } of [looking, blind]) aws.on("GetSubscriptionRequestDetails", () => request({ metadataForms }));
      expect(await looking.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
      expect(looking.announcements()[0]?.json).toMatchObject({
        decision: "waiting",
        why: [expect.stringMatching(why)],
      });
      expect(await blind.invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
      expect(blind.aws.count("AcceptSubscriptionRequest")).toBe(1);
    },
  );
});

describe("pace", () => {
  it("is at most 1.5 decisions a second", async () => {
    const { aws, invoke, waited } = world();
    expect(await invoke(batch(event(), event(), event(), event()))).toEqual(ALL_SUCCEEDED);
    expect(aws.count("AcceptSubscriptionRequest")).toBe(4);
    expect(waited.reduce((sum, each) => sum + each, 0)).toBeCloseTo(3 * 667, -1);
  });

  it("leaves the rest of a batch to the queue when time runs short", async () => {
    const { aws, invoke } = world();
    const { batchItemFailures } = await invoke<{ batchItemFailures: unknown[] }>(
      batch(...Array.from({ length: 10 }, () => event())),
      7_000,
    );
    expect(aws.count("AcceptSubscriptionRequest")).toBe(4);
    expect(batchItemFailures).toHaveLength(6);
    expect(aws.count("Publish")).toBe(4);
  });
});

describe("a request that waits for a person", () => {
  it("is announced when it arrives, with how to decide it", async () => {
    const { aws, invoke, announcements } = world(NOTHING);
    expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
    expect(aws.names()).not.toContain("AcceptSubscriptionRequest");
    const [{ json, email, attributes } = {} as Told] = announcements();
    expect(json).toMatchObject({
      decision: "waiting",
      why: ["no policy permits access to asset asset1"],
      again: false,
    });
    expect(email).toContain(
      "aws datazone accept-subscription-request --region us-east-1 --domain-identifier dzd_abc123 --identifier request1",
    );
    expect(email).toContain('project "Sales team"');
    expect(attributes).toEqual({
      decision: { DataType: "String", StringValue: "waiting" },
      project: { DataType: "String", StringValue: PUBLISHER },
      environment: { DataType: "String", StringValue: "dev" },
    });
  });
});

describe("the record", () => {
  it("of a decision is structured, and holds nothing that the requester wrote", async () => {
    const { aws, invoke, logs, metrics } = world();
    await invoke(batch(event()));
    expect(logs).toEqual([
      {
        level: "info",
        message: "decision",
        decision: {
          subscriptionRequestId: "request1",
          outcome: "approved",
          why: [],
          policies: ["all"],
          policySet: expect.stringMatching(/^[0-9a-f]{64}$/),
          environment: "dev",
          domainId: "dzd_abc123",
          trigger: "event",
          dryRun: false,
          comment: expect.stringMatching(PREFIX),
          listing: { id: "listing1", name: "Sales", revision: "3" },
          assets: ["asset1"],
          project: { id: PUBLISHER, name: "Sales team" },
          subscriber: { type: "project", id: "subscriber1", name: "dev-analytics" },
          requester: { id: "user1" },
          requestedAt: "2026-03-01T11:30:00.000Z",
          decidedAt: "2026-03-01T12:00:00.000Z",
          latency: 1_800_000,
        },
      },
    ]);
    expect(JSON.stringify([logs, aws.inputs("Publish"), aws.inputs("AcceptSubscriptionRequest")])).not.toContain(
      "SECRET",
    );
    expect(metrics[0]).toMatchObject({ service: "sales", Approved: 1, DecisionLatency: 1_800_000 });
  });

  it("of a failure quotes nothing of an answer, nor does what is thrown", async () => {
    const { aws, invoke, logs } = world();
    aws.on("GetSubscriptionRequestDetails", () => JSON.parse("SECRET REASON"));
    expect(await invoke(batch(event()))).toEqual(FIRST_FAILED);
    const decideIt = { operation: "decide", subscriptionRequestId: "request1" };
    const broken = await invoke(decideIt).catch((error: unknown) => error);
    aws.on("GetSubscriptionRequestDetails", Object.assign(denied(), { requestReason: "SECRET REASON" }));
    const refused = await invoke(decideIt).catch((error: unknown) => error);
    expect([broken, refused]).toMatchObject([{ name: "SyntaxError" }, { outcome: "failed" }]);
    aws.on("GetSubscriptionRequestDetails", Object.assign(throttled(), { requestReason: "SECRET REASON" }));
    const thrown = await invoke(decideIt).catch((error: unknown) => error);
    expect((thrown as Error).stack).toContain("fake.ts");
    expect(
      inspect([logs, broken, refused, thrown, aws.inputs("Publish")], { depth: 9, showHidden: true }),
    ).not.toContain("SECRET");
  });
});
