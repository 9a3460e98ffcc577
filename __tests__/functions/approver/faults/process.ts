import { createHash } from "node:crypto";
import type { DataZoneClient } from "@aws-sdk/client-datazone";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { Approver } from "../../../../functions/approver/approver";
import { readConfig } from "../../../../functions/approver/config";
import { paces } from "../../../../functions/approver/pace";
import type { Clock } from "./clock";

export const DOMAIN = "dzd_matrix";
export const PROJECTS = ["publisher1", "publisher2"];

/** Milliseconds that an invocation has. */
const TIMEOUT = 120_000;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Answers a call of a process. */
export type Answer = (process: Process, name: string, input: Record<string, unknown>) => Promise<unknown>;

/** A process of the function, which may end at any time. */
export class Process {
  busy = false;
  isDead = false;
  private readonly approver: Approver;
  private die: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    answer: Answer,
    readonly policies: Readonly<Record<string, string>>,
  ) {
    const send = async (command: { readonly input: object }): Promise<unknown> =>
      answer(this, command.constructor.name.replace(/Command$/, ""), command.input as Record<string, unknown>);
    const client = <T>(): T => ({ send }) as unknown as T;
    const digest = sha256(
      Object.keys(policies)
        .sort()
        .map((id) => `${id}:${sha256(policies[id]!)}`)
        .join("\n"),
    );
    const logger = new Logger({ serviceName: "matrix" });
    for (const level of ["info", "warn", "error"] as const) logger[level] = () => undefined;
    const metrics = new Metrics({ namespace: "SageMakerDataAccess", serviceName: "matrix" });
    metrics.publishStoredMetrics = () => {
      metrics.clearMetrics();
      return metrics;
    };
    this.approver = new Approver({
      config: readConfig({
        APPROVER_NAME: "matrix",
        ENVIRONMENT: "matrix",
        DOMAIN_ID: DOMAIN,
        PROJECTS_PATH: `/matrix/projects/${sha256(`0:${sha256(PROJECTS.join(","))}`)}`,
        POLICIES_PATH: `/matrix/policies/${digest}`,
        QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/matrix",
        DEAD_LETTER_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/matrix-dead-letters",
        TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:matrix",
        OPERATORS_TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:operators",
        MEMBER_ROLE_ARN: "arn:aws:iam::111122223333:role/approver",
      }),
      clients: {
        ssm: () => client<SSMClient>(),
        sns: () => client<SNSClient>(),
        datazone: async () => client<DataZoneClient>(),
        sqs: async () => client<SQSClient>(),
        kms: async () => client<KMSClient>(),
      },
      logger,
      metrics,
      region: "us-east-1",
      now: () => new Date(clock.now),
      pace: paces(() => clock.now, clock.sleep),
      wait: clock.sleep,
    });
  }

  async invoke(event: unknown): Promise<unknown> {
    const begun = this.clock.now;
    this.busy = true;
    const killed = new Promise<never>((_, reject) => (this.die = () => reject(new Error("killed"))));
    try {
      const context = { getRemainingTimeInMillis: () => TIMEOUT - (this.clock.now - begun) };
      return await Promise.race([this.approver.handle(event, context), killed]);
    } finally {
      this.busy = false;
    }
  }

  kill(): void {
    this.isDead = true;
    this.die();
  }

  /** Of a process that has ended nothing goes on. */
  alive(): Promise<void> {
    return this.isDead ? new Promise(() => undefined) : Promise.resolve();
  }
}
