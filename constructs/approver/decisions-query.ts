/**
 * Who approved and rejected what, by policy and by hand, in CloudWatch Logs Insights: every decision once, the earliest of its records.
 * Dry runs are left out by the text of the record, because Insights makes numbers of JSON's booleans; in names the quotes
 * are escaped. Later records of the same request are repeats: duplicate events, retries of an announcement, sweeps. A repeat alone is
 * the record of a decision whose own was lost with its process.
 */
export const DECISIONS_QUERY = `filter message = "decision" and decision.outcome in ["approved", "rejected"] and @message not like /"dryRun":true/
| fields @timestamp, decision.decidedAt, decision.outcome, decision.subscriptionRequestId, decision.listing.name, decision.project.name,
    decision.subscriber.name, decision.requester.id, decision.decidedBy, decision.policies.0, decision.policies.1, decision.policySet
| sort @timestamp asc
| dedup decision.subscriptionRequestId`;
