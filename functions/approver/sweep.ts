import type { SubscriptionRequestSummary } from "@aws-sdk/client-datazone";
import { OutOfTime, describeError, isPermanent } from "./errors";
import type { Operation } from "./input";
import { requireTime } from "./pace";
import type { Enqueue } from "./queue";
import type { DecisionRecord } from "./record";
import { type Surroundings, settle } from "./settle";

export type SweepOperation = Extract<Operation, { operation: "sweep" }>;

/** What a sweep answers. */
export interface SweepAnswer {
  readonly operation: "sweep";
  readonly dryRun: boolean;
  /** False where the time did not suffice: the next sweep begins again with the oldest. */
  readonly complete: boolean;
  readonly pending: number;
  /** Younger than the minimum age, and left alone: the service may be approving them itself. */
  readonly young: number;
  readonly queued: number;
  /** What would happen to each; only of a dry run. */
  readonly records: readonly DecisionRecord[];
}

/**
 * Lists what is pending, of one publishing project or of all, and puts each request on the queue that events go to, so that
 * there is one place where a decision is made. A dry run says what would happen to each instead, in the same invocation.
 *
 * @throws after the other projects were swept, where one cannot be listed
 */
export async function sweep(operation: SweepOperation, around: Surroundings, enqueue: Enqueue): Promise<SweepAnswer> {
  const { dryRun } = operation;
  const now = around.now().getTime();
  const youngest = now - around.config.minimumAgeMinutes * 60_000;
  const count = { pending: 0, young: 0, queued: 0 };
  const records: DecisionRecord[] = [];
  let oldest = now;

  const page = async (projectId: string, requests: readonly SubscriptionRequestSummary[]): Promise<void> => {
    const old = requests.filter(({ createdAt }) => (createdAt?.getTime() ?? 0) <= youngest);
    count.pending += requests.length;
    count.young += requests.length - old.length;
    oldest = Math.min(oldest, ...requests.flatMap(({ createdAt }) => createdAt?.getTime() ?? []));
    if (dryRun) {
      for (const { id } of old) {
        requireTime(around.remaining);
        const task = { subscriptionRequestId: id!, projectId, trigger: "person", attempt: 1, dryRun } as const;
        records.push(await settle(task, around));
      }
    } else {
      await enqueue(old.map(({ id }) => JSON.stringify(messageFor(projectId, id!, operation.scheduled))));
      count.queued += old.length;
    }
  };

  const failures: string[] = [];
  const complete = await untilTimeIsUp(async () => {
    for (const projectId of projectsOf(operation, around)) {
      try {
        for await (const requests of around.domain.pending(projectId)) {
          await page(projectId, requests);
          requireTime(around.remaining);
        }
      } catch (error) {
        // A project that cannot be listed is no reason to leave out the others.
        if (!isPermanent(error)) throw error;
        failures.push(`${projectId}: ${describeError(error)}`);
      }
    }
  });
  if (failures.length > 0) throw new Error(`The sweep failed for ${failures.join("; ")}`);
  if (!complete) around.journal.warn("the sweep stopped before its time limit", { ...count });
  else if (!dryRun && operation.projectId === undefined)
    around.journal.oldestPending(Math.round((now - oldest) / 1000));
  return { operation: "sweep", dryRun, complete, ...count, records };
}

/** @returns whether the work was finished */
async function untilTimeIsUp(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof OutOfTime) return false;
    throw error;
  }
}

function projectsOf({ projectId }: SweepOperation, { projects }: Surroundings): Iterable<string> {
  if (projectId === undefined) return projects;
  if (projects.has(projectId)) return [projectId];
  throw new Error(
    `This approver does not decide for the project ${projectId}; it does for ${[...projects].join(", ")}`,
  );
}

const messageFor = (projectId: string, subscriptionRequestId: string, scheduled: SweepOperation["scheduled"]) => ({
  operation: "decide",
  projectId,
  subscriptionRequestId,
  reminder: scheduled && {
    since: new Date(scheduled.at.getTime() - scheduled.everyMinutes * 60_000),
    until: scheduled.at,
  },
});
