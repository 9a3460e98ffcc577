import { ListSubscriptionRequestsCommand, type SubscriptionRequestSummary } from "@aws-sdk/client-datazone";
import { readComment } from "../../functions/approver/comment";
import type { Account } from "./check";

/** The approver's own decisions among the last of the domain, by their comments; newest first. */
export async function decisions({
  aws: { datazone },
  targets: { approver },
}: Account): Promise<SubscriptionRequestSummary[]> {
  const found: SubscriptionRequestSummary[] = [];
  for (const status of ["ACCEPTED", "REJECTED"] as const) {
    const order = { sortBy: "UPDATED_AT", sortOrder: "DESCENDING", maxResults: 50 } as const;
    const asked = { domainIdentifier: approver.domainId, status, ...order };
    const { items = [] } = await datazone.send(new ListSubscriptionRequestsCommand(asked));
    found.push(...items.filter(({ decisionComment }) => readComment(approver.name, decisionComment) !== undefined));
  }
  return found;
}
