import type { Decision, Records } from "../records/entries";
import type { Decided, Report, Waiting } from "./model";

type Logged = Records["decisions"][number];

/**
 * What records come to: each request that was decided once, by the earliest record that says so, and each that still waits by the last
 * that was written about it. Dry runs count for nothing.
 */
export function fold({ decisions, unreadable }: Records): Pick<Report, "decided" | "waiting" | "notCounted"> {
  const real = decisions.filter(({ dryRun }) => !dryRun);
  const decided: Decided[] = [];
  const waiting: Waiting[] = [];
  for (const records of byRequest(real)) {
    const first = records.find(isDecision);
    if (first) decided.push(decidedOf(first));
    const last = records.at(-1)!;
    // What was left alone is gone, or was decided by somebody else.
    if (!first && last.outcome !== "left") waiting.push(waitingOf(last));
  }
  const of = (...outcomes: Decision["outcome"][]): number =>
    real.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    decided,
    waiting,
    notCounted: {
      dryRuns: decisions.length - real.length,
      repeats: real.filter(isDecision).length - decided.length,
      waiting: of("waiting", "failed"),
      left: of("left"),
      unreadable,
    },
  };
}

const isDecision = (record: Logged): record is Logged & Pick<Decided, "outcome"> =>
  record.outcome === "approved" || record.outcome === "rejected";

function byRequest(records: readonly Logged[]): Iterable<Logged[]> {
  const requests = new Map<string, Logged[]>();
  for (const record of records) {
    const key = `${record.domainId} ${record.subscriptionRequestId}`;
    const others = requests.get(key);
    if (others) others.push(record);
    else requests.set(key, [record]);
  }
  return requests.values();
}

const asked = (
  record: Logged,
): Pick<
  Decided,
  "id" | "domain" | "environment" | "project" | "listing" | "subscriber" | "requester" | "requestedAt"
> => ({
  id: record.subscriptionRequestId,
  domain: record.domainId,
  environment: record.environment,
  project: record.project ?? { id: "unknown" },
  listing: record.listing,
  subscriber: record.subscriber && { id: record.subscriber.id, name: record.subscriber.name },
  requester: record.requester,
  requestedAt: record.requestedAt,
});

function decidedOf(record: Logged & Pick<Decided, "outcome">): Decided {
  const { outcome, policies, policySet, severity, decidedBy: person } = record;
  const by = person === undefined ? { policies, set: policySet } : { policies: [], person };
  return { ...asked(record), outcome, at: record.decidedAt ?? record.at, ...by, severity };
}

function waitingOf(record: Logged): Waiting {
  const { requestedAt, at, why, policies, outcome } = record;
  return { ...asked(record), since: requestedAt ?? at, why, policies, isFailed: outcome === "failed" };
}
