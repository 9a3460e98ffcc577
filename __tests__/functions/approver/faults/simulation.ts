import type { Seen } from "./checker";
import { Clock } from "./clock";
import { APPROVER_USER, POLICIES, SimulatedDomain, type SimulatedRequest, verdictOf } from "./domain";
import { DOMAIN, PROJECTS, Process } from "./process";
import { SimulatedQueue } from "./queue";

export const MINUTE = 60_000;
const START = Date.parse("2026-03-01T08:00:00Z");
/** One call of the function, as a fault sees it. */
export interface Call {
  readonly name: string;
  /** The request that it is about, where it is about one. */
  readonly request?: SimulatedRequest;
  /** How often it has been made before, for this request. */
  readonly before: number;
  /** Minutes since the simulation began. */
  readonly minute: number;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What becomes of a call: an error in its place, or after it was carried out, or the end of the process before or after it. */
export type Fault = Error | { readonly after: Error } | "killed before" | "killed after" | undefined;

/** What goes wrong, and when. */
export interface Kind {
  readonly name: string;
  /** The terms of the request's listing. */
  readonly terms?: readonly string[];
  /** How often the event of a request is delivered, and after how many minutes. */
  readonly events?: readonly number[];
  readonly autoApproved?: boolean | null;
  readonly fault?: (call: Call) => Fault;
  /** What else happens to a request, when its event has been sent. */
  readonly meanwhile?: (request: SimulatedRequest, simulation: Simulation) => void;
  /** Messages of a receive that stay visible. */
  readonly visibleTwice?: number;
  /** Milliseconds that a call takes. */
  readonly latency?: (name: string) => number;
  /** Minutes between scheduled sweeps; 0: none. */
  readonly sweepEvery?: number;
  /** When the dead-letter queue is redriven, in minutes. */
  readonly redriveAt?: number;
  /** From when on another policy set is deployed, in minutes. */
  readonly deployAt?: number;
  /** Columns in which 0 cannot be had without a store, and why. */
  readonly cannot?: Readonly<Record<string, string>>;
}

/** What is taken out of the function, to see that it is missed. */
export type Mutant = "no announcement" | "no second look" | "swapped";

export interface Options {
  readonly seed: number;
  readonly requests: number;
  readonly mutant?: Mutant;
  readonly hours?: number;
  /** Minutes in which the requests are made. */
  readonly within?: number;
}

/** The approver as deployed: rule, queue with five receives, two invocations at once, topic, schedule; on a clock of its own. */
export class Simulation {
  readonly clock = new Clock(START);
  readonly queue = new SimulatedQueue(() => this.clock.now);
  readonly domain = new SimulatedDomain(
    () => new Date(this.clock.now),
    (detailType, request) => this.queue.send(this.event(detailType, request), 1000),
  );
  private readonly topic: Seen["topic"][number][] = [];
  private readonly made = new Map<string, number>();
  private readonly random: () => number;
  private processes: (Process | undefined)[] = [undefined, undefined];
  private busy = 0;
  /** When the last acceptance or rejection was made, in milliseconds since the beginning. */
  lastDecision = 0;

  constructor(
    readonly kind: Kind,
    private readonly options: Options,
  ) {
    this.random = seeded(options.seed);
  }

  get minute(): number {
    return (this.clock.now - START) / MINUTE;
  }

  async run(): Promise<Seen> {
    const { kind, options, clock } = this;
    const { hours = 12, within = 10 } = options;
    for (let i = 0; i < options.requests; i++) {
      clock.at(START + Math.floor(this.random() * within * MINUTE), () => this.ask(`r${i}`));
    }
    const end = START + hours * 60 * MINUTE;
    this.pollEvery(5_000, START, end);
    const { sweepEvery = 60, redriveAt } = kind;
    for (let minute = sweepEvery; sweepEvery > 0 && minute < hours * 60; minute += sweepEvery) {
      clock.at(START + minute * MINUTE, () => void this.sweep(sweepEvery));
    }
    if (redriveAt !== undefined) clock.at(START + redriveAt * MINUTE, () => this.queue.redrive());
    await clock.runUntil(end);
    return this.seen();
  }

  private pollEvery(milliseconds: number, from: number, until: number): void {
    this.clock.at(from, () => {
      if (from + milliseconds < until) this.pollEvery(milliseconds, from + milliseconds, until);
      this.poll();
    });
  }

  /** A process of its own, for the schedule and for people. */
  private async sweep(everyMinutes: number): Promise<void> {
    const scheduled = { at: new Date(this.clock.now).toISOString(), everyMinutes };
    await this.process()
      .invoke({ operation: "sweep", scheduled })
      .catch(() => undefined);
  }

  private event(detailType: string, request: SimulatedRequest): string {
    const { id, projectId, reviewerId, status } = request;
    const { autoApproved } = this.kind;
    const created = detailType === "Subscription Request Created";
    return JSON.stringify({
      source: "aws.datazone",
      "detail-type": detailType,
      detail: {
        metadata: { domain: DOMAIN, id, owningProjectId: "subscriber", user: reviewerId ?? "user-requester" },
        data: {
          status,
          reviewerId,
          ...(created && autoApproved !== undefined && { autoApproved }),
          subscribedListings: [{ id: `listing-${id}`, ownerProjectId: projectId, version: "1" }],
        },
      },
    });
  }

  private ask(id: string): void {
    const { kind, domain } = this;
    const request = domain.add(id, PROJECTS[Math.floor(this.random() * PROJECTS.length)]!, kind.terms ?? ["Public"]);
    for (const minutes of kind.events ?? [0]) {
      this.queue.send(this.event("Subscription Request Created", request), minutes * MINUTE + this.random() * 2000);
    }
    kind.meanwhile?.(request, this);
  }

  private poll(): void {
    while (this.busy < 2) {
      const messages = this.queue.receive(10, this.kind.visibleTwice);
      if (messages.length === 0) return;
      this.busy += 1;
      void this.invoke(messages).then(() => {
        this.busy -= 1;
        this.poll();
      });
    }
  }

  private async invoke(messages: ReturnType<SimulatedQueue["receive"]>): Promise<void> {
    const slot = this.processes.findIndex((each) => !each?.busy);
    const process = (this.processes[slot] ??= this.process());
    const Records = messages.map(({ messageId, body, receives }) => ({
      messageId,
      receiptHandle: messageId,
      body,
      eventSource: "aws:sqs",
      attributes: { ApproximateReceiveCount: String(receives) },
    }));
    try {
      const answer = (await process.invoke({ Records })) as { batchItemFailures: { itemIdentifier: string }[] };
      const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const { messageId } of messages) if (!failed.has(messageId)) this.queue.messages.delete(messageId);
    } catch {
      // The whole batch comes back, when it does.
      if (process.isDead) this.processes[slot] = undefined;
    }
  }

  private process(): Process {
    const hasMoved = this.kind.deployAt !== undefined && this.minute >= this.kind.deployAt;
    const policies = hasMoved
      ? {
          ...POLICIES,
          later: '@id("later") forbid (principal, action, resource) when { context.environment == "other" };',
        }
      : POLICIES;
    return new Process(this.clock, (...call) => this.answer(...call), policies);
  }

  /** What a call of a process answers, or how it ends. */
  private async answer(process: Process, name: string, input: Record<string, unknown>): Promise<unknown> {
    const { kind, domain, clock } = this;
    await clock.sleep((kind.latency?.(name) ?? 80) / 2);
    await process.alive();
    const request = domain.requests.get(requestIdOf(input) ?? "");
    const key = `${name} ${request?.id ?? ""}`;
    const before = this.made.get(key) ?? 0;
    this.made.set(key, before + 1);
    const fault = kind.fault?.({ name, request, before, minute: this.minute, input });
    if (fault instanceof Error) throw fault;
    if (fault === "killed before") process.kill();
    await process.alive();
    const answer = this.carryOut(process, name, input, request);
    if (fault === "killed after") process.kill();
    await clock.sleep((kind.latency?.(name) ?? 80) / 2);
    await process.alive();
    if (typeof fault === "object") throw fault.after;
    return answer;
  }

  private carryOut(
    process: Process,
    name: string,
    input: Record<string, unknown>,
    request?: SimulatedRequest,
  ): unknown {
    const { mutant } = this.options;
    switch (name) {
      case "GetParametersByPath": {
        const isOfProjects = String(input["Path"]).includes("/projects/");
        const texts = isOfProjects ? { "0": PROJECTS.join(",") } : process.policies;
        return { Parameters: Object.entries(texts).map(([id, Value]) => ({ Name: `/x/${id}`, Value })) };
      }
      case "ChangeMessageVisibility":
        this.queue.postpone(String(input["ReceiptHandle"]), Number(input["VisibilityTimeout"]) * 1000);
        return {};
      case "SendMessageBatch":
        for (const { MessageBody, DelaySeconds = 0 } of input["Entries"] as {
          MessageBody: string;
          DelaySeconds?: number;
        }[])
          this.queue.send(MessageBody, DelaySeconds * 1000);
        return {};
      case "Publish":
        if (mutant !== "no announcement") this.publish(input);
        return {};
      case "GetListing":
        if (mutant === "no second look" && request) return this.domain.listing(request, request.said);
        return this.domain.answer(name, input);
      case "AcceptSubscriptionRequest":
      case "RejectSubscriptionRequest":
        this.lastDecision = this.clock.now - START;
        return this.domain.answer(mutant === "swapped" ? SWAPPED[name]! : name, input);
      default:
        return this.domain.answer(name, input);
    }
  }

  private publish(input: Record<string, unknown>): void {
    const body = JSON.parse(JSON.parse(String(input["Message"])).sqs) as Seen["topic"][number] & {
      subscriptionRequestId: string;
    };
    const request = this.domain.requests.get(body.subscriptionRequestId);
    if (!request) return;
    const { id, comment: commentThen } = request;
    const { decision, again, policies, policySet, decidedBy } = body;
    const statusThen = request.withdrawn ? "WITHDRAWN" : request.status;
    this.topic.push({
      id,
      decision,
      again,
      policies,
      policySet,
      decidedBy,
      statusThen,
      commentThen,
      byThen: byOf(request),
    });
  }

  private seen(): Seen {
    return {
      requests: [...this.domain.requests.values()].map((request) => {
        const { id, status, withdrawn, comment, decisions, verdictThen, listed } = request;
        return {
          id,
          status,
          withdrawn,
          comment,
          decisions,
          verdictThen,
          verdictNow: verdictOf(listed),
          by: byOf(request),
        };
      }),
      queue: [...this.queue.messages.values()].map(({ body }) => body),
      deadLetters: this.queue.deadLetters,
      topic: this.topic,
    };
  }
}

const SWAPPED: Readonly<Record<string, string>> = {
  AcceptSubscriptionRequest: "RejectSubscriptionRequest",
  RejectSubscriptionRequest: "AcceptSubscriptionRequest",
};

const byOf = ({ reviewerId }: SimulatedRequest) =>
  reviewerId === undefined ? undefined : reviewerId === APPROVER_USER ? "approver" : "somebody else";

function requestIdOf(input: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof input["identifier"] === "string") return input["identifier"].replace("listing-", "");
  if (typeof input["Message"] !== "string") return undefined;
  return (/subscriptionRequestId\\?\\?\\?":\\?\\?\\?"(\w+)/.exec(input["Message"]) ?? [])[1];
}

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
