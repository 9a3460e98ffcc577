import { type Announce, type Announcement, type TellOperators, announcementOf } from "./announce";
import { cut, decisionComment, readComment } from "./comment";
import type { Config } from "./config";
import { consider } from "./consider";
import type { Domain, RequestDetails } from "./datazone";
import type { Decision } from "./decide";
import { OutOfTime, TryAgain, describeError, isNamed, isPermanent, mayHaveHappened } from "./errors";
import type { Facts, Unreadable } from "./facts";
import type { Journal } from "./journal";
import type { Paces, Remaining } from "./pace";
import type { PolicySet } from "./policies/set";
import { type Conclusion, type DecisionRecord, type Outcome, type Setting, recordOf } from "./record";
import type { Self } from "./self";

/** The task of deciding one request. */
export interface Task {
  readonly subscriptionRequestId: string;
  /** The publishing project, if the message has it. */
  readonly projectId?: string;
  readonly trigger: DecisionRecord["trigger"];
  readonly autoApproved?: boolean;
  /** People know already that the request waits, as far as a sweep can tell: only a decision is announced. */
  readonly quiet?: boolean;
  /** People have been told already that the request failed. */
  readonly failureTold?: boolean;
  /** How often the queue has delivered the message, from 1. */
  readonly attempt: number;
  /** Only answer what would happen: change nothing, announce nothing. */
  readonly dryRun: boolean;
}

/** What deciding needs of the outside. */
export interface DecisionContext {
  readonly config: Config;
  readonly projects: ReadonlySet<string>;
  readonly set: PolicySet;
  readonly domain: Domain;
  readonly self: Self;
  readonly announce: Announce;
  readonly tellOperators: TellOperators;
  readonly journal: Journal;
  readonly pace: Paces;
  readonly remaining: Remaining;
  readonly now: () => Date;
}

/**
 * Decides one request and carries the decision out: accepts the request, rejects it or leaves it to a person, and announces that. It is safe to
 * do twice, and twice at once, without a store: a request that is no longer pending is announced again if this approver decided it, as its
 * reviewer and its decision comment show, and left alone otherwise.
 *
 * @returns the record; its outcome is `failed` where no retry can succeed without a repair
 * @throws TryAgain, or the error of an AWS call that may pass, if the request has to be tried again
 */
export async function settle(task: Task, around: DecisionContext): Promise<DecisionRecord> {
  const settling = new Settling(task, around);
  try {
    return await settling.run();
  } catch (error) {
    // A dry run answers with the failure; anything else is tried again.
    if (error instanceof OutOfTime || !(task.dryRun || isPermanent(error))) throw error;
    return settling.fail(error);
  }
}

/** Whether people are told, and whether they may have been told before. */
type Telling = "first" | "again" | "nobody";

class Settling {
  details?: RequestDetails;
  /** The facts that the decision was made on. */
  facts?: Facts | Unreadable;

  constructor(
    private readonly task: Task,
    private readonly around: DecisionContext,
  ) {}

  async run(): Promise<DecisionRecord> {
    const { task, around } = this;
    const { projects } = around;
    if (task.autoApproved) return this.leave("Amazon DataZone is approving it itself (autoApproved)");
    if (task.projectId && !projects.has(task.projectId)) return this.leave(this.foreign(task.projectId));

    if (!(await this.load())) {
      // An event can arrive before its request can be read; a request that is still missing later was withdrawn.
      if (task.trigger === "event" && task.attempt === 1) throw new TryAgain("the request cannot be found yet");
      return this.withdrawn();
    }
    const publisher = this.details?.subscribedListings?.[0]?.ownerProjectId ?? "";
    if (!projects.has(publisher)) return this.leave(this.foreign(publisher));
    if (task.projectId && task.projectId !== publisher)
      return this.leave(`its publishing project is not ${task.projectId}`);
    if (this.details?.status !== "PENDING") return this.decidedBefore(task.attempt > 1);

    const { set, domain, config, now } = around;
    const decisionContext = { set, domain, environment: config.environment, now: now() };
    const { decision, facts } = await consider(this.details, decisionContext);
    this.facts = facts;
    return decision.outcome === "waiting" ? this.wait(decision) : this.act(decision, decision.outcome);
  }

  /** Announces a failure that no retry can overcome without a repair. */
  async fail(error: unknown): Promise<DecisionRecord> {
    const failed = { outcome: "failed", why: [describeError(error)] } as const;
    if (this.task.failureTold) return this.conclude({ ...failed, again: true }, "nobody");
    return this.conclude(failed, this.telling());
  }

  /** Reads the request. @returns whether it exists */
  private async load(): Promise<boolean> {
    const { task, around } = this;
    await around.pace.details.turn(around.remaining);
    try {
      this.details = await around.domain.request(task.subscriptionRequestId);
      return true;
    } catch (error) {
      if (!isNamed(error, "ResourceNotFoundException")) throw error;
      return false;
    }
  }

  private wait({
    policies,
    severity,
    comments,
    why,
  }: Omit<Decision, "outcome" | "assetScope">): Promise<DecisionRecord> {
    const comment = cut(comments.join(" ")) || undefined;
    const telling = this.task.trigger === "person" ? "nobody" : this.telling();
    return this.conclude({ outcome: "waiting", policies, severity, why, comment }, telling);
  }

  /** How people are told of a request that every sweep finds: the approver cannot know whether they were told before. */
  private telling(): Telling {
    const { trigger, quiet } = this.task;
    if (trigger !== "sweep") return "first";
    return quiet ? "nobody" : "again";
  }

  private async act(decision: Decision, outcome: "approved" | "rejected"): Promise<DecisionRecord> {
    const { task, around } = this;
    const { policies, severity } = decision;
    const comment = decisionComment(around.config.name, around.set.digest, decision);
    const assetScope = decision.assetScope.length > 0 ? decision.assetScope : undefined;
    if (!task.dryRun) {
      await around.pace.decisions.turn(around.remaining);
      const overtaken = await this.carryOut(decision, comment);
      if (overtaken) return overtaken;
    }
    return this.conclude({ outcome, policies, severity, why: [], comment, assetScope }, "first");
  }

  /** Carries the decision out. @returns undefined if that worked; otherwise the record of what has happened to the request meanwhile */
  private async carryOut(decision: Decision, comment: string): Promise<DecisionRecord | undefined> {
    const { domain, self } = this.around;
    const { subscriptionRequestId } = this.task;
    try {
      const { reviewerId } =
        decision.outcome === "rejected"
          ? await domain.reject(subscriptionRequestId, comment)
          : await domain.accept(subscriptionRequestId, comment, this.scope(decision));
      self.learn(reviewerId);
      return undefined;
    } catch (error) {
      return this.afterFailure(error, comment);
    }
  }

  /** After a failed call the request may have been withdrawn, decided by somebody else, or decided by this very call, whose answer was lost. */
  private async afterFailure(error: unknown, comment: string): Promise<DecisionRecord | undefined> {
    const REFUSALS = ["ConflictException", "ValidationException", "ResourceNotFoundException"];
    if (isPermanent(error) && !isNamed(error, ...REFUSALS)) throw error;
    if (!(await this.load())) return this.withdrawn();
    if (this.details?.status !== "PENDING") {
      const isDone = mayHaveHappened(error) && this.details?.decisionComment === comment;
      return isDone ? undefined : this.decidedBefore(this.task.attempt > 1);
    }
    // Somebody else's call is under way, and has not got through yet.
    if (isNamed(error, "ConflictException")) throw new TryAgain("the request is being changed by somebody else");
    throw error;
  }

  private scope({ assetScope }: Decision): { assetId: string; filterIds: string[] } | undefined {
    if (assetScope.length === 0) return undefined;
    const assetId = this.details?.subscribedListings?.[0]?.item?.assetListing?.entityId;
    if (!assetId) throw new Error("the decision has asset filters, but the request is not for an asset");
    return { assetId, filterIds: [...assetScope] };
  }

  /**
   * Concludes a request that is no longer pending.
   *
   * @param byThisTask an earlier delivery of the same message may have decided it without announcing it
   */
  private async decidedBefore(byThisTask: boolean): Promise<DecisionRecord> {
    const { status, decisionComment: comment } = this.details ?? {};
    if (status !== "ACCEPTED" && status !== "REJECTED") {
      const why = [`this version of the approver does not know its status, ${status ?? "none"}`];
      return this.wait({ policies: [], comments: [], why });
    }
    const own = readComment(this.around.config.name, comment);
    if (!own || !(await this.isReviewer())) {
      return this.leave(`it is already ${status.toLowerCase()}, by somebody else`);
    }
    const { digest } = this.around.set;
    const conclusion = {
      outcome: status === "ACCEPTED" ? "approved" : "rejected",
      why: ["this approver decided it before"],
      policies: own.policies,
      policySet: digest.startsWith(own.digest) ? digest : own.digest,
      comment,
    } as const;
    return byThisTask ? this.conclude(conclusion, "first") : this.conclude({ ...conclusion, again: true }, "again");
  }

  /** Whether the reviewer is this approver; where that cannot be read, true, because the comment says so. */
  private async isReviewer(): Promise<boolean> {
    const { reviewerId } = this.details ?? {};
    return reviewerId === undefined || ((await this.around.self.is(reviewerId, this.around.domain)) ?? true);
  }

  private withdrawn(): Promise<DecisionRecord> {
    return this.leave("it does not exist (any more)");
  }

  private leave(reason: string): Promise<DecisionRecord> {
    return this.conclude({ outcome: "left", why: [reason] }, "nobody");
  }

  private foreign(projectId: string): string {
    return `this approver does not decide for the publishing project ${projectId}`;
  }

  /** Logs the record, announces it, then counts it. The announcement may fail and is then retried, with another record in the log. */
  private async conclude(conclusion: Conclusion, telling: Telling): Promise<DecisionRecord> {
    const { task, around } = this;
    const { journal, config } = around;
    const record = recordOf(settingOf(task, around), this, conclusion);
    journal.decision(record);
    if (task.dryRun) return record;
    if (isTold(record) && telling !== "nobody") {
      const again = telling === "again";
      await around.announce({ ...announcementOf(record, config.name), decision: record.outcome, again });
    }
    if (!record.again) journal.count(record);
    return record;
  }
}

/** The fields of a record that come from the deployment and the task. */
export const settingOf = (
  {
    subscriptionRequestId,
    projectId,
    trigger,
    dryRun,
  }: Pick<Task, "subscriptionRequestId" | "projectId" | "trigger" | "dryRun">,
  { config, set, domain, now }: DecisionContext,
): Setting => ({
  subscriptionRequestId,
  projectId,
  trigger,
  dryRun,
  environment: config.environment,
  policySet: set.digest,
  domainId: domain.id,
  now: now(),
});

const isTold = (record: DecisionRecord<Outcome>): record is DecisionRecord<NonNullable<Announcement["decision"]>> =>
  record.outcome !== "left";
