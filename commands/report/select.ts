import type { Decided, Named, Report, Waiting } from "./model";

/** What of a report is looked at; what is empty excludes nothing. */
export interface Filter {
  /** Days in UTC, `2026-03-01`, both included. */
  readonly from: string;
  readonly to: string;
  readonly outcome: "" | Decided["outcome"];
  readonly by: "" | "policy" | "person";
  /** Id of a publishing project. */
  readonly project: string;
  readonly policy: string;
  /** Part of an id or of a name, whatever the case. */
  readonly search: string;
}

export const EVERYTHING: Filter = { from: "", to: "", outcome: "", by: "", project: "", policy: "", search: "" };

/** The requests that a filter lets through: what was decided, the newest first, and what waits, the longest first. */
export function select({ decided, waiting }: Report, filter: Filter): Pick<Report, "decided" | "waiting"> {
  const { from, to, outcome, by } = filter;
  const concerns = concerned(filter);
  const isWithin = (at: string): boolean => (from === "" || day(at) >= from) && (to === "" || day(at) <= to);
  return {
    decided: decided
      .filter(
        (one) =>
          isWithin(one.at) &&
          (outcome === "" || one.outcome === outcome) &&
          (by === "" || by === (one.person === undefined ? "policy" : "person")) &&
          concerns(one),
      )
      .sort((one, other) => compare(other.at, one.at)),
    waiting: waiting
      .filter((one) => isWithin(one.since) && concerns(one))
      .sort((one, other) => compare(one.since, other.since)),
  };
}

/** Whether a request has to do with the project, the policy and the text that are looked for. */
function concerned({ project, policy, search }: Filter): (one: Decided | Waiting) => boolean {
  const wanted = search.trim().toLowerCase();
  return (one) =>
    (project === "" || one.project.id === project) &&
    (policy === "" || one.policies.includes(policy)) &&
    (wanted === "" || wordsOf(one).some((word) => word.toLowerCase().includes(wanted)));
}

const wordsOf = (one: Decided | Waiting): string[] => [
  one.id,
  ...[one.listing, one.project, one.subscriber, one.requester].flatMap((thing) =>
    thing ? [thing.id, thing.name ?? ""] : [],
  ),
  ...("person" in one && one.person !== undefined ? [one.person] : []),
];

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The day in UTC of a time in ISO 8601. */
export const day = (at: string): string => at.slice(0, 10);

/** Decisions by who made them. */
export interface Counts {
  approvedByPolicy: number;
  approvedByPeople: number;
  rejectedByPolicy: number;
  rejectedByPeople: number;
}

export const KINDS = ["approvedByPolicy", "approvedByPeople", "rejectedByPolicy", "rejectedByPeople"] as const;

export const kindOf = ({ outcome, person }: Decided): keyof Counts =>
  `${outcome}By${person === undefined ? "Policy" : "People"}`;

export const total = (counts: Counts): number => KINDS.reduce((sum, kind) => sum + counts[kind], 0);

export function count(decided: readonly Decided[]): Counts {
  const counts: Counts = { approvedByPolicy: 0, approvedByPeople: 0, rejectedByPolicy: 0, rejectedByPeople: 0 };
  for (const one of decided) counts[kindOf(one)] += 1;
  return counts;
}

/** A day, a week (by its Monday) or a month (by its first day). */
export type Unit = "day" | "week" | "month";

export interface Period {
  /** Its first day. */
  readonly start: string;
  readonly counts: Counts;
}

/** Decisions over time, periods without any among them: by day, or by what gives at most so many periods. */
export function overTime(
  decided: readonly Decided[],
  most: number,
): { readonly unit: Unit; readonly periods: readonly Period[] } {
  const days = decided.map(({ at }) => day(at)).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return { unit: "day", periods: [] };
  const units = ["day", "week", "month"] as const;
  const starts = units.map((unit) => ({ unit, starts: startsBetween(unit, first, last) }));
  const { unit, starts: chosen } = starts.find(({ starts }) => starts.length <= most) ?? starts.at(-1)!;
  const groups = groupBy(decided, ({ at }) => startOf(unit, day(at)));
  return { unit, periods: chosen.map((start) => ({ start, counts: count(groups.get(start) ?? []) })) };
}

function startsBetween(unit: Unit, first: string, last: string): string[] {
  const starts: string[] = [];
  for (let start = startOf(unit, first); start <= last; start = next(unit, start)) starts.push(start);
  return starts;
}

function startOf(unit: Unit, date: string): string {
  if (unit === "month") return `${date.slice(0, 7)}-01`;
  if (unit === "day") return date;
  return shifted(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
}

function next(unit: Unit, start: string): string {
  if (unit !== "month") return shifted(start, unit === "week" ? 7 : 1);
  return startOf("month", shifted(start, 31));
}

const DAY = 24 * 3600 * 1000;

const shifted = (date: string, days: number): string => day(new Date(Date.parse(date) + days * DAY).toISOString());

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const others = groups.get(key);
    if (others) others.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** One line of a table of counts. */
export interface Line extends Named {
  readonly counts: Counts;
}

const lines = (groups: ReadonlyMap<string, readonly Decided[]>, named: (of: Decided) => Named | undefined): Line[] =>
  [...groups.entries()]
    .map(([id, decided]) => ({ id, name: named(decided[0]!)?.name, counts: count(decided) }))
    .sort((one, other) => total(other.counts) - total(one.counts) || compare(one.id, other.id));

/** By deciding policy; a decision of several counts for each. */
export const byPolicy = (decided: readonly Decided[]): Line[] =>
  lines(
    groupBy(
      decided.flatMap((one) => one.policies.map((policy) => ({ ...one, policies: [policy] }))),
      ({ policies }) => policies[0]!,
    ),
    () => undefined,
  );

/** By publishing project. */
export const byProject = (decided: readonly Decided[]): Line[] =>
  lines(
    groupBy(decided, ({ project }) => project.id),
    ({ project }) => project,
  );

/** Who decided by hand. */
export const byPerson = (decided: readonly Decided[]): Line[] =>
  lines(
    groupBy(
      decided.filter(({ person }) => person !== undefined),
      ({ person }) => person!,
    ),
    () => undefined,
  );

/** A decision, and how long it was waited for. */
export interface Wait {
  readonly request: Decided;
  readonly milliseconds: number;
}

/** The decisions that took longest, as far as it is known when they were asked for. */
export const longestWaits = (decided: readonly Decided[]): Wait[] =>
  decided
    .flatMap((request) => {
      const milliseconds = took(request);
      return milliseconds === undefined ? [] : [{ request, milliseconds }];
    })
    .sort((one, other) => other.milliseconds - one.milliseconds);

/** Milliseconds from a request to its decision, where both are known. */
export const took = ({ requestedAt, at }: Decided): number | undefined =>
  requestedAt === undefined ? undefined : Math.max(0, Date.parse(at) - Date.parse(requestedAt));

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** How long something took, in the unit that a person would say. */
export function duration(milliseconds: number): string {
  const [seconds, minutes, hours, days] = [1000, 60_000, 3_600_000, DAY].map((unit) => milliseconds / unit) as [
    number,
    number,
    number,
    number,
  ];
  if (days >= 2) return `${Math.floor(days)} days`;
  if (hours >= 2) return `${Math.floor(hours)} h`;
  if (minutes >= 2) return `${Math.floor(minutes)} min`;
  return seconds >= 1 ? `${Math.floor(seconds)} s` : `${Math.round(milliseconds)} ms`;
}
