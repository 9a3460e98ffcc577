import { join } from "node:path";
import { loadPolicySet } from "../../../functions/approver/policies/files";
import type { DecisionRecord } from "../../../functions/approver/record";
import { ALL_SUCCEEDED, FIRST_FAILED } from "./fake";
import { asset, awsError, batch, denied, event, listing, notFound, request, throttled, world } from "./fake";

const PUBLIC = {
  public: '@id("public") permit (principal, action, resource) when { resource.terms.contains("Public") };',
};
const when = (condition: string) => ({ p: `@id("p") permit (principal, action, resource) when { ${condition} };` });

/** What becomes of the request, the listing having become what it is now; and which calls that took. */
async function decide(
  policies: Record<string, string>,
  now: object | Error,
  then: object = request(),
): Promise<{ outcome: string; why: readonly string[]; calls: string[]; record: DecisionRecord }> {
  const { aws, invoke, logs } = world(policies);
  aws.on("GetSubscriptionRequestDetails", () => then);
  aws.on("GetListing", now instanceof Error ? now : () => now);
  expect(await invoke(batch(event()))).toEqual(ALL_SUCCEEDED);
  const record = logs.find(({ message }) => message === "decision")?.["decision"] as DecisionRecord;
  const calls = aws.names().filter((name) => !name.startsWith("GetParameter"));
  expect(calls.includes("AcceptSubscriptionRequest")).toBe(record.outcome === "approved");
  return { outcome: record.outcome, why: record.why, calls, record };
}

const forms = (content: unknown) => ({ forms: typeof content === "string" ? content : JSON.stringify(content) });
const given = (change: object) => request({}, { assetListing: asset(change) });
const TAG = when('resource.hasTag("A.b") && resource.getTag("A.b") == "x"');
const COLUMNS = when('!resource.columnTerms.contains("PII")');
const columns = (...glossaryTerms: unknown[]) => ({
  ColumnBusinessMetadataForm: { columnsBusinessMetadata: [{ columnIdentifier: "c", glossaryTerms }] },
});

describe("an approval", () => {
  it("is made on what is listed now: get, look again, accept, announce", async () => {
    const { outcome, calls, record } = await decide(PUBLIC, listing());
    expect(outcome).toBe("approved");
    expect(calls).toEqual(["GetSubscriptionRequestDetails", "GetListing", "AcceptSubscriptionRequest", "Publish"]);
    expect(record.listing?.revision).toBe("3");
    expect(record.listed).toEqual([{ id: "listing1", revision: "7" }]);
  });

  it("needs no look where no policy refers to what is listed", async () => {
    const { outcome, calls, record } = await decide(when('context.environment == "dev"'), denied());
    expect(outcome).toBe("approved");
    expect(calls).toEqual(["GetSubscriptionRequestDetails", "AcceptSubscriptionRequest", "Publish"]);
    expect(record.listed).toBeUndefined();
  });

  it.each<[string, object, object]>([
    ["its revision", {}, { listingRevision: "99", updatedAt: new Date(), updatedBy: "x" }],
    ["its asset's revision", { assetRevision: "9" }, {}],
    [
      "a form that no policy names",
      forms({ Readme: "changed", ListingSubscriberCountFormType: { subscriberCount: 9 } }),
      {},
    ],
    ["an entry that cannot be read and no policy names", forms({ Broken: "{", Number: 3 }), {}],
    ["the order and repetition of terms", { glossaryTerms: [{ name: "Public" }, { name: "Public" }] }, {}],
    ["its name, which no policy refers to", {}, { name: "Renamed" }],
    ["that its status is not said", {}, { status: undefined }],
    ["that its project is not said", { owningProjectId: undefined }, {}],
  ])("is not held up by %s", async (_, change, top) => {
    expect((await decide(PUBLIC, listing(change, top))).outcome).toBe("approved");
  });

  it("sees an asset's type as the request writes it, which listings write without the service's prefix", async () => {
    const entityType = "amazon.datazone.GlueTableAssetType";
    const now = listing({ assetType: "GlueTableAssetType" });
    expect((await decide(when(`resource.type == "${entityType}"`), now, given({ entityType }))).outcome).toBe(
      "approved",
    );
  });

  const CHANGED = /has changed in the listing since/;
  it.each<[string, Record<string, string>, object, object, object, RegExp]>([
    ["terms", PUBLIC, request(), { glossaryTerms: [{ name: "Public" }, { name: "PII" }] }, {}, CHANGED],
    ["terms, now none", PUBLIC, request(), { glossaryTerms: undefined }, {}, CHANGED],
    ["a term without a name", PUBLIC, request(), { glossaryTerms: [{ name: "Public" }, {}] }, {}, /has no name/],
    [
      "a nested term",
      PUBLIC,
      request(),
      { glossaryTerms: [{ BusinessGlossaryTermForm: { name: "Public" } }] },
      {},
      /has no name/,
    ],
    ["its name", when('resource.name == "Sales"'), request(), {}, { name: "Secrets" }, CHANGED],
    ["its type", when('resource.type == "GlueTable"'), request(), { assetType: "GlueView" }, {}, CHANGED],
    [
      "its type, now not said",
      when('resource.type == "GlueTable"'),
      request(),
      { assetType: undefined },
      {},
      /type is missing/,
    ],
    ["a field", TAG, given(forms({ A: { b: "x" } })), forms({ A: { b: "y" } }), {}, CHANGED],
    ["a field that is gone", TAG, given(forms({ A: { b: "x" } })), forms({}), {}, CHANGED],
    ["a field that came", when('!resource.hasTag("A.b")'), request(), forms({ A: { b: "x" } }), {}, CHANGED],
    ["a field's broken entry", TAG, given(forms({ A: { b: "x" } })), forms({ A: "{" }), {}, /form A cannot be read/],
    ["forms that are no JSON", TAG, given(forms({ A: { b: "x" } })), forms("{"), {}, /listing's forms cannot be read/],
    ["column terms", COLUMNS, given(forms(columns("Name: Public"))), forms(columns("Name: Other")), {}, CHANGED],
    ["a broken column form", COLUMNS, request(), forms({ ColumnBusinessMetadataForm: "{" }), {}, /cannot be read/],
    ["a column term of an unknown form", COLUMNS, request(), forms(columns({})), {}, /does not know/],
    ["forms that are no JSON, for columns", COLUMNS, request(), forms("nonsense"), {}, /cannot be read/],
    [
      "governed terms without a name",
      when("resource.governed.isEmpty()"),
      request(),
      { governedGlossaryTerms: [{}] },
      {},
      /no name/,
    ],
    [
      "its asset",
      PUBLIC,
      request(),
      { assetId: "asset2" },
      {},
      /the listing has changed since the request was made: it has other assets/,
    ],
    ["its project", PUBLIC, request(), { owningProjectId: "publisher2" }, {}, /belongs to another project now/],
    ["its status", PUBLIC, request(), {}, { status: "INACTIVE" }, /is INACTIVE, not ACTIVE/],
    ["its kind", PUBLIC, request(), {}, { item: { $unknown: ["model", {}] } }, /is not of an asset/],
    ["that it says nothing", PUBLIC, request(), {}, { item: undefined }, /is not of an asset/],
  ])("becomes a person's by a change of %s", async (_, policies, then, change, top, reason) => {
    const { outcome, why } = await decide(policies, listing(change, top), then);
    expect(outcome).toBe("waiting");
    expect(why.join()).toMatch(reason);
  });

  it.each([denied(), notFound(), awsError("ValidationException", 400)])(
    "becomes a person's where the listing cannot be read for good: %s",
    async (error) => {
      const { outcome, why } = await decide(PUBLIC, error);
      expect(outcome).toBe("waiting");
      expect(why).toEqual([expect.stringContaining(`GetListing failed with ${error.name}`)]);
    },
  );

  it.each([throttled(), awsError("InternalServerException", 500), new Error("socket hang up")])(
    "is tried again where the listing cannot be read for now: %s",
    async (error) => {
      const { aws, invoke } = world(PUBLIC);
      aws.on("GetListing", error);
      expect(await invoke(batch(event()))).toEqual(FIRST_FAILED);
      expect(aws.names()).not.toContain("AcceptSubscriptionRequest");
    },
  );

  it("looks again at each attempt, and for each request of a batch", async () => {
    const { aws, invoke } = world(PUBLIC);
    await invoke(batch(event(), event({ id: "request2" })));
    expect(aws.count("GetListing")).toBe(2);
  });
});

describe("nothing of a listing is read for what waits or is rejected anyway", () => {
  const GOVERNED = '@id("governed") forbid (principal, action, resource) when { resource.governed.contains("PII") };';
  const reads = async (policies: Record<string, string>, then = request()) => {
    const { outcome, calls, why } = await decide(policies, listing(), then);
    return { outcome, why: why.join(), reads: calls.filter((name) => name === "GetListing").length };
  };

  it.each<[string, Record<string, string>, object, string]>([
    [
      "nothing permits it",
      when('resource.terms.contains("Other")'),
      request(),
      "no policy permits access to asset asset1",
    ],
    [
      "… though another policy would have to be asked",
      { ...when('resource.terms.contains("Other")'), governed: GOVERNED },
      request(),
      "no policy permits access to asset asset1",
    ],
    [
      "it is forbidden",
      {
        ...PUBLIC,
        governed: GOVERNED,
        no: '@id("no") forbid (principal, action, resource) when { resource.terms.contains("Public") };',
      },
      request(),
      "forbidden by no",
    ],
    [
      "a guard before the fact forbids it",
      {
        ...PUBLIC,
        list: '@id("list") forbid (principal, action, resource) unless { ["Other"].containsAll(resource.terms) && ["Other"].containsAll(resource.governed) };',
      },
      request(),
      "forbidden by list",
    ],
    [
      "another fact is in doubt",
      {
        ...PUBLIC,
        governed: GOVERNED,
        tag: '@id("tag") forbid (principal, action, resource) when { context.request.hasTag("A.b") };',
      },
      request({ metadataForms: [{ formName: "A", content: "{" }] }),
      'request tag "A.b" is unknown: the form A cannot be read: not a JSON object',
    ],
  ])("%s", async (_, policies, then, why) => {
    expect(await reads(policies, then as ReturnType<typeof request>)).toEqual({ outcome: "waiting", why, reads: 0 });
  });

  it("a rejection by what the request says", async () => {
    const no =
      '@id("no") @decision("reject") forbid (principal, action, resource) when { resource.terms.contains("Public") };';
    expect(await reads({ no })).toEqual({ outcome: "rejected", why: "", reads: 0 });
  });

  it.each<[string, Record<string, string>, string]>([
    ["a permit that needs it", when("resource.governed.isEmpty()"), "approved"],
    ["a permit that asks whether it is there", when('resource has governed && resource.name == "Sales"'), "approved"],
    [
      "a forbid that asks whether it is there",
      {
        ...PUBLIC,
        no: '@id("no") forbid (principal, action, resource) when { resource has governed && resource.name == "Sales" };',
      },
      "waiting",
    ],
    [
      "a rejection that needs it",
      {
        no: '@id("no") @decision("reject") forbid (principal, action, resource) when { resource.governed.isEmpty() };',
      },
      "rejected",
    ],
    [
      "a rejection that another policy may take back",
      { governed: GOVERNED, no: '@id("no") @decision("reject") forbid (principal, action, resource);' },
      "rejected",
    ],
  ])("but it is for %s", async (_, policies, outcome) => {
    expect(await reads(policies)).toMatchObject({ outcome, reads: 1 });
  });
});

describe("the calls of a decision, by shipped set", () => {
  const GET = "GetSubscriptionRequestDetails";
  const APPROVED = [GET, "GetListing", "AcceptSubscriptionRequest", "Publish"];
  const decided = async (name: string, then: object, project: object = {}) => {
    const { aws, invoke } = world(loadPolicySet(join(__dirname, "../../../policies", name)));
    aws.on("GetSubscriptionRequestDetails", () => then).on("GetProject", () => ({ name: "x", ...project }));
    await invoke(batch(event()));
    return aws.names().filter((call) => !call.startsWith("GetParameter"));
  };

  it.each([
    ["approve-all", APPROVED],
    ["prod", APPROVED],
    ["dev", [GET, "GetProject", "GetListing", "AcceptSubscriptionRequest", "Publish"]],
    ["kill-switch", [GET, "Publish"]],
  ])("%s: public data", async (name, calls) => {
    expect(await decided(name, request())).toEqual(calls);
  });

  it.each([
    ["prod", [GET, "Publish"]],
    ["dev", [GET, "GetProject", "Publish"]],
  ])("%s: data that waits anyway", async (name, calls) => {
    for (const glossaryTerms of [[], [{ name: "Public" }, { name: "PII" }], [{ name: "pii" }]]) {
      expect(await decided(name, given({ glossaryTerms }))).toEqual(calls);
    }
  });
});
