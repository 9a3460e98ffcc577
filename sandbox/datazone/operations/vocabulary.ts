import type * as api from "@aws-sdk/client-datazone";
import { CONTRIBUTORS, type Context, type Operation, callerProfile, domainOf, projectFor } from "../context";
import { conflict, found, invalid } from "../errors";
import { type Domain, type FormType, type AssetType, newId } from "../store";

const CreateGlossary: Operation<api.CreateGlossaryCommandInput, api.CreateGlossaryCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const project = projectFor(context, domain, input.owningProjectIdentifier, CONTRIBUTORS, "CreateGlossary");
  const glossary = {
    domainId: domain.id,
    id: newId(),
    name: input.name,
    owningProjectId: project.id,
    description: input.description,
    status: input.status ?? "ENABLED",
    usageRestrictions: input.usageRestrictions,
    createdAt: context.now,
    createdBy: callerProfile(context, domain).id,
  };
  domain.glossaries.set(glossary.id, glossary);
  return glossary;
};

const GetGlossary: Operation<api.GetGlossaryCommandInput, api.GetGlossaryCommandOutput> = (input, context) =>
  found(domainOf(context, input.domainIdentifier).glossaries, "Glossary", input.identifier);

const UpdateGlossary: Operation<api.UpdateGlossaryCommandInput, api.UpdateGlossaryCommandOutput> = (input, context) => {
  const { domain, glossary } = glossaryFor(context, input.domainIdentifier, input.identifier, "UpdateGlossary");
  const updated = { ...glossary, ...changesOf(input, ["name", "description", "status"]) };
  domain.glossaries.set(glossary.id, updated);
  return updated;
};

const DeleteGlossary: Operation<api.DeleteGlossaryCommandInput, api.DeleteGlossaryCommandOutput> = (input, context) => {
  const { domain, glossary } = glossaryFor(context, input.domainIdentifier, input.identifier, "DeleteGlossary");
  if ([...domain.terms.values()].some(({ glossaryId }) => glossaryId === glossary.id)) {
    throw conflict(`Glossary ${glossary.id} still has terms; delete them first.`);
  }
  domain.glossaries.delete(glossary.id);
  return {};
};

const CreateGlossaryTerm: Operation<api.CreateGlossaryTermCommandInput, api.CreateGlossaryTermCommandOutput> = (
  input,
  context,
) => {
  const { domain, glossary } = glossaryFor(
    context,
    input.domainIdentifier,
    input.glossaryIdentifier,
    "CreateGlossaryTerm",
  );
  const isTaken = [...domain.terms.values()].some(
    ({ glossaryId, name }) => glossaryId === glossary.id && name === input.name,
  );
  if (isTaken) throw conflict(`Glossary ${glossary.id} already has a term ${input.name}.`);
  const term = {
    domainId: domain.id,
    id: newId(),
    glossaryId: glossary.id,
    name: input.name,
    status: input.status ?? "ENABLED",
    shortDescription: input.shortDescription,
    longDescription: input.longDescription,
    termRelations: input.termRelations,
    usageRestrictions: glossary.usageRestrictions,
    createdAt: context.now,
    createdBy: callerProfile(context, domain).id,
  };
  domain.terms.set(term.id, term);
  return term;
};

const GetGlossaryTerm: Operation<api.GetGlossaryTermCommandInput, api.GetGlossaryTermCommandOutput> = (
  input,
  context,
) => found(domainOf(context, input.domainIdentifier).terms, "Glossary term", input.identifier);

const UpdateGlossaryTerm: Operation<api.UpdateGlossaryTermCommandInput, api.UpdateGlossaryTermCommandOutput> = (
  input,
  context,
) => {
  const { domain, term } = termFor(context, input.domainIdentifier, input.identifier, "UpdateGlossaryTerm");
  const updated = { ...term, ...changesOf(input, ["name", "shortDescription", "longDescription", "status"]) };
  domain.terms.set(term.id, updated);
  return updated;
};

const DeleteGlossaryTerm: Operation<api.DeleteGlossaryTermCommandInput, api.DeleteGlossaryTermCommandOutput> = (
  input,
  context,
) => {
  const { domain, term } = termFor(context, input.domainIdentifier, input.identifier, "DeleteGlossaryTerm");
  domain.terms.delete(term.id);
  return {};
};

const CreateFormType: Operation<api.CreateFormTypeCommandInput, api.CreateFormTypeCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const project = projectFor(context, domain, input.owningProjectIdentifier, CONTRIBUTORS, "CreateFormType");
  const formType: FormType = {
    ...definition(domain, domain.formTypes, input.name, project.id),
    description: input.description,
    model: input.model,
    status: input.status ?? "ENABLED",
    createdAt: context.now,
    createdBy: callerProfile(context, domain).id,
  };
  domain.formTypes.set(formType.name, formType);
  return formType;
};

const GetFormType: Operation<api.GetFormTypeCommandInput, api.GetFormTypeCommandOutput> = (input, context) =>
  found(domainOf(context, input.domainIdentifier).formTypes, "Form type", input.formTypeIdentifier);

const CreateAssetType: Operation<api.CreateAssetTypeCommandInput, api.CreateAssetTypeCommandOutput> = (
  input,
  context,
) => {
  const domain = domainOf(context, input.domainIdentifier);
  const project = projectFor(context, domain, input.owningProjectIdentifier, CONTRIBUTORS, "CreateAssetType");
  const assetType: AssetType = {
    ...definition(domain, domain.assetTypes, input.name, project.id),
    description: input.description,
    formsOutput: Object.fromEntries(
      Object.entries(input.formsInput).map(([name, { typeIdentifier, typeRevision, required }]) => {
        requireFormType(domain, typeIdentifier);
        return [name, { typeName: typeIdentifier, typeRevision, required }];
      }),
    ),
    createdAt: context.now,
    createdBy: callerProfile(context, domain).id,
  };
  domain.assetTypes.set(assetType.name, assetType);
  return assetType;
};

const GetAssetType: Operation<api.GetAssetTypeCommandInput, api.GetAssetTypeCommandOutput> = (input, context) =>
  found(domainOf(context, input.domainIdentifier).assetTypes, "Asset type", input.identifier);

function glossaryFor(context: Context, domainId: string, glossaryId: string, action: string) {
  const domain = domainOf(context, domainId);
  const glossary = found(domain.glossaries, "Glossary", glossaryId);
  projectFor(context, domain, glossary.owningProjectId, CONTRIBUTORS, action);
  return { domain, glossary };
}

function termFor(context: Context, domainId: string, termId: string, action: string) {
  const term = found(domainOf(context, domainId).terms, "Glossary term", termId);
  return { ...glossaryFor(context, domainId, term.glossaryId, action), term };
}

/** What an update gives: members that it leaves out stay as they are. */
const changesOf = <T extends object, K extends keyof T>(input: T, names: readonly K[]): Partial<Pick<T, K>> =>
  Object.fromEntries(
    names.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]] as const])),
  ) as Partial<Pick<T, K>>;

const definition = (
  domain: Domain,
  existing: ReadonlyMap<string, { readonly revision: string }>,
  name: string,
  project: string,
) => ({
  domainId: domain.id,
  name,
  revision: String(Number(existing.get(name)?.revision ?? 0) + 1),
  owningProjectId: project,
  originDomainId: domain.id,
  originProjectId: project,
});

/** The types that every domain has, and that nobody makes. */
const SYSTEM = "amazon.datazone.";

export const isSystemType = (type: string): boolean => type.startsWith(SYSTEM);

/** A type's name as listings show it. */
export const shortTypeName = (type: string): string => (isSystemType(type) ? type.slice(SYSTEM.length) : type);

/** @throws ApiError ResourceNotFoundException for a form type that is neither the service's nor the domain's */
export function requireFormType(domain: Domain, type: string): void {
  if (!isSystemType(type)) found(domain.formTypes, "Form type", type);
}

/** Terms of a governed glossary are only associated, the others only assigned. */
export function requireTerms(domain: Domain, ids: readonly string[], isGoverned: boolean): void {
  for (const id of ids) {
    const { usageRestrictions } = found(domain.terms, "Glossary term", id);
    if ((usageRestrictions?.includes("ASSET_GOVERNED_TERMS") ?? false) !== isGoverned) {
      throw invalid(`Glossary term ${id} is ${isGoverned ? "not " : ""}of a governed glossary.`);
    }
  }
}

/** Terms as listings show them. */
export const termDetails = (
  domain: Domain,
  ids: readonly string[] | undefined,
): api.DetailedGlossaryTerm[] | undefined =>
  ids?.map((id) => {
    const { name, shortDescription } = found(domain.terms, "Glossary term", id);
    return { name, shortDescription };
  });

export const vocabulary = {
  CreateGlossary,
  GetGlossary,
  UpdateGlossary,
  DeleteGlossary,
  CreateGlossaryTerm,
  GetGlossaryTerm,
  UpdateGlossaryTerm,
  DeleteGlossaryTerm,
  CreateFormType,
  GetFormType,
  CreateAssetType,
  GetAssetType,
};
