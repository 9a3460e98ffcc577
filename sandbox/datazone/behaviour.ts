import { z } from "zod";

const SHAPES = z.enum(["measured", "plain"]);
export type ListingShapes = z.infer<typeof SHAPES>;

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

/**
 * How the sandbox's DataZone behaves where it can be chosen: because AWS leaves it open, because only a real account
 * could tell, or because a test wants it otherwise. May be changed at any time (`POST /_sandbox/behaviour`).
 */
export const BEHAVIOUR = z.strictObject({
  /** How the forms of listings are written: as measured on a live domain, or as plain objects by form name. */
  listingShapes: SHAPES.default("measured"),
  /**
   * The same for the copy of a listing that a subscription request carries: no public source shows how it is written.
   */
  requestShapes: SHAPES.default("measured"),
  /** Terms on columns, where listings are written as measured; `mixed` changes from term to term. */
  columnTerms: z.enum(["id", "name", "nested", "mixed"]).default("nested"),
  /** Calls per second and operation, for the whole account. Operations that are not named are not limited; the sandbox scales them. */
  quotas: z.record(z.string(), z.number().positive()).default(QUOTAS),
  /** The error of accepting or rejecting a request that was decided already; users report both. */
  secondDecision: z.enum(["ConflictException", "ValidationException"]).default("ConflictException"),
  /** Whether a decided request names who decided it: the user profile's id in `reviewerId`. */
  reviewer: z.enum(["profile", "absent"]).default("profile"),
  /** Who may read a project: its members only, or everyone in the domain. */
  readableProjects: z.enum(["members", "everyone"]).default("members"),
  /**
   * The field of a membership that takes a role's ARN. AWS does not say which; the public code that we know uses the
   * user's.
   */
  roleMemberField: z.enum(["user", "group", "either"]).default("either"),
  /** What members may do whose designation was made with CreateDesignation; its policy is not evaluated. */
  createdDesignations: z.enum(["read", "like contributors"]).default("read"),
  /** Columns for which BatchGetAttributesMetadata reports an error inside a 200, each with the error's code. */
  attributeErrors: z.record(z.string(), z.string()).default({}),
  /** The error code of BatchGetAttributesMetadata for a column without metadata; AWS documents none. */
  attributeNotFoundCode: z.string().default("ResourceNotFoundException"),
  /** Adding somebody who is a member already is refused, or changes the member's designation. */
  secondMembership: z.enum(["refused", "changes designation"]).default("refused"),
  /** `autoApproved` in the event of a request that the service does not approve by itself: left out, or false. */
  notAutoApproved: z.enum(["absent", "false"]).default("absent"),
  /** Milliseconds until the service accepts a request that needs no approval. */
  autoApprovalDelay: z.number().nonnegative().default(500),
  /** Milliseconds until an asset that is given to another project belongs to it, and whether it then does. */
  transferDelay: z.number().nonnegative().default(500),
  transfers: z.enum(["SUCCEEDED", "FAILED"]).default("SUCCEEDED"),
  /** How often each event is delivered; EventBridge may repeat one. */
  eventCopies: z.int().nonnegative().default(1),
  /** The order of events that are sent within a window of `eventWindow` milliseconds. */
  eventOrder: z.enum(["as sent", "reversed"]).default("as sent"),
  eventWindow: z.number().nonnegative().default(100),
  /** Whether `subscribedListings` in events carry the `item` too. */
  eventItems: z.boolean().default(false),
  /** Whether the grants of an accepted subscription are fulfilled. */
  grants: z.enum(["COMPLETED", "GRANT_FAILED"]).default("COMPLETED"),
});
export type Behaviour = z.infer<typeof BEHAVIOUR>;

export const defaultBehaviour = (): Behaviour => BEHAVIOUR.parse({});
