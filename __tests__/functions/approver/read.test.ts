import type { DataZoneClient } from "@aws-sdk/client-datazone";
import { Domain, type RequestDetails } from "../../../functions/approver/datazone";
import { type Facts, IN_LISTING, NOT_READ } from "../../../functions/approver/facts";
import { MAXIMUM_ASSETS, MAXIMUM_LOOKUPS, MAXIMUM_TERMS } from "../../../functions/approver/limits";
import { parseSet } from "../../../functions/approver/policies/set";
import { readRequest } from "../../../functions/approver/read";
import { DOMAIN, FakeAws, NOW, asset, awsError, denied, notFound, request, throttled } from "./fake";

const EVERYTHING = `principal is DataZone::Project && principal.details.tags.isEmpty() && context.publisher.details.tags.isEmpty() &&
  resource.name == "" && resource.terms.isEmpty() && resource.columnTerms.isEmpty() && resource.governed.isEmpty() &&
  resource.hasTag("A.b") && context.request.hasTag("Purpose.why") && context.requester.details.kind == "IAM"`;

async function read(details: unknown, aws: FakeAws, condition = EVERYTHING): Promise<Facts> {
  const set = parseSet({ p: `@id("p") permit (principal, action, resource) when { ${condition} };` });
  const domain = new Domain(aws as unknown as DataZoneClient, DOMAIN);
  const facts = await readRequest(details as RequestDetails, set.references, domain, NOW);
  if ("unreadable" in facts) throw new Error(facts.unreadable);
  return facts;
}

const aws = () =>
  new FakeAws()
    .on("GetProject", ({ identifier }) => ({
      id: identifier,
      name: `name of ${identifier}`,
      domainUnitId: "unit1",
      projectProfileId: "profile1",
      projectCategory: "ADMIN",
      resourceTags: [{ key: "stage", value: "dev", source: "PROJECT" }],
    }))
    .on("GetUserProfile", ({ userIdentifier }) => ({
      id: userIdentifier,
      type: "SSO",
      details: { sso: { username: "maria" } },
    }))
    .on("GetGlossaryTerm", ({ identifier }) => {
      if (identifier === "Internal" || identifier === "a1b2c3d4e5f6g7") throw notFound();
      return { name: `term ${identifier}` };
    });

describe("an asset that is asked for by itself", () => {
  it("is read from the request alone where no policy refers to more", async () => {
    const fake = aws();
    const facts = await read(request(), fake, 'resource.terms.contains("Public") && context.permissions.isEmpty()');
    expect(fake.calls).toEqual([]);
    expect(facts).toMatchObject({
      requestId: "request1",
      subscriber: { type: "Project", id: "subscriber1", name: { value: "dev-analytics" }, details: NOT_READ },
      requester: { id: { value: "user1" }, details: NOT_READ },
      publisher: { id: "publisher1", name: { value: "Sales team" }, details: NOT_READ },
      assets: [
        {
          id: "asset1",
          name: { value: "Sales" },
          type: { value: "GlueTable" },
          terms: { value: ["Public"] },
          columnTerms: NOT_READ,
          governed: IN_LISTING,
          fields: NOT_READ,
          permissions: { value: [] },
        },
      ],
      alreadySubscribed: false,
      requestedFilters: { value: [] },
      answers: NOT_READ,
      now: NOW,
    });
  });

  it("is read with projects and requester where policies refer to them, each once", async () => {
    const fake = aws();
    const facts = await read(request(), fake);
    expect(fake.names().sort()).toEqual(["GetProject", "GetProject", "GetUserProfile"]);
    const details = { value: { profile: "profile1", category: "ADMIN", domainUnit: "unit1", tags: ["stage=dev"] } };
    expect(facts.subscriber.details).toEqual(details);
    expect(facts.publisher.details).toEqual(details);
    expect(facts.requester).toEqual({ id: { value: "user1" }, details: { value: { kind: "SSO", name: "maria" } } });
  });

  it("names a project that the request does not name", async () => {
    const unnamed = request({ subscribedPrincipals: [{ project: { id: "subscriber1" } }] });
    const facts = await read(unnamed, aws(), 'principal is DataZone::Project && principal.name == "x"');
    expect(facts.subscriber.name).toEqual({ value: "name of subscriber1" });
  });

  it("has the fields that policies name, and no others", async () => {
    const forms = '{"A":{"b":"x","c":"y"},"D":"{"}';
    const facts = await read(request({}, { assetListing: asset({ forms }) }), aws());
    expect(facts.assets[0]?.fields).toEqual({ value: { "A.b": { value: "x" } } });
  });

  it("leaves forms that the request lacks to the listing", async () => {
    const facts = await read(request({}, { assetListing: asset({ forms: undefined }) }), aws());
    expect(facts.assets[0]).toMatchObject({ fields: IN_LISTING, columnTerms: IN_LISTING });
  });

  it.each([[[{ shortDescription: "nameless" }]], [[{ name: "Public" }, { name: "" }]], [[null]]])(
    "has unknown terms where they are %j",
    async (glossaryTerms) => {
      const facts = await read(request({}, { assetListing: asset({ glossaryTerms }) }), aws());
      expect(facts.assets[0]?.terms).toEqual({ unknown: "a glossary term has no name" });
    },
  );

  describe("for certain permissions", () => {
    const permissions = async (change: object) =>
      (await read(request({}, { assetListing: asset(change) }), aws())).assets[0]?.permissions;

    it.each([
      ["those of S3 data", { permissions: { s3: ["READ", "WRITE"] } }, ["READ", "WRITE"]],
      ["none, of a type that knows one kind of access", {}, []],
      ["none, of a type whose own name has S3 in it", { entityType: "S3Exports" }, []],
      [
        "none, of a custom type of that name in another namespace",
        { entityType: "acme.S3ObjectCollectionAssetType" },
        [],
      ],
    ])("says %s", async (_, change, value) => {
      expect(await permissions(change)).toEqual({ value });
    });

    it.each([
      ["of an unknown kind", { permissions: { $unknown: ["lake", []] } }],
      ["for S3, and the list is empty", { permissions: { s3: [] } }],
      ["for S3 data that are not said, the type as listings have it", { entityType: "S3ObjectCollectionAssetType" }],
      ["for S3 data that are not said", { entityType: "amazon.datazone.S3ObjectCollectionAssetType" }],
      ["for what type is not said either", { entityType: undefined }],
    ])("does not guess at those %s", async (_, change) => {
      expect(await permissions(change)).toHaveProperty("unknown");
    });
  });

  describe("for certain rows and columns", () => {
    const filters = async (assetScope: object | undefined) =>
      (await read(request({}, { assetListing: asset({ assetScope }) }), aws())).requestedFilters;
    const scope = (change: object = {}) => ({
      assetId: "asset1",
      filterIds: ["f2", "f1"],
      status: "ACTIVE",
      ...change,
    });

    it("says which", async () => {
      expect(await filters(undefined)).toEqual({ value: [] });
      expect(await filters(scope())).toEqual({ value: ["f1", "f2"] });
    });

    it.each([
      { assetId: "asset2" },
      { filterIds: [] },
      { filterIds: undefined },
      { filterIds: ["f 1"] },
      { errorMessage: "gone" },
    ])("does not guess where it is for %j", async (change) => {
      expect(await filters(scope(change))).toHaveProperty("unknown");
    });
  });
});

describe("the terms on columns", () => {
  const terms = async (columnsBusinessMetadata: unknown, fake = aws()) => {
    const forms = JSON.stringify({ ColumnBusinessMetadataForm: { columnsBusinessMetadata } });
    return (await read(request({}, { assetListing: asset({ forms }) }), fake, "resource.columnTerms.isEmpty()"))
      .assets[0]?.columnTerms;
  };

  it.each([
    [
      "ids become names",
      { columnsBusinessMetadata: [{ columnIdentifier: "a", glossaryTerms: ["t1", "t2"] }] },
      ["term t1", "term t2"],
    ],
    [
      "names stay",
      { columnsBusinessMetadata: [{ glossaryTerms: ["Internal", "Personal data of people"] }] },
      ["Internal", "Personal data of people"],
    ],
    ["objects with names", { columnsBusinessMetadata: [{ glossaryTerms: [{ name: "Internal" }] }] }, ["Internal"]],
    ["none", { columnsBusinessMetadata: [{ columnIdentifier: "a" }, { glossaryTerms: null }] }, []],
  ])("%s", async (_, columns, value) => {
    expect(await terms(columns)).toEqual({ value });
  });

  const named = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `term ${from + i}` }));
  const ids = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);

  it("are looked up once each, up to a limit", async () => {
    const fake = aws();
    await terms([{ glossaryTerms: ["t1", "t2"] }, { glossaryTerms: ["t2", { id: "t1" }] }], fake);
    expect(fake.count("GetGlossaryTerm")).toBe(2);
    expect(await terms([{ glossaryTerms: ids(MAXIMUM_LOOKUPS) }])).toHaveProperty("value");
    const many = aws();
    expect(await terms([{ glossaryTerms: ids(MAXIMUM_LOOKUPS + 1) }], many)).toHaveProperty("unknown");
    expect(many.count("GetGlossaryTerm")).toBe(MAXIMUM_LOOKUPS);
    expect(await terms([{ glossaryTerms: named(0, MAXIMUM_TERMS) }])).toHaveProperty("value");
    expect(await terms([{ glossaryTerms: named(0, MAXIMUM_TERMS + 1) }])).toHaveProperty("unknown");
  });

  it.each([
    ["what looks like an id and is none", [{ glossaryTerms: ["a1b2c3d4e5f6g7"] }]],
    ["numbers", [{ glossaryTerms: [7] }]],
    ["text instead of a list", [{ glossaryTerms: "PII" }]],
  ])("are unknown for %s", async (_, columns) => {
    expect(await terms({ columns })).toHaveProperty("unknown");
  });
});

describe("a data product", () => {
  const product = (parts: unknown[]) =>
    request(
      {},
      { productListing: { entityId: "product1", name: "360", glossaryTerms: [{ name: "PII" }], assetListings: parts } },
    );
  const part = (change: object = {}) => ({ entityId: "a1", entityRevision: "2", entityType: "GlueTable", ...change });

  it("says which assets it has, and leaves the rest to their listings", async () => {
    const fake = aws();
    const facts = await read(product([part(), part({ entityId: "a2" })]), fake, "resource.terms.isEmpty()");
    expect(fake.calls).toEqual([]);
    expect(facts.product).toEqual({ id: "product1", name: { value: "360" }, terms: { value: ["PII"] } });
    expect(facts.requestedFilters).toEqual({ value: [] });
    expect(facts.assets).toHaveLength(2);
    expect(facts.assets[1]).toEqual({
      id: "a2",
      name: IN_LISTING,
      type: { value: "GlueTable" },
      terms: IN_LISTING,
      columnTerms: IN_LISTING,
      governed: IN_LISTING,
      fields: IN_LISTING,
      permissions: { value: [] },
    });
  });

  it("does not say which S3 permissions were asked for", async () => {
    const facts = await read(product([part({ entityType: "S3ObjectCollectionAssetType" })]), aws());
    expect(facts.assets[0]?.permissions).toHaveProperty("unknown");
  });

  it.each([
    ["no assets", []],
    ["an asset without an id", [part({ entityId: undefined })]],
    ["no asset where one should be", [null]],
    ["more assets than are read", Array.from({ length: MAXIMUM_ASSETS + 1 }, (_, i) => part({ entityId: `a${i}` }))],
  ])("with %s is unreadable", async (_, parts) => {
    await expect(read(product(parts), aws())).rejects.toThrow(/data product/);
  });
});

describe("what cannot be read", () => {
  it.each(["GetProject", "GetUserProfile"])("%s: denied or gone makes it unknown, with the reason", async (call) => {
    for (const error of [denied(), notFound(), awsError("UnauthorizedException", 401)]) {
      const facts = await read(request(), aws().on(call, error));
      const unknown = { unknown: expect.stringContaining(`${call} failed with ${error.name}`) };
      expect(call === "GetProject" ? facts.subscriber.details : facts.requester.details).toEqual(unknown);
    }
  });

  it.each(["GetProject", "GetUserProfile"])("%s: throttled, failing or slow is tried again", async (call) => {
    for (const error of [throttled(), awsError("InternalServerException", 500), new Error("socket hang up")]) {
      await expect(read(request(), aws().on(call, error))).rejects.toBe(error);
    }
  });
});

describe("who subscribes", () => {
  it.each([
    [
      { user: { id: "u1", details: { sso: { username: "maria" } } } },
      { type: "User", id: "u1", name: { value: "maria" } },
    ],
    [
      { user: { id: "u1", details: { iam: { arn: "arn:aws:iam::1:role/r" } } } },
      { type: "User", name: { value: "arn:aws:iam::1:role/r" } },
    ],
    [{ user: { id: "u1" } }, { type: "User", name: { unknown: expect.any(String) } }],
    [{ group: { id: "g1", name: "team" } }, { type: "Group", id: "g1", name: { value: "team" } }],
    [{ iam: { principalArn: "arn:aws:iam::1:role/r" } }, { type: "IamPrincipal", id: "arn:aws:iam::1:role/r" }],
  ])("%j", async (principal, expected) => {
    expect((await read(request({ subscribedPrincipals: [principal] }), aws())).subscriber).toMatchObject(expected);
  });

  it.each([
    [{ subscribedPrincipals: [{ $unknown: ["robot", {}] }] }, /kind that this version of the approver does not know/],
    [{ subscribedPrincipals: [{ project: {} }] }, /kind that this version of the approver does not know/],
    [{ subscribedPrincipals: [] }, /no listing, publishing project or subscriber/],
    [{ subscribedPrincipals: [{ project: { id: "a", name: "a" } }, { user: { id: "b" } }] }, /more than one/],
    [{ subscribedListings: [request(), request()].flatMap((r) => r.subscribedListings) }, /more than one/],
    [{ subscribedListings: [] }, /no listing, publishing project or subscriber/],
  ])("%j is unreadable", async (change, reason) => {
    await expect(read(request(change), aws())).rejects.toThrow(reason);
  });

  it("a listing of an unknown kind is unreadable", async () => {
    await expect(read(request({}, { $unknown: ["model", {}] }), aws())).rejects.toThrow(/listing is of a kind/);
  });

  it("answers in metadata forms are read, and broken ones unknown", async () => {
    const answers = async (content: string) =>
      (await read(request({ metadataForms: [{ formName: "Purpose", content }] }), aws())).answers;
    expect(await answers('{"why":"report"}')).toEqual({ value: { "Purpose.why": { value: "report" } } });
    expect(await answers("nonsense")).toEqual({ value: { "Purpose.why": { unknown: expect.any(String) } } });
  });
});

describe("who asks", () => {
  const requester = async (profile: object, change: object = {}) =>
    (
      await read(
        request(change),
        aws().on("GetUserProfile", () => profile),
      )
    ).requester;

  it.each([
    [
      { type: "SSO", details: { sso: { username: "maria", firstName: "Maria" } } },
      { value: { kind: "SSO", name: "maria" } },
    ],
    [
      { type: "IAM", details: { iam: { arn: "arn:aws:iam::1:role/r", sessionName: "s" } } },
      { value: { kind: "IAM", name: "arn:aws:iam::1:role/r" } },
    ],
    [{ type: "SSO", details: {} }, { unknown: expect.any(String) }],
    [{ details: { sso: { username: "maria" } } }, { unknown: expect.any(String) }],
    [{ type: "ROBOT", details: { $unknown: ["robot", {}] } }, { unknown: expect.any(String) }],
    [{}, { unknown: expect.any(String) }],
  ])("%j", async (profile, details) => {
    expect(await requester(profile)).toEqual({ id: { value: "user1" }, details });
  });

  it("is unknown where the request does not say it", async () => {
    const { id, details } = await requester({}, { createdBy: undefined });
    expect([id, details]).toEqual([{ unknown: expect.any(String) }, { unknown: expect.any(String) }]);
  });
});
