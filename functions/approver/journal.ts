import type { Logger } from "@aws-lambda-powertools/logger";
import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { DecisionRecord, Outcome } from "./record";

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
