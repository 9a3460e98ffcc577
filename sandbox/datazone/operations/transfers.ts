import { type Context, OWNERS, type Operation, callerProfile, domainOf, projectFor } from "../context";
import { conflict, found, invalid } from "../errors";
import { type Asset, type Domain, type OwnershipTransfer, type Project, latest } from "../store";

/** As the model has it; the SDK that lends the other types does not know the operation yet. */
interface UpdateAssetOwnerInput {
  readonly domainIdentifier: string;
  readonly identifier: string;
  readonly targetProjectIdentifier: string;
}

interface UpdateAssetOwnerOutput {
  readonly id: string;
  readonly revision: string;
  readonly ownershipTransfer: OwnershipTransfer;
}

/** An asset moves from or to the domain's administration project, with its listing and all that hangs on that. */
const UpdateAssetOwner: Operation<UpdateAssetOwnerInput, UpdateAssetOwnerOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const asset = found(domain.assets, "Asset", input.identifier);
  const source = projectFor(context, domain, asset.owningProjectId, OWNERS, "UpdateAssetOwner");
  const target = found(domain.projects, "Project", input.targetProjectIdentifier);
  if (source === target) throw invalid(`Project ${target.id} owns asset ${asset.id} already.`);
  if (![source, target].some(({ projectCategory }) => projectCategory === "ADMIN")) {
    throw invalid("An asset moves from or to the administration project (projectCategory ADMIN) only.");
  }
  refuseWhileMoving(asset);
  const revision = String(asset.revisions.length + 1);
  asset.revisions.push({
    ...latest(asset),
    revision,
    createdAt: context.now,
    createdBy: callerProfile(context, domain).id,
  });
  const ownershipTransfer: OwnershipTransfer = {
    status: "IN_PROGRESS",
    sourceProjectId: source.id,
    targetProjectId: target.id,
    startedAt: context.now,
    updatedAt: context.now,
  };
  asset.ownershipTransfer = ownershipTransfer;
  context.later(context.behaviour.transferDelay, (later) => finish(later, domain, asset, ownershipTransfer, target));
  return { id: asset.id, revision, ownershipTransfer };
};

function finish(
  { behaviour: { transfers: status }, now }: Context,
  domain: Domain,
  asset: Asset,
  transfer: OwnershipTransfer,
  target: Project,
): void {
  asset.ownershipTransfer = { ...transfer, status, updatedAt: now };
  if (status === "FAILED") {
    asset.revisions.pop();
    return;
  }
  asset.owningProjectId = target.id;
  const owner = { ownerProjectId: target.id, ownerProjectName: target.name };
  for (const listing of domain.listings.values()) {
    if (listing.entityId !== asset.id) continue;
    listing.owningProjectId = target.id;
    for (const request of domain.requests.values()) {
      const [subscribed] = request.subscribedListings;
      const isWaiting = request.status === "PENDING" && subscribed.id === listing.id;
      if (isWaiting) request.subscribedListings = [{ ...subscribed, ...owner }];
    }
    for (const subscription of domain.subscriptions.values()) {
      if (subscription.subscribedListing.id !== listing.id) continue;
      subscription.subscribedListing = { ...subscription.subscribedListing, ...owner };
    }
  }
}

/** @throws ApiError ConflictException while the asset changes hands */
export function refuseWhileMoving({ id, ownershipTransfer }: Asset): void {
  if (ownershipTransfer?.status === "IN_PROGRESS")
    throw conflict(`Asset ${id} is being transferred to another project.`);
}

export const transfers = { UpdateAssetOwner };
