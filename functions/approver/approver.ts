import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "@aws-lambda-powertools/logger";
import type { Metrics } from "@aws-lambda-powertools/metrics";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { announcer, operatorsTeller } from "./announce";
import { workOff } from "./batch";
import type { SelfCheckAnswer } from "./self-check";
import type { Clients } from "./clients";
import type { Config } from "./config";
import { Domain } from "./datazone";
import { printable } from "./errors";
import { type Operation, parseOperation } from "./input";
import { type Journal, journal } from "./journal";
import { type Paces, paces } from "./pace";
import { readPolicyTexts, readPublishingProjects } from "./parameters";
import { validateSet } from "./policies/validate";
import { type PolicySet, parseSet } from "./policies/set";
import { patiently } from "./propagation";
import type { Queue } from "./queue";
import type { DecisionRecord } from "./record";
import { Self } from "./self";
import { type DecisionContext, settle } from "./settle";
import type { SweepAnswer } from "./sweep";

/** Milliseconds at the end of an invocation that AWS calls may not use, so that there is time for the answer. */
const TIME_TO_ANSWER = 1_000;

export interface Dependencies {
  readonly config: Config;
  readonly clients: Clients;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly region: string;
  readonly now?: () => Date;
  readonly pace?: Paces;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

type Invocation = Pick<Context, "getRemainingTimeInMillis">;

/** The Lambda function's state, which lives as long as the process. */
export class Approver {
  private readonly ssm;
  private readonly sns;
  private readonly datazone;
  private readonly journal: Journal;
  private readonly pace: Paces;
  private readonly self: Self;
  private loading?: Promise<{ set: PolicySet; projects: ReadonlySet<string> }>;

  constructor(private readonly dependencies: Dependencies) {
    const { config, clients, logger, metrics, pace = paces() } = dependencies;
    this.ssm = clients.ssm();
    this.sns = clients.sns();
    this.datazone = clients.datazone(config.assumeRoleArn, `approver-${config.name}`.slice(0, 64));
    this.journal = journal(logger, metrics);
    this.pace = pace;
    this.self = new Self(config.memberRoleArn);
  }

  /** The function's entry point. docs/architecture.md has its inputs and outputs. */
  async handle(
    event: unknown,
    context: Invocation,
  ): Promise<SQSBatchResponse | DecisionRecord | SweepAnswer | SelfCheckAnswer> {
    try {
      return isBatch(event) ? await this.batch(event, context) : await this.operate(parseOperation(event), context);
    } catch (error) {
      throw printable(error);
    } finally {
      const { metrics } = this.dependencies;
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    }
  }

  private batch(event: SQSEvent, context: Invocation): Promise<SQSBatchResponse> {
    const { journal } = this;
    return workOff(event, {
      decisionContext: () => this.decisionContext(context),
      queue: this.queue(context),
      journal,
    });
  }

  private async operate(
    operation: Operation,
    context: Invocation,
  ): Promise<DecisionRecord | SweepAnswer | SelfCheckAnswer> {
    if (operation.operation === "check") return this.check(operation, context);
    const around = await this.decisionContext(context);
    if (operation.operation === "decide") return settle({ ...operation, trigger: "person", attempt: 1 }, around);
    const { sweep } = await import("./sweep");
    return sweep(operation, around, await this.queue(context)());
  }

  /** @throws where the policy set is not valid, naming each policy, position and reason: that fails a deployment */
  private async check(
    { projectId }: Extract<Operation, { operation: "check" }>,
    context: Invocation,
  ): Promise<SelfCheckAnswer> {
    const { clients, config, wait = sleep } = this.dependencies;
    const patient = patiently(() => context.getRemainingTimeInMillis(), wait);
    const texts = await patient("AccessDeniedException", () => readPolicyTexts(this.ssm, config));
    const findings = validateSet(texts);
    if (findings.length > 0) {
      const lines = findings.map(
        ({ policy, line, column, reason }) => `${policy || "the set"}:${line}:${column}: ${reason}`,
      );
      throw new Error(`The policy set ${config.policiesPath} is not valid:\n${lines.join("\n")}`);
    }
    const { set, projects } = await patient("AccessDeniedException", () => this.load());
    this.journal.set(set.digest, texts);
    const { selfCheck } = await import("./self-check");
    return selfCheck({
      config,
      projects: projectId === undefined ? [...projects] : [projectId],
      set,
      datazone: await this.datazone,
      domain: (client) => new Domain(client, config.domainId, signalFor(context)),
      self: this.self,
      patient,
      remaining: () => context.getRemainingTimeInMillis(),
      sns: this.sns,
      sqs: await clients.sqs(),
      kms: await clients.kms(),
    });
  }

  /** The queue's client, loaded on first use: most decisions put nothing on the queue. */
  private queue(context: Invocation): () => Promise<Queue> {
    const { clients, config } = this.dependencies;
    return async () => {
      const { Queue } = await import("./queue");
      return new Queue(await clients.sqs(), config.queueUrl, signalFor(context));
    };
  }

  private async decisionContext(context: Invocation): Promise<DecisionContext> {
    const { config, region, now = () => new Date() } = this.dependencies;
    const signal = signalFor(context);
    return {
      ...(await this.load()),
      config,
      domain: new Domain(await this.datazone, config.domainId, signal),
      self: this.self,
      announce: announcer(this.sns, config.topicArn, region, signal),
      tellOperators: operatorsTeller(this.sns, config.operatorsTopicArn, signal),
      journal: this.journal,
      pace: this.pace,
      remaining: () => context.getRemainingTimeInMillis(),
      now,
    };
  }

  /** Reads the policy set and the projects, once in a process: their parameters' names change with their content. */
  private load(): Promise<{ set: PolicySet; projects: ReadonlySet<string> }> {
    this.loading ??= this.read().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  private async read(): Promise<{ set: PolicySet; projects: ReadonlySet<string> }> {
    const { config } = this.dependencies;
    const [texts, projects] = await Promise.all([
      readPolicyTexts(this.ssm, config),
      readPublishingProjects(this.ssm, config),
    ]);
    return { set: parseSet(texts), projects };
  }
}

/** Aborts AWS calls before the invocation times out, so that the rest of a batch is answered as failed and not lost. */
const signalFor = (context: Invocation): AbortSignal =>
  AbortSignal.timeout(Math.max(0, Math.floor(context.getRemainingTimeInMillis() - TIME_TO_ANSWER)));

const isBatch = (event: unknown): event is SQSEvent =>
  typeof event === "object" && event !== null && "Records" in event && Array.isArray(event.Records);
