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
} from "../context";
import { conflict, found, invalid, notFound } from "../errors";
import { send } from "../events";
import { byTime, page } from "../pages";
import { type Domain, type Subscription, type SubscriptionGrant, type SubscriptionRequest, newId } from "../store";
import { assetIdsOf } from "./listings";

const GetSubscription: Operation<api.GetSubscriptionCommandInput, api.GetSubscriptionCommandOutput> = (
  input,
  context,
) => {
  const domain = domainOf(context, input.domainIdentifier);
  const subscription = found(domain.subscriptions, "Subscription", input.identifier);
  demand(isVisible(context, domain, subscription), context, "GetSubscription");
  return subscription;
};

const ListSubscriptions: Operation<api.ListSubscriptionsCommandInput, api.ListSubscriptionsCommandOutput> = (
  input,
  context,
) => {
  const domain = domainOf(context, input.domainIdentifier);
  const subscriptions = [...domain.subscriptions.values()].filter((subscription) => {
    const { subscribedListing: listing, subscriptionRequestId, status } = subscription;
    return (
      isVisible(context, domain, subscription) &&
      (input.status ?? status) === status &&
      (input.subscriptionRequestIdentifier ?? subscriptionRequestId) === subscriptionRequestId &&
      (input.subscribedListingId ?? listing.id) === listing.id &&
      (input.approverProjectId ?? listing.ownerProjectId) === listing.ownerProjectId &&
      isOwnedBy(subscription.subscribedPrincipal, input)
    );
  });
  return page(subscriptions, ({ updatedAt, id }) => byTime(updatedAt, id), input, input.sortOrder ?? "DESCENDING");
};

const CancelSubscription: Operation<api.CancelSubscriptionCommandInput, api.CancelSubscriptionCommandOutput> = (
  input,
  context,
) => {
  const domain = domainOf(context, input.domainIdentifier);
  const subscription = found(domain.subscriptions, "Subscription", input.identifier);
  const isOwn = isSubscriber(context, domain, subscription.subscribedPrincipal);
  demand(isOwn || isDomainOwner(context, domain), context, "CancelSubscription");
  end(context, domain, subscription, "CANCELLED");
  return subscription;
};

const RevokeSubscription: Operation<api.RevokeSubscriptionCommandInput, api.RevokeSubscriptionCommandOutput> = (
  input,
  context,
) => {
  const domain = domainOf(context, input.domainIdentifier);
  const subscription = found(domain.subscriptions, "Subscription", input.identifier);
  demand(isPublisher(context, domain, subscription), context, "RevokeSubscription");
  subscription.retainPermissions = input.retainPermissions;
  end(context, domain, subscription, "REVOKED");
  return subscription;
};

const ListSubscriptionGrants: Operation<
  api.ListSubscriptionGrantsCommandInput,
  api.ListSubscriptionGrantsCommandOutput
> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const grants = [...domain.grants.values()].filter((grant) => {
    const subscription = domain.subscriptions.get(grant.subscriptionId ?? "");
    return (
      subscription !== undefined &&
      isVisible(context, domain, subscription) &&
      (input.subscriptionId ?? grant.subscriptionId) === grant.subscriptionId &&
      (input.subscribedListingId ?? subscription.subscribedListing.id) === subscription.subscribedListing.id &&
      (input.environmentId ?? grant.environmentId) === grant.environmentId &&
      (input.subscriptionTargetId ?? grant.subscriptionTargetId) === grant.subscriptionTargetId &&
      isOwnedBy(grant.owner, input)
    );
  });
  return page(
    grants,
    ({ updatedAt = new Date(0), id = "" }) => byTime(updatedAt, id),
    input,
    input.sortOrder ?? "DESCENDING",
  );
};

const GetSubscriptionGrant: Operation<api.GetSubscriptionGrantCommandInput, api.GetSubscriptionGrantCommandOutput> = (
  input,
  context,
) => {
  const domain = domainOf(context, input.domainIdentifier);
  const grant = found(domain.grants, "Subscription grant", input.identifier);
  const subscription = found(domain.subscriptions, "Subscription", grant.subscriptionId ?? "");
  demand(isVisible(context, domain, subscription), context, "GetSubscriptionGrant");
  return grant;
};

/** What an accepted request leads to: a subscription, and its fulfilment. */
export function subscribe(
  context: Context,
  domain: Domain,
  request: SubscriptionRequest,
  reviewer: string,
  scopes: readonly Checked<api.AcceptedAssetScope>[] = [],
): void {
  const [subscribedPrincipal] = request.subscribedPrincipals;
  const [subscribedListing] = request.subscribedListings;
  const subscription: Subscription = {
    id: newId(),
    domainId: domain.id,
    createdBy: reviewer,
    createdAt: context.now,
    updatedAt: context.now,
    subscribedPrincipal,
    subscribedListing,
    subscriptionRequestId: request.id,
    assetScopes: scopes.map((scope) => ({ ...scope, status: "ACTIVE" })),
    status: "APPROVED",
  };
  domain.subscriptions.set(subscription.id, subscription);
  announce(context, "Subscription Created", subscription);
  fulfil(context, domain, subscription);
}

/** Lake Formation's part: no data is granted here, only the outcome is reported. */
function fulfil(context: Context, domain: Domain, subscription: Subscription): void {
  const { id: listingId, revision = "1" } = subscription.subscribedListing;
  const { behaviour, now } = context;
  const isGranted = behaviour.grants === "COMPLETED";
  const grant: SubscriptionGrant = {
    id: newId(),
    domainId: domain.id,
    createdBy: "SYSTEM",
    createdAt: now,
    updatedAt: now,
    owner: subscription.subscribedPrincipal,
    subscriptionTargetId: newId(),
    subscriptionId: subscription.id,
    grantedEntity: { listing: { id: listingId, revision } },
    status: behaviour.grants,
    assets: assetIdsOf(found(domain.listings, "Listing", listingId ?? "")).map((assetId) => ({
      assetId,
      assetRevision: subscription.subscribedListing.item?.assetListing?.entityRevision ?? "1",
      status: isGranted ? ("GRANTED" as const) : ("GRANT_FAILED" as const),
      ...(isGranted
        ? { grantedTimestamp: now }
        : { failureTimestamp: now, failureCause: { message: "The sandbox was told to fail grants." } }),
      assetScope: subscription.assetScopes.find((scope) => scope.assetId === assetId),
    })),
  };
  domain.grants.set(grant.id ?? "", grant);
  for (const what of ["Requested", isGranted ? "Completed" : "Failed"]) {
    send(context, `Subscription Grant ${what}`, {
      domainId: domain.id,
      id: grant.id ?? "",
      typeName: "SubscriptionGrantEntityType",
      owningProjectId: projectIdOf(subscription.subscribedPrincipal),
      user: "SYSTEM",
      data: {
        asset: { listingId, listingVersion: revision },
        projectId: projectIdOf(subscription.subscribedPrincipal),
        subscriptionId: subscription.id,
        subscriptionTarget: { id: grant.subscriptionTargetId },
        status: what === "Requested" ? "PENDING" : grant.status,
      },
    });
  }
}

function end(context: Context, domain: Domain, subscription: Subscription, status: "CANCELLED" | "REVOKED"): void {
  if (subscription.status !== "APPROVED") {
    throw conflict(`Subscription ${subscription.id} is not APPROVED but ${subscription.status}.`);
  }
  subscription.status = status;
  subscription.updatedAt = context.now;
  subscription.updatedBy = callerProfile(context, domain).id;
  announce(context, status === "CANCELLED" ? "Subscription Cancelled" : "Subscription Revoked", subscription);
}

function announce(context: Context, detailType: string, subscription: Subscription): void {
  const { subscribedListing: listing, subscribedPrincipal: principal } = subscription;
  send(context, detailType, {
    domainId: subscription.domainId,
    id: subscription.id,
    typeName: "SubscriptionEntityType",
    owningProjectId: projectIdOf(principal),
    user: subscription.updatedBy ?? subscription.createdBy,
    data: {
      status: subscription.status,
      subscriptionRequestId: subscription.subscriptionRequestId,
      // Singular, unlike in the events about requests.
      subscribedListing: { id: listing.id, ownerProjectId: listing.ownerProjectId, version: listing.revision },
      subscribedPrincipal: principalSummary(principal),
    },
  });
}

/** https://docs.aws.amazon.com/datazone/latest/userguide/quotas.html */
const MAXIMUM_FILTERS = 5;

/** A listing with the row and column filters it is accepted, or asked for, with. */
export function scopedListing(
  domain: Domain,
  listing: api.SubscribedListing,
  scopes: readonly Checked<api.AcceptedAssetScope>[] = [],
): api.SubscribedListing {
  const assetIds = assetIdsOf(found(domain.listings, "Listing", listing.id ?? ""));
  for (const { assetId, filterIds } of scopes) {
    if (!assetIds.includes(assetId)) throw invalid(`Asset ${assetId} is not part of listing ${listing.id ?? ""}.`);
    if (filterIds.length > MAXIMUM_FILTERS) throw invalid(`A subscription has at most ${MAXIMUM_FILTERS} filters.`);
    const { filters } = found(domain.assets, "Asset", assetId);
    const missing = filterIds.find((id) => !filters.has(id));
    if (missing !== undefined) throw notFound(`Filter of asset ${assetId}`, missing);
  }
  const asset = listing.item?.assetListing;
  const scope = scopes.find(({ assetId }) => assetId === asset?.entityId);
  return asset && scope
    ? { ...listing, item: { assetListing: { ...asset, assetScope: { ...scope, status: "ACTIVE" } } } }
    : listing;
}

export const projectIdOf = (principal: api.SubscribedPrincipal): string | undefined => principal.project?.id;

/** A subscriber as events name it. */
export function principalSummary({ project, user, group, iam }: api.SubscribedPrincipal): {
  readonly id: string | undefined;
  readonly type: string;
} {
  if (project) return { id: project.id, type: "PROJECT" };
  if (user) return { id: user.id, type: "USER" };
  return group ? { id: group.id, type: "GROUP" } : { id: iam?.principalArn, type: "IAM" };
}

interface OwnerFilter {
  readonly owningProjectId?: string | undefined;
  readonly owningUserId?: string | undefined;
  readonly owningGroupId?: string | undefined;
  readonly owningIamPrincipalArn?: string | undefined;
}

/** Whether a subscriber is the one that a list of requests or subscriptions is filtered by. */
export const isOwnedBy = ({ project, user, group, iam }: api.SubscribedPrincipal, filter: OwnerFilter): boolean =>
  (filter.owningProjectId === undefined || filter.owningProjectId === project?.id) &&
  (filter.owningUserId === undefined || filter.owningUserId === user?.id) &&
  (filter.owningGroupId === undefined || filter.owningGroupId === group?.id) &&
  (filter.owningIamPrincipalArn === undefined || filter.owningIamPrincipalArn === iam?.principalArn);

/** Whether the caller is the subscriber, or one of its members. */
export function isSubscriber(
  context: Context,
  domain: Domain,
  { project, user, iam }: api.SubscribedPrincipal,
): boolean {
  const subscriber = domain.projects.get(project?.id ?? "");
  return (
    (subscriber !== undefined && membershipOf(domain, subscriber, context.principal) !== undefined) ||
    (user !== undefined && findProfile(domain, context.principal)?.id === user.id) ||
    (iam !== undefined && iam.principalArn === context.principal)
  );
}

const isPublisher = (context: Context, domain: Domain, { subscribedListing }: Subscription) =>
  mayActFor(context, domain, domain.projects.get(subscribedListing.ownerProjectId ?? ""), CONTRIBUTORS);

const isVisible = (context: Context, domain: Domain, subscription: Subscription) =>
  isPublisher(context, domain, subscription) || isSubscriber(context, domain, subscription.subscribedPrincipal);

export const subscriptions = {
  GetSubscription,
  ListSubscriptions,
  CancelSubscription,
  RevokeSubscription,
  ListSubscriptionGrants,
  GetSubscriptionGrant,
};
