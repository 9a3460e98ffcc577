import type * as api from "@aws-sdk/client-datazone";
import { type Operation, demand, domainOf, isDomainOwner } from "../context";
import { conflict, invalid, notFound } from "../errors";
import { byTime, page } from "../pages";
import { type Domain, newDomainId, newId } from "../store";

const CreateDomain: Operation<api.CreateDomainCommandInput, api.CreateDomainCommandOutput> = (input, context) => {
  if (input.domainVersion === "V2" && input.serviceRole === undefined) {
    throw invalid("serviceRole is required for a domain of version V2.");
  }
  if (input.domainExecutionRole === undefined) throw invalid("domainExecutionRole is required.");
  const id = newDomainId();
  const domain: Domain = {
    id,
    arn: `arn:aws:datazone:${context.region}:${context.account}:domain/${id}`,
    rootDomainUnitId: newId(),
    createdAt: context.now,
    owner: context.principal,
    domainVersion: input.domainVersion ?? "V1",
    kmsKeyIdentifier: input.kmsKeyIdentifier,
    portalUrl: `https://${id}.datazone.${context.region}.on.aws`,
    name: input.name,
    description: input.description,
    domainExecutionRole: input.domainExecutionRole,
    serviceRole: input.serviceRole,
    singleSignOn: { type: "DISABLED", ...input.singleSignOn },
    lastUpdatedAt: context.now,
    tags: { ...input.tags },
    profiles: new Map(),
    projects: new Map(),
    designations: new Map(),
    owners: new Set(),
    policyGrants: new Map(),
    glossaries: new Map(),
    terms: new Map(),
    formTypes: new Map(),
    assetTypes: new Map(),
    assets: new Map(),
    products: new Map(),
    listings: new Map(),
    requests: new Map(),
    subscriptions: new Map(),
    grants: new Map(),
  };
  context.domains.set(id, domain);
  return { ...domain, status: "AVAILABLE" };
};

const GetDomain: Operation<api.GetDomainCommandInput, api.GetDomainCommandOutput> = (input, context) => ({
  ...domainOf(context, input.identifier),
  status: "AVAILABLE",
});

const UpdateDomain: Operation<api.UpdateDomainCommandInput, api.UpdateDomainCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.identifier);
  demand(isDomainOwner(context, domain), context, "UpdateDomain");
  domain.name = input.name ?? domain.name;
  domain.description = input.description ?? domain.description;
  domain.domainExecutionRole = input.domainExecutionRole ?? domain.domainExecutionRole;
  domain.serviceRole = input.serviceRole ?? domain.serviceRole;
  domain.singleSignOn = input.singleSignOn ?? domain.singleSignOn;
  domain.lastUpdatedAt = context.now;
  return domain;
};

const DeleteDomain: Operation<api.DeleteDomainCommandInput, api.DeleteDomainCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.identifier);
  demand(isDomainOwner(context, domain), context, "DeleteDomain");
  if (domain.projects.size > 0 && !input.skipDeletionCheck) {
    throw conflict(`Domain ${domain.id} still has ${domain.projects.size} project(s); delete them first.`);
  }
  context.domains.delete(domain.id);
  return { status: "DELETING" };
};

const ListDomains: Operation<api.ListDomainsCommandInput, api.ListDomainsCommandOutput> = (input, context) => {
  const domains = [...context.domains.values()].map((domain) => ({
    ...domain,
    managedAccountId: context.account,
    status: "AVAILABLE" as const,
  }));
  return page(
    domains.filter(({ status }) => input.status === undefined || input.status === status),
    ({ createdAt, id }) => byTime(createdAt, id),
    input,
  );
};

const TagResource: Operation<api.TagResourceCommandInput, api.TagResourceCommandOutput> = (input, context) => {
  Object.assign(tagged(context.domains, input.resourceArn).tags, input.tags);
  return {};
};

const UntagResource: Operation<api.UntagResourceCommandInput, api.UntagResourceCommandOutput> = (input, context) => {
  const domain = tagged(context.domains, input.resourceArn);
  domain.tags = Object.fromEntries(Object.entries(domain.tags).filter(([key]) => !input.tagKeys.includes(key)));
  return {};
};

const ListTagsForResource: Operation<api.ListTagsForResourceCommandInput, api.ListTagsForResourceCommandOutput> = (
  input,
  context,
) => ({ tags: tagged(context.domains, input.resourceArn).tags });

/** Only domains carry tags here. */
function tagged(domains: ReadonlyMap<string, Domain>, arn: string): Domain {
  const domain = [...domains.values()].find((one) => one.arn === arn);
  if (!domain) throw notFound("Resource", arn);
  return domain;
}

export const domains = {
  CreateDomain,
  GetDomain,
  UpdateDomain,
  DeleteDomain,
  ListDomains,
  TagResource,
  UntagResource,
  ListTagsForResource,
};
