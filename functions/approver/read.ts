import type { GetProjectCommandOutput, SubscribedListing, SubscribedPrincipal } from "@aws-sdk/client-datazone";
import { assetOf, permissionsOf } from "./asset";
import { attempt } from "./attempt";
import type { Domain, RequestDetails } from "./datazone";
import {
  type Asset,
  type Fact,
  type Facts,
  IN_LISTING,
  NOT_READ,
  type Product,
  type Project,
  type ProjectDetails,
  type Requester,
  type Subscriber,
  type Unreadable,
  flatMap,
  ifPresent,
  known,
  map,
  unknown,
} from "./facts";
import { fieldsOf, formsOfRequest, isName } from "./forms";
import { MAXIMUM_ASSETS } from "./limits";
import type { References } from "./policies/references";
import { ColumnTerms, namesOf } from "./terms";

/**
 * Reads the facts of a request: what the request itself says, and of projects and the requester only what the policies refer to. A permanent
 * failure (denied, not found) makes a fact unknown; one that may pass (throttling, a server error) throws, so that the request is tried again.
 * Facts that only the listing has are left unknown here (listing.ts).
 *
 * @param now the current time for policies
 */
export async function readRequest(
  details: RequestDetails,
  references: References,
  domain: Domain,
  now: Date,
): Promise<Facts | Unreadable> {
  const [listing, ...otherListings] = details.subscribedListings ?? [];
  const [principal, ...otherPrincipals] = details.subscribedPrincipals ?? [];
  if (otherListings.length > 0 || otherPrincipals.length > 0) {
    return {
      unreadable: "the request is for more than one listing or subscriber, and would be accepted for all of them",
    };
  }
  if (!details.id || !listing?.id || !listing.ownerProjectId || !principal) {
    return { unreadable: "the request has no listing, publishing project or subscriber" };
  }
  const [asked, subscriber, requester, publisher] = await Promise.all([
    readAsked(listing, references, new ColumnTerms(domain)),
    readSubscriber(principal, references, domain),
    readRequester(details.createdBy, references, domain),
    readProject("publisher", listing.ownerProjectId, listing.ownerProjectName, references, domain),
  ]);
  if ("unreadable" in asked) return asked;
  if ("unreadable" in subscriber) return subscriber;
  const named = references.tags("request");
  return {
    requestId: details.id,
    subscriber,
    requester,
    publisher,
    ...asked,
    alreadySubscribed: Boolean(details.existingSubscriptionId),
    requestedFilters: requestedFiltersOf(listing),
    answers: named.size > 0 ? known(fieldsOf(formsOfRequest(details.metadataForms), named)) : NOT_READ,
    now,
  };
}

/** The requested asset, about which the request says nearly everything, or the requested data product, of which it names the assets. */
async function readAsked(
  listing: SubscribedListing,
  references: References,
  terms: ColumnTerms,
): Promise<{ assets: Asset[]; product?: Product } | Unreadable> {
  const { assetListing, productListing } = listing.item ?? {};
  if (assetListing?.entityId) {
    const { entityId: id, entityType: type, glossaryTerms, forms, permissions } = assetListing;
    const said = { id, name: listing.name, type, glossaryTerms, forms, permissions };
    return { assets: [await assetOf({ ...said, governed: IN_LISTING, withoutForms: IN_LISTING }, references, terms)] };
  }
  if (!productListing)
    return { unreadable: "the listing is of a kind that this version of the approver does not know" };
  if (!productListing.entityId) return { unreadable: "the data product has no id" };
  const parts = productListing.assetListings ?? [];
  if (parts.length === 0) return { unreadable: "the data product names no assets" };
  if (parts.length > MAXIMUM_ASSETS) return { unreadable: `the data product has more than ${MAXIMUM_ASSETS} assets` };
  if (parts.some((part) => !part?.entityId)) return { unreadable: "the data product has an asset without an id" };
  return {
    assets: parts.map(({ entityId, entityType }) => partOf(entityId!, entityType)),
    product: {
      id: productListing.entityId,
      name: ifPresent(productListing.name ?? listing.name, "the data product has no name"),
      terms: namesOf(productListing.glossaryTerms),
    },
  };
}

/** An asset of a data product. The request has only its id, revision and type, and no S3 permissions. */
function partOf(id: string, entityType: string | undefined): Asset {
  const type = ifPresent(entityType, "the data product does not say the asset's type");
  return {
    id,
    name: IN_LISTING,
    type,
    terms: IN_LISTING,
    columnTerms: IN_LISTING,
    governed: IN_LISTING,
    fields: IN_LISTING,
    permissions: permissionsOf(type, undefined),
  };
}

const FILTER = /^[a-zA-Z0-9_-]{1,36}$/;

/** Ids of the requested row and column filters. A request for a data product has none. */
function requestedFiltersOf({ item }: SubscribedListing): Fact<readonly string[]> {
  const { entityId, assetScope } = item?.assetListing ?? {};
  if (!assetScope) return known([]);
  const { assetId, filterIds = [], errorMessage } = assetScope;
  const usable =
    assetId === entityId && filterIds.length > 0 && filterIds.every((id) => FILTER.test(id)) && !errorMessage;
  return usable
    ? known([...new Set(filterIds)].sort())
    : unknown("the request asks for row and column filters that cannot be granted");
}

async function readSubscriber(
  principal: SubscribedPrincipal,
  references: References,
  domain: Domain,
): Promise<Subscriber | Unreadable> {
  const { project, user, group, iam } = principal;
  const given = (name: string | undefined): Fact<string> => ifPresent(name, "the request does not name the subscriber");
  if (project?.id) {
    return { type: "Project", ...(await readProject("principal", project.id, project.name, references, domain)) };
  }
  if (user?.id) {
    return {
      type: "User",
      id: user.id,
      name: given(user.details?.sso?.username ?? user.details?.iam?.arn),
      details: NOT_READ,
    };
  }
  if (group?.id) return { type: "Group", id: group.id, name: given(group.name), details: NOT_READ };
  if (iam?.principalArn) {
    return { type: "IamPrincipal", id: iam.principalArn, name: known(iam.principalArn), details: NOT_READ };
  }
  return { unreadable: "the subscriber is of a kind that this version of the approver does not know" };
}

async function readRequester(id: string | undefined, references: References, domain: Domain): Promise<Requester> {
  if (!isName(id)) {
    const nobody = unknown("the request does not say who made it");
    return { id: nobody, details: nobody };
  }
  if (!references.has("requester", "details")) return { id: known(id), details: NOT_READ };
  const profile = await attempt("GetUserProfile", () => domain.user(id));
  const details = flatMap(profile, ({ type: kind, details: { sso, iam } = {} }) => {
    const name = sso?.username ?? iam?.arn;
    return kind && name ? known({ kind, name }) : unknown("the requester's user profile has no kind or no name");
  });
  return { id: known(id), details };
}

async function readProject(
  owner: "principal" | "publisher",
  id: string,
  name: string | undefined,
  references: References,
  domain: Domain,
): Promise<Project> {
  const nameMissing = name === undefined && references.has(owner, "name");
  const read =
    nameMissing || references.has(owner, "details") ? await attempt("GetProject", () => domain.project(id)) : NOT_READ;
  return {
    id,
    name:
      name === undefined ? flatMap(read, (project) => ifPresent(project.name, "the project has no name")) : known(name),
    details: map(read, detailsOf),
  };
}

const detailsOf = (project: GetProjectCommandOutput): ProjectDetails => ({
  profile: project.projectProfileId,
  category: project.projectCategory,
  domainUnit: project.domainUnitId,
  tags: (project.resourceTags ?? []).map(({ key, value }) => `${key}=${value}`),
});
