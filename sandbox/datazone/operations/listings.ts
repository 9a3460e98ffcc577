import type * as api from "@aws-sdk/client-datazone";
import { CONTRIBUTORS, type Context, type Operation, callerProfile, domainOf, projectFor } from "../context";
import { found, invalid, notFound } from "../errors";
import { page } from "../pages";
import { type Domain, type Listing, type ListingRevision, latest, newId } from "../store";
import { listingOf, revisionOf } from "./assets";
import { formsJson } from "./listed-forms";
import { shortTypeName, termDetails } from "./vocabulary";

const CreateListingChangeSet: Operation<
  api.CreateListingChangeSetCommandInput,
  api.CreateListingChangeSetCommandOutput
> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const entity =
    input.entityType === "ASSET"
      ? found(domain.assets, "Asset", input.entityIdentifier)
      : found(domain.products, "Data product", input.entityIdentifier);
  projectFor(context, domain, entity.owningProjectId, CONTRIBUTORS, "CreateListingChangeSet");
  const existing = listingOf(domain, entity.id);
  if (input.action === "UNPUBLISH") {
    if (existing?.status !== "ACTIVE") throw invalid(`${entity.id} is not published.`);
    existing.status = "INACTIVE";
    return changed(existing);
  }
  const { revision } = revisionOf<{ revision: string }>(entity, "Entity", input.entityRevision);
  const listing: Listing = existing ?? {
    domainId: domain.id,
    id: newId(),
    entityType: input.entityType,
    entityId: entity.id,
    owningProjectId: entity.owningProjectId,
    status: "ACTIVE",
    revisions: [],
  };
  listing.revisions.push({
    listingRevision: String(listing.revisions.length + 1),
    entityRevision: revision,
    createdAt: context.now,
    createdBy: callerProfile(context, domain).id,
  });
  listing.status = "ACTIVE";
  domain.listings.set(listing.id, listing);
  return changed(listing);
};

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
              items: entity.items.flatMap(({ identifier = "", glossaryTerms }) => {
                const of = listingOf(domain, identifier);
                if (!of) return [];
                const { listingRevision } = latest(of);
                return [{ listingId: of.id, listingRevision, glossaryTerms: termDetails(domain, glossaryTerms) }];
              }),
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
              assetListings: entity.items.map(({ identifier = "", revision: itemRevision }) => {
                const asset = found(domain.assets, "Asset", identifier);
                const published = listingOf(domain, identifier);
                return {
                  entityId: identifier,
                  entityRevision:
                    itemRevision ?? (published ? latest(published).entityRevision : latest(asset).revision),
                  entityType: shortTypeName(asset.typeIdentifier),
                };
              }),
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

/** Whether what is listed says itself that nobody needs to approve subscriptions to it. */
export function isApprovalFree(domain: Domain, listing: Listing): boolean {
  const { entity } = listed(domain, listing, latest(listing));
  const terms = entity.formsOutput.find(({ typeName }) => typeName === TERMS_FORM);
  return (JSON.parse(terms?.content ?? "{}") as { approvalRequired?: unknown }).approvalRequired === "NO";
}

/** The ids of the assets that a listing stands for. */
export function assetIdsOf(domain: Domain, listing: Listing): string[] {
  const { entity } = listed(domain, listing, latest(listing));
  return "items" in entity ? entity.items.map(({ identifier = "" }) => identifier) : [listing.entityId];
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

const changed = (listing: Listing) => ({
  listingId: listing.id,
  listingRevision: latest(listing).listingRevision,
  status: listing.status,
});

export const listings = { CreateListingChangeSet, GetListing, SearchListings };
