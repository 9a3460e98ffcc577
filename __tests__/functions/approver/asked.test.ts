import { MAXIMUM_ASSETS } from "../../../functions/approver/limits";
import { ALL_SUCCEEDED, asset, batch, event, listing, request, world } from "./fake";

describe("row and column filters that are asked for", () => {
  const filtered = () =>
    request({}, { assetListing: asset({ assetScope: { assetId: "asset1", filterIds: ["f2", "f1"], status: "X" } }) });
  const SEEING =
    '@id("seeing") @severity("high") permit (principal, action, resource) when { context.requestedFilters.contains("f1") };';
  const decided = async (policies?: Record<string, string>) => {
    const w = world(policies);
    w.aws.on("GetSubscriptionRequestDetails", filtered);
    await w.invoke(batch(event()));
    return { ...w, told: w.announcements()[0]! };
  };

  it("are granted, recorded and announced where policies look at them", async () => {
    const { aws, told, logs } = await decided({ seeing: SEEING });
    expect(aws.inputs("AcceptSubscriptionRequest")[0]?.["assetScopes"]).toEqual([
      { assetId: "asset1", filterIds: ["f1", "f2"] },
    ]);
    const said = {
      requestedFilters: ["f2", "f1"],
      assetScope: ["f1", "f2"],
      requester: { id: "user1" },
      severity: "high",
    };
    expect(told.json).toMatchObject(said);
    expect(told.email).toContain(
      "Requested by: user1\nRequested row and column filters: f2, f1\nApproved with row and column filters: f1, f2",
    );
    expect(told.attributes).toMatchObject({ severity: { DataType: "String", StringValue: "high" } });
    expect(logs[0]?.["decision"]).toMatchObject(said);
  });

  it("are for a person where none does", async () => {
    const { aws, told } = await decided();
    expect(aws.count("AcceptSubscriptionRequest")).toBe(0);
    expect(told.json).toMatchObject({ decision: "waiting", requestedFilters: ["f2", "f1"] });
    expect(told.attributes).not.toHaveProperty("severity");
  });

  it("give way to those that the permits name", async () => {
    const { aws } = await decided({ seeing: SEEING.replace("@id", '@assetScope("f9") @id') });
    expect(aws.inputs("AcceptSubscriptionRequest")[0]?.["assetScopes"]).toEqual([
      { assetId: "asset1", filterIds: ["f9"] },
    ]);
  });
});

it("the record and the announcement say who asks, where a policy looks at it", async () => {
  const { aws, invoke, announcements, logs } = world({
    p: '@id("p") permit (principal, action, resource) when { context.requester.details.kind == "SSO" };',
  });
  aws.on("GetUserProfile", () => ({ type: "SSO", details: { sso: { username: "maria" } } }));
  await invoke(batch(event()));
  const requester = { id: "user1", kind: "SSO", name: "maria" };
  expect(announcements()[0]).toMatchObject({
    json: { requester },
    email: expect.stringContaining('Requested by: SSO "maria" (user1)'),
  });
  expect(logs[0]?.["decision"]).toMatchObject({ requester });
});

it("a request with as much as can be asked for takes no other of its batch along", async () => {
  const POLICY =
    'permit (principal, action, resource) when { context.publisher.details.tags.isEmpty() && !context.request.hasTag("Purpose.no") };';
  const { aws, invoke } = world({ p: `@id("p") ${POLICY}` });
  const fields = Object.fromEntries(Array.from({ length: 37_500 }, (_, i) => [`field${i}`, "abcd"]));
  const metadataForms = Array.from({ length: 10 }, (_, i) => ({ formName: `F${i}`, content: JSON.stringify(fields) }));
  const assetListings = Array.from({ length: MAXIMUM_ASSETS }, (_, i) => ({
    entityId: `asset${i}`,
    entityType: "Glue",
  }));
  const items = assetListings.map((_, i) => ({ listingId: `${i}` }));
  const product = { productListing: { entityId: "product1", name: "P", assetListings } };
  aws
    .on("GetProject", () => ({ name: "x" }))
    .on("GetSubscriptionRequestDetails", ({ identifier }) =>
      identifier === "request2" ? request({ id: "request2", metadataForms }, product) : request(),
    )
    .on("GetListing", ({ identifier }) =>
      identifier === "listing1"
        ? { ...listing(), item: { ...listing().item, dataProductListing: { dataProductId: "product1", items } } }
        : listing({ assetId: `asset${String(identifier)}`, assetType: "Glue" }),
    );
  const events = [1, 2, 3].map((n) => event({ id: `request${n}` }));
  const parse = jest.spyOn(JSON, "parse");
  expect(await invoke(batch(...events))).toEqual(ALL_SUCCEEDED);
  const parsed = parse.mock.calls.map(([text]) => String(text).length);
  parse.mockRestore();
  expect(parsed.reduce((sum, length) => sum + length)).toBeLessThan(10_000);
  const accepted = aws.inputs("AcceptSubscriptionRequest").map(({ identifier }) => identifier);
  expect(accepted.sort()).toEqual(["request1", "request2", "request3"]);
});
