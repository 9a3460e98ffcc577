/**
 * Counts what went wrong, from what is left in the queue, in the dead-letter queue and on the topic, and from what the domain says.
 * It knows nothing of the function: no name, no type, no rule of it.
 */
export interface Seen {
  readonly requests: readonly {
    readonly id: string;
    readonly status: string;
    readonly withdrawn?: boolean;
    readonly comment?: string;
    readonly decisions: number;
    /** Who has decided. */
    readonly by?: "approver" | "somebody else";
    readonly verdictNow: "approve" | "reject" | "wait";
    readonly verdictThen?: "approve" | "reject" | "wait";
  }[];
  readonly queue: readonly string[];
  readonly deadLetters: readonly string[];
  readonly topic: readonly {
    readonly id: string;
    readonly decision: string | undefined;
    readonly again: boolean;
    readonly policies: readonly string[];
    readonly policySet: string;
    readonly decidedBy?: string;
    /** How the request stood when it was published. */
    readonly statusThen: string;
    readonly commentThen?: string;
    readonly byThen?: "approver" | "somebody else";
  }[];
}

export const COLUMNS = ["lost", "twice", "wrong", "untrue", "untold"] as const;
export type Counts = Readonly<Record<(typeof COLUMNS)[number], number>>;

const STATUS: Readonly<Record<string, string>> = { approved: "ACCEPTED", rejected: "REJECTED" };
const RIGHT: Readonly<Record<string, string>> = { ACCEPTED: "approve", REJECTED: "reject" };

export function count({ requests, queue, deadLetters, topic }: Seen): Counts {
  const total = { lost: 0, twice: 0, wrong: 0, untrue: 0, untold: 0 };
  for (const request of requests) {
    const { id, status, withdrawn, by, decisions, verdictNow, verdictThen } = request;
    const told = topic.filter((message) => message.id === id);
    const own = told.filter(({ decidedBy }) => decidedBy === undefined);
    const names = (decision: string): boolean => own.some((message) => message.decision === decision);
    const isDead = deadLetters.some((body) => body.includes(`"${id}"`));
    const isPending = RIGHT[status] === undefined && !withdrawn;
    const isToBeDecided = isPending && status === "PENDING" && verdictNow !== "wait";

    if (isToBeDecided && !isDead && !queue.some((body) => body.includes(`"${id}"`)) && !names("failed"))
      total.lost += 1;

    const firsts = own.filter(({ again }) => !again).map(({ decision }) => decision);
    if (decisions > 1 || new Set(firsts).size < firsts.length) total.twice += 1;

    if (by === "approver" && verdictThen !== RIGHT[status]) total.wrong += 1;

    if (told.some((message, index) => isUntrue(message, told.slice(0, index)))) total.untrue += 1;

    const due = isPending
      ? isToBeDecided
        ? "failed"
        : "waiting"
      : by === "approver" && status === "ACCEPTED"
        ? "approved"
        : "rejected";
    if ((isPending || by === "approver") && !withdrawn && !names(due) && !isDead) total.untold += 1;
  }
  return total;
}

type Told = Seen["topic"][number];

function isUntrue(message: Told, before: readonly Told[]): boolean {
  const { decision, again, decidedBy, policies, policySet, statusThen, byThen, commentThen } = message;
  if (decision === undefined) return false;
  if (again && !before.some((earlier) => earlier.decision === decision)) return true;
  const due = STATUS[decision];
  // Waiting and failed are true of what nobody has decided.
  if (due === undefined) return RIGHT[statusThen] !== undefined;
  if (statusThen !== due) return true;
  if (decidedBy !== undefined) return byThen !== "somebody else";
  const [, digest = "?", ids = ""] = /^\[\S+ (\w+)\] ([^:]*)/.exec(commentThen ?? "") ?? [];
  return byThen !== "approver" || policies.join(", ") !== ids || !policySet.startsWith(digest);
}
