import { type Afterwards, announcementOf } from "./announce";
import { readComment } from "./comment";
import type { RequestDetails } from "./datazone";
import { TryAgain, isPermanent } from "./errors";
import type { EventMessage } from "./input";
import { recordOf } from "./record";
import { type DecisionContext, settingOf } from "./settle";

/**
 * Processes an event after a decision: a decision that somebody else has made, access that was granted, not granted or revoked, or a membership
 * or policy grant that the approver has lost. The shapes of these events are not documented, so all texts in them are searched for ids: of
 * publishing projects, of the request, of users.
 *
 * @throws errors that may pass, so that the event is processed again
 */
export async function takeIn(message: EventMessage, attempt: number, around: DecisionContext): Promise<void> {
  const event = new LaterEvent(message);
  if (message.concerns === "approver") return aboutItself(event, around);
  if (message.concerns === "decision") return decided(event, attempt, around);
  return access(event, message.concerns, around);
}

class LaterEvent {
  readonly name: string;
  /** Id of the request, grant, project or member that the event is about. */
  readonly id?: string;
  /** Id of the user who has caused the event. */
  readonly user?: string;
  /** Id of the user who has decided, the decision comment and the id of the request, each where the event has it. */
  readonly reviewerId?: string;
  readonly requestId?: string;
  readonly comment?: string;
  /** Every text in the event except the user who has caused it. */
  readonly texts: readonly string[];

  constructor({ name, detail }: EventMessage) {
    const { user, ...metadata } = detail.metadata;
    const found = [...leaves({ ...detail, metadata })];
    const named = (key: string): string | undefined => found.find((leaf) => leaf.key === key)?.text;
    this.name = name;
    this.id = metadata.id;
    this.user = user;
    this.reviewerId = named("reviewerId");
    this.requestId = named("subscriptionRequestId");
    this.comment = named("decisionComment");
    this.texts = found.map(({ text }) => text);
  }

  /** The publishing project of this approver that the event names. */
  projectOf({ projects }: DecisionContext): string | undefined {
    return this.texts.find((text) => projects.has(text));
  }
}

function* leaves(value: unknown, key = ""): Generator<{ key: string; text: string }> {
  if (typeof value === "string") yield { key, text: value };
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) yield* leaves(inner, Array.isArray(value) ? key : name);
}

/** A request was accepted or rejected: by this approver, which has announced that already, or by somebody else. */
async function decided(event: LaterEvent, attempt: number, around: DecisionContext): Promise<void> {
  const { config, self, domain, projects, journal } = around;
  const { name } = config;
  const reviewer = event.reviewerId ?? event.user;
  const ours = event.projectOf(around);
  if (!event.id || ours === undefined || self.knows(reviewer)) return;
  // Anybody can write a comment that begins like this approver's, so it counts only where the reviewer is unknown.
  const isKnown = reviewer === undefined ? readComment(name, event.comment) : await self.is(reviewer, domain);
  if (isKnown) return;

  const details = await find(event.id, around);
  if (!details || !projects.has(details.subscribedListings?.[0]?.ownerProjectId ?? "")) return;
  const { status, decisionComment, reviewerId = reviewer } = details;
  if (status !== "ACCEPTED" && status !== "REJECTED") {
    if (attempt === 1) throw new TryAgain("the request is not decided yet");
    return;
  }
  const isOwn = readComment(name, decisionComment) && (!reviewerId || ((await self.is(reviewerId, domain)) ?? true));
  if (isOwn) return;
  const record = recordOf(
    settingOf(taskOf(event.id), around),
    { details },
    {
      outcome: status === "ACCEPTED" ? "approved" : "rejected",
      why: ["it was decided by somebody else, not by the approver"],
      // Somebody did, whether or not anything says who.
      decidedBy: reviewerId ?? "unknown",
    },
  );
  journal.decision(record);
  await around.announce({ ...announcementOf(record, name), decision: record.outcome, again: false });
  journal.count(record);
}

/** Announces whether approved access was granted, because an approval alone gives no access yet. */
async function access(event: LaterEvent, what: Afterwards, around: DecisionContext): Promise<void> {
  const { projects, journal, config } = around;
  const details = event.requestId === undefined ? undefined : await find(event.requestId, around);
  const project = details?.subscribedListings?.[0]?.ownerProjectId ?? event.projectOf(around);
  if (project === undefined || !projects.has(project)) {
    const reason =
      project === undefined ? "it names no publishing project and no request" : "it belongs to another project";
    journal.info("event left alone", { event: event.name, id: event.id, reason });
    return;
  }
  journal.info("event", { event: event.name, id: event.id, subscriptionRequestId: event.requestId, project });
  const why = [
    `Amazon DataZone reports "${event.name}"${event.id === undefined ? "" : `, id ${event.id}`}`,
    ...(details ? [] : ["the event names no subscription request that can be read, so nothing more is known"]),
  ];
  const task = { ...taskOf(event.requestId ?? "unknown"), projectId: project };
  const record = recordOf(settingOf(task, around), { details }, { outcome: "left", why });
  await around.announce({ ...announcementOf(record, config.name), event: what, again: false });
}

/** Tells operators that the approver has lost a membership or a policy grant, without which it can decide nothing. */
async function aboutItself(event: LaterEvent, around: DecisionContext): Promise<void> {
  const { self, domain, config, tellOperators } = around;
  const isReadable = await self.introduce(domain);
  const isOwn = event.texts.some((text) => text === self.roleArn || self.knows(text));
  const project = event.projectOf(around);
  if (!isOwn && (isReadable || project === undefined)) return;
  const whose = isOwn
    ? "This concerns the approver itself."
    : "This may concern the approver itself: whether it does is unknown, because the approver may not read its own user profile.";
  const text = [
    `Amazon DataZone reports "${event.name}"${project === undefined ? "" : ` in the publishing project ${project}`}. ${whose}`,
    "",
    `Role: ${self.roleArn}`,
    `Domain: ${config.domainId}`,
    ...(event.user === undefined ? [] : [`Changed by: ${event.user}`]),
    "",
    'Invoke the function with { "operation": "check" } to see what is missing and how to repair it.',
  ].join("\n");
  await tellOperators(`${config.name}: ${event.name}`, text);
}

/** @returns undefined where the request does not exist any more, or may not be read */
async function find(
  requestId: string,
  { domain, pace, remaining }: DecisionContext,
): Promise<RequestDetails | undefined> {
  await pace.details.turn(remaining);
  return domain.request(requestId).catch((error: unknown) => {
    if (isPermanent(error)) return undefined;
    throw error;
  });
}

const taskOf = (subscriptionRequestId: string) => ({ subscriptionRequestId, trigger: "event", dryRun: false }) as const;
