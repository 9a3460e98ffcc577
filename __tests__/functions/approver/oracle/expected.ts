import { Fails, type RandomPolicy, type View } from "./policies";
import type { Ask, AssetState, Names, Offer } from "./worlds";

/** What docs/policies.md says should become of a request; written from that page, not from the approver. */
export interface Expected {
  readonly outcome: "approved" | "rejected" | "waiting";
  /** Of an approval or a rejection. */
  readonly policies?: readonly string[];
  readonly assetScope?: readonly string[];
}

const WAITS: Expected = { outcome: "waiting" };

export function expected(set: readonly RandomPolicy[], ask: Ask, then: Offer, now: Offer): Expected {
  const named = new Set(set.flatMap(({ condition }) => condition.refers));
  const refersTo = (fact: string): boolean => named.has(fact);
  const tags = [...named].flatMap((fact) =>
    fact.startsWith("resource tag ") ? [fact.slice("resource tag ".length)] : [],
  );

  // What the request says, and what is read of projects and the requester.
  const { subscriber, readable, filters } = ask;
  const askedForMore = then.product ? [] : filters;
  if (askedForMore === null) return WAITS;
  if (askedForMore.length > 0 && !refersTo("context.requestedFilters")) return WAITS;
  if (refersTo("principal.details") && subscriber.type === "Project" && !readable.subscriber) return WAITS;
  if (refersTo("publisher.details") && !readable.publisher) return WAITS;
  if (refersTo("requester.details") && !readable.requester) return WAITS;
  if (refersTo("request tag P.q") && ask.answer === null) return WAITS;

  const unknownIn = (asset: AssetState): boolean =>
    (refersTo("resource.terms") && asset.terms === null) ||
    (refersTo("resource.columnTerms") && (asset.columnTerms === null || asset.nonsense)) ||
    tags.some((tag) => asset.nonsense || asset.fields[tag as "A.b"] === null);
  const permissionsUnknown = (asset: AssetState): boolean => {
    const given = then.product ? undefined : ask.permissions;
    return (
      refersTo("context.permissions") && (given ? given.length === 0 : asset.type === "S3ObjectCollectionAssetType")
    );
  };
  if (refersTo("product.terms") && then.product?.terms === null) return WAITS;
  if (then.assets.some(permissionsUnknown)) return WAITS;

  // The request is decided on what it says, if that is all that policies need: of an asset nearly everything, of a product little.
  const onlyListed = then.product ? ["name", "terms", "columnTerms", "governed"] : ["governed"];
  const needed =
    onlyListed.some((fact) => refersTo(`resource.${fact}`)) || (then.product !== undefined && tags.length > 0);
  const listed =
    then.product !== undefined ||
    ["name", "type", "terms", "columnTerms", "governed"].some((fact) => refersTo(`resource.${fact}`)) ||
    tags.length > 0 ||
    (refersTo("context.permissions") && ask.permissions === undefined);
  if (!then.product && unknownIn(then.assets[0]!)) return WAITS;
  if (!needed) {
    const asked = decideOn(set, ask, then, askedForMore);
    if (asked.outcome !== "approved" || !listed) return asked;
  }

  // What would be approved is decided on what is listed now, where nothing that policies refer to has changed.
  if (now.product && now.product.listing !== "active") return WAITS;
  if (now.assets.some(({ listing }) => listing !== "active")) return WAITS;
  if (now.assets.map(({ id }) => id).join() !== then.assets.map(({ id }) => id).join()) return WAITS;
  if (refersTo("product.terms") && now.product && !same(now.product.terms, then.product!.terms)) return WAITS;
  if (refersTo("product.name") && now.product && now.product.name !== then.product!.name) return WAITS;
  for (const [index, asset] of now.assets.entries()) {
    const before = then.assets[index]!;
    if (unknownIn(asset) || permissionsUnknown(asset)) return WAITS;
    if (refersTo("resource.governed") && asset.governed === null) return WAITS;
    if (refersTo("resource.type") && asset.type !== before.type) return WAITS;
    if (now.product) continue;
    if (refersTo("resource.name") && asset.name !== before.name) return WAITS;
    if (refersTo("resource.terms") && !same(asset.terms, before.terms)) return WAITS;
    if (refersTo("resource.columnTerms") && !same(asset.columnTerms, before.columnTerms)) return WAITS;
    if (tags.some((tag) => asset.fields[tag as "A.b"] !== before.fields[tag as "A.b"])) return WAITS;
  }
  return decideOn(set, ask, now, askedForMore);
}

/** Whether two lists of names are known to be the same: one that cannot be understood is the same as nothing. */
const same = (one: Names, other: Names): boolean =>
  one !== null && other !== null && JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

/** "How a decision is made", on facts that are all known where it matters. */
function decideOn(
  set: readonly RandomPolicy[],
  ask: Ask,
  { product, assets }: Offer,
  filters: readonly string[],
): Expected {
  const applied = assets.map((asset) => {
    const view = viewOf(ask, product, asset, filters);
    return set.flatMap((policy, index) => {
      const holds = policy.condition.holds(view);
      return holds === (policy.kind === "when") ? [{ ...policy, id: `p${index}` }] : [];
    });
  });
  const ids = (of: { id: string }[]): string[] => [...new Set(of.map(({ id }) => id))].sort();
  const forbids = applied.flat().filter(({ effect }) => effect === "forbid");
  if (forbids.length > 0)
    return forbids.every(({ reject }) => reject) ? { outcome: "rejected", policies: ids(forbids) } : WAITS;
  if (applied.some((policies) => policies.length === 0)) return WAITS;
  const scopes = new Set(applied.flat().map(({ scope }) => scope.join()));
  const [scope = ""] = scopes;
  if (scopes.size > 1 || (scope !== "" && product)) return WAITS;
  return { outcome: "approved", policies: ids(applied.flat()), assetScope: scope === "" ? filters : scope.split(",") };
}

export function decideOrWait(...given: Parameters<typeof expected>): Expected {
  try {
    return expected(...given);
  } catch (error) {
    if (error instanceof Fails) return WAITS;
    throw error;
  }
}

function viewOf(ask: Ask, product: Offer["product"], asset: AssetState, requestedFilters: readonly string[]): View {
  const tags = Object.entries(asset.fields).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return {
    principal: ask.subscriber,
    resource: {
      ...asset,
      terms: asset.terms ?? [],
      columnTerms: asset.columnTerms ?? [],
      governed: asset.governed ?? [],
      tags: Object.fromEntries(tags),
    },
    requester: ask.requester,
    publisherTags: ask.publisherTags,
    permissions: (product ? undefined : ask.permissions) ?? [],
    requestedFilters,
    alreadySubscribed: ask.alreadySubscribed,
    product: product && { name: product.name, terms: product.terms ?? [] },
    answers: ask.answer ? { "P.q": ask.answer } : {},
  };
}
