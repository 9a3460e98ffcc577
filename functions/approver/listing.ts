import type { GetListingCommandOutput } from "@aws-sdk/client-datazone";
import { type Description, assetOf, bare } from "./asset";
import { attempt } from "./attempt";
import type { Domain, RequestDetails } from "./datazone";
import {
  type Asset,
  type Fact,
  type Facts,
  type Fields,
  IN_LISTING,
  NOT_READ,
  type Unreadable,
  all,
  flatMap,
  ifPresent,
  known,
  map,
  unknown,
} from "./facts";
import { isName } from "./forms";
import { MAXIMUM_ASSETS } from "./limits";
import type { References } from "./policies/references";
import { ColumnTerms, namesOf } from "./terms";

/** Whether policies refer to anything that the listing has, e.g. which assets a data product has. */
export function refersToListing(references: References, { product, assets }: Facts): boolean {
  const listed = ["name", "type", "terms", "columnTerms", "governed"];
  const byType = assets.some(({ permissions }) => "value" in permissions && permissions.value.length === 0);
  return (
    product !== undefined ||
    references.tags("resource").size > 0 ||
    listed.some((attribute) => references.has("resource", attribute)) ||
    (byType && references.has("context", "permissions"))
  );
}

/**
 * Reads what is listed now, which is what the subscriber will get, and compares it with the request. A fact on which the two differ, or that
 * cannot be read in one of them, is unknown. Revisions are not compared: most change nothing that a policy refers to.
 */
export async function readListing(
  details: RequestDetails,
  said: Facts,
  references: References,
  domain: Domain,
): Promise<Facts | Unreadable> {
  const { id, item } = details.subscribedListings![0]!;
  const { product, publisher } = said;
  const main = await readActive(id!, domain);
  if ("unknown" in main) return { unreadable: main.unknown };
  const listings = product ? await readItems(main.value, product.id, publisher.id, domain) : known([main.value]);
  if ("unknown" in listings) return { unreadable: listings.unknown };
  const offered = all(listings.value.map((listing) => offerOf(listing, publisher.id)));
  if ("unknown" in offered) return { unreadable: offered.unknown };

  const permissions = item?.assetListing?.permissions;
  const terms = new ColumnTerms(domain);
  const now = await Promise.all(offered.value.map((offer) => assetOf({ ...offer, permissions }, references, terms)));
  if (canonical(now.map(idOf)) !== canonical(said.assets.map(idOf))) {
    return { unreadable: "the listing has changed since the request was made: it has other assets now" };
  }
  const before = new Map(said.assets.map((asset) => [asset.id, asset]));
  return {
    ...said,
    assets: now.map((asset) => agreement(before.get(asset.id)!, asset)),
    product: product && {
      id: product.id,
      name: agree(product.name, ifPresent(main.value.name, "the listing has no name")),
      terms: agree(product.terms, namesOf(main.value.item?.dataProductListing?.glossaryTerms)),
    },
    listed: (product ? [main.value, ...listings.value] : listings.value).map((listing) => ({
      id: listing.id ?? "",
      revision: listing.listingRevision,
    })),
  };
}

/** A listing; unknown where subscribers cannot see it (any more). */
async function readActive(id: string, domain: Domain): Promise<Fact<GetListingCommandOutput>> {
  const listing = await attempt("GetListing", () => domain.listing(id));
  return flatMap(listing, (output) =>
    (output.status ?? "ACTIVE") === "ACTIVE" ? known(output) : unknown(`the listing is ${output.status}, not ACTIVE`),
  );
}

/** The listings of a data product's assets. */
async function readItems(
  { item }: GetListingCommandOutput,
  productId: string,
  publisher: string,
  domain: Domain,
): Promise<Fact<GetListingCommandOutput[]>> {
  const { dataProductId, owningProjectId, items = [] } = item?.dataProductListing ?? {};
  if (dataProductId !== productId)
    return unknown("the listing has changed since the request was made: it is not the requested data product now");
  if ((owningProjectId ?? publisher) !== publisher) return unknown("the data product belongs to another project now");
  if (items.length > MAXIMUM_ASSETS) return unknown(`the data product has more than ${MAXIMUM_ASSETS} assets`);
  const identifiers = items.map((one) => one?.listingId);
  if (!identifiers.every(isName)) return unknown("the data product's listing has an asset without a listing");
  return all(await Promise.all(identifiers.map((identifier) => readActive(identifier, domain))));
}

/** The description of a listed asset, which must belong to the publishing project of the request. */
function offerOf({ item, name }: GetListingCommandOutput, publisher: string): Fact<Omit<Description, "permissions">> {
  const { assetId, assetType, owningProjectId, glossaryTerms, governedGlossaryTerms, forms } = item?.assetListing ?? {};
  if (!isName(assetId)) return unknown("the listing is not of an asset");
  if ((owningProjectId ?? publisher) !== publisher)
    return unknown(`the asset ${assetId} belongs to another project now`);
  const governed = namesOf(governedGlossaryTerms);
  return known({ id: assetId, name, type: assetType, glossaryTerms, governed, forms, withoutForms: known(new Map()) });
}

const idOf = ({ id }: Asset): string => id;

const agreement = (said: Asset, now: Asset): Asset => ({
  id: now.id,
  name: agree(said.name, now.name),
  type: flatMap(agree(map(said.type, bare), map(now.type, bare)), () => said.type),
  terms: agree(said.terms, now.terms),
  columnTerms: agree(said.columnTerms, now.columnTerms),
  governed: agree(said.governed, now.governed),
  fields: agreeEach(said.fields, now.fields),
  permissions: agree(said.permissions, now.permissions),
});

const CHANGED = unknown("it has changed in the listing since the request was made");

/** The fact that both agree on. Only a fact that was not read, or that the request does not have, is taken from the listing alone. */
function agree<T>(said: Fact<T>, now: Fact<T>): Fact<T> {
  if (said === NOT_READ || said === IN_LISTING || "unknown" in now) return now;
  if ("unknown" in said) return said;
  return canonical(said.value) === canonical(now.value) ? now : CHANGED;
}

const ABSENT = known(undefined);

/** Compares field by field, so that one that cannot be read, or has changed, makes only itself unknown. */
function agreeEach(said: Fact<Fields>, now: Fact<Fields>): Fact<Fields> {
  if (!("value" in said && "value" in now)) return agree(said, now);
  const names = [...new Set([...Object.keys(said.value), ...Object.keys(now.value)])];
  const field = (of: Fields, name: string): Fact<string | undefined> => (Object.hasOwn(of, name) ? of[name]! : ABSENT);
  const fields = names.map((name) => [name, agree(field(said.value, name), field(now.value, name))] as const);
  return known(Object.fromEntries(fields) as Fields);
}

/** A text to compare values by. Lists of names are compared as sets: order and repetition do not count. */
const canonical = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? [...new Set<unknown>(value)].sort() : value);
