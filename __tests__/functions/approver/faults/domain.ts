/** What the policies of the matrix say of a listing's terms, written down once more: the truth that decisions are held against. */
export type Verdict = "approve" | "reject" | "wait";

export const verdictOf = (terms: readonly string[]): Verdict => {
  if (terms.includes("Forbidden")) return "reject";
  return terms.includes("Public") && !terms.includes("PII") ? "approve" : "wait";
};

export const POLICIES = {
  open: '@id("open") @comment("Open.") permit (principal, action, resource) when { resource.terms.contains("Public") } unless { resource.terms.contains("PII") };',
  never:
    '@id("never") @decision("reject") @comment("No.") forbid (principal, action, resource) when { resource.terms.contains("Forbidden") };',
};

export const APPROVER_USER = "user-approver";
const PERSON = "user-person";

export interface SimulatedRequest {
  readonly id: string;
  readonly projectId: string;
  readonly createdAt: Date;
  /** The terms that the request says its listing has. */
  readonly said: readonly string[];
  /** The terms that it has now. */
  listed: readonly string[];
  status: string;
  withdrawn?: boolean;
  decidedAt?: Date;
  comment?: string;
  reviewerId?: string;
  /** What was true when it was decided. */
  verdictThen?: Verdict;
  /** How often an acceptance or rejection was carried out. */
  decisions: number;
}

export const refusal = (name: string, status: number, attempts = 1): Error =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status, attempts } });

/** As much of Amazon DataZone as the approver meets. */
export class SimulatedDomain {
  readonly requests = new Map<string, SimulatedRequest>();

  constructor(
    private readonly now: () => Date,
    private readonly emit: (detailType: string, request: SimulatedRequest) => void,
  ) {}

  add(id: string, projectId: string, said: readonly string[]): SimulatedRequest {
    const request = { id, projectId, createdAt: this.now(), said, listed: said, status: "PENDING", decisions: 0 };
    this.requests.set(id, request);
    return request;
  }

  decideByHand(request: SimulatedRequest, comment = "by hand", reviewerId = PERSON): void {
    if (request.status === "PENDING" && !request.withdrawn) this.decide(request, "ACCEPTED", comment, reviewerId);
  }

  answer(name: string, input: Readonly<Record<string, unknown>>): unknown {
    switch (name) {
      case "GetSubscriptionRequestDetails":
        return this.details(this.find(input["identifier"]));
      case "AcceptSubscriptionRequest":
      case "RejectSubscriptionRequest": {
        const request = this.find(input["identifier"]);
        if (request.status !== "PENDING") throw refusal("ConflictException", 409);
        const status = name === "AcceptSubscriptionRequest" ? "ACCEPTED" : "REJECTED";
        this.decide(request, status, String(input["decisionComment"]), APPROVER_USER);
        return { reviewerId: APPROVER_USER };
      }
      case "GetListing": {
        const request = this.find(String(input["identifier"]).replace("listing-", ""));
        return this.listing(request, request.listed);
      }
      case "ListSubscriptionRequests":
        return this.page(String(input["approverProjectId"]), Number(input["nextToken"] ?? 0));
      case "GetUserProfile": {
        const isApprover =
          input["userIdentifier"] === APPROVER_USER || String(input["userIdentifier"]).startsWith("arn:");
        return isApprover
          ? { id: APPROVER_USER, details: { iam: { arn: "arn:aws:iam::111122223333:role/approver" } } }
          : { id: PERSON, details: { sso: { username: "person" } } };
      }
      default:
        throw new Error(`the simulated domain has no ${name}`);
    }
  }

  listing({ id }: SimulatedRequest, terms: readonly string[]): unknown {
    return { listingRevision: "2", item: { assetListing: this.asset(id, terms) } };
  }

  private find(id: unknown): SimulatedRequest {
    const request = this.requests.get(String(id));
    if (!request || request.withdrawn) throw refusal("ResourceNotFoundException", 404);
    return request;
  }

  private decide(request: SimulatedRequest, status: string, comment: string, reviewerId: string): void {
    Object.assign(request, { status, comment, reviewerId, decidedAt: this.now() });
    request.verdictThen = verdictOf(request.listed);
    request.decisions += 1;
    this.emit(status === "ACCEPTED" ? "Subscription Request Accepted" : "Subscription Request Rejected", request);
  }

  private page(projectId: string, start: number): unknown {
    const pending = [...this.requests.values()].filter(
      (request) => request.projectId === projectId && request.status === "PENDING" && !request.withdrawn,
    );
    const items = pending.slice(start, start + 50).map(({ id, createdAt, status }) => ({ id, createdAt, status }));
    return { items, nextToken: start + 50 < pending.length ? String(start + 50) : undefined };
  }

  private asset(id: string, terms: readonly string[]): object {
    return {
      assetId: `asset-${id}`,
      entityId: `asset-${id}`,
      entityRevision: "1",
      assetType: "amazon.datazone.GlueTableAssetType",
      entityType: "amazon.datazone.GlueTableAssetType",
      forms: "{}",
      glossaryTerms: terms.map((name) => ({ name })),
    };
  }

  private details(request: SimulatedRequest): unknown {
    const { id, createdAt, projectId, said, status, comment, reviewerId, decidedAt } = request;
    const item = { assetListing: this.asset(id, said) };
    const listing = { id: `listing-${id}`, revision: "1", name: "Sales", ownerProjectId: projectId, item };
    return {
      id,
      createdBy: "user-requester",
      status,
      createdAt,
      updatedAt: decidedAt ?? createdAt,
      decisionComment: comment,
      reviewerId,
      subscribedPrincipals: [{ project: { id: "subscriber", name: "Analytics" } }],
      subscribedListings: [listing],
    };
  }
}
