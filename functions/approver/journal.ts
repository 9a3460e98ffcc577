import type { Logger } from "@aws-lambda-powertools/logger";
import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { DecisionRecord, Outcome } from "./record";

/** Where the function's log records and metrics go. */
export interface Journal {
  decision(record: DecisionRecord): void;
  /** Logs the texts of a policy set, by the policies' ids, under the digest that decision comments have: once in a process. */
  set(digest: string, texts: Readonly<Record<string, string>>): void;
  /** Counts a decision, those of people separately, and records how long the approver's own took. */
  count(record: DecisionRecord): void;
  /** @param seconds age of the oldest pending request; 0: nothing is pending */
  oldestPending(seconds: number): void;
  /** Counts a sweep that could not list every project completely. */
  incompleteSweep(): void;
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

/** Structured log records and EMF metrics. */
export const journal = (logger: Logger, metrics: Metrics): Journal => {
  const written = new Set<string>();
  return {
    decision: (decision) => logger.info("decision", { decision }),
    set(policySet, texts) {
      if (written.has(policySet)) return;
      written.add(policySet);
      // A record each: a whole set would be more than a log event holds.
      for (const [policy, text] of Object.entries(texts)) logger.info("policy", { policySet, policy, text });
    },
    count({ outcome, latency, decidedBy }) {
      const counter = COUNTERS[outcome];
      if (counter) metrics.addMetric(decidedBy ? `${counter}ByPeople` : counter, MetricUnit.Count, 1);
      if (latency !== undefined) metrics.addMetric("DecisionLatency", MetricUnit.Milliseconds, latency);
    },
    oldestPending: (seconds) => metrics.addMetric("OldestPendingAge", MetricUnit.Seconds, seconds),
    incompleteSweep: () => metrics.addMetric("IncompleteSweeps", MetricUnit.Count, 1),
    info: (message, details = {}) => logger.info(message, details),
    warn: (message, details = {}) => logger.warn(message, details),
    error: (message, details = {}) => logger.error(message, details),
  };
};
