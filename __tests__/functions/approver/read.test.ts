import type { DataZoneClient } from "@aws-sdk/client-datazone";
import { Domain, type RequestDetails } from "../../../functions/approver/datazone";
import type { Facts } from "../../../functions/approver/facts";
import { parseSet } from "../../../functions/approver/policies/set";
import { readFacts } from "../../../functions/approver/read";
import { DOMAIN, FakeAws, asset, awsError, denied, notFound, request, throttled } from "./fake";

const EVERYTHING = `principal is DataZone::Project && principal.details.tags.isEmpty() && context.publisher.details.tags.isEmpty() &&
  resource.name == "" && resource.terms.isEmpty() && resource.columnTerms.isEmpty() && resource.governed.isEmpty() && resource.hasTag("a")`;

async function read(details: unknown, aws: FakeAws, condition = EVERYTHING): Promise<Facts> {
  const set = parseSet({ p: `@id("p") permit (principal, action, resource) when { ${condition} };` });
  const domain = new Domain(aws as unknown as DataZoneClient, DOMAIN);
  const facts = await readFacts(details as RequestDetails, set.references, domain);
  if ("unreadable" in facts) throw new Error(facts.unreadable);
  return facts;
}

/** @param listed what the listing of an asset says now */
const aws = (listed: object = {}) =>
  new FakeAws()
    .on("GetProject", ({ identifier }) => ({
      id: identifier,
      name: `name of ${identifier}`,
      domainUnitId: "unit1",
      projectProfileId: "profile1",
      projectCategory: "ADMIN",
      resourceTags: [{ key: "stage", value: "dev", source: "PROJECT" }],
    }))
    .on("GetListing", () => ({
      item: {
        assetListing: {
          glossaryTerms: [{ name: "Public" }],
          governedGlossaryTerms: [{ name: "Confidential" }],
          ...listed,
        },
      },
    }))
    .on("GetGlossaryTerm", ({ identifier }) => {
      if (identifier === "Internal" || identifier === "a1b2c3d4e5f6g7") throw notFound();
      return { name: `term ${identifier}` };
    })
    .on("GetAsset", ({ identifier }) => ({
      id: identifier,
      name: `asset ${identifier}`,
      glossaryTerms: ["t1"],
      governedGlossaryTerms: ["g1"],
      formsOutput: [{ formName: "Classification", content: '{"level":"public"}' }],
      readOnlyFormsOutput: [{ formName: "Source", content: '{"kind":"glue"}' }],
    }));

describe("an asset that is asked for by itself", () => {
  it("is read from the request alone where no policy refers to more", async () => {
    const fake = aws();
    const facts = await read(request(), fake, 'resource.terms.contains("Public") && context.permissions.isEmpty()');
    expect(fake.calls).toEqual([]);
    expect(facts).toMatchObject({
      requestId: "request1",
      subscriber: { type: "Project", id: "subscriber1", name: { value: "dev-analytics" } },
      publisher: { id: "publisher1", name: { value: "Sales team" } },
      assets: [
        {
          id: "asset1",
          name: { value: "Sales" },
          type: { value: "GlueTable" },
          terms: { value: ["Public"] },
          permissions: { value: [] },
        },
      ],
      alreadySubscribed: false,
    });
  });

  it("is read with projects and listing where policies refer to them, each once", async () => {
    const fake = aws();
    const facts = await read(request(), fake);
    expect(fake.names().sort()).toEqual(["GetListing", "GetProject", "GetProject"]);
    expect(fake.inputs("GetListing")).toEqual([{ domainIdentifier: DOMAIN, identifier: "listing1" }]);
    const details = { value: { profile: "profile1", category: "ADMIN", domainUnit: "unit1", tags: ["stage=dev"] } };
    expect(facts.subscriber.details).toEqual(details);
    expect(facts.publisher.details).toEqual(details);
    expect(facts.assets[0]?.governed).toEqual({ value: ["Confidential"] });
  });

  it("names a project that the request does not name", async () => {
    const unnamed = request({ subscribedPrincipals: [{ project: { id: "subscriber1" } }] });
    const facts = await read(unnamed, aws(), 'principal is DataZone::Project && principal.name == "x"');
    expect(facts.subscriber.name).toEqual({ value: "name of subscriber1" });
  });

  it("has the fields of its forms: text as it is, anything else as JSON", async () => {
    const forms = { Classification: { level: "public", score: 3, tags: ["a"], none: null }, Other: { deep: { x: 1 } } };
    const facts = await read(request({}, { assetListing: asset({ forms: JSON.stringify(forms) }) }), aws());
    expect(facts.assets[0]?.fields).toEqual({
      value: {
        "Classification.level": "public",
        "Classification.score": "3",
        "Classification.tags": '["a"]',
        "Other.deep": '{"x":1}',
      },
    });
  });

  it("takes forms that are themselves JSON text", async () => {
    const forms = JSON.stringify({ Classification: '{"level":"public"}' });
    const facts = await read(request({}, { assetListing: asset({ forms }) }), aws());
    expect(facts.assets[0]?.fields).toEqual({ value: { "Classification.level": "public" } });
  });

  it("reads forms that the request lacks from the listing", async () => {
    const facts = await read(
      request({}, { assetListing: asset({ forms: undefined }) }),
      aws({ forms: '{"Extra":{"a":"b"}}' }),
      'resource.hasTag("a.b")',
    );
    expect(facts.assets[0]?.fields).toEqual({ value: { "Extra.a": "b" } });
  });

  it.each(["{", "[]", '{"Form":3}'])("has unknown fields where its forms are %s", async (forms) => {
    const facts = await read(request({}, { assetListing: asset({ forms }) }), aws());
    expect(facts.assets[0]?.fields).toEqual({ unknown: expect.stringMatching(/not a JSON object/) });
    expect(facts.assets[0]?.columnTerms).toHaveProperty("unknown");
  });

  it("says which S3 permissions were asked for, and does not guess at other kinds", async () => {
    const permissions = async (given: object) =>
      (await read(request({}, { assetListing: asset({ permissions: given }) }), aws())).assets[0]?.permissions;
    expect(await permissions({ s3: ["READ", "WRITE"] })).toEqual({ value: ["READ", "WRITE"] });
    expect(await permissions({ $unknown: ["lake", []] })).toHaveProperty("unknown");
  });

  it("has unknown permissions where it is S3 data and the request does not say what was asked for", async () => {
    const entityType = "amazon.datazone.S3ObjectCollectionAssetType";
    const facts = await read(request({}, { assetListing: asset({ entityType }) }), aws());
    expect(facts.assets[0]?.permissions).toHaveProperty("unknown");
  });

  describe("whose listing has changed since the request was made", () => {
    const columns = (term: string) => ({
      ColumnBusinessMetadataForm: { columnsBusinessMetadata: [{ columnIdentifier: "c", glossaryTerms: [term] }] },
    });
    const given = request({}, { assetListing: asset({ forms: JSON.stringify(columns("Name: Public")) }) });
    const changed = { unknown: "it has changed in the listing since the request was made" };

    it.each([
      ["terms", { glossaryTerms: [{ name: "Public" }, { name: "PII" }] }],
      ["columnTerms", { forms: JSON.stringify(columns("Name: PII")) }],
      ["fields", { forms: JSON.stringify({ ...columns("Name: Public"), Classification: { level: "secret" } }) }],
    ] as const)("has unknown %s where the listing is read anyway", async (fact, listed) => {
      expect((await read(given, aws(listed))).assets[0]?.[fact]).toEqual(changed);
    });

    it("is as the request says where nothing of that has changed, or the listing is not read", async () => {
      const same = { glossaryTerms: [{ name: "Public" }], forms: JSON.stringify(columns("Name: Public")) };
      expect((await read(given, aws(same))).assets[0]).toMatchObject({
        terms: { value: ["Public"] },
        columnTerms: { value: ["Name: Public"] },
        fields: { value: expect.any(Object) },
      });
      const unread = await read(given, aws({ glossaryTerms: [] }), "resource.terms.isEmpty()");
      expect(unread.assets[0]?.terms).toEqual({ value: ["Public"] });
    });
  });

  it.each([
    ["a form without content", [{ formName: "Classification" }]],
    [
      "two forms of a name",
      [
        { formName: "Classification", content: '{"level":"secret"}' },
        { formName: "Classification", content: '{"level":"public"}' },
      ],
    ],
    [
      "two fields of a name",
      [
        { formName: "A", content: '{"B.level":"secret"}' },
        { formName: "A.B", content: '{"level":"public"}' },
      ],
    ],
  ])("has unknown answers with %s", async (_what, formsOutput) => {
    const answers = (await read(request({ metadataForms: formsOutput }), aws())).answers;
    expect(answers).toHaveProperty("unknown");
  });

  it.each(["__proto__", "constructor", "hasOwnProperty", "toString", "Ünïcôde 表"])(
    "takes a form and a field called %s as any other",
    async (name) => {
      const forms = `{"${name}":{"${name}":"x"}}`;
      const facts = await read(request({}, { assetListing: asset({ forms }) }), aws());
      expect(facts.assets[0]?.fields).toEqual({ value: { [`${name}.${name}`]: "x" } });
    },
  );
});

describe("the terms on columns", () => {
  const terms = async (columns: unknown) => {
    const forms = JSON.stringify({ ColumnBusinessMetadataForm: columns });
    return (await read(request({}, { assetListing: asset({ forms }) }), aws(), "resource.columnTerms.isEmpty()"))
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

  it.each([
    ["what looks like an id and is none", [{ glossaryTerms: ["a1b2c3d4e5f6g7"] }]],
    ["numbers", [{ glossaryTerms: [7] }]],
    ["text instead of a list", [{ glossaryTerms: "PII" }]],
  ])("are unknown for %s", async (_, columns) => {
    expect(await terms({ columns })).toHaveProperty("unknown");
  });
});

describe("a data product", () => {
  const product = (parts: object[]) =>
    request(
      {},
      { productListing: { entityId: "product1", name: "360", glossaryTerms: [{ name: "PII" }], assetListings: parts } },
    );
  const part = (change: object = {}) => ({ entityId: "a1", entityRevision: "2", entityType: "GlueTable", ...change });

  it("is read asset by asset, in the revision that it names", async () => {
    const fake = aws();
    const facts = await read(product([part(), part({ entityId: "a2" })]), fake);
    expect(fake.inputs("GetAsset")).toEqual([
      { domainIdentifier: DOMAIN, identifier: "a1", revision: "2" },
      { domainIdentifier: DOMAIN, identifier: "a2", revision: "2" },
    ]);
    expect(fake.count("GetGlossaryTerm")).toBe(2);
    expect(facts.product).toEqual({ id: "product1", name: { value: "360" }, terms: { value: ["PII"] } });
    expect(facts.assets[1]).toMatchObject({
      id: "a2",
      name: { value: "asset a2" },
      terms: { value: ["term t1"] },
      governed: { value: ["term g1"] },
      fields: { value: { "Classification.level": "public", "Source.kind": "glue" } },
      permissions: { value: [] },
    });
  });

  it("is not read where no policy refers to its assets", async () => {
    const fake = aws();
    await read(product([part()]), fake, 'context.environment == "dev"');
    expect(fake.calls).toEqual([]);
  });

  it("does not say which S3 permissions were asked for", async () => {
    const facts = await read(product([part({ entityType: "amazon.datazone.S3ObjectCollectionAssetType" })]), aws());
    expect(facts.assets[0]?.permissions).toHaveProperty("unknown");
  });

  it("has unknown terms where one cannot be found", async () => {
    const facts = await read(product([part()]), aws().on("GetGlossaryTerm", notFound()));
    expect(facts.assets[0]?.terms).toEqual({
      unknown: expect.stringMatching(/^GetGlossaryTerm failed with ResourceNotFound/),
    });
  });

  it.each([[[]], [[part({ entityId: undefined })]]])("without assets that can be told is unreadable", async (parts) => {
    await expect(read(product(parts), aws())).rejects.toThrow(/data product/);
  });
});

describe("what cannot be read", () => {
  it.each(["GetProject", "GetListing"])("%s: denied or gone makes it unknown, with the reason", async (call) => {
    for (const error of [denied(), notFound(), awsError("UnauthorizedException", 401)]) {
      const facts = await read(request(), aws().on(call, error));
      const unknown = { unknown: expect.stringContaining(`${call} failed with ${error.name}`) };
      expect(call === "GetProject" ? facts.subscriber.details : facts.assets[0]?.governed).toEqual(unknown);
    }
  });

  it.each(["GetProject", "GetListing"])("%s: throttled, failing or slow is tried again", async (call) => {
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
    [{ subscribedPrincipals: [{ $unknown: ["robot", {}] }] }, /kind that this version does not know/],
    [{ subscribedPrincipals: [{ project: {} }] }, /kind that this version does not know/],
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
    expect(await answers('{"why":"report"}')).toEqual({ value: { "Purpose.why": "report" } });
    expect(await answers("nonsense")).toHaveProperty("unknown");
  });
});
