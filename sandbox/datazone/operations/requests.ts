import type * as api from "@aws-sdk/client-datazone";
import {
  CONTRIBUTORS,
  type Checked,
  type Context,
  type Operation,
  callerProfile,
  demand,
  domainOf,
  findProfile,
  isDomainOwner,
  mayActFor,
  membershipOf,
  projectFor,
} from "../context";
import { ApiError, found, invalid } from "../errors";
import { send } from "../events";
import { byTime, page } from "../pages";
import { type Domain, type SubscriptionRequest, newId } from "../store";
import { formsOf } from "./assets";
import { isApprovalFree, subscribedListing } from "./listings";
import { isOwnedBy, isSubscriber, principalSummary, projectIdOf, scopedListing, subscribe } from "./subscriptions";

const CreateSubscriptionRequest: Operation<
  api.CreateSubscriptionRequestCommandInput,
  api.CreateSubscriptionRequestCommandOutput
> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const principal = subscriberOf(context, domain, input.subscribedPrincipals[0]);
  const listing = found(domain.listings, "Listing", input.subscribedListings[0]?.identifier ?? "");
  if (listing.status !== "ACTIVE") throw invalid(`Listing ${listing.id} is not active.`);
  const requester = callerProfile(context, domain);
  const forms = formsOf(domain, input.metadataForms);
  const existing = [...domain.subscriptions.values()].find(
    ({ status, subscribedListing: { id }, subscribedPrincipal }) =>
      status === "APPROVED" && id === listing.id && isSamePrincipal(subscribedPrincipal, principal),
  );
  const subscribed = subscribedListing(context, domain, listing, input.assetPermissions);
  const request: SubscriptionRequest = {
    id: newId(),
    domainId: domain.id,
    createdBy: requester.id,
    createdAt: context.now,
    updatedAt: context.now,
    requestReason: input.requestReason,
    subscribedPrincipals: [principal],
    subscribedListings: [scopedListing(domain, subscribed, input.assetScopes)],
    metadataForms: input.metadataForms && forms,
    metadataFormsSummary:
      input.metadataForms &&
      forms.map(({ formName, typeName, typeRevision }) => ({ formName, typeName, typeRevision })),
    existingSubscriptionId: existing?.id,
    status: "PENDING",
  };
  domain.requests.set(request.id, request);

  const isAutoApproved = isApprovalFree(domain, listing) || isMemberOfBoth(context, domain, request);
  announce(context, "Created", request, { autoApproved: isAutoApproved, clientToken: input.clientToken });
  if (isAutoApproved) {
    context.later(context.behaviour.autoApprovalDelay, (later) => {
      if (domain.requests.has(request.id) && request.status === "PENDING") accept(later, domain, request, "SYSTEM");
    });
  }
  return request;
};

const GetSubscriptionRequestDetails: Operation<
  api.GetSubscriptionRequestDetailsCommandInput,
  api.GetSubscriptionRequestDetailsCommandOutput
> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const request = found(domain.requests, "Subscription request", input.identifier);
  demand(isVisible(context, domain, request), context, "GetSubscriptionRequestDetails");
  return request;
};

const ListSubscriptionRequests: Operation<
  api.ListSubscriptionRequestsCommandInput,
  api.ListSubscriptionRequestsCommandOutput
> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const { approverProjectId, owningProjectId } = input;
  if (approverProjectId !== undefined) {
    projectFor(context, domain, approverProjectId, CONTRIBUTORS, "ListSubscriptionRequests");
  }
  if (owningProjectId !== undefined) {
    projectFor(context, domain, owningProjectId, "any", "ListSubscriptionRequests");
  }
  const requests = [...domain.requests.values()].filter((request) => {
    const [listing] = request.subscribedListings;
    return (
      isVisible(context, domain, request) &&
      (input.status ?? request.status) === request.status &&
      (input.subscribedListingId ?? listing.id) === listing.id &&
      (approverProjectId ?? listing.ownerProjectId) === listing.ownerProjectId &&
      isOwnedBy(request.subscribedPrincipals[0], input)
    );
  });
  return page(requests, ({ updatedAt, id }) => byTime(updatedAt, id), input, input.sortOrder ?? "DESCENDING");
};

const AcceptSubscriptionRequest: Operation<
  api.AcceptSubscriptionRequestCommandInput,
  api.AcceptSubscriptionRequestCommandOutput
> = (input, context) => {
  const { domain, request } = pendingRequest(context, input, "AcceptSubscriptionRequest");
  const permitted = withPermissions(request.subscribedListings[0], input.assetPermissions);
  request.subscribedListings = [scopedListing(domain, permitted, input.assetScopes)];
  accept(context, domain, request, callerProfile(context, domain).id, input.decisionComment, input.assetScopes);
  return request;
};

const RejectSubscriptionRequest: Operation<
  api.RejectSubscriptionRequestCommandInput,
  api.RejectSubscriptionRequestCommandOutput
> = (input, context) => {
  const { domain, request } = pendingRequest(context, input, "RejectSubscriptionRequest");
  decide(context, request, "REJECTED", callerProfile(context, domain).id, input.decisionComment);
  return request;
};

const DeleteSubscriptionRequest: Operation<
  api.DeleteSubscriptionRequestCommandInput,
  api.DeleteSubscriptionRequestCommandOutput
> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const request = found(domain.requests, "Subscription request", input.identifier);
  const isOwn = isSubscriber(context, domain, request.subscribedPrincipals[0]);
  demand(isOwn || isDomainOwner(context, domain), context, "DeleteSubscriptionRequest");
  if (request.status !== "PENDING") refuseDecided(context, request);
  domain.requests.delete(request.id);
  announce(context, "Deleted", request);
  return {};
};

/** A listing with the permissions of the acceptance, where these differ from those that were asked for. */
function withPermissions(
  listing: api.SubscribedListing,
  permissions: readonly api.AssetPermission[] = [],
): api.SubscribedListing {
  const asset = listing.item?.assetListing;
  const permitted = permissions.find(({ assetId }) => assetId === asset?.entityId)?.permissions;
  return asset && permitted ? { ...listing, item: { assetListing: { ...asset, permissions: permitted } } } : listing;
}

/** A request that the caller may decide, and that nobody has decided. */
function pendingRequest(
  context: Context,
  { domainIdentifier, identifier }: { readonly domainIdentifier: string; readonly identifier: string },
  action: string,
): { domain: Domain; request: SubscriptionRequest } {
  const domain = domainOf(context, domainIdentifier);
  const request = found(domain.requests, "Subscription request", identifier);
  demand(isApprover(context, domain, request), context, action);
  if (request.status !== "PENDING") refuseDecided(context, request);
  return { domain, request };
}

function refuseDecided({ behaviour }: Context, { id, status }: SubscriptionRequest): never {
  throw new ApiError(behaviour.secondDecision, `Subscription request ${id} is not PENDING but ${status}.`);
}

function accept(
  context: Context,
  domain: Domain,
  request: SubscriptionRequest,
  reviewer: string,
  comment?: string,
  scopes?: Checked<api.AcceptedAssetScope>[],
): void {
  decide(context, request, "ACCEPTED", reviewer, comment);
  subscribe(context, domain, request, reviewer, scopes);
}

function decide(
  context: Context,
  request: SubscriptionRequest,
  status: "ACCEPTED" | "REJECTED",
  reviewer: string,
  comment: string | undefined,
): void {
  request.status = status;
  request.reviewerId = context.behaviour.reviewer === "profile" ? reviewer : undefined;
  request.decisionComment = comment;
  request.updatedAt = context.now;
  request.updatedBy = reviewer;
  announce(context, status === "ACCEPTED" ? "Accepted" : "Rejected", request);
}

function announce(
  context: Context,
  what: "Created" | "Accepted" | "Rejected" | "Deleted",
  request: SubscriptionRequest,
  { autoApproved, clientToken }: { autoApproved?: boolean; clientToken?: string | undefined } = {},
): void {
  const [listing] = request.subscribedListings;
  const [principal] = request.subscribedPrincipals;
  const isKeyed = autoApproved === true || (what === "Created" && context.behaviour.notAutoApproved === "false");
  send(context, `Subscription Request ${what}`, {
    domainId: request.domainId,
    id: request.id,
    typeName: "SubscriptionRequestEntityType",
    owningProjectId: projectIdOf(principal),
    user: request.updatedBy ?? request.createdBy,
    clientToken,
    data: {
      ...(isKeyed && { autoApproved: autoApproved === true }),
      requesterId: request.createdBy,
      ...(request.reviewerId !== undefined && { reviewerId: request.reviewerId }),
      status: request.status,
      subscribedListings: [
        {
          id: listing.id,
          ownerProjectId: listing.ownerProjectId,
          version: listing.revision,
          ...(context.behaviour.eventItems && { item: listing.item }),
        },
      ],
      subscribedPrincipals: [principalSummary(principal)],
    },
  });
}

/** Whom a request is for, where the caller may ask for it. */
function subscriberOf(
  context: Context,
  domain: Domain,
  given: Checked<api.SubscribedPrincipalInput> | undefined,
): api.SubscribedPrincipal {
  const action = "CreateSubscriptionRequest";
  if (given?.project !== undefined) {
    const { id, name } = projectFor(context, domain, given.project.identifier ?? "", "any", action);
    return { project: { id, name } };
  }
  if (given?.user !== undefined) {
    const { id, details } = found(domain.profiles, "User profile", given.user.identifier ?? "");
    demand(isDomainOwner(context, domain) || callerProfile(context, domain).id === id, context, action);
    return { user: { id, details } };
  }
  if (given?.group !== undefined) {
    demand(isDomainOwner(context, domain), context, action);
    return { group: { id: given.group.identifier } };
  }
  const principalArn = given?.iam?.identifier ?? "";
  demand(isDomainOwner(context, domain) || context.principal === principalArn, context, action);
  return { iam: { principalArn } };
}

function isMemberOfBoth(context: Context, domain: Domain, request: SubscriptionRequest): boolean {
  const projectIds = [projectIdOf(request.subscribedPrincipals[0]), request.subscribedListings[0].ownerProjectId];
  return projectIds.every((id) => {
    const project = domain.projects.get(id ?? "");
    return project !== undefined && membershipOf(domain, project, context.principal) !== undefined;
  });
}

const isApprover = (context: Context, domain: Domain, request: SubscriptionRequest) =>
  mayActFor(context, domain, domain.projects.get(request.subscribedListings[0].ownerProjectId ?? ""), CONTRIBUTORS);

const isVisible = (context: Context, domain: Domain, request: SubscriptionRequest) =>
  isApprover(context, domain, request) ||
  isSubscriber(context, domain, request.subscribedPrincipals[0]) ||
  findProfile(domain, context.principal)?.id === request.createdBy;

const isSamePrincipal = (one: api.SubscribedPrincipal, other: api.SubscribedPrincipal) =>
  JSON.stringify(principalSummary(one)) === JSON.stringify(principalSummary(other));

export const requests = {
  CreateSubscriptionRequest,
  GetSubscriptionRequestDetails,
  ListSubscriptionRequests,
  AcceptSubscriptionRequest,
  RejectSubscriptionRequest,
  DeleteSubscriptionRequest,
};
