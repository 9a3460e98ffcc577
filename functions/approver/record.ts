import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Logger } from "@aws-lambda-powertools/logger";

/** `left`: nothing was to be done. */
export type Outcome = "approved" | "rejected" | "waiting" | "failed" | "left";

/**
 * One decision, as it is logged and, where a person asks, answered. It holds identifiers, names from the catalog and the
 * policies' own words, never what a requester wrote.
 */
export interface DecisionRecord {
  readonly subscriptionRequestId: string;
  readonly outcome: Outcome;
  /** Why it waits, failed or was left alone; empty where policies decided. */
  readonly why: readonly string[];
  /** The ids of the deciding policies. */
  readonly policies: readonly string[];
  /** The digest of the policy set. */
  readonly policySet: string;
  readonly environment: string;
  readonly domainId: string;
  readonly trigger: "event" | "sweep" | "person";
  /** Nothing was done: this is what would have happened. */
  readonly dryRun: boolean;
  readonly comment?: string;
  /** The asset filters that it was, or would be, accepted with. */
  readonly assetScope?: readonly string[];
  /** The decision had been made before, by this approver: a duplicate event, or the retry of a lost announcement. */
  readonly again?: true;
  readonly listing?: { readonly id: string; readonly name?: string; readonly revision?: string };
  readonly assets?: readonly string[];
  readonly product?: string;
  /** The publishing project. */
  readonly project?: { readonly id: string; readonly name?: string };
  readonly subscriber?: { readonly type: string; readonly id: string; readonly name?: string };
  /** The user that made the request, by the domain's id for them. */
  readonly requestedBy?: string;
  readonly requestedAt?: string;
  /** Milliseconds from the request to its acceptance or rejection. */
  readonly latency?: number;
}

/** Where the function's log records and metrics go. */
export interface Journal {
  decision(record: DecisionRecord): void;
  /** @param seconds age of the oldest pending request; 0: nothing is pending */
  oldestPending(seconds: number): void;
  info(message: string, details?: Record<string, unknown>): void;
  warn(message: string, details?: Record<string, unknown>): void;
  error(message: string, details?: Record<string, unknown>): void;
}

const COUNTERS: Readonly<Partial<Record<Outcome, string>>> = {
  approved: "Approved",
  rejected: "Rejected",
  waiting: "Waiting",
  failed: "Failed",
};

/** Structured log records and EMF metrics. Dry runs count for nothing, and a decision counts once. */
export const journal = (logger: Logger, metrics: Metrics): Journal => ({
  decision(record) {
    logger.info("decision", { decision: record });
    const counter = COUNTERS[record.outcome];
    if (record.dryRun || record.again || !counter) return;
    metrics.addMetric(counter, MetricUnit.Count, 1);
    if (record.latency !== undefined) metrics.addMetric("DecisionLatency", MetricUnit.Milliseconds, record.latency);
  },
  oldestPending: (seconds) => metrics.addMetric("OldestPendingAge", MetricUnit.Seconds, seconds),
  info: (message, details = {}) => logger.info(message, details),
  warn: (message, details = {}) => logger.warn(message, details),
  error: (message, details = {}) => logger.error(message, details),
});
