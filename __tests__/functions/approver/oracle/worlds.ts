import fc from "fast-check";
import { FakeAws, NOW, PUBLISHER, denied, notFound } from "../fake";

/** Names of terms; null: there is one that cannot be understood. */
export type Names = readonly string[] | null;
/** A form's field: its text, "" where it is not there, null where its form cannot be understood. */
export type Field = string | null;

/** An asset as it is, whatever shape the service tells it in. */
export interface AssetState {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly terms: Names;
  readonly columnTerms: Names;
  readonly governed: Names;
  readonly fields: Readonly<Record<"A.b" | "C.d", Field>>;
  /** The forms as a whole are no JSON. */
  readonly nonsense: boolean;
  /** What GetListing says of its listing. */
  readonly listing: "active" | "inactive" | "denied" | "moved";
}

/** What is on offer: an asset, or a data product with its assets. */
export interface Offer {
  readonly product?: { readonly name: string; readonly terms: Names; readonly listing: AssetState["listing"] };
  readonly assets: readonly AssetState[];
}

/** Who asks, for what. */
export interface Ask {
  readonly subscriber: {
    readonly type: "Project" | "User" | "Group" | "IamPrincipal";
    readonly name: string;
    readonly tags: readonly string[];
    readonly domainUnit?: string;
    readonly profile?: string;
    readonly category?: string;
  };
  readonly readable: { readonly subscriber: boolean; readonly publisher: boolean; readonly requester: boolean };
  readonly requester: { readonly id: string; readonly kind: "SSO" | "IAM"; readonly name: string };
  readonly publisherTags: readonly string[];
  readonly permissions?: readonly string[];
  /** null: they cannot be granted. */
  readonly filters: readonly string[] | null;
  readonly alreadySubscribed: boolean;
  readonly answer: Field;
}

/** How a listing's forms are written. */
export interface Style {
  readonly parsed: boolean;
  readonly nested: boolean;
  readonly flattened: boolean;
}

export const TERMS = ["Public", "Internal", "PII", "pii", "Highly Confidential"];
const names = fc.oneof(
  { weight: 12, arbitrary: fc.subarray(TERMS, { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const field = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom("", "x", "y") },
  { weight: 1, arbitrary: fc.constant(null) },
);
const rarely = fc.integer({ min: 0, max: 19 }).map((n) => n === 0);
const mostly = rarely.map((rare) => !rare);
const listingState = fc.oneof(
  { weight: 20, arbitrary: fc.constant("active" as const) },
  { weight: 1, arbitrary: fc.constantFrom("inactive", "denied", "moved" as const) },
);

const asset = (id: string): fc.Arbitrary<AssetState> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constantFrom("Sales", "Other"),
    type: fc.constantFrom("GlueTableAssetType", "GlueTableAssetType", "S3ObjectCollectionAssetType", "S3Exports"),
    terms: names,
    columnTerms: names,
    governed: names,
    fields: fc.record({ "A.b": field, "C.d": field }),
    nonsense: rarely,
    listing: listingState,
  });

const offer: fc.Arbitrary<Offer> = fc.oneof(
  { weight: 3, arbitrary: asset("a1").map((one) => ({ assets: [one] })) },
  {
    weight: 1,
    arbitrary: fc.record({
      product: fc.record({ name: fc.constantFrom("360", "Other"), terms: names, listing: listingState }),
      assets: fc.oneof(fc.tuple(asset("a1")), fc.tuple(asset("a1"), asset("a2"))),
    }),
  },
);

/** An offer when it was asked for, and what has become of it: mostly the same, or other in some of it. */
export const offers: fc.Arbitrary<{ then: Offer; now: Offer }> = offer.chain((then) => {
  const changed = (one: AssetState): fc.Arbitrary<AssetState> =>
    fc
      .tuple(
        asset(one.id),
        fc.subarray(["name", "type", "terms", "columnTerms", "governed", "fields", "nonsense", "listing"]),
      )
      .map(([other, keys]) => ({
        ...one,
        ...Object.fromEntries(keys.map((key) => [key, other[key as keyof AssetState]])),
      }));
  const assets = fc.tuple(...then.assets.map(changed)).map((all) => all as readonly AssetState[]);
  const others = asset("a3").map((one) => [...then.assets, one]);
  const product = fc.record({ name: fc.constantFrom("360", "Other"), terms: names, listing: listingState });
  const now = then.product
    ? fc.oneof(
        fc.record({ product: fc.constant(then.product), assets }),
        fc.record({ product, assets: fc.constant(then.assets) }),
        fc.record({ product: fc.constant(then.product), assets: others }),
        fc.constant({ product: then.product, assets: then.assets.slice(1) }),
      )
    : assets.map((all) => ({ assets: all }));
  return fc
    .oneof({ weight: 2, arbitrary: fc.constant(then) }, { weight: 1, arbitrary: now })
    .map((later) => ({ then, now: later }));
});

export const asks: fc.Arbitrary<Ask> = fc.record(
  {
    subscriber: fc.record(
      {
        type: fc.constantFrom("Project", "Project", "Project", "User", "Group", "IamPrincipal" as const),
        name: fc.constantFrom("dev-analytics", "marketing"),
        tags: fc.subarray(["stage=dev", "team=a"]),
        domainUnit: fc.constantFrom("unit1", "unit2"),
        profile: fc.constantFrom("profile1", "profile2"),
        category: fc.constantFrom("ADMIN", "DOMAIN"),
      },
      { requiredKeys: ["type", "name", "tags"] },
    ),
    readable: fc.record({ subscriber: mostly, publisher: mostly, requester: mostly }),
    requester: fc.record({
      id: fc.constantFrom("user1", "user2"),
      kind: fc.constantFrom("SSO", "IAM"),
      name: fc.constantFrom("maria", "eve"),
    }),
    publisherTags: fc.subarray(["stage=dev"]),
    permissions: fc.constantFrom([], ["READ"], ["WRITE"], ["READ", "WRITE"]),
    filters: fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      { weight: 2, arbitrary: fc.subarray(["f1", "f2"], { minLength: 1 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    alreadySubscribed: fc.boolean(),
    answer: field,
  },
  { requiredKeys: ["subscriber", "readable", "requester", "publisherTags", "filters", "alreadySubscribed", "answer"] },
);

export const styles: fc.Arbitrary<Style> = fc.record({
  parsed: fc.boolean(),
  nested: fc.boolean(),
  flattened: fc.boolean(),
});

const termsOf = (all: Names) => (all ?? [undefined]).map((name) => (name === undefined ? {} : { name }));

/** The forms of a listing, as one of the shapes that were measured. */
function formsOf(given: AssetState, { parsed, nested, flattened }: Style): unknown {
  if (given.nonsense) return "nonsense";
  const content = (record: object): unknown => (nested ? record : JSON.stringify(record));
  const term = (name: string) =>
    nested ? { name } : { BusinessGlossaryTermForm: { name }, amazonmetadata: { entityId: "a1b2c3d4e5f6g7" } };
  const columns = { columnsBusinessMetadata: [{ glossaryTerms: given.columnTerms?.map(term) ?? [7] }] };
  const fields = Object.entries(given.fields).flatMap(([name, value]): [string, unknown][] => {
    const [form = "", key = ""] = name.split(".");
    if (value === null) return [[form, "{"]];
    if (value === "") return [[form, content({ other: 1 })]];
    return [flattened ? [name, value] : [form, content({ [key]: value })]];
  });
  const forms = {
    ...Object.fromEntries(fields),
    ColumnBusinessMetadataForm: content(columns),
    Readme: "{",
    hasAttached: "[]",
  };
  return parsed ? forms : JSON.stringify(forms);
}

function principalOf({ type, name }: Ask["subscriber"]): object {
  if (type === "Project") return { project: { id: "subscriber1", name } };
  if (type === "User") return { user: { id: "subscriber1", details: { sso: { username: name } } } };
  return type === "Group"
    ? { group: { id: "subscriber1", name } }
    : { iam: { principalArn: `arn:aws:iam::1:role/${name}` } };
}

/** What GetSubscriptionRequestDetails says. */
export function detailsOf(ask: Ask, { product, assets }: Offer, style: Style): object {
  const [only] = assets;
  const item = product
    ? {
        productListing: {
          entityId: "product1",
          name: product.name,
          glossaryTerms: termsOf(product.terms),
          assetListings: assets.map(({ id, type }) => ({ entityId: id, entityRevision: "1", entityType: type })),
        },
      }
    : {
        assetListing: {
          entityId: only!.id,
          entityType: only!.type,
          forms: formsOf(only!, style),
          glossaryTerms: termsOf(only!.terms),
          permissions: ask.permissions && { s3: ask.permissions },
          assetScope:
            ask.filters?.length === 0
              ? undefined
              : { assetId: "a1", filterIds: ask.filters ?? ["no filter"], status: "?" },
        },
      };
  return {
    id: "request1",
    createdBy: ask.requester.id,
    status: "PENDING",
    createdAt: NOW,
    subscribedPrincipals: [principalOf(ask.subscriber)],
    subscribedListings: [
      {
        id: "main",
        revision: "1",
        name: product?.name ?? only!.name,
        ownerProjectId: PUBLISHER,
        ownerProjectName: "Sales team",
        item,
      },
    ],
    existingSubscriptionId: ask.alreadySubscribed ? "subscription1" : undefined,
    metadataForms:
      ask.answer === ""
        ? []
        : [{ formName: "P", content: ask.answer === null ? "{" : JSON.stringify({ q: ask.answer }) }],
  };
}

/** The service, as it answers what is read beside the request. */
export function serviceOf(ask: Ask, { product, assets }: Offer, style: Style): FakeAws {
  const listed = (state: AssetState["listing"], name: string, item: (owner: string) => object) => {
    if (state === "denied") throw denied();
    const status = state === "inactive" ? "INACTIVE" : "ACTIVE";
    return { id: "l", listingRevision: "2", name, status, item: item(state === "moved" ? "elsewhere" : PUBLISHER) };
  };
  const ofAsset = (given: AssetState) =>
    listed(given.listing, given.name, (owningProjectId) => ({
      assetListing: {
        assetId: given.id,
        assetType: given.type,
        forms: formsOf(given, style),
        glossaryTerms: termsOf(given.terms),
        governedGlossaryTerms: termsOf(given.governed),
        owningProjectId,
      },
    }));
  return new FakeAws()
    .on("GetProject", ({ identifier }) => {
      const own = identifier === PUBLISHER;
      if (!(own ? ask.readable.publisher : ask.readable.subscriber)) throw denied();
      const tags = own ? ask.publisherTags : ask.subscriber.tags;
      const resourceTags = tags.map((tag) => ({ key: tag.split("=")[0], value: tag.split("=")[1] }));
      const { domainUnit: domainUnitId, profile: projectProfileId, category: projectCategory } = ask.subscriber;
      return { name: "?", ...(!own && { domainUnitId, projectProfileId, projectCategory }), resourceTags };
    })
    .on("GetUserProfile", () => {
      if (!ask.readable.requester) throw denied();
      const { kind, name } = ask.requester;
      return { type: kind, details: kind === "SSO" ? { sso: { username: name } } : { iam: { arn: name } } };
    })
    .on("GetGlossaryTerm", notFound())
    .on("GetListing", ({ identifier }) => {
      if (identifier !== "main") return ofAsset(assets.find(({ id }) => id === identifier)!);
      if (!product) return ofAsset(assets[0]!);
      return listed(product.listing, product.name, (owningProjectId) => ({
        dataProductListing: {
          dataProductId: "product1",
          owningProjectId,
          glossaryTerms: termsOf(product.terms),
          items: assets.map(({ id }) => ({ listingId: id })),
        },
      }));
    });
}
