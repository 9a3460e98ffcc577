import { refusal } from "./domain";
import { type Call, type Fault, type Kind, MINUTE } from "./simulation";

const throttled = (): Error => refusal("ThrottlingException", 429);
const broken = (): Error => refusal("InternalServerException", 500);
const denied = (): Error => refusal("AccessDeniedException", 403);
const timedOut = (attempts = 1): Error =>
  Object.assign(new Error("timed out"), { name: "TimeoutError", $metadata: { attempts } });

const GET = "GetSubscriptionRequestDetails";
const ACCEPT = "AcceptSubscriptionRequest";
const REJECT = "RejectSubscriptionRequest";
const LISTING = "GetListing";

/** The first calls of one name, for each request. */
const first =
  (name: string, times: number, fault: () => Fault) =>
  (call: Call): Fault =>
    call.name === name && call.before < times ? fault() : undefined;

/** Every call of the names given, between two times. */
const between =
  (from: number, to: number, fault: () => Fault, ...names: string[]) =>
  ({ name, minute }: Call): Fault =>
    names.includes(name) && from <= minute && minute < to ? fault() : undefined;

const anyOf =
  (...faults: ((call: Call) => Fault)[]) =>
  (call: Call): Fault =>
    faults.map((fault) => fault(call)).find((fault) => fault !== undefined);

const DATAZONE = [GET, ACCEPT, REJECT, LISTING, "ListSubscriptionRequests"];
const WAITS = ["Internal"];
const FORBIDDEN = ["Forbidden"];
const LOST: readonly number[] = [];

const TOLD_BY_A_SWEEP =
  "whether an event was lost cannot be known: what a sweep finds first says that people may have been told";
const KILLED =
  "that something was told before the process ended, it or another record of its batch, is known to nobody";
const BOTH = "an event that fails for now and a sweep cannot know of one another";
const REDRIVEN = "a redriven message does not say what became of its earlier deliveries";

/** What can go wrong, one kind at a time. */
export const KINDS: readonly Kind[] = [
  { name: "nothing, approved" },
  { name: "nothing, rejected", terms: FORBIDDEN },
  { name: "nothing, waits", terms: WAITS },
  { name: "no sweeps, approved", sweepEvery: 0 },
  { name: "the event twice at once", events: [0, 0] },
  { name: "the event again after an hour", events: [0, 60] },
  {
    name: "the event of what waits again",
    terms: WAITS,
    events: [0, 30],
    cannot: { twice: "what waits leaves no trace in the domain" },
  },
  { name: "the event only after a sweep", events: [150] },
  { name: "the event lost, approved", events: LOST },
  { name: "the event lost, rejected", events: LOST, terms: FORBIDDEN },
  { name: "the event lost, waits", events: LOST, terms: WAITS, cannot: { untrue: TOLD_BY_A_SWEEP } },
  { name: "autoApproved: null", autoApproved: null },
  { name: "autoApproved: false", autoApproved: false },
  {
    name: "the service approves it itself",
    autoApproved: true,
    meanwhile: (request, { clock, domain }) =>
      clock.at(clock.now + 5_000, () => domain.decideByHand(request, "", "SYSTEM")),
  },
  {
    name: "delivered twice at once by the queue",
    visibleTwice: 10,
    cannot: { twice: "the count of receives cannot tell a copy from a retry" },
  },
  {
    name: "the event is faster than the request",
    fault: first(GET, 1, () => refusal("ResourceNotFoundException", 404)),
  },
  {
    name: "withdrawn before it is read",
    meanwhile: (request, { clock }) => clock.at(clock.now, () => (request.withdrawn = true)),
  },
  {
    name: "withdrawn between reading and accepting",
    fault: ({ name, request }: Call): Fault => {
      if (name === ACCEPT && request) request.withdrawn = true;
      return undefined;
    },
  },
  {
    name: "withdrawn between reading and rejecting",
    terms: FORBIDDEN,
    fault: ({ name, request }: Call): Fault => {
      if (name === REJECT && request) request.withdrawn = true;
      return undefined;
    },
  },
  {
    name: "a person decides first",
    meanwhile: (request, { clock, domain }) => clock.at(clock.now, () => domain.decideByHand(request)),
  },
  {
    name: "a person decides between reading and accepting",
    meanwhile: (request, { clock, domain }) => clock.at(clock.now + 2_000, () => domain.decideByHand(request)),
  },
  {
    name: "a person's comment begins alike",
    meanwhile: (request, { clock, domain }) =>
      clock.at(clock.now, () => domain.decideByHand(request, "[matrix 0123456789ab] open")),
  },
  {
    name: "a person decides what waits, two hours later",
    terms: WAITS,
    meanwhile: (request, { clock, domain }) => clock.at(clock.now + 120 * MINUTE, () => domain.decideByHand(request)),
  },
  {
    name: "the listing becomes sensitive before it is looked at",
    meanwhile: (request) => (request.listed = ["Public", "PII"]),
  },
  {
    name: "the listing becomes sensitive and nobody can read it",
    meanwhile: (request) => (request.listed = ["Public", "PII"]),
    fault: between(0, 1e9, denied, LISTING),
  },
  {
    name: "the listing becomes sensitive while an outage lasts",
    fault: between(0, 30, throttled, ACCEPT),
    meanwhile: (request, { clock }) => clock.at(clock.now + 5 * MINUTE, () => (request.listed = ["Public", "PII"])),
  },
  { name: "a status that is not known", meanwhile: (request) => (request.status = "EXPIRED") },
  { name: "reading throttled", fault: first(GET, 2, throttled) },
  { name: "reading fails", fault: first(GET, 3, broken) },
  { name: "the listing throttled", fault: first(LISTING, 2, throttled) },
  { name: "accepting throttled", fault: first(ACCEPT, 2, throttled) },
  { name: "accepting fails, and was not done", fault: first(ACCEPT, 1, broken) },
  { name: "accepting times out, and was not done", fault: first(ACCEPT, 2, () => timedOut()) },
  { name: "accepting times out, and was done", fault: first(ACCEPT, 1, () => ({ after: timedOut() })) },
  { name: "accepting fails, and was done", fault: first(ACCEPT, 1, () => ({ after: broken() })) },
  {
    name: "the answer of an earlier attempt lost",
    fault: first(ACCEPT, 1, () => ({ after: refusal("ConflictException", 409, 2) })),
  },
  {
    name: "the answer lost, and not to be read again",
    fault: anyOf(
      first(ACCEPT, 1, () => ({ after: timedOut(4) })),
      ({ name, before }) => (name === GET && before === 1 ? throttled() : undefined),
    ),
  },
  { name: "the answer of a rejection lost", terms: FORBIDDEN, fault: first(REJECT, 1, () => ({ after: timedOut() })) },
  { name: "rejecting throttled", terms: FORBIDDEN, fault: first(REJECT, 2, throttled) },
  { name: "somebody else is changing it", fault: first(ACCEPT, 1, () => refusal("ConflictException", 409)) },
  { name: "announcing throttled", fault: first("Publish", 3, throttled) },
  { name: "announcing denied for half an hour", fault: between(0, 30, denied, "Publish") },
  {
    name: "announcing down for two hours, then redriven",
    fault: between(0, 120, throttled, "Publish"),
    sweepEvery: 0,
    redriveAt: 180,
    cannot: { untrue: REDRIVEN },
  },
  { name: "announcing of what waits down for half an hour", terms: WAITS, fault: between(0, 30, throttled, "Publish") },
  {
    name: "parameters cannot be read for ten minutes",
    fault: between(0, 10, throttled, "GetParametersByPath"),
  },
  { name: "DataZone down for ten minutes", fault: between(0, 10, broken, ...DATAZONE) },
  { name: "DataZone down for half an hour, no sweeps", fault: between(0, 30, broken, ...DATAZONE), sweepEvery: 0 },
  {
    name: "DataZone down for two hours, no sweeps, redriven",
    fault: between(0, 120, broken, ...DATAZONE),
    sweepEvery: 0,
    redriveAt: 180,
  },
  { name: "DataZone down for two hours, with sweeps", fault: between(0, 120, broken, ...DATAZONE) },
  { name: "killed before accepting", fault: first(ACCEPT, 1, () => "killed before"), cannot: { twice: KILLED } },
  { name: "killed after accepting", fault: first(ACCEPT, 1, () => "killed after"), cannot: { twice: KILLED } },
  { name: "killed before announcing", fault: first("Publish", 1, () => "killed before"), cannot: { twice: KILLED } },
  { name: "killed after announcing", fault: first("Publish", 1, () => "killed after"), cannot: { twice: KILLED } },
  { name: "killed while reading, four times", fault: first(GET, 4, () => "killed before"), sweepEvery: 0 },
  {
    name: "the event fails for now while a sweep decides",
    fault: first(GET, 4, throttled),
    sweepEvery: 30,
    cannot: { twice: BOTH },
  },
  { name: "accepting denied for good", fault: between(0, 1e9, denied, ACCEPT) },
  { name: "accepting denied for twenty minutes", fault: between(0, 20, denied, ACCEPT) },
  {
    name: "accepting denied for three hours, no sweeps, redriven",
    fault: between(0, 180, denied, ACCEPT),
    sweepEvery: 0,
    redriveAt: 200,
  },
  { name: "reading denied for good", fault: between(0, 1e9, denied, GET) },
  {
    name: "reading denied for good, the event lost",
    events: LOST,
    fault: between(0, 1e9, denied, GET),
    cannot: { untrue: TOLD_BY_A_SWEEP },
  },
  { name: "throttled, then denied for good", fault: anyOf(first(GET, 1, throttled), between(0, 1e9, denied, ACCEPT)) },
  {
    name: "nothing announced, then denied for good",
    fault: anyOf(between(0, 15, throttled, "Publish"), between(0, 1e9, denied, ACCEPT)),
  },
  {
    name: "parameters cannot be read, then denied for good",
    fault: anyOf(between(0, 10, throttled, "GetParametersByPath"), between(0, 1e9, denied, ACCEPT)),
  },
  {
    name: "killed, then denied for good",
    fault: anyOf(
      first(GET, 1, () => "killed before"),
      between(0, 1e9, denied, ACCEPT),
    ),
    cannot: { twice: KILLED, untrue: TOLD_BY_A_SWEEP },
  },
  {
    name: "denied for good, and the queue takes nothing for a while",
    fault: anyOf(between(0, 1e9, denied, ACCEPT), between(0, 5, throttled, "SendMessageBatch")),
    cannot: { twice: "what says that it was told is itself a message" },
  },
  {
    name: "nothing can be postponed",
    fault: anyOf(first(GET, 2, throttled), between(0, 1e9, denied, "ChangeMessageVisibility")),
  },
  { name: "a sweep throttled, the events lost", events: LOST, fault: first("ListSubscriptionRequests", 1, throttled) },
  {
    name: "one project may not be listed, its events come",
    fault: ({ name, input }) =>
      name === "ListSubscriptionRequests" && input["approverProjectId"] === "publisher1" ? denied() : undefined,
  },
  {
    name: "lists that take half a minute, the events lost",
    events: LOST,
    latency: (name) => (name === "ListSubscriptionRequests" ? 30_000 : 80),
  },
  { name: "every call takes 700 ms", latency: () => 700 },
  {
    name: "another policy set while nothing could be announced",
    fault: anyOf(
      between(0, 12, throttled, "Publish"),
      between(0, 12, () => "killed after", ACCEPT),
    ),
    deployAt: 13,
  },
  {
    name: "a bit of everything",
    cannot: { twice: KILLED },
    fault: ({ name, before, request }: Call): Fault => {
      const turn = Number(request?.id.slice(1) ?? 0) % 5;
      if (turn === 0) return first(GET, 1, throttled)({ name, before } as Call);
      if (turn === 1) return first(ACCEPT, 1, () => ({ after: timedOut() }))({ name, before } as Call);
      if (turn === 2) return first("Publish", 2, throttled)({ name, before } as Call);
      if (turn === 3) return name === ACCEPT ? denied() : undefined;
      return first(LISTING, 1, () => "killed before")({ name, before } as Call);
    },
  },
];
