import {
  AcceptSubscriptionRequestCommand,
  type AcceptSubscriptionRequestCommandOutput,
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

export type RequestDetails = GetSubscriptionRequestDetailsCommandOutput;

/** Id of the user who has decided a request. */
export type Decided = Pick<AcceptSubscriptionRequestCommandOutput, "reviewerId">;

/** A page of pending requests, with the token of the next page, if there is one. */
export interface Page {
  readonly requests: readonly SubscriptionRequestSummary[];
  readonly nextToken?: string;
}

/**
 * The operations of the DataZone API that the approver uses, in one domain. Projects and glossary terms are read once in the life of the object,
 * which is one invocation.
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
  accept(
    identifier: string,
    decisionComment: string,
    scope?: { assetId: string; filterIds: string[] },
  ): Promise<Decided> {
    const assetScopes = scope && [scope];
    return this.client.send(
      new AcceptSubscriptionRequestCommand({ domainIdentifier: this.id, identifier, decisionComment, assetScopes }),
      this.options,
    );
  }

  reject(identifier: string, decisionComment: string): Promise<Decided> {
    return this.client.send(
      new RejectSubscriptionRequestCommand({ domainIdentifier: this.id, identifier, decisionComment }),
      this.options,
    );
  }

  /** The pending requests for a publishing project, oldest first, by pages of 50, the service's maximum. */
  async pending(projectId: string, nextToken?: string): Promise<Page> {
    const { items = [], nextToken: next } = await this.client.send(
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
    return { requests: items, nextToken: next };
  }

  project(identifier: string): Promise<GetProjectCommandOutput> {
    return this.once(`project ${identifier}`, () =>
      this.client.send(new GetProjectCommand({ domainIdentifier: this.id, identifier }), this.options),
    );
  }

  /** Reads a listing as it is now, never from memory. */
  listing(identifier: string): Promise<GetListingCommandOutput> {
    return this.client.send(new GetListingCommand({ domainIdentifier: this.id, identifier }), this.options);
  }

  term(identifier: string): Promise<GetGlossaryTermCommandOutput> {
    return this.once(`term ${identifier}`, () =>
      this.client.send(new GetGlossaryTermCommand({ domainIdentifier: this.id, identifier }), this.options),
    );
  }

  /** @param type where the identifier is not the user's id in the domain but the ARN of a role */
  user(userIdentifier: string, type?: "IAM"): Promise<GetUserProfileCommandOutput> {
    return this.once(`user ${userIdentifier}`, () =>
      this.client.send(new GetUserProfileCommand({ domainIdentifier: this.id, userIdentifier, type }), this.options),
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

  /** Reads something at most once successfully. */
  private once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const before = this.kept.get(key) as Promise<T> | undefined;
    if (before) return before;
    const reading = read();
    this.kept.set(key, reading);
    reading.catch(() => this.kept.delete(key));
    return reading;
  }
}
