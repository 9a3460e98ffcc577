import type { ListSubscriptionRequestsCommandInput, SubscriptionRequestSummary } from "@aws-sdk/client-datazone";
import { readComment } from "../../functions/approver/comment";
import type { World } from "../program/world";
import type { Decided, Report, Waiting } from "./model";

/** Half of DataZone's quota for ListSubscriptionRequests is four a second. */
const CALLS_PER_SECOND = 2;

type Folded = Pick<Report, "decided" | "waiting" | "notCounted">;

/**
 * Puts records right by the domain itself, read-only: what is pending there is what waits, and what was decided there and is in no
 * record is added, such as what a person decided whose event was lost.
 *
 * @param since decisions before that are not looked for
 */
export async function withDomain(folded: Folded, world: World, domain: string, since: Date): Promise<Folded> {
  const list = lister(world, domain);
  const pending = await list({ status: "PENDING", sortBy: "CREATED_AT", sortOrder: "ASCENDING" }, () => true);
  const isRecent = ({ updatedAt, createdAt }: SubscriptionRequestSummary) => (updatedAt ?? createdAt ?? since) >= since;
  const newest = { sortBy: "UPDATED_AT", sortOrder: "DESCENDING" } as const;
  const accepted = await list({ ...newest, status: "ACCEPTED" }, isRecent);
  const rejected = await list({ ...newest, status: "REJECTED" }, isRecent);
  const recorded = new Map(folded.waiting.filter((one) => one.domain === domain).map((one) => [one.id, one]));
  const known = new Set(folded.decided.filter((one) => one.domain === domain).map(({ id }) => id));
  return {
    ...folded,
    decided: [
      ...folded.decided,
      ...[...accepted, ...rejected].filter(({ id }) => !known.has(id ?? "")).map((one) => decidedOf(one, domain)),
    ],
    waiting: [
      ...folded.waiting.filter((one) => one.domain !== domain),
      ...pending.map((one) => waitingOf(one, domain, recorded.get(one.id ?? ""))),
    ],
  };
}

type Wanted = Pick<ListSubscriptionRequestsCommandInput, "status" | "sortBy" | "sortOrder">;

/** Lists requests page by page, as long as what is found is wanted. */
function lister(
  world: World,
  domainIdentifier: string,
): (wanted: Wanted, isWanted: (one: SubscriptionRequestSummary) => boolean) => Promise<SubscriptionRequestSummary[]> {
  return async (wanted, isWanted) => {
    const { ListSubscriptionRequestsCommand } = await import("@aws-sdk/client-datazone");
    const client = await world.dataZone();
    const found: SubscriptionRequestSummary[] = [];
    let nextToken: string | undefined;
    do {
      const input = { domainIdentifier, ...wanted, maxResults: 50, nextToken };
      const { items = [], ...page } = await client.send(new ListSubscriptionRequestsCommand(input));
      found.push(...items.filter(isWanted));
      nextToken = items.every(isWanted) ? page.nextToken : undefined;
      await world.wait(1000 / CALLS_PER_SECOND);
    } while (nextToken);
    return found;
  };
}

/** Neither the reason nor the comment, which a person may have written. */
function asked(
  summary: SubscriptionRequestSummary,
  domain: string,
): Omit<Waiting, "since" | "why" | "policies" | "isFailed"> {
  const { id = "", createdBy, createdAt, subscribedListings, subscribedPrincipals } = summary;
  const [listing] = subscribedListings ?? [];
  const { project, user, group, iam } = subscribedPrincipals?.[0] ?? {};
  const subscriber = project ?? user ?? group ?? (iam && { id: iam.principalArn });
  return {
    id,
    domain,
    environment: "",
    project: { id: listing?.ownerProjectId ?? "unknown", name: listing?.ownerProjectName },
    listing: listing?.id === undefined ? undefined : { id: listing.id, name: listing.name },
    subscriber:
      subscriber?.id === undefined
        ? undefined
        : { id: subscriber.id, name: "name" in subscriber ? subscriber.name : undefined },
    requester: createdBy === undefined ? undefined : { id: createdBy },
    requestedAt: createdAt?.toISOString(),
  };
}

function decidedOf(summary: SubscriptionRequestSummary, domain: string): Decided {
  const { status, updatedAt, createdAt, reviewerId, decisionComment } = summary;
  const name = /^\[([^\s\]]+) /.exec(decisionComment ?? "")?.[1];
  const own = name === undefined ? undefined : readComment(name, decisionComment);
  const by = own ? { policies: own.policies, set: own.digest } : { policies: [], person: reviewerId ?? "unknown" };
  return {
    ...asked(summary, domain),
    outcome: status === "REJECTED" ? "rejected" : "approved",
    at: (updatedAt ?? createdAt ?? new Date(0)).toISOString(),
    ...by,
  };
}

function waitingOf(summary: SubscriptionRequestSummary, domain: string, recorded: Waiting | undefined): Waiting {
  const found = asked(summary, domain);
  const { why = ["no record says why"], policies = [], isFailed = false, environment = "" } = recorded ?? {};
  return { ...found, environment, since: found.requestedAt ?? "", why, policies, isFailed };
}
