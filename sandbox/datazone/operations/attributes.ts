import type * as api from "@aws-sdk/client-datazone";
import { type Operation, domainOf } from "../context";
import { found, invalid, notFound } from "../errors";
import { type Domain, latest } from "../store";
import { assetFor, formsOf } from "./assets";

/** The metadata forms of an asset's columns; a listing has them as they were when it was published. */
const BatchPutAttributesMetadata: Operation<
  api.BatchPutAttributesMetadataCommandInput,
  api.BatchPutAttributesMetadataCommandOutput
> = (input, context) => {
  if (input.entityType !== "ASSET")
    throw invalid("Metadata of attributes is put on assets; publishing takes it along.");
  const { domain, asset } = assetFor(
    context,
    input.domainIdentifier,
    input.entityIdentifier,
    "BatchPutAttributesMetadata",
  );
  for (const { attributeIdentifier, forms } of input.attributes) {
    asset.attributes.set(attributeIdentifier, formsOf(domain, forms));
  }
  return { errors: [], attributes: input.attributes.map(({ attributeIdentifier }) => ({ attributeIdentifier })) };
};

/** Columns that could not be read are listed as errors inside a reply that succeeds. */
const BatchGetAttributesMetadata: Operation<
  api.BatchGetAttributesMetadataCommandInput,
  api.BatchGetAttributesMetadataCommandOutput
> = (input, context) => {
  const { attributeErrors, attributeNotFoundCode } = context.behaviour;
  const domain = domainOf(context, input.domainIdentifier);
  const forms =
    input.entityType === "LISTING"
      ? listedAttributes(domain, input.entityIdentifier, input.entityRevision)
      : assetFor(context, domain.id, input.entityIdentifier, "BatchGetAttributesMetadata", "any").asset.attributes;
  const attributes: api.BatchGetAttributeOutput[] = [];
  const errors: api.AttributeError[] = [];
  for (const attributeIdentifier of input.attributeIdentifiers) {
    const code = attributeErrors[attributeIdentifier];
    const known = forms.get(attributeIdentifier);
    if (code !== undefined) errors.push({ attributeIdentifier, code, message: "The sandbox was told to fail it." });
    else if (known) attributes.push({ attributeIdentifier, forms: known });
    else errors.push({ attributeIdentifier, code: attributeNotFoundCode, message: "It has no metadata." });
  }
  return { attributes, errors };
};

function listedAttributes(domain: Domain, listingId: string, revision: string | undefined) {
  const listing = found(domain.listings, "Listing", listingId);
  const listed =
    revision === undefined
      ? latest(listing)
      : listing.revisions.find(({ listingRevision }) => listingRevision === revision);
  if (!listed) throw notFound(`Listing ${listing.id}, revision`, revision ?? "");
  return listed.attributes ?? new Map<string, api.FormOutput[]>();
}

export const attributes = { BatchPutAttributesMetadata, BatchGetAttributesMetadata };
