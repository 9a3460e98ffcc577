import type * as api from "@aws-sdk/client-datazone";
import { type Context, type Operation, ownedDomain, profileOf } from "../context";
import { conflict, invalid, notFound } from "../errors";
import { page } from "../pages";
import type { Domain } from "../store";

/** Owners of the root domain unit, the only one here: they may do what the domain's owner may. Groups are not played. */
const AddEntityOwner: Operation<api.AddEntityOwnerCommandInput, api.AddEntityOwnerCommandOutput> = (input, context) => {
  const domain = unit(context, input, "AddEntityOwner");
  const owner = ownerIn(domain, input.owner);
  if (domain.owners.has(owner)) throw conflict("The user owns the domain unit already.");
  domain.owners.add(owner);
  return {};
};

const RemoveEntityOwner: Operation<api.RemoveEntityOwnerCommandInput, api.RemoveEntityOwnerCommandOutput> = (
  input,
  context,
) => {
  const domain = unit(context, input, "RemoveEntityOwner");
  if (!domain.owners.delete(ownerIn(domain, input.owner))) throw invalid("The user does not own the domain unit.");
  return {};
};

const ListEntityOwners: Operation<api.ListEntityOwnersCommandInput, api.ListEntityOwnersCommandOutput> = (
  input,
  context,
) => {
  const { owners } = unit(context, input, "ListEntityOwners");
  const { items, nextToken } = page([...owners], (userId) => userId, input);
  return { owners: items.map((userId) => ({ user: { userId } })), nextToken };
};

interface About {
  readonly domainIdentifier: string;
  readonly entityIdentifier: string;
  readonly entityType: string;
}

function unit(context: Context, { domainIdentifier, entityIdentifier }: About, operation: string): Domain {
  const domain = ownedDomain(context, domainIdentifier, operation);
  if (entityIdentifier !== domain.rootDomainUnitId) throw notFound("DomainUnit", entityIdentifier);
  return domain;
}

function ownerIn(domain: Domain, { user }: { readonly user?: { readonly userIdentifier: string } }): string {
  if (user === undefined) throw invalid("Groups as owners are not played.");
  return profileOf(domain, user.userIdentifier).id;
}

export const owners = { AddEntityOwner, RemoveEntityOwner, ListEntityOwners };
