import type { ColumnTermShape } from "./listing-forms";

export type ListingShapes = "measured" | "plain";

/**
 * How the sandbox's DataZone behaves where it can be chosen: because AWS leaves it open, because only a real account
 * could tell, or because a test wants it otherwise. May be changed at any time.
 */
export interface Behaviour {
  /** How the forms of listings are written: as measured on a live domain, or as plain objects by form name. Default `plain`. */
  listingShapes: ListingShapes;
  /** The same of the copy of a listing that a request carries, which nobody has shown. Default `plain`. */
  requestShapes: ListingShapes;
  /** Terms on columns, where listings are written as measured; `mixed` changes from term to term. Default `nested`. */
  columnTerms: ColumnTermShape | "mixed";
  /** Calls per second and operation, for the whole account. Operations that are not named are not limited; the sandbox scales them. */
  quotas: Readonly<Record<string, number>>;
  /** The error of accepting or rejecting what is decided already; users report both. Default ConflictException. */
  secondDecision: "ConflictException" | "ValidationException";
  /** Who may read a project: its members only (default), or everyone in the domain. */
  readableProjects: "members" | "everyone";
  /** The field of a membership that takes a role's ARN; public users differ. Default `either`. */
  roleMemberField: "user" | "group" | "either";
  /** What an event says of a request that the service does not approve by itself. Default: the key is absent. */
  notAutoApproved: "absent" | "false";
  /** Milliseconds until the service accepts what it approves by itself. Default 500. */
  autoApprovalDelay: number;
  /** How often each event is delivered; EventBridge promises at least once. Default 1. */
  eventCopies: number;
  /** Whether `subscribedListings` in events carry the `item` too. Default false. */
  eventItems: boolean;
  /** Whether the grants of an accepted subscription are fulfilled. Default `COMPLETED`. */
  grants: "COMPLETED" | "GRANT_FAILED";
}

/** The service's own rates. https://docs.aws.amazon.com/datazone/latest/userguide/quotas.html */
const QUOTAS = {
  AcceptSubscriptionRequest: 3,
  RejectSubscriptionRequest: 3,
  CreateSubscriptionRequest: 3,
  CreateProjectMembership: 3,
  ListSubscriptionRequests: 8,
  GetSubscriptionRequestDetails: 8,
  ListProjects: 8,
};

export const defaultBehaviour = (): Behaviour => ({
  listingShapes: "plain",
  requestShapes: "plain",
  columnTerms: "nested",
  quotas: QUOTAS,
  secondDecision: "ConflictException",
  readableProjects: "members",
  roleMemberField: "either",
  notAutoApproved: "absent",
  autoApprovalDelay: 500,
  eventCopies: 1,
  eventItems: false,
  grants: "COMPLETED",
});
