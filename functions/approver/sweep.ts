import type { SubscriptionRequestSummary } from "@aws-sdk/client-datazone";
import { type Place, decodeCursor, encodeCursor } from "./cursor";
import { OutOfTime, describeError, isPermanent } from "./errors";
import type { Message, Operation } from "./input";
import { TIME_FOR_ONE, requireTime } from "./pace";
import type { Queue } from "./queue";
import type { DecisionRecord } from "./record";
import { type Schedule, isToBeTold } from "./reminder";
import { type DecisionContext, settle } from "./settle";

export type SweepOperation = Extract<Operation, { operation: "sweep" }>;
type Continuation = Extract<Message, { operation: "sweep" }>;

/** The answer of a sweep. */
export interface SweepAnswer {
  readonly operation: "sweep";
  readonly dryRun: boolean;
  /** False if the time ran out, or a project could not be listed. */
  readonly complete: boolean;
  readonly pending: number;
  /** Number of requests below the minimum age, which are left alone because DataZone may be approving them itself. */
  readonly young: number;
  readonly queued: number;
  /** What would happen to each request; only in a dry run. */
  readonly records: readonly DecisionRecord[];
  /** Why projects could not be listed, by their ids. */
  readonly failures: Readonly<Record<string, string>>;
  /** Where it has stopped. A dry run goes on there where the cursor is handed back; another sweep goes on by itself. */
  readonly cursor?: string;
}

/** How often a sweep continues by itself. */
const MOST_PARTS = 10;

/** Seconds until a project that could not be listed for now is listed again. */
const PAUSE = 60;

/** Requests in a page of ListSubscriptionRequests. */
const PAGE = 50;

/**
 * Lists the pending requests of one publishing project, or of all, and puts each on the queue that events arrive on, so that there is one place
 * where decisions are made. It begins with another project each time. When the time runs out, a message on the same queue continues the sweep,
 * ten times at most. A dry run answers what would happen to each request instead.
 *
 * @throws if no project can be listed, because then something has to be repaired first
 */
export async function sweep(
  operation: SweepOperation | Continuation,
  around: DecisionContext,
  queue: Queue,
): Promise<SweepAnswer> {
  return new Sweep(operation, around, queue).run();
}

class Sweep {
  private readonly dryRun: boolean;
  private readonly part: number;
  private readonly at: Date;
  private readonly count = { pending: 0, young: 0, queued: 0 };
  private readonly records: DecisionRecord[] = [];
  private readonly failures: Record<string, string> = {};
  private oldest: Date;

  constructor(
    private readonly operation: SweepOperation | Continuation,
    private readonly around: DecisionContext,
    private readonly queue: Queue,
  ) {
    this.dryRun = "dryRun" in operation && operation.dryRun;
    this.part = "part" in operation ? operation.part : 0;
    this.at = operation.scheduled?.at ?? around.now();
    this.oldest = ("oldest" in operation ? operation.oldest : undefined) ?? this.at;
  }

  async run(): Promise<SweepAnswer> {
    const places = this.places();
    const missed = new Set<Place>();
    const open: Place[] = [];
    for (const place of places) open.push(...(await this.project(place, missed)));
    const failed = Object.keys(this.failures).length;
    if (this.part === 0 && failed > 0 && failed === places.length && missed.size === 0) {
      throw new Error(
        `The sweep failed for ${Object.entries(this.failures)
          .map((entry) => entry.join(": "))
          .join("; ")}`,
      );
    }
    const complete = open.length === 0 && failed === 0;
    const cursor = open.length > 0 ? encodeCursor(open) : undefined;
    if (!this.dryRun) await this.close(complete, cursor, missed.size > 0 ? PAUSE : 0);
    const { dryRun, count, records, failures } = this;
    return { operation: "sweep", dryRun, complete, ...count, records, failures, cursor };
  }

  /** Sweeps one project. @returns where to continue if the time ran out; a project that cannot be listed for now is added to `missed` */
  private async project(start: Place, missed: Set<Place>): Promise<Place[]> {
    const { around, dryRun } = this;
    const timeForPage = TIME_FOR_ONE + (dryRun ? (PAGE * 1000) / around.pace.details.perSecond : TIME_FOR_ONE);
    for (let place = start; ;) {
      const { projectId, nextToken } = place;
      try {
        requireTime(around.remaining, timeForPage);
        const page = await around.domain.pending(projectId, nextToken);
        await this.page(projectId, page.requests);
        if (page.nextToken === undefined) return [];
        place = { projectId, nextToken: page.nextToken };
      } catch (error) {
        if (error instanceof OutOfTime) return [place];
        // The other projects are swept all the same.
        this.failures[projectId] = describeError(error);
        if (isPermanent(error)) return [];
        missed.add(place);
        return [place];
      }
    }
  }

  private async page(projectId: string, requests: readonly SubscriptionRequestSummary[]): Promise<void> {
    const { count, around, at, dryRun } = this;
    const youngest = at.getTime() - around.config.minimumAgeMinutes * 60_000;
    const old = requests.filter(({ createdAt }) => (createdAt?.getTime() ?? 0) <= youngest);
    if (dryRun) {
      const look = async ({ id }: SubscriptionRequestSummary): Promise<DecisionRecord> =>
        settle({ subscriptionRequestId: id!, projectId, trigger: "person", attempt: 1, dryRun }, around);
      this.records.push(...(await Promise.all(old.map(look))));
    } else {
      await this.queue.put(old.map((request) => this.message(projectId, request)));
      count.queued += old.length;
    }
    count.pending += requests.length;
    count.young += requests.length - old.length;
    for (const { createdAt = at } of requests) if (createdAt < this.oldest) this.oldest = createdAt;
  }

  private message(projectId: string, { id, createdAt }: SubscriptionRequestSummary): object {
    const { scheduled } = this.operation;
    const schedule = scheduled && { ...scheduled, minimumAgeMinutes: this.around.config.minimumAgeMinutes };
    const next = schedule && !isToBeTold(createdAt, schedule) ? nextSweep(schedule) : undefined;
    return { operation: "decide", projectId, subscriptionRequestId: id, quietUntil: next };
  }

  /** Sends the message that continues the sweep, or records the metrics of a finished one. */
  private async close(complete: boolean, cursor: string | undefined, delaySeconds: number): Promise<void> {
    const { around, operation, part, oldest, failures } = this;
    const { scheduled, projectId } = operation;
    if (cursor !== undefined && part < MOST_PARTS) {
      const next = { operation: "sweep", projectId, scheduled, cursor, part: part + 1, oldest };
      await this.queue.put([next], delaySeconds);
    } else if (complete) {
      const seconds = (around.now().getTime() - oldest.getTime()) / 1000;
      if (projectId === undefined) around.journal.oldestPending(Math.max(0, Math.round(seconds)));
    } else {
      around.journal.incompleteSweep();
    }
    if (!complete) around.journal.warn("the sweep is not complete", { ...this.count, part, failures });
  }

  /** All projects, each time beginning with another one, so that the time does not always run out before the same ones. */
  private places(): Place[] {
    const { projects } = this.around;
    const { cursor, projectId, scheduled } = this.operation;
    if (cursor !== undefined) return decodeCursor(cursor).filter((place) => projects.has(place.projectId));
    if (projectId !== undefined) {
      if (projects.has(projectId)) return [{ projectId }];
      throw new Error(
        `This approver does not decide for the project ${projectId}; it does for ${[...projects].join(", ")}`,
      );
    }
    const all = [...projects].map((id) => ({ projectId: id }));
    const turn = Math.floor(this.at.getTime() / ((scheduled?.everyMinutes ?? 1) * 60_000)) % all.length;
    return [...all.slice(turn), ...all.slice(0, turn)];
  }
}

const nextSweep = ({ at, everyMinutes }: Schedule): Date => new Date(at.getTime() + everyMinutes * 60_000);
