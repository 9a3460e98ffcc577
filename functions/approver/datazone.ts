import {
  AcceptSubscriptionRequestCommand,
  type DataZoneClient,
  GetGlossaryTermCommand,
  type GetGlossaryTermCommandOutput,
  GetListingCommand,
  type GetListingCommandOutput,
  GetProjectCommand,
  type GetProjectCommandOutput,
  GetSubscriptionRequestDetailsCommand,
  type GetSubscriptionRequestDetailsCommandOutput,
  GetUserProfileCommand,
  type GetUserProfileCommandOutput,
  ListProjectMembershipsCommand,
  ListSubscriptionRequestsCommand,
  type ProjectMember,
  RejectSubscriptionRequestCommand,
  type SubscriptionRequestSummary,
} from "@aws-sdk/client-datazone";
import { describeError, isPermanent } from "./errors";
import { type Fact, known, unknown } from "./facts";

export type RequestDetails = GetSubscriptionRequestDetailsCommandOutput;

/** Reads a fact; a failure that does not pass by itself (denied, not found) makes it unknown, another throws. */
export async function attempt<T>(operation: string, read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await read());
  } catch (error) {
    if (!isPermanent(error)) throw error;
    return unknown(`${operation} failed with ${describeError(error)}`);
  }
}

/**
 * The DataZone API of one domain, as far as the approver uses it. What is read about projects and terms is kept for the life
 * of the object: one invocation.
 */
export class Domain {
  private readonly kept = new Map<string, Promise<unknown>>();

  /** @param signal ends calls that would outlive the invocation */
  constructor(
    private readonly client: Pick<DataZoneClient, "send">,
    readonly id: string,
    private readonly signal?: AbortSignal,
  ) {}

  private get options() {
    return { abortSignal: this.signal };
  }

  request(identifier: string): Promise<RequestDetails> {
    return this.client.send(
      new GetSubscriptionRequestDetailsCommand({ domainIdentifier: this.id, identifier }),
      this.options,
    );
  }

  /** @param scope the asset filters to accept with; none: the whole asset */
  async accept(
    identifier: string,
    decisionComment: string,
    scope?: { assetId: string; filterIds: string[] },
  ): Promise<void> {
    const assetScopes = scope && [scope];
    await this.client.send(
      new AcceptSubscriptionRequestCommand({ domainIdentifier: this.id, identifier, decisionComment, assetScopes }),
      this.options,
    );
  }

  async reject(identifier: string, decisionComment: string): Promise<void> {
    await this.client.send(
      new RejectSubscriptionRequestCommand({ domainIdentifier: this.id, identifier, decisionComment }),
      this.options,
    );
  }

  /** The pending requests for a publishing project, oldest first, by pages of 50, the service's maximum. */
  async *pending(projectId: string): AsyncGenerator<SubscriptionRequestSummary[]> {
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(
        new ListSubscriptionRequestsCommand({
          domainIdentifier: this.id,
          approverProjectId: projectId,
          status: "PENDING",
          sortBy: "CREATED_AT",
          sortOrder: "ASCENDING",
          maxResults: 50,
          nextToken,
        }),
        this.options,
      );
      yield page.items ?? [];
      nextToken = page.nextToken;
    } while (nextToken);
  }

  project(identifier: string): Promise<GetProjectCommandOutput> {
    return this.once(`project ${identifier}`, () =>
      this.client.send(new GetProjectCommand({ domainIdentifier: this.id, identifier }), this.options),
    );
  }

  /** As it is listed now, so never what was read before. */
  listing(identifier: string): Promise<GetListingCommandOutput> {
    return this.client.send(new GetListingCommand({ domainIdentifier: this.id, identifier }), this.options);
  }

  term(identifier: string): Promise<GetGlossaryTermCommandOutput> {
    return this.once(`term ${identifier}`, () =>
      this.client.send(new GetGlossaryTermCommand({ domainIdentifier: this.id, identifier }), this.options),
    );
  }

  user(userIdentifier: string): Promise<GetUserProfileCommandOutput> {
    return this.once(`user ${userIdentifier}`, () =>
      this.client.send(new GetUserProfileCommand({ domainIdentifier: this.id, userIdentifier }), this.options),
    );
  }

  async members(projectIdentifier: string): Promise<ProjectMember[]> {
    const members: ProjectMember[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(
        new ListProjectMembershipsCommand({ domainIdentifier: this.id, projectIdentifier, maxResults: 50, nextToken }),
        this.options,
      );
      members.push(...(page.members ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    return members;
  }

  /** Reads something once, unless the reading fails. */
  private once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const before = this.kept.get(key) as Promise<T> | undefined;
    if (before) return before;
    const reading = read();
    this.kept.set(key, reading);
    reading.catch(() => this.kept.delete(key));
    return reading;
  }
}
