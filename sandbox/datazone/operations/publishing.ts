import type * as api from "@aws-sdk/client-datazone";
import { CONTRIBUTORS, type Context, type Operation, callerProfile, domainOf, projectFor } from "../context";
import { found, invalid } from "../errors";
import { type Asset, type DataProduct, type Domain, type ListedItem, type Listing, latest, newId } from "../store";
import { listingOf } from "./assets";
import { refuseWhileMoving } from "./transfers";

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
  if ("filters" in entity) refuseWhileMoving(entity);
  if (input.action === "UNPUBLISH") {
    const listing = listingOf(domain, entity.id);
    if (listing?.status !== "ACTIVE") throw invalid(`${entity.id} is not published.`);
    listing.status = "INACTIVE";
    return changed(listing);
  }
  const { revision } = latest<{ revision: string }>(entity);
  if ((input.entityRevision ?? revision) !== revision) {
    throw invalid(`Only the latest revision of ${entity.id} can be published: ${revision}.`);
  }
  return changed(publish(context, domain, entity));
};

/** What a data product holds and is not published yet is published with it. */
function publish(context: Context, domain: Domain, entity: Asset | DataProduct): Listing {
  const listing: Listing = listingOf(domain, entity.id) ?? {
    domainId: domain.id,
    id: newId(),
    entityType: "filters" in entity ? "ASSET" : "DATA_PRODUCT",
    entityId: entity.id,
    owningProjectId: entity.owningProjectId,
    status: "ACTIVE",
    revisions: [],
  };
  listing.revisions.push({
    listingRevision: String(listing.revisions.length + 1),
    entityRevision: latest<{ revision: string }>(entity).revision,
    createdAt: context.now,
    createdBy: callerProfile(context, domain).id,
    ...("filters" in entity
      ? { attributes: new Map(entity.attributes) }
      : { items: latest(entity).items.map((item) => listItem(context, domain, item)) }),
  });
  listing.status = "ACTIVE";
  domain.listings.set(listing.id, listing);
  return listing;
}

function listItem(context: Context, domain: Domain, { identifier = "", ...item }: api.DataProductItem): ListedItem {
  const existing = listingOf(domain, identifier);
  const listing =
    existing?.status === "ACTIVE" ? existing : publish(context, domain, found(domain.assets, "Asset", identifier));
  const ofRevision = listing.revisions.filter(({ entityRevision }) => entityRevision === item.revision).at(-1);
  const { listingRevision, entityRevision } = ofRevision ?? latest(listing);
  return {
    listingId: listing.id,
    listingRevision,
    assetId: identifier,
    assetRevision: item.revision ?? entityRevision,
    glossaryTerms: item.glossaryTerms,
  };
}

const changed = (listing: Listing) => ({
  listingId: listing.id,
  listingRevision: latest(listing).listingRevision,
  status: listing.status,
});

export const publishing = { CreateListingChangeSet };
