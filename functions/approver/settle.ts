import type { Announce, Announcement } from "./announce";
import { commentPrefix, cut, decisionComment } from "./comment";
import type { Config } from "./config";
import type { Domain, RequestDetails } from "./datazone";
import { consider } from "./consider";
import type { Decision } from "./decide";
import { TryAgain, describeError, isNamed, isPermanent } from "./errors";
import type { Facts, Unreadable } from "./facts";
import type { Journal } from "./journal";
import type { Pace, Remaining } from "./pace";
import type { PolicySet } from "./policies/set";
import { type Conclusion, type DecisionRecord, type Outcome, recordOf } from "./record";
import { isDue } from "./reminder";

/** A request to be decided. */
export interface Task {
  readonly subscriptionRequestId: string;
  /** The publishing project, where the sender knows it. */
  readonly projectId?: string;
  readonly trigger: DecisionRecord["trigger"];
  readonly autoApproved?: boolean;
  readonly reminder?: { readonly since: Date; readonly until: Date };
  /** How often the queue has delivered it, from 1. */
  readonly attempt: number;
  /** Say what would happen; touch nothing, tell nobody. */
  readonly dryRun: boolean;
}

/** What deciding needs of the outside. */
export interface Surroundings {
  readonly config: Config;
  readonly projects: ReadonlySet<string>;
  readonly set: PolicySet;
  readonly domain: Domain;
  readonly announce: Announce;
  readonly journal: Journal;
  readonly pace: Pace;
  readonly remaining: Remaining;
  readonly now: () => Date;
}

/**
 * Decides one request and does what was decided: accepts it, rejects it or leaves it to a person, and announces that. Safe to
 * do twice, and twice at once, without a store: a request that is no longer pending is announced again if its decision comment
 * says that this approver decided it, and left alone otherwise.
 *
 * @throws TryAgain, or the error of an AWS call that may pass, when the request has to be tried again; the error of a call that
 * cannot succeed without a repair, after announcing it as failed: the queue then brings it to the dead-letter queue
 */
export async function settle(task: Task, around: Surroundings): Promise<DecisionRecord> {
  const settling = new Settling(task, around);
  try {
    return await settling.run();
  } catch (error) {
    if (!isPermanent(error)) throw error;
    const record = await settling.fail(error);
    if (task.dryRun) return record;
    throw error;
  }
}

class Settling {
  private details?: RequestDetails;
  /** What it was decided on. */
  private facts?: Facts | Unreadable;

  constructor(
    private readonly task: Task,
    private readonly around: Surroundings,
  ) {}

  async run(): Promise<DecisionRecord> {
    const { task, around } = this;
    const { projects, set, config } = around;
    if (task.autoApproved) return this.leave("the service is approving it itself (autoApproved)");
    if (task.projectId && !projects.has(task.projectId)) return this.leave(this.foreign(task.projectId));

    const details = await this.load();
    if (!details) return this.leave("it does not exist (any more)");
    const publisher = details.subscribedListings?.[0]?.ownerProjectId ?? "";
    if (!projects.has(publisher)) return this.leave(this.foreign(publisher));
    if (task.projectId && task.projectId !== publisher)
      return this.leave(`its publishing project is not ${task.projectId}`);
    if (details.status !== "PENDING") return this.alreadyDecided();

    const { domain, now } = around;
    const { decision, facts } = await consider(details, { set, domain, environment: config.environment, now: now() });
    this.facts = facts;
    return decision.outcome === "waiting" ? this.wait(decision) : this.act(decision);
  }

  /**
   * Announces what cannot succeed without a repair. Once: later deliveries end in the dead-letter queue and its alarm, and each
   * scheduled sweep meets the failure again.
   */
  async fail(error: unknown): Promise<DecisionRecord> {
    const why = [describeError(error)];
    const record = this.note({ outcome: "failed", why, again: this.task.attempt > 1 ? true : undefined });
    const reminded = this.isReminder();
    if (this.task.attempt > 1 || reminded === false) return record;
    try {
      await this.announce(record, reminded === true);
    } catch (announceError) {
      this.around.journal.error("the failure could not be announced", { reason: describeError(announceError) });
    }
    return record;
  }

  /** @returns undefined where there is no such request */
  private async load(): Promise<RequestDetails | undefined> {
    const { task, around } = this;
    try {
      this.details = await around.domain.request(task.subscriptionRequestId);
      return this.details;
    } catch (error) {
      if (!isNamed(error, "ResourceNotFoundException")) throw error;
      // An event can be faster than what it tells of; a request that is still missing later was withdrawn.
      if (task.trigger === "event" && task.attempt === 1) throw new TryAgain("the request cannot be found yet");
      return undefined;
    }
  }

  private async wait({ policies, severity, comments, why }: Decision): Promise<DecisionRecord> {
    const comment = cut(comments.join(" ")) || undefined;
    const record = this.note({ outcome: "waiting", policies, severity, why, comment });
    const reminded = this.isReminder();
    if (reminded ?? this.task.trigger === "event") await this.announce(record, reminded === true);
    return record;
  }

  /** Whether a scheduled sweep is to tell of the request again; undefined: it is not a scheduled sweep's. */
  private isReminder(): boolean | undefined {
    const { reminder } = this.task;
    const requestedAt = this.details?.createdAt;
    return reminder && requestedAt !== undefined && isDue(requestedAt, reminder);
  }

  private async act(decision: Decision): Promise<DecisionRecord> {
    const { task, around } = this;
    const comment = decisionComment(around.config.name, around.set.digest, decision);
    const { outcome, policies, severity } = decision;
    const assetScope = decision.assetScope.length > 0 ? decision.assetScope : undefined;
    if (!task.dryRun) {
      await around.pace.turn(around.remaining);
      if (!(await this.carryOut(decision, comment))) return this.alreadyDecided();
    }
    const record = this.note({ outcome, policies, severity, why: [], comment, assetScope });
    await this.announce(record, false);
    return record;
  }

  /** @returns false where the request was decided meanwhile; the details are then the new ones */
  private async carryOut(decision: Decision, comment: string): Promise<boolean> {
    const { domain } = this.around;
    const { subscriptionRequestId } = this.task;
    try {
      if (decision.outcome === "rejected") await domain.reject(subscriptionRequestId, comment);
      else await domain.accept(subscriptionRequestId, comment, this.scope(decision));
      return true;
    } catch (error) {
      if (!isNamed(error, "ConflictException", "ValidationException")) throw error;
      this.details = await domain.request(subscriptionRequestId);
      if (this.details.status !== "PENDING") return false;
      // Somebody else's call is under way, and has not got through yet.
      if (isNamed(error, "ConflictException")) throw new TryAgain("the request is being changed by somebody else");
      throw error;
    }
  }

  private scope({ assetScope }: Decision): { assetId: string; filterIds: string[] } | undefined {
    if (assetScope.length === 0) return undefined;
    const assetId = this.details?.subscribedListings?.[0]?.item?.assetListing?.entityId;
    if (!assetId) throw new Error("asset filters were decided for what is not an asset");
    return { assetId, filterIds: [...assetScope] };
  }

  private async alreadyDecided(): Promise<DecisionRecord> {
    const { status, decisionComment: comment } = this.details ?? {};
    if (!comment?.startsWith(commentPrefix(this.around.config.name))) {
      return this.leave(`it is already ${status?.toLowerCase()}, by somebody else`);
    }
    const outcome = status === "ACCEPTED" ? "approved" : "rejected";
    const record = this.note({ outcome, why: ["it was decided before, by this approver"], comment, again: true });
    await this.announce(record, true);
    return record;
  }

  private leave(reason: string): DecisionRecord {
    return this.note({ outcome: "left", why: [reason] });
  }

  private foreign(projectId: string): string {
    return `this approver does not decide for the publishing project ${projectId}`;
  }

  /** Logs what has been decided, before it is announced: that may fail, and is then tried again. */
  private note<O extends Outcome>(conclusion: Conclusion<O>): DecisionRecord<O> {
    const { subscriptionRequestId, projectId, trigger, dryRun } = this.task;
    const { config, set, domain, journal, now } = this.around;
    const { environment } = config;
    const setting = { subscriptionRequestId, projectId, trigger, dryRun, environment, policySet: set.digest };
    const read = { details: this.details, facts: this.facts };
    const record = recordOf({ ...setting, domainId: domain.id, now: now() }, read, conclusion);
    journal.decision(record);
    return record;
  }

  private async announce(record: DecisionRecord<Announcement["decision"]>, again: boolean): Promise<void> {
    if (this.task.dryRun) return;
    try {
      await this.around.announce({
        ...pick(record, "environment", "domainId", "subscriptionRequestId", "listing", "subscriber"),
        ...pick(record, "policies", "policySet", "severity", "why", "comment", "assetScope"),
        ...pick(record, "requester", "requestedFilters", "requestedAt"),
        decision: record.outcome,
        approver: this.around.config.name,
        project: record.project ?? { id: "unknown" },
        again,
      });
    } catch (error) {
      throw new TryAgain(`the announcement failed with ${describeError(error)}`, { cause: error });
    }
  }
}

const pick = <T, K extends keyof T>(value: T, ...keys: K[]): Pick<T, K> =>
  Object.fromEntries(keys.map((key) => [key, value[key]])) as Pick<T, K>;
