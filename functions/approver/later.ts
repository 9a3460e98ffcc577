import { type Afterwards, announcementOf } from "./announce";
import { readComment } from "./comment";
import type { RequestDetails } from "./datazone";
import { TryAgain, isPermanent } from "./errors";
import type { EventMessage } from "./input";
import { recordOf } from "./record";
import { type Surroundings, settingOf } from "./settle";

/**
 * Takes in what the service tells after a decision: who decided that the approver did not, what became of the access, and that the
 * approver itself has lost what it needs. The shapes of these events are not documented, so they are read for what they hold, not
 * for where: ids of publishing projects, of the request, of users.
 *
 * @throws what may pass, so that the event is taken in again
 */
export async function takeIn(message: EventMessage, attempt: number, around: Surroundings): Promise<void> {
  const event = new LaterEvent(message);
  if (message.concerns === "approver") return aboutItself(event, around);
  if (message.concerns === "decision") return decided(event, attempt, around);
  return access(event, message.concerns, around);
}

class LaterEvent {
  readonly name: string;
  /** Id of what the event is about. */
  readonly id?: string;
  /** Who has caused it. */
  readonly user?: string;
  /** Who has decided and with which comment, where that is said, and the request, where it is named. */
  readonly reviewerId?: string;
  readonly requestId?: string;
  readonly comment?: string;
  /** Every text in it but who has caused it. */
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

  /** The publishing project of ours that it names. */
  projectOf({ projects }: Surroundings): string | undefined {
    return this.texts.find((text) => projects.has(text));
  }
}

function* leaves(value: unknown, key = ""): Generator<{ key: string; text: string }> {
  if (typeof value === "string") yield { key, text: value };
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) yield* leaves(inner, Array.isArray(value) ? key : name);
}

/** A request was accepted or rejected: by the approver, which has told already, or by somebody else. */
async function decided(event: LaterEvent, attempt: number, around: Surroundings): Promise<void> {
  const { config, self, domain, projects, journal } = around;
  const { name } = config;
  const reviewer = event.reviewerId ?? event.user;
  const ours = event.projectOf(around);
  if (!event.id || ours === undefined || self.knows(reviewer)) return;
  // Anybody can write what begins alike: the comment counts where nothing says who has decided.
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
      why: ["it was decided outside of the approver"],
      // Somebody did, whether or not anything says who.
      decidedBy: reviewerId ?? "unknown",
    },
  );
  journal.decision(record);
  await around.announce({ ...announcementOf(record, name), decision: record.outcome, again: false });
  journal.count(record);
}

/** What became of the access that was approved: approval is not access. */
async function access(event: LaterEvent, what: Afterwards, around: Surroundings): Promise<void> {
  const { projects, journal, config } = around;
  const details = event.requestId === undefined ? undefined : await find(event.requestId, around);
  const project = details?.subscribedListings?.[0]?.ownerProjectId ?? event.projectOf(around);
  if (project === undefined || !projects.has(project)) {
    const reason = project === undefined ? "it names no publishing project and no request" : "it is another project's";
    journal.info("event left alone", { event: event.name, id: event.id, reason });
    return;
  }
  journal.info("event", { event: event.name, id: event.id, subscriptionRequestId: event.requestId, project });
  const why = [
    `Amazon DataZone says "${event.name}" of ${event.id ?? "something without an id"}`,
    ...(details ? [] : ["the event names no subscription request that can be read, so more is not known"]),
  ];
  const task = { ...taskOf(event.requestId ?? "unknown"), projectId: project };
  const record = recordOf(settingOf(task, around), { details }, { outcome: "left", why });
  await around.announce({ ...announcementOf(record, config.name), event: what, again: false });
}

/** The approver has lost a membership or a policy grant: nothing works until it has it again. */
async function aboutItself(event: LaterEvent, around: Surroundings): Promise<void> {
  const { self, domain, config, tellOperators } = around;
  const isReadable = await self.introduce(domain);
  const isOwn = event.texts.some((text) => text === self.roleArn || self.knows(text));
  const project = event.projectOf(around);
  if (!isOwn && (isReadable || project === undefined)) return;
  const whose = isOwn
    ? "It is the approver's own."
    : "Whether it is the approver's own cannot be told: its profile cannot be read.";
  const text = [
    `Amazon DataZone says "${event.name}"${project === undefined ? "" : ` in the publishing project ${project}`}. ${whose}`,
    "",
    `Role: ${self.roleArn}`,
    `Domain: ${config.domainId}`,
    ...(event.user === undefined ? [] : [`Changed by: ${event.user}`]),
    "",
    'Invoking the function with { "operation": "check" } says what is missing and what to do about it.',
  ].join("\n");
  await tellOperators(`${config.name}: ${event.name}`, text);
}

/** @returns undefined where it is not there any more, or may not be read */
async function find(requestId: string, { domain, pace, remaining }: Surroundings): Promise<RequestDetails | undefined> {
  await pace.details.turn(remaining);
  return domain.request(requestId).catch((error: unknown) => {
    if (isPermanent(error)) return undefined;
    throw error;
  });
}

const taskOf = (subscriptionRequestId: string) => ({ subscriptionRequestId, trigger: "event", dryRun: false }) as const;
