import * as z from "zod/mini";

// Compiling schemas costs a process more than it saves it.
z.config({ jitless: true });

const ID = z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,36}$/, "is not a DataZone id"));
const INSTANT = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => new Date(text)),
);

/** "Subscription Request Created" as a DataZone domain puts it on the default bus; there may be more than is read here. */
const event = z.object({
  source: z.literal("aws.datazone"),
  "detail-type": z.literal("Subscription Request Created"),
  detail: z.object({
    metadata: z.object({ domain: z.string(), id: ID }),
    data: z.object({
      autoApproved: z.optional(z.boolean()),
      subscribedListings: z.array(z.object({ ownerProjectId: ID })).check(z.minLength(1)),
    }),
  }),
});

/** What a sweep puts on the queue. `reminder`: announce what waits, if it has become due in this window. */
const message = z.strictObject({
  operation: z.literal("decide"),
  projectId: ID,
  subscriptionRequestId: ID,
  reminder: z.optional(z.strictObject({ since: INSTANT, until: INSTANT })),
});

const dryRun = z._default(z.boolean(), false);
const operation = z.discriminatedUnion("operation", [
  z.strictObject({
    operation: z.literal("sweep"),
    projectId: z.optional(ID),
    dryRun,
    scheduled: z.optional(z.strictObject({ at: INSTANT, everyMinutes: z.number().check(z.gt(0)) })),
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

/** A request to decide, as it comes from the queue. */
export interface Message {
  readonly subscriptionRequestId: string;
  /** The publishing project, as far as the message says. */
  readonly projectId: string;
  readonly trigger: "event" | "sweep";
  /** The service is approving the request itself. */
  readonly autoApproved: boolean;
  readonly reminder?: { readonly since: Date; readonly until: Date };
}

const ACCEPTED =
  'Accepted are an SQS batch, or { "operation": "sweep" | "decide" | "check", "projectId"?, "subscriptionRequestId"?, "dryRun"? }, ' +
  "where decide needs a subscriptionRequestId and the others take none.";

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
  const parsed = isRecord(json) && "operation" in json ? message.safeParse(json) : event.safeParse(json);
  if (!parsed.success) throw new Error(`The message is not valid: ${explain(parsed.error)}`);
  const { data } = parsed;
  if ("operation" in data) return { ...data, trigger: "sweep", autoApproved: false };
  if (data.detail.metadata.domain !== domainId) {
    throw new Error(`The message is not valid: detail.metadata.domain is not ${domainId}`);
  }
  return {
    subscriptionRequestId: data.detail.metadata.id,
    projectId: data.detail.data.subscribedListings[0]!.ownerProjectId,
    trigger: "event",
    autoApproved: data.detail.data.autoApproved ?? false,
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error("The message is not valid: it is not JSON");
  }
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The issues of a schema error by path, without the values that caused them. Zod's own texts are a third of the bundle's
 * code and start-up time, hence these few.
 */
export const explain = (error: z.core.$ZodError): string =>
  error.issues.map((issue) => [issue.path.join("."), describe(issue)].filter(Boolean).join(": ")).join("; ");

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be a ${issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.join(" or ")}`;
    case "unrecognized_keys":
      return `unknown: ${issue.keys.join(", ")}`;
    case "too_small":
      return `must be at least ${issue.minimum}`;
    default:
      return issue.message === "Invalid input" ? "is not accepted" : issue.message;
  }
}
