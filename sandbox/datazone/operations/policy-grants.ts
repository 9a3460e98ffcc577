import type * as api from "@aws-sdk/client-datazone";
import { type Operation, callerProfile, ownedDomain } from "../context";
import { conflict, invalid } from "../errors";
import { sendUndocumented } from "../events";
import { page } from "../pages";
import { type Domain, type PolicyGrant, newGrantId } from "../store";
import { requireDesignation } from "./memberships";

/** Grants of managed policies are kept and announced, and not enforced: whoever owns the domain may do everything. */
const AddPolicyGrant: Operation<api.AddPolicyGrantCommandInput, api.AddPolicyGrantCommandOutput> = (input, context) => {
  const domain = ownedDomain(context, input.domainIdentifier, "AddPolicyGrant");
  const { project } = input.principal;
  if (project) requireDesignation(domain, project.projectDesignation, ownDesignation(project));
  if (same(domain, input).length > 0) throw conflict(`The policy ${input.policyType} is granted already.`);
  const grant: PolicyGrant = {
    grantId: newGrantId(),
    entityType: input.entityType,
    entityIdentifier: input.entityIdentifier,
    policyType: input.policyType,
    principal: input.principal as api.PolicyGrantPrincipal,
    detail: input.detail as api.PolicyGrantDetail,
    createdAt: context.now,
    createdBy: callerProfile(context, domain).id,
  };
  domain.policyGrants.set(grant.grantId, grant);
  sendUndocumented(context, "Policy Grant Added", domain, grant.entityIdentifier);
  return { grantId: grant.grantId };
};

const RemovePolicyGrant: Operation<api.RemovePolicyGrantCommandInput, api.RemovePolicyGrantCommandOutput> = (
  input,
  context,
) => {
  const domain = ownedDomain(context, input.domainIdentifier, "RemovePolicyGrant");
  const [grant] = same(domain, input).filter(({ grantId }) => (input.grantIdentifier ?? grantId) === grantId);
  if (!grant) throw invalid(`The policy ${input.policyType} is not granted.`);
  domain.policyGrants.delete(grant.grantId);
  sendUndocumented(context, "Policy Grant Removed", domain, grant.entityIdentifier);
  return {};
};

const ListPolicyGrants: Operation<api.ListPolicyGrantsCommandInput, api.ListPolicyGrantsCommandOutput> = (
  input,
  context,
) => {
  const domain = ownedDomain(context, input.domainIdentifier, "ListPolicyGrants");
  const { items, nextToken } = page(
    [...domain.policyGrants.values()].filter((grant) => isAbout(grant, input)),
    ({ grantId }) => grantId,
    input,
  );
  return { grantList: items, nextToken };
};

/** As the model has it, unlike the SDK that lends the types. */
const ownDesignation = (project: object): string | undefined =>
  (project as { readonly userCreatedDesignationId?: string }).userCreatedDesignationId;

type About = Pick<PolicyGrant, "entityType" | "entityIdentifier" | "policyType">;

const isAbout = (grant: About, { entityType, entityIdentifier, policyType }: About) =>
  grant.entityType === entityType && grant.entityIdentifier === entityIdentifier && grant.policyType === policyType;

/** The grants of a policy to a principal. */
const same = (domain: Domain, input: About & { readonly principal: unknown }): PolicyGrant[] =>
  [...domain.policyGrants.values()].filter(
    (grant) => isAbout(grant, input) && JSON.stringify(grant.principal) === JSON.stringify(input.principal),
  );

export const policyGrants = { AddPolicyGrant, RemovePolicyGrant, ListPolicyGrants };
