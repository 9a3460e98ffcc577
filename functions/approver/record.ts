import type { RequestDetails } from "./datazone";
import type { Facts, Unreadable } from "./facts";
import type { Severity } from "./policies/severity";

/** What happened to a request. `left`: the approver left it alone, because there was nothing to do. */
export type Outcome = "approved" | "rejected" | "waiting" | "failed" | "left";

/**
 * The record of one decision, as it is logged, and answered to a person who invokes the function. It has ids, names from the catalog and the
 * policies' comments, never the requester's text.
 */
export interface DecisionRecord<O extends Outcome = Outcome> {
  readonly subscriptionRequestId: string;
  readonly outcome: O;
  /** Why the request waits, failed or was left alone; empty where policies decided. */
  readonly why: readonly string[];
  /** The ids of the deciding policies. */
  readonly policies: readonly string[];
  /** The digest of the policy set; for a decision that was made earlier with another set, its first 12 characters. */
  readonly policySet: string;
  readonly environment: string;
  readonly domainId: string;
  readonly trigger: "event" | "sweep" | "person";
  /** Nothing was done: the record says what would have happened. */
  readonly dryRun: boolean;
  readonly comment?: string;
  /** The highest `@severity` of the deciding policies. */
  readonly severity?: Severity;
  /** Ids of the requested row and column filters. */
  readonly requestedFilters?: readonly string[];
  /** Ids of the asset filters with which the request was, or would be, accepted. */
  readonly assetScope?: readonly string[];
  /** This approver had made and, as far as it can know, announced the decision before, e.g. because an event came twice. */
  readonly again?: true;
  readonly listing?: { readonly id: string; readonly name?: string; readonly revision?: string };
  readonly assets?: readonly string[];
  readonly product?: string;
  /** The listings that were read again before approving, with their revisions. */
  readonly listed?: readonly { readonly id: string; readonly revision?: string }[];
  /** The publishing project. */
  readonly project?: { readonly id: string; readonly name?: string };
  readonly subscriber?: { readonly type: string; readonly id: string; readonly name?: string };
  /** The user who made the request, by the user's id in the domain; kind and name only where policies refer to them. */
  readonly requester?: { readonly id: string; readonly kind?: string; readonly name?: string };
  readonly requestedAt?: string;
  /** The user who decided the request instead of the approver, by the user's id in the domain. */
  readonly decidedBy?: string;
  /** When it was accepted or rejected, as the service says, else when the approver did it. Not in a dry run. */
  readonly decidedAt?: string;
  /** Milliseconds from the request to its acceptance or rejection. */
  readonly latency?: number;
}

/** The fields that are the same in every record of a request. */
export type Setting = Pick<
  DecisionRecord,
  "subscriptionRequestId" | "policySet" | "environment" | "domainId" | "trigger" | "dryRun"
> & {
  /** The publishing project, if the message has it. */
  readonly projectId?: string;
  readonly now: Date;
};

/** The fields of a record that are about the outcome, not about the request. */
export type Conclusion<O extends Outcome = Outcome> = Pick<DecisionRecord<O>, "outcome" | "why"> &
  Partial<
    Pick<DecisionRecord, "policies" | "policySet" | "severity" | "comment" | "assetScope" | "again" | "decidedBy">
  >;

/** What has been read of a request so far. */
export interface Read {
  readonly details?: RequestDetails;
  readonly facts?: Facts | Unreadable;
}

/** Makes the record of a request. */
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

/** When the request was decided; undefined while it is pending. */
const decidedAt = ({ status, updatedAt }: RequestDetails): Date | undefined =>
  status === "PENDING" ? undefined : updatedAt;

/** Reasons are announced, and a large data product can have many: all bodies of an SNS message together hold 256 KB. */
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
