import { policyToJson } from "@cedar-policy/cedar-wasm/nodejs";
import { type Operation, callerProfile, domainOf, ownedDomain } from "../context";
import { conflict, found, invalid } from "../errors";
import { page } from "../pages";
import { type Designation, type Domain, newId } from "../store";

/** As the model has it; the SDK that lends the other types does not know these operations yet. */
interface Identified {
  readonly domainIdentifier: string;
  readonly identifier: string;
}
interface CreateDesignationInput {
  readonly domainIdentifier: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly policy: string;
  readonly deletionProtection?: boolean | undefined;
}
type UpdateDesignationInput = Identified & Partial<CreateDesignationInput>;
interface ListDesignationsInput {
  readonly domainIdentifier: string;
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

const CreateDesignation: Operation<CreateDesignationInput, Designation> = (input, context) => {
  const domain = ownedDomain(context, input.domainIdentifier, "CreateDesignation");
  refuseTakenName(domain, input.name);
  refuseOtherThanPermit(input.policy);
  const designation: Designation = {
    domainId: domain.id,
    id: newId(),
    name: input.name,
    description: input.description,
    designationType: "USER_CREATED",
    policy: input.policy,
    deletionProtection: input.deletionProtection ?? true,
    createdBy: callerProfile(context, domain).id,
    createdAt: context.now,
    lastUpdatedAt: context.now,
  };
  domain.designations.set(designation.id, designation);
  return designation;
};

const GetDesignation: Operation<Identified, Designation> = (input, context) =>
  found(domainOf(context, input.domainIdentifier).designations, "Designation", input.identifier);

const UpdateDesignation: Operation<UpdateDesignationInput, Designation> = (input, context) => {
  const domain = ownedDomain(context, input.domainIdentifier, "UpdateDesignation");
  const designation = found(domain.designations, "Designation", input.identifier);
  if (input.name !== undefined && input.name !== designation.name) refuseTakenName(domain, input.name);
  if (input.policy !== undefined) refuseOtherThanPermit(input.policy);
  const updated: Designation = {
    ...designation,
    name: input.name ?? designation.name,
    description: input.description ?? designation.description,
    policy: input.policy ?? designation.policy,
    deletionProtection: input.deletionProtection ?? designation.deletionProtection,
    lastUpdatedAt: context.now,
  };
  domain.designations.set(updated.id, updated);
  return updated;
};

/** Deleting what is gone already is no error. */
const DeleteDesignation: Operation<Identified, object> = (input, context) => {
  const domain = ownedDomain(context, input.domainIdentifier, "DeleteDesignation");
  const designation = domain.designations.get(input.identifier);
  if (designation?.deletionProtection) throw conflict(`Designation ${designation.id} is protected from deletion.`);
  const isHeld = [...domain.projects.values()].some(({ memberships }) =>
    [...memberships.values()].some(({ userCreatedDesignationId }) => userCreatedDesignationId === input.identifier),
  );
  if (isHeld) throw conflict(`Designation ${input.identifier} is held by members of projects.`);
  domain.designations.delete(input.identifier);
  return {};
};

const ListDesignations: Operation<ListDesignationsInput, { items: object[]; nextToken?: string | undefined }> = (
  input,
  context,
) => {
  const domain = domainOf(context, input.domainIdentifier);
  const all = [...domain.designations.values()].map((designation) => ({
    ...designation,
    updatedAt: designation.lastUpdatedAt,
  }));
  return page(all, ({ name }) => name, { maxResults: 20, ...input });
};

function refuseTakenName(domain: Domain, name: string): void {
  if ([...domain.designations.values()].some((designation) => designation.name === name)) {
    throw conflict(`A designation with the name ${name} already exists in domain ${domain.id}.`);
  }
}

function refuseOtherThanPermit(policy: string): void {
  const answer = policyToJson(policy);
  if (answer.type === "failure" || answer.json.effect !== "permit") {
    throw invalid("The policy of a designation is one Cedar policy that permits.");
  }
}

export const designations = {
  CreateDesignation,
  GetDesignation,
  UpdateDesignation,
  DeleteDesignation,
  ListDesignations,
};
