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
import { found } from "../errors";
import { type DataProduct, type Domain, type ProductRevision, newId } from "../store";
import { formsOf, revisionOf } from "./assets";
import { requireTerms } from "./vocabulary";

const CreateDataProduct: Operation<api.CreateDataProductCommandInput, api.CreateDataProductCommandOutput> = (
  input,
  context,
) => {
  const domain = domainOf(context, input.domainIdentifier);
  const project = projectFor(context, domain, input.owningProjectIdentifier, CONTRIBUTORS, "CreateDataProduct");
  const product: DataProduct = { domainId: domain.id, id: newId(), owningProjectId: project.id, revisions: [] };
  product.revisions.push(newRevision(context, domain, product, input));
  domain.products.set(product.id, product);
  return described(product);
};

const CreateDataProductRevision: Operation<
  api.CreateDataProductRevisionCommandInput,
  api.CreateDataProductRevisionCommandOutput
> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const product = found(domain.products, "Data product", input.identifier);
  projectFor(context, domain, product.owningProjectId, CONTRIBUTORS, "CreateDataProductRevision");
  product.revisions.push(newRevision(context, domain, product, input));
  return described(product);
};

const GetDataProduct: Operation<api.GetDataProductCommandInput, api.GetDataProductCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const product = found(domain.products, "Data product", input.identifier);
  projectFor(context, domain, product.owningProjectId, "any", "GetDataProduct");
  return described(product, input.revision);
};

interface RevisionInput {
  readonly name: string;
  readonly description?: string | undefined;
  readonly glossaryTerms?: string[] | undefined;
  readonly formsInput?: Checked<api.FormInput>[] | undefined;
  readonly items?: Checked<api.DataProductItem>[] | undefined;
}

function newRevision(context: Context, domain: Domain, product: DataProduct, input: RevisionInput): ProductRevision {
  requireTerms(domain, input.glossaryTerms ?? [], false);
  for (const { identifier, revision } of input.items ?? []) {
    revisionOf(found(domain.assets, "Asset", identifier), "Asset", revision);
  }
  return {
    revision: String(product.revisions.length + 1),
    createdAt: context.now,
    createdBy: callerProfile(context, domain).id,
    name: input.name,
    description: input.description,
    glossaryTerms: input.glossaryTerms,
    formsOutput: formsOf(domain, input.formsInput),
    items: input.items ?? [],
  };
}

function described(product: DataProduct, revision?: string) {
  const { items, ...shown } = revisionOf(product, "Data product", revision);
  return {
    ...product,
    ...shown,
    status: "CREATED" as const,
    // The API knows no empty list of items.
    items: items.length > 0 ? items : undefined,
    firstRevisionCreatedAt: product.revisions[0]?.createdAt,
    firstRevisionCreatedBy: product.revisions[0]?.createdBy,
  };
}

export const products = { CreateDataProduct, CreateDataProductRevision, GetDataProduct };
