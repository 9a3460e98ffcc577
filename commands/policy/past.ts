import {
  type DataZoneClient,
  GetListingCommand,
  type GetListingCommandOutput,
  type GetProjectCommandOutput,
  type GetGlossaryTermCommandOutput,
  ListSubscriptionRequestsCommand,
  type SubscriptionRequestSummary,
} from "@aws-sdk/client-datazone";
import { Domain, type RequestDetails } from "../../functions/approver/datazone";
import { describeError, isPermanent } from "../../functions/approver/errors";
import type { Pace } from "../../functions/approver/pace";

type Client = Pick<DataZoneClient, "send">;

/** The reason why a fact of the past is unknown begins with this. */
export const NOT_KNOWN = "not known any more";

/** A client that spaces out its calls, so that it does not use up the quotas of an account that others work in. */
export const paced = (client: Client, pace: Pace): Client => ({
  send: (async (...call: Parameters<DataZoneClient["send"]>) => {
    await pace.turn(() => Infinity);
    return await client.send(...call);
  }) as DataZoneClient["send"],
});

/** The last decided requests of a domain, newest first. */
export async function decidedRequests(
  client: Client,
  domainIdentifier: string,
  last: number,
): Promise<SubscriptionRequestSummary[]> {
  const each = await Promise.all(
    (["ACCEPTED", "REJECTED"] as const).map((status) => latest(client, domainIdentifier, status, last)),
  );
  const time = ({ updatedAt, createdAt }: SubscriptionRequestSummary): number =>
    (updatedAt ?? createdAt ?? new Date(0)).getTime();
  return each
    .flat()
    .sort((one, other) => time(other) - time(one))
    .slice(0, last);
}

async function latest(
  client: Client,
  domainIdentifier: string,
  status: "ACCEPTED" | "REJECTED",
  last: number,
): Promise<SubscriptionRequestSummary[]> {
  const found: SubscriptionRequestSummary[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListSubscriptionRequestsCommand({
        domainIdentifier,
        status,
        sortBy: "UPDATED_AT",
        sortOrder: "DESCENDING",
        maxResults: 50,
        nextToken,
      }),
    );
    found.push(...(page.items ?? []));
    nextToken = page.nextToken;
  } while (nextToken && found.length < last);
  return found.slice(0, last);
}

/**
 * A domain as it was when a request was made, as far as that is still known: listings in the requested revision; projects and terms only where
 * they have not changed since. It never writes.
 */
export class PastDomain extends Domain {
  /** The revisions of listings that were asked for. */
  private readonly revisions = new Map<string, string>();

  private constructor(
    private readonly past: Client,
    id: string,
    readonly details: RequestDetails,
  ) {
    super(past, id);
    for (const listing of details.subscribedListings ?? []) {
      if (listing.id && listing.revision) this.revisions.set(listing.id, listing.revision);
    }
  }

  /** As it was when a request was made, with that request. */
  static async of(client: Client, domainId: string, requestId: string): Promise<PastDomain> {
    return new PastDomain(client, domainId, await new Domain(client, domainId).request(requestId));
  }

  override async listing(identifier: string): Promise<GetListingCommandOutput> {
    const listingRevision = this.revisions.get(identifier);
    if (listingRevision === undefined) throw notKnown("which revision of the listing it was");
    const command = new GetListingCommand({ domainIdentifier: this.id, identifier, listingRevision });
    const listing = await this.ifStill("the listing", () => this.past.send(command));
    for (const item of listing.item?.dataProductListing?.items ?? []) {
      if (item?.listingId && item.listingRevision) this.revisions.set(item.listingId, item.listingRevision);
    }
    // Whether it is there for subscribers now says nothing of then: it was asked for.
    return { ...listing, status: "ACTIVE" };
  }

  override project(identifier: string): Promise<GetProjectCommandOutput> {
    return this.unchanged(
      `project ${identifier}`,
      () => super.project(identifier),
      ({ lastUpdatedAt }) => lastUpdatedAt,
    );
  }

  override term(identifier: string): Promise<GetGlossaryTermCommandOutput> {
    return this.unchanged(
      `glossary term ${identifier}`,
      () => super.term(identifier),
      ({ updatedAt }) => updatedAt,
    );
  }

  private async unchanged<T>(what: string, read: () => Promise<T>, changed: (of: T) => Date | undefined): Promise<T> {
    const found = await this.ifStill(what, read);
    const at = changed(found);
    if (at && at > (this.details.createdAt ?? new Date(0))) throw notKnown(`${what} has changed since`);
    return found;
  }

  private async ifStill<T>(what: string, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!isPermanent(error)) throw error;
      throw notKnown(`${what}: ${describeError(error)}`);
    }
  }
}

/** As the approver takes a failure that does not pass: the fact is unknown, for this reason. */
const notKnown = (what: string): Error =>
  Object.assign(new Error(`${NOT_KNOWN}: ${what}`), { name: "Past", $metadata: { httpStatusCode: 404 } });
