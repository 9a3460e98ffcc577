import type { RequestDetails } from "./datazone";
import type { Facts, Unreadable } from "./facts";
import type { Severity } from "./policies/severity";

/** `left`: nothing was to be done. */
export type Outcome = "approved" | "rejected" | "waiting" | "failed" | "left";

/**
 * One decision, as it is logged and, where a person asks, answered. It holds identifiers, names from the catalog and the
 * policies' own words, never what a requester wrote.
 */
export interface DecisionRecord<O extends Outcome = Outcome> {
  readonly subscriptionRequestId: string;
  readonly outcome: O;
  /** Why it waits, failed or was left alone; empty where policies decided. */
  readonly why: readonly string[];
  /** The ids of the deciding policies. */
  readonly policies: readonly string[];
  /** The digest of the policy set; of a decision that was made before by another set, its first 12 characters. */
  readonly policySet: string;
  readonly environment: string;
  readonly domainId: string;
  readonly trigger: "event" | "sweep" | "person";
  /** Nothing was done: this is what would have happened. */
  readonly dryRun: boolean;
  readonly comment?: string;
  /** The gravest `@severity` of the deciding policies. */
  readonly severity?: Severity;
  /** The row and column filters that are asked for. */
  readonly requestedFilters?: readonly string[];
  /** The asset filters that it was, or would be, accepted with. */
  readonly assetScope?: readonly string[];
  /** The decision had been made before, by this approver, and told, as far as can be known: a duplicate event, say. */
  readonly again?: true;
  readonly listing?: { readonly id: string; readonly name?: string; readonly revision?: string };
  readonly assets?: readonly string[];
  readonly product?: string;
  /** The listings that were read again before approving, with their revisions then. */
  readonly listed?: readonly { readonly id: string; readonly revision?: string }[];
  /** The publishing project. */
  readonly project?: { readonly id: string; readonly name?: string };
  readonly subscriber?: { readonly type: string; readonly id: string; readonly name?: string };
  /** The user that made the request, by the domain's id for them; kind and name only where policies refer to them. */
  readonly requester?: { readonly id: string; readonly kind?: string; readonly name?: string };
  readonly requestedAt?: string;
  /** The user that decided it outside of the approver, by the domain's id for them. */
  readonly decidedBy?: string;
  /** When it was accepted or rejected, as the service says, else when the approver did it. Not in a dry run. */
  readonly decidedAt?: string;
  /** Milliseconds from the request to its acceptance or rejection. */
  readonly latency?: number;
}

/** What is the same for every record of a request. */
export type Setting = Pick<
  DecisionRecord,
  "subscriptionRequestId" | "policySet" | "environment" | "domainId" | "trigger" | "dryRun"
> & {
  /** The publishing project, as far as the message says. */
  readonly projectId?: string;
  readonly now: Date;
};

/** What a record says beyond the request itself. */
export type Conclusion<O extends Outcome = Outcome> = Pick<DecisionRecord<O>, "outcome" | "why"> &
  Partial<
    Pick<DecisionRecord, "policies" | "policySet" | "severity" | "comment" | "assetScope" | "again" | "decidedBy">
  >;

/** What was read of a request, as far as it got. */
export interface Read {
  readonly details?: RequestDetails;
  readonly facts?: Facts | Unreadable;
}

/** The record of what became of a request. */
export function recordOf<O extends Outcome>(
  { projectId, now, ...setting }: Setting,
  { details, facts }: Read,
  { outcome, why, policies = [], ...optional }: Conclusion<O>,
): DecisionRecord<O> {
  const listing = details?.subscribedListings?.[0];
  const { assetListing, productListing } = listing?.item ?? {};
  const publisher = listing?.ownerProjectId ?? projectId;
  const isDecided = (outcome === "approved" || outcome === "rejected") && !setting.dryRun;
  const at = isDecided ? ((details && decidedAt(details)) ?? now) : undefined;
  const isFirst = !optional.again && !optional.decidedBy;
  return {
    ...setting,
    outcome,
    why: few(why),
    policies,
    ...optional,
    decidedAt: at?.toISOString(),
    listing: listing?.id ? { id: listing.id, name: listing.name, revision: listing.revision } : undefined,
    product: productListing?.entityId,
    project: publisher ? { id: publisher, name: listing?.ownerProjectName } : undefined,
    subscriber: subscriberOf(details),
    requester: details?.createdBy ? { id: details.createdBy, ...requesterOf(facts) } : undefined,
    requestedFilters: assetListing?.assetScope?.filterIds,
    requestedAt: details?.createdAt?.toISOString(),
    latency: at && isFirst && details?.createdAt ? at.getTime() - details.createdAt.getTime() : undefined,
    // Last, because there may be many: CloudWatch Logs Insights finds 200 fields of an event, and no more.
    assets: (assetListing ? [assetListing] : productListing?.assetListings)?.flatMap(({ entityId }) => entityId ?? []),
    listed: facts && "listed" in facts ? facts.listed : undefined,
  };
}

/** When a request was decided that is no longer pending. */
const decidedAt = ({ status, updatedAt }: RequestDetails): Date | undefined =>
  status === "PENDING" ? undefined : updatedAt;

/** Reasons are told, and their number is the data product's: SNS takes 256 KB in all, for every body of an announcement. */
const MAXIMUM_REASONS = 10;
const LONGEST_REASON = 500;

const few = (why: readonly string[]): readonly string[] =>
  (why.length > MAXIMUM_REASONS
    ? [...why.slice(0, MAXIMUM_REASONS), `and ${why.length - MAXIMUM_REASONS} more reasons`]
    : why
  ).map((reason) => (reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason));

const requesterOf = (facts: Read["facts"]): { kind?: string; name?: string } =>
  facts && "requester" in facts && "value" in facts.requester.details ? facts.requester.details.value : {};

function subscriberOf(details: RequestDetails | undefined): DecisionRecord["subscriber"] {
  const { project, user, group, iam } = details?.subscribedPrincipals?.[0] ?? {};
  if (project?.id) return { type: "project", id: project.id, name: project.name };
  if (user?.id) return { type: "user", id: user.id };
  if (group?.id) return { type: "group", id: group.id, name: group.name };
  if (iam?.principalArn) return { type: "IAM principal", id: iam.principalArn };
  return undefined;
}
