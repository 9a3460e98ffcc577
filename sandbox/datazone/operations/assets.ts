import type * as api from "@aws-sdk/client-datazone";
import {
  CONTRIBUTORS,
  type Checked,
  type Context,
  type Operation,
  callerProfile,
  domainOf,
  projectFor,
} from "../context";
import { conflict, found, invalid, notFound } from "../errors";
import { page } from "../pages";
import { type Asset, type AssetFilter, type AssetRevision, type Domain, type Listing, latest, newId } from "../store";
import { refuseWhileMoving } from "./transfers";
import { isSystemType, requireFormType, requireTerms } from "./vocabulary";

const CreateAsset: Operation<api.CreateAssetCommandInput, api.CreateAssetCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const project = projectFor(context, domain, input.owningProjectIdentifier, CONTRIBUTORS, "CreateAsset");
  if (!isSystemType(input.typeIdentifier)) found(domain.assetTypes, "Asset type", input.typeIdentifier);
  const asset: Asset = {
    domainId: domain.id,
    id: newId(),
    owningProjectId: project.id,
    typeIdentifier: input.typeIdentifier,
    externalIdentifier: input.externalIdentifier,
    governedGlossaryTerms: [],
    filters: new Map(),
    attributes: new Map(),
    ownershipTransfer: undefined,
    revisions: [],
  };
  asset.revisions.push(newRevision(context, domain, asset, input));
  domain.assets.set(asset.id, asset);
  return described(domain, asset);
};

const CreateAssetRevision: Operation<api.CreateAssetRevisionCommandInput, api.CreateAssetRevisionCommandOutput> = (
  input,
  context,
) => {
  const { domain, asset } = assetFor(context, input.domainIdentifier, input.identifier, "CreateAssetRevision");
  asset.revisions.push(newRevision(context, domain, asset, input));
  return described(domain, asset);
};

const GetAsset: Operation<api.GetAssetCommandInput, api.GetAssetCommandOutput> = (input, context) => {
  const { domain, asset } = assetFor(context, input.domainIdentifier, input.identifier, "GetAsset", "any");
  return described(domain, asset, input.revision);
};

const ListAssetRevisions: Operation<api.ListAssetRevisionsCommandInput, api.ListAssetRevisionsCommandOutput> = (
  input,
  context,
) => {
  const { asset } = assetFor(context, input.domainIdentifier, input.identifier, "ListAssetRevisions", "any");
  const revisions = asset.revisions.map((revision) => ({ ...revision, domainId: asset.domainId, id: asset.id }));
  return page(revisions, ({ revision }) => revision.padStart(9, "0"), input, "DESCENDING");
};

const DeleteAsset: Operation<api.DeleteAssetCommandInput, api.DeleteAssetCommandOutput> = (input, context) => {
  const { domain, asset } = assetFor(context, input.domainIdentifier, input.identifier, "DeleteAsset");
  if (listingOf(domain, asset.id)?.status === "ACTIVE") {
    throw conflict(`Asset ${asset.id} is published; unpublish it first.`);
  }
  domain.assets.delete(asset.id);
  return {};
};

const AssociateGovernedTerms: Operation<
  api.AssociateGovernedTermsCommandInput,
  api.AssociateGovernedTermsCommandOutput
> = (input, context) => {
  const { domain, asset } = assetFor(context, input.domainIdentifier, input.entityIdentifier, "AssociateGovernedTerms");
  requireTerms(domain, input.governedGlossaryTerms, true);
  asset.governedGlossaryTerms = [...new Set([...asset.governedGlossaryTerms, ...input.governedGlossaryTerms])];
  return {};
};

const CreateAssetFilter: Operation<api.CreateAssetFilterCommandInput, api.CreateAssetFilterCommandOutput> = (
  input,
  context,
) => {
  const { domain, asset } = assetFor(context, input.domainIdentifier, input.assetIdentifier, "CreateAssetFilter");
  if ([...asset.filters.values()].some(({ name }) => name === input.name)) {
    throw conflict(`Asset ${asset.id} already has a filter ${input.name}.`);
  }
  const filter: AssetFilter = {
    id: newId(),
    domainId: domain.id,
    assetId: asset.id,
    name: input.name,
    description: input.description,
    status: "VALID",
    configuration: input.configuration as AssetFilter["configuration"],
    createdAt: context.now,
    effectiveColumnNames: input.configuration.columnConfiguration?.includedColumnNames,
  };
  asset.filters.set(filter.id, filter);
  return filter;
};

const GetAssetFilter: Operation<api.GetAssetFilterCommandInput, api.GetAssetFilterCommandOutput> = (input, context) => {
  const { asset } = assetFor(context, input.domainIdentifier, input.assetIdentifier, "GetAssetFilter", "any");
  return found(asset.filters, "Asset filter", input.identifier);
};

const ListAssetFilters: Operation<api.ListAssetFiltersCommandInput, api.ListAssetFiltersCommandOutput> = (
  input,
  context,
) => {
  const { asset } = assetFor(context, input.domainIdentifier, input.assetIdentifier, "ListAssetFilters", "any");
  const filters = [...asset.filters.values()].filter(({ status }) => (input.status ?? status) === status);
  return page(filters, ({ name, id }) => `${name} ${id}`, input);
};

export function assetFor(
  context: Context,
  domainId: string,
  assetId: string,
  action: string,
  designations: readonly string[] | "any" = CONTRIBUTORS,
): { domain: Domain; asset: Asset } {
  const domain = domainOf(context, domainId);
  const asset = found(domain.assets, "Asset", assetId);
  projectFor(context, domain, asset.owningProjectId, designations, action);
  if (designations !== "any") refuseWhileMoving(asset);
  return { domain, asset };
}

interface RevisionInput {
  readonly name: string;
  readonly description?: string | undefined;
  readonly typeRevision?: string | undefined;
  readonly glossaryTerms?: string[] | undefined;
  readonly formsInput?: Checked<api.FormInput>[] | undefined;
}

/** What a revision is made of is all in its input: what is left out is gone. */
function newRevision(context: Context, domain: Domain, asset: Asset, input: RevisionInput): AssetRevision {
  requireTerms(domain, input.glossaryTerms ?? [], false);
  const createdBy = callerProfile(context, domain).id;
  return {
    revision: String(asset.revisions.length + 1),
    typeRevision: input.typeRevision ?? asset.revisions.at(-1)?.typeRevision ?? "1",
    createdAt: context.now,
    createdBy,
    name: input.name,
    description: input.description,
    glossaryTerms: input.glossaryTerms,
    formsOutput: formsOf(domain, input.formsInput, domain.assetTypes.get(asset.typeIdentifier)?.formsOutput),
    readOnlyFormsOutput: [
      {
        formName: READ_ONLY_FORM,
        typeName: "amazon.datazone.AssetCommonDetailsFormType",
        typeRevision: "1",
        content: JSON.stringify({ customProperties: { maintainedBy: createdBy } }),
      },
    ],
  };
}

/** Stands for the forms that the service keeps itself: it shows them, and takes them from nobody. */
const READ_ONLY_FORM = "AssetCommonDetailsForm";

/** Forms as they are given, checked, and completed by what the asset's type says about them. */
export function formsOf(
  domain: Domain,
  forms: readonly Checked<api.FormInput>[] = [],
  declared: Readonly<Record<string, api.FormEntryOutput>> = {},
): api.FormOutput[] {
  const names = forms.map(({ formName }) => formName);
  const missing = Object.entries(declared).find(([name, { required }]) => required && !names.includes(name));
  if (missing) throw invalid(`The form ${missing[0]} is required.`);
  return forms.map(({ formName, typeIdentifier, typeRevision, content = "{}" }) => {
    if (formName === READ_ONLY_FORM) throw invalid(`The form ${formName} is read-only.`);
    const typeName = typeIdentifier ?? declared[formName]?.typeName;
    if (typeName === undefined) throw invalid(`The form ${formName} needs a typeIdentifier.`);
    requireFormType(domain, typeName);
    parsedForm(formName, content);
    return { formName, typeName, typeRevision: typeRevision ?? "1", content };
  });
}

/** The content of forms, by form name. */
export const contentOf = (forms: readonly api.FormOutput[]): Record<string, unknown> =>
  Object.fromEntries(forms.map(({ formName = "", content = "{}" }) => [formName, parsedForm(formName, content)]));

function parsedForm(formName: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw invalid(`The content of the form ${formName} is not JSON.`);
  }
}

function described(domain: Domain, asset: Asset, revision?: string) {
  const shown = revisionOf(asset, "Asset", revision);
  const first = asset.revisions[0];
  const listing = listingOf(domain, asset.id);
  return {
    ...asset,
    ...shown,
    firstRevisionCreatedAt: first?.createdAt,
    firstRevisionCreatedBy: first?.createdBy,
    listing: listing && { listingId: listing.id, listingStatus: listing.status },
  };
}

/** One revision of something; without a number the latest. */
export function revisionOf<R extends { readonly revision: string }>(
  entity: { readonly id: string; readonly revisions: readonly R[] },
  kind: string,
  revision: string | undefined,
): R {
  if (revision === undefined) return latest(entity);
  const one = entity.revisions.find((candidate) => candidate.revision === revision);
  if (!one) throw notFound(`${kind} ${entity.id}, revision`, revision);
  return one;
}

export const listingOf = (domain: Domain, entityId: string): Listing | undefined =>
  [...domain.listings.values()].find((listing) => listing.entityId === entityId);

export const assets = {
  CreateAsset,
  CreateAssetRevision,
  GetAsset,
  ListAssetRevisions,
  DeleteAsset,
  AssociateGovernedTerms,
  CreateAssetFilter,
  GetAssetFilter,
  ListAssetFilters,
};
