import type * as api from "@aws-sdk/client-datazone";
import { type Context, type Operation, domainOf } from "../context";
import { found, invalid, notFound } from "../errors";
import { page } from "../pages";
import { type Domain, type Listing, type ListingRevision, latest } from "../store";
import { revisionOf } from "./assets";
import { formsJson } from "./listed-forms";
import { shortTypeName, termDetails } from "./vocabulary";

const GetListing: Operation<api.GetListingCommandInput, api.GetListingCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const listing = found(domain.listings, "Listing", input.identifier);
  const revision = listingRevision(listing, input.listingRevision);
  const { entity, terms } = listed(domain, listing, revision);
  const content = {
    createdAt: revision.createdAt,
    forms: formsJson(context, context.behaviour.listingShapes, domain, listing, entity),
    glossaryTerms: terms,
    owningProjectId: listing.owningProjectId,
  };
  return {
    ...listingSummary(domain, listing, revision),
    domainId: domain.id,
    item:
      "items" in entity
        ? {
            dataProductListing: {
              ...content,
              dataProductId: listing.entityId,
              dataProductRevision: entity.revision,
              items: revision.items?.map(({ listingId, listingRevision, glossaryTerms }) => ({
                listingId,
                listingRevision,
                glossaryTerms: termDetails(domain, glossaryTerms),
              })),
            },
          }
        : {
            assetListing: {
              ...content,
              assetId: listing.entityId,
              assetRevision: entity.revision,
              assetType: assetTypeName(domain, listing),
              governedGlossaryTerms: governedTerms(domain, listing),
            },
          },
  };
};

const SearchListings: Operation<api.SearchListingsCommandInput, api.SearchListingsCommandOutput> = (input, context) => {
  if (input.filters) throw invalid("The sandbox's SearchListings knows searchText, but no filters.");
  const domain = domainOf(context, input.domainIdentifier);
  const text = (input.searchText ?? "").toLowerCase();
  const listings = [...domain.listings.values()].filter((listing) => {
    // An asset whose listing is inactive may be gone.
    if (listing.status !== "ACTIVE") return false;
    const { entity } = listed(domain, listing, latest(listing));
    return `${entity.name} ${entity.description ?? ""}`.toLowerCase().includes(text);
  });
  const { items, nextToken } = page(listings, ({ id }) => id, input);
  return {
    items: items.map((listing) => {
      const revision = latest(listing);
      const { entity, terms } = listed(domain, listing, revision);
      const item = {
        listingId: listing.id,
        listingRevision: revision.listingRevision,
        name: entity.name,
        entityId: listing.entityId,
        entityRevision: entity.revision,
        description: entity.description,
        createdAt: revision.createdAt,
        listingCreatedBy: revision.createdBy,
        glossaryTerms: terms,
        owningProjectId: listing.owningProjectId,
        additionalAttributes: input.additionalAttributes?.includes("FORMS")
          ? { forms: formsJson(context, context.behaviour.listingShapes, domain, listing, entity) }
          : undefined,
      };
      if (listing.entityType === "DATA_PRODUCT") return { dataProductListing: item };
      const entityType = assetTypeName(domain, listing);
      return { assetListing: { ...item, entityType, governedGlossaryTerms: governedTerms(domain, listing) } };
    }),
    totalMatchCount: listings.length,
    nextToken,
  };
};

/** A listing as a subscription request copies it. */
export function subscribedListing(
  context: Context,
  domain: Domain,
  listing: Listing,
  permissions: readonly api.AssetPermission[] = [],
): api.SubscribedListing {
  const revision = latest(listing);
  const { entity, terms } = listed(domain, listing, revision);
  const { name, description } = listingSummary(domain, listing, revision);
  return {
    id: listing.id,
    revision: revision.listingRevision,
    name,
    description,
    ownerProjectId: listing.owningProjectId,
    ownerProjectName: domain.projects.get(listing.owningProjectId)?.name,
    item:
      "items" in entity
        ? {
            productListing: {
              entityId: listing.entityId,
              entityRevision: entity.revision,
              name: entity.name,
              description: entity.description,
              glossaryTerms: terms,
              assetListings: revision.items?.map(({ assetId, assetRevision }) => ({
                entityId: assetId,
                entityRevision: assetRevision,
                entityType: shortTypeName(found(domain.assets, "Asset", assetId).typeIdentifier),
              })),
            },
          }
        : {
            assetListing: {
              entityId: listing.entityId,
              entityRevision: entity.revision,
              entityType: assetTypeName(domain, listing),
              forms: formsJson(context, context.behaviour.requestShapes, domain, listing, entity),
              glossaryTerms: terms,
              permissions: permissions.find(({ assetId }) => assetId === listing.entityId)?.permissions,
            },
          },
  };
}

const TERMS_FORM = "amazon.datazone.SubscriptionTermsFormType";

/** Whether the publisher has set the listing so that subscriptions to it need no approval. */
export function isApprovalFree(domain: Domain, listing: Listing): boolean {
  const { entity } = listed(domain, listing, latest(listing));
  const terms = entity.formsOutput.find(({ typeName }) => typeName === TERMS_FORM);
  return (JSON.parse(terms?.content ?? "{}") as { approvalRequired?: unknown }).approvalRequired === "NO";
}

/** The ids of the assets that a listing stands for. */
export function assetIdsOf(listing: Listing): string[] {
  return latest(listing).items?.map(({ assetId }) => assetId) ?? [listing.entityId];
}

function listed(domain: Domain, listing: Listing, { entityRevision }: ListingRevision) {
  const entity =
    listing.entityType === "ASSET"
      ? revisionOf(found(domain.assets, "Asset", listing.entityId), "Asset", entityRevision)
      : revisionOf(found(domain.products, "Data product", listing.entityId), "Data product", entityRevision);
  return { entity, terms: termDetails(domain, entity.glossaryTerms) };
}

function listingRevision(listing: Listing, number: string | undefined): ListingRevision {
  if (number === undefined) return latest(listing);
  const revision = listing.revisions.find((one) => one.listingRevision === number);
  if (!revision) throw notFound(`Listing ${listing.id}, revision`, number);
  return revision;
}

function listingSummary(domain: Domain, listing: Listing, revision: ListingRevision) {
  const { entity } = listed(domain, listing, revision);
  return {
    id: listing.id,
    listingRevision: revision.listingRevision,
    status: listing.status,
    // A listing's name and description may be shorter than those of the asset behind it.
    name: entity.name.slice(0, 64),
    description: (entity.description ?? "").slice(0, 2048),
    createdAt: listing.revisions[0]?.createdAt,
    createdBy: listing.revisions[0]?.createdBy,
    updatedAt: revision.createdAt,
    updatedBy: revision.createdBy,
  };
}

const assetTypeName = (domain: Domain, listing: Listing) =>
  shortTypeName(found(domain.assets, "Asset", listing.entityId).typeIdentifier);

/** Governed terms are the asset's, not the revision's: they show at once. */
const governedTerms = (domain: Domain, listing: Listing) =>
  termDetails(domain, found(domain.assets, "Asset", listing.entityId).governedGlossaryTerms);

export const listings = { GetListing, SearchListings };
