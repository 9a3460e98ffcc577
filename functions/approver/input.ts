import * as z from "zod/mini";
import { explain } from "../explain";

// Compiling schemas costs a process more than it saves it.
z.config({ jitless: true });

const ID = z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,36}$/, "is not a DataZone id"));
const INSTANT = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => new Date(text)),
);

/** The event "Subscription Request Created" of a DataZone domain: the fields that are read; there may be more. */
const event = z.object({
  source: z.literal("aws.datazone"),
  "detail-type": z.literal("Subscription Request Created"),
  detail: z.object({
    metadata: z.object({ domain: z.string(), id: ID }),
    data: z.object({
      autoApproved: z.nullish(z.boolean()),
      subscribedListings: z.array(z.object({ ownerProjectId: ID })).check(z.minLength(1)),
    }),
  }),
});

/** Events after a decision, by detail-type, with what each concerns. */
const LATER = {
  "Subscription Request Accepted": "decision",
  "Subscription Request Rejected": "decision",
  "Subscription Grant Completed": "granted",
  "Subscription Grant Failed": "grant-failed",
  "Subscription Revoked": "revoked",
  "Project Member Removal Succeeded": "approver",
  "Project Member Role Change Succeeded": "approver",
  "Policy Grant Removed": "approver",
} as const;

/** An event after a decision. Its detail is not documented for all kinds, so anything is accepted. */
const later = z.object({
  source: z.literal("aws.datazone"),
  "detail-type": z.enum(Object.keys(LATER) as (keyof typeof LATER)[]),
  detail: z.looseObject({
    metadata: z.looseObject({ domain: z.string(), id: z.optional(z.string()), user: z.optional(z.string()) }),
  }),
});

/** The approver's own message with a request to decide: from a sweep, or in place of an event that has failed. */
const request = z.strictObject({
  operation: z.literal("decide"),
  projectId: ID,
  subscriptionRequestId: ID,
  quietUntil: z.optional(INSTANT),
  failureTold: z.optional(z.literal(true)),
});

const scheduled = z.optional(z.strictObject({ at: INSTANT, everyMinutes: z.number().check(z.gt(0)) }));

/** The approver's own message that continues a sweep which ran out of time. `oldest`: creation time of the oldest request seen so far. */
const continuation = z.strictObject({
  operation: z.literal("sweep"),
  projectId: z.optional(ID),
  scheduled,
  cursor: z.string(),
  part: z.number().check(z.gt(0)),
  oldest: z.optional(INSTANT),
});

const dryRun = z._default(z.boolean(), false);
const operation = z.discriminatedUnion("operation", [
  z.strictObject({
    operation: z.literal("sweep"),
    projectId: z.optional(ID),
    dryRun,
    scheduled,
    cursor: z.optional(z.string()),
  }),
  z.strictObject({
    operation: z.literal("decide"),
    projectId: z.optional(ID),
    subscriptionRequestId: ID,
    dryRun,
  }),
  z.strictObject({ operation: z.literal("check"), projectId: z.optional(ID), dryRun }),
]);

export type Operation = z.infer<typeof operation>;

/** A message from the queue with a request to decide. */
export interface RequestMessage {
  readonly operation: "decide";
  readonly subscriptionRequestId: string;
  /** The publishing project, as far as the message says. */
  readonly projectId: string;
  readonly trigger: "event" | "sweep";
  /** DataZone is approving the request itself. */
  readonly autoApproved: boolean;
  /** From a scheduled sweep: people are not told that the request waits before this time, when the next sweep finds it again. */
  readonly quietUntil?: Date;
  /** People have been told already that the request failed. */
  readonly failureTold: boolean;
}

/** A message from the queue with an event after a decision. */
export interface EventMessage {
  readonly operation: "take in";
  readonly concerns: (typeof LATER)[keyof typeof LATER];
  readonly name: string;
  readonly detail: z.infer<typeof later>["detail"];
}

export type Message = RequestMessage | EventMessage | z.infer<typeof continuation>;

const ACCEPTED =
  'Accepted are an SQS batch, or { "operation": "sweep" | "decide" | "check", "projectId"?, "subscriptionRequestId"?, "dryRun"?, "cursor"? }, ' +
  "where decide needs a subscriptionRequestId, and only a sweep takes a cursor.";

/** @throws an error that says what is wrong with it and what is accepted; it never quotes the input */
export function parseOperation(input: unknown): Operation {
  const parsed = operation.safeParse(input);
  if (!parsed.success) throw new Error(`The input is not valid: ${explain(parsed.error)}. ${ACCEPTED}`);
  return parsed.data;
}

/**
 * Parses the body of a queue record.
 *
 * @param domainId the one domain that messages may be about
 * @throws an error that says what is wrong with it; it never quotes the body
 */
export function parseMessage(body: string, domainId: string): Message {
  const json = parseJson(body);
  const { operation } = isRecord(json) ? json : {};
  if (operation === "sweep") return valid(continuation.safeParse(json));
  if (operation !== undefined) {
    const { failureTold = false, ...rest } = valid(request.safeParse(json));
    return { ...rest, trigger: failureTold ? "event" : "sweep", autoApproved: false, failureTold };
  }
  const isLater = isRecord(json) && String(json["detail-type"]) in LATER;
  return isLater ? laterEvent(valid(later.safeParse(json)), domainId) : created(valid(event.safeParse(json)), domainId);
}

const requireDomain = (metadata: { readonly domain: string }, domainId: string): void => {
  if (metadata.domain !== domainId) throw invalid(`detail.metadata.domain is not ${domainId}`);
};

function laterEvent({ "detail-type": name, detail }: z.infer<typeof later>, domainId: string): EventMessage {
  requireDomain(detail.metadata, domainId);
  return { operation: "take in", concerns: LATER[name], name, detail };
}

function created({ detail: { metadata, data } }: z.infer<typeof event>, domainId: string): RequestMessage {
  requireDomain(metadata, domainId);
  return {
    operation: "decide",
    subscriptionRequestId: metadata.id,
    projectId: data.subscribedListings[0]!.ownerProjectId,
    trigger: "event",
    autoApproved: data.autoApproved ?? false,
    failureTold: false,
  };
}

const invalid = (reason: string): Error => new Error(`The message is not valid: ${reason}`);

function valid<T>(parsed: z.core.util.SafeParseResult<T>): T {
  if (!parsed.success) throw invalid(explain(parsed.error));
  return parsed.data;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalid("it is not JSON");
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
