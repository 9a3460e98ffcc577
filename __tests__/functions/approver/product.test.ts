import { MAXIMUM_ASSETS, MAXIMUM_LOOKUPS } from "../../../functions/approver/limits";
import type { DecisionRecord } from "../../../functions/approver/record";
import { type World, batch, denied, event, listing, request, throttled, world } from "./fake";

const when = (condition: string) => ({ p: `@id("p") permit (principal, action, resource) when { ${condition} };` });
const PUBLIC = when('resource.terms.contains("Public")');
const COLUMNS = when('!resource.columnTerms.contains("PII")');
const columns = (...glossaryTerms: string[]) => ({ forms: { ColumnBusinessMetadataForm: { glossaryTerms } } });

describe("a data product", () => {
  const parts = (...ids: string[]) =>
    ids.map((entityId) => ({ entityId, entityRevision: "1", entityType: "GlueTable" }));
  const product = (change: object = {}) =>
    request(
      {},
      {
        productListing: {
          entityId: "product1",
          name: "360",
          glossaryTerms: [],
          assetListings: parts("a1", "a2"),
          ...change,
        },
      },
    );
  const offers = (change: object = {}, top: object = {}) =>
    listing(
      {},
      {
        name: "360",
        item: {
          dataProductListing: {
            dataProductId: "product1",
            items: [{ listingId: "l1" }, { listingId: "l2" }],
            ...change,
          },
        },
        ...top,
      },
    );
  const terms = (...names: string[]) => ({ glossaryTerms: names.map((name) => ({ name })) });

  /** @param parts what each asset's listing says now */
  async function decideProduct(
    policies: Record<string, string>,
    now: unknown,
    parts: Record<string, unknown>,
    then: object = product(),
  ) {
    const { aws, invoke, logs }: World = world(policies);
    aws.on("GetSubscriptionRequestDetails", () => then);
    aws.on("GetListing", ({ identifier }) => {
      const answer = identifier === "listing1" ? now : parts[identifier as string];
      if (answer instanceof Error) throw answer;
      return answer;
    });
    await invoke(batch(event()));
    const record = logs.find(({ message }) => message === "decision")?.["decision"] as DecisionRecord;
    return { outcome: record?.outcome, why: record?.why.join(), record, reads: aws.count("GetListing"), aws };
  }
  const part = (assetId: string, change: object = {}, top: object = {}) =>
    listing({ assetId, ...change }, { id: `l-${assetId}`, ...top });
  const both = (change: object = {}, top: object = {}) => ({ l1: part("a1"), l2: part("a2", change, top) });

  it("is decided by its own listing and those of its assets as they are now", async () => {
    const { outcome, record, reads } = await decideProduct(PUBLIC, offers(), both());
    expect(outcome).toBe("approved");
    expect(reads).toBe(3);
    expect(record.listed).toEqual([
      { id: "listing1", revision: "7" },
      { id: "l-a1", revision: "7" },
      { id: "l-a2", revision: "7" },
    ]);
  });

  const TERMS = {
    ...when("true"),
    no: '@id("no") forbid (principal, action, resource) when { context has product && context.product.terms.contains("PII") };',
  };
  it.each<[string, Record<string, string>, object, Record<string, unknown>, RegExp]>([
    ["an asset's terms", PUBLIC, offers(), both(terms("Internal")), /no policy permits access to asset a2/],
    [
      "an asset that came",
      PUBLIC,
      offers({ items: [{ listingId: "l1" }, { listingId: "l2" }, { listingId: "l3" }] }),
      { ...both(), l3: part("a3") },
      /other assets/,
    ],
    ["an asset that went", PUBLIC, offers({ items: [{ listingId: "l1" }] }), both(), /other assets/],
    ["an asset that is another", PUBLIC, offers(), { l1: part("a1"), l2: part("a9") }, /other assets/],
    ["no assets any more", PUBLIC, offers({ items: undefined }), both(), /other assets/],
    ["its own terms", TERMS, offers(terms("PII")), both(), /product.terms is unknown: it has changed/],
    [
      "its own term without a name",
      TERMS,
      offers({ glossaryTerms: [{}] }),
      both(),
      /product.terms is unknown: a glossary term has no name/,
    ],
    ["another product", PUBLIC, offers({ dataProductId: "product2" }), both(), /not the requested data product/],
    [
      "another project",
      PUBLIC,
      offers({ owningProjectId: "publisher2" }),
      both(),
      /data product belongs to another project/,
    ],
    [
      "an asset of another project",
      PUBLIC,
      offers(),
      both({ owningProjectId: "publisher2" }),
      /asset a2 belongs to another project/,
    ],
    ["an asset that is not listed", PUBLIC, offers(), both({}, { status: "INACTIVE" }), /INACTIVE/],
    ["an asset whose listing cannot be read", PUBLIC, offers(), { l1: part("a1"), l2: denied() }, /GetListing failed/],
    ["an asset without a listing", PUBLIC, offers({ items: [{ listingId: "l1" }, {}] }), both(), /without a listing/],
    ["an item that is no asset", PUBLIC, offers(), { l1: part("a1"), l2: offers() }, /not of an asset/],
    ["a listing that is no product's", PUBLIC, listing(), both(), /not the requested data product/],
    [
      "more assets than are read",
      PUBLIC,
      offers({ items: Array.from({ length: MAXIMUM_ASSETS + 1 }, (_, i) => ({ listingId: `l${i}` })) }),
      both(),
      /more than 25 assets/,
    ],
    [
      "an asset that is S3 data now",
      when('["READ"].containsAll(context.permissions)'),
      offers(),
      both({ assetType: "S3ObjectCollectionAssetType" }),
      /context.permissions is unknown/,
    ],
  ])("becomes a person's by %s", async (_, policies, now, listings, reason) => {
    const { outcome, why } = await decideProduct(policies, now, listings);
    expect(outcome).toBe("waiting");
    expect(why).toMatch(reason);
  });

  it("is looked at again whatever policies refer to: which assets it has is listed", async () => {
    const all = when("true");
    expect((await decideProduct(all, offers(), both())).outcome).toBe("approved");
    expect((await decideProduct(all, offers({ items: [{ listingId: "l1" }] }), both())).outcome).toBe("waiting");
  });

  it("is tried again where one of its listings cannot be read for now", async () => {
    const { record, aws } = await decideProduct(PUBLIC, offers(), { l1: part("a1"), l2: throttled() });
    expect(record).toBeUndefined();
    expect(aws.names()).not.toContain("Publish");
  });

  it("becomes a person's by more glossary terms to look up than one request may ask for, on all its assets together", async () => {
    const half = (from: string) =>
      columns(...Array.from({ length: MAXIMUM_LOOKUPS / 2 + 1 }, (_, i) => `a1b2c3d4e5f6g7${from}${i}`));
    const decided = async (second: object) => {
      const { aws, invoke, logs } = world(COLUMNS);
      aws
        .on("GetSubscriptionRequestDetails", () => product())
        .on("GetGlossaryTerm", ({ identifier }) => ({ name: String(identifier) }))
        .on("GetListing", ({ identifier }) =>
          identifier === "listing1"
            ? offers()
            : part(identifier === "l1" ? "a1" : "a2", identifier === "l1" ? half("x") : second),
        );
      await invoke(batch(event()));
      const record = logs.find(({ message }) => message === "decision")?.["decision"] as DecisionRecord;
      return { outcome: record.outcome, lookups: aws.count("GetGlossaryTerm") };
    };
    expect(await decided(half("x"))).toEqual({ outcome: "approved", lookups: MAXIMUM_LOOKUPS / 2 + 1 });
    expect(await decided(half("y"))).toEqual({ outcome: "waiting", lookups: MAXIMUM_LOOKUPS });
  });

  it("is not read where it waits anyway", async () => {
    const nobody = when('context.environment == "prod"');
    expect(await decideProduct(nobody, denied(), {})).toMatchObject({ outcome: "waiting", reads: 0 });
  });
});
