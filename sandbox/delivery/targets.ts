import { setTimeout as sleep } from "node:timers/promises";
import { AwsError } from "../gateway/aws-client";
import type { Internals } from "../internals";
import { targetInput } from "./input";
import type { Rule, Target } from "./rules";

/** An event as it is on the bus. */
export type BusEvent = Readonly<Record<string, unknown>> & { readonly time: string };

/** EventBridge keeps trying for a day, up to 185 times. */
const ATTEMPTS = 185;
const OLDEST_SECONDS = 86_400;

/** Delivers events to a rule's targets: with the target's permission, retries, and its dead-letter queue. */
export class Targets {
  private readonly stopping = new AbortController();

  constructor(
    private readonly internals: Internals,
    private readonly invoke: (functionArn: string, event: string) => Promise<void>,
  ) {}

  stop(): void {
    this.stopping.abort();
  }

  async deliver(rule: Rule, target: Target, event: BusEvent): Promise<void> {
    const { MaximumRetryAttempts = ATTEMPTS, MaximumEventAgeInSeconds = OLDEST_SECONDS } = target.RetryPolicy ?? {};
    const ingestionTime = this.internals.now().toISOString();
    const input = targetInput(event, target, { ruleArn: rule.Arn, ruleName: rule.Name, ingestionTime });
    let waited = 0;
    for (let attempt = 0; ; attempt += 1) {
      const error = await this.attempt(rule, target.Arn, input);
      if (!error) return await this.count(rule, "Invocations");

      const wait = Math.min(2 ** attempt, 300);
      const isOver = attempt >= MaximumRetryAttempts || waited + wait > MaximumEventAgeInSeconds;
      if (isOver || !isWorthRetrying(error)) {
        await this.count(rule, "FailedInvocations");
        await this.bury(rule, target, input, error, attempt);
        return;
      }
      waited += wait;
      await sleep((wait * 1000) / this.internals.timeScale, undefined, { signal: this.stopping.signal });
    }
  }

  private async attempt(rule: Rule, arn: string, input: string): Promise<AwsError | undefined> {
    try {
      await this.send(rule, arn, input);
      return undefined;
    } catch (error) {
      return error instanceof AwsError ? error : new AwsError("SDK_CLIENT_ERROR", String(error), 500);
    }
  }

  private async send(rule: Rule, arn: string, input: string): Promise<void> {
    const { aws } = this.internals;
    const service = arn.split(":")[2] ?? "";
    const action = ACTIONS[service];
    if (!action) throw new AwsError("NotImplemented", `The sandbox does not deliver to ${arn}.`, 400);
    if (!(await this.internals.authorizer.allowsService("events.amazonaws.com", { action, resource: arn }, rule.Arn))) {
      const message = `The policy of ${arn} (or of its key) does not allow events.amazonaws.com ${action} for ${rule.Arn}.`;
      throw new AwsError("NO_PERMISSIONS", message, 403);
    }
    if (service === "sqs") {
      await aws.json("sqs", "AmazonSQS.SendMessage", { QueueUrl: this.internals.queueUrl(arn), MessageBody: input });
    } else if (service === "sns") {
      await aws.query("sns", "2010-03-31", "Publish", { TopicArn: arn, Message: input });
    } else await this.invoke(arn, input);
  }

  /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
  private async bury(rule: Rule, target: Target, input: string, error: AwsError, retries: number): Promise<void> {
    const queue = target.DeadLetterConfig?.Arn;
    const access = { action: "sqs:SendMessage", resource: queue ?? "" };
    if (!queue || !(await this.internals.authorizer.allowsService("events.amazonaws.com", access, rule.Arn))) {
      await this.count(rule, "InvocationsFailedToBeSentToDlq");
      process.stderr.write(`sandbox: rule ${rule.Name} lost an event for ${target.Arn}: ${error.message}\n`);
      return;
    }
    const attributes = {
      RULE_ARN: rule.Arn,
      TARGET_ARN: target.Arn,
      ERROR_CODE: error.code,
      ERROR_MESSAGE: error.message,
      RETRY_ATTEMPTS: String(retries),
    };
    await this.internals.aws.json("sqs", "AmazonSQS.SendMessage", {
      QueueUrl: this.internals.queueUrl(queue),
      MessageBody: input,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
      ),
    });
    await this.count(rule, "InvocationsSentToDlq");
  }

  private async count(rule: Rule, metric: string): Promise<void> {
    await this.internals.aws.query("monitoring", "2010-08-01", "PutMetricData", {
      Namespace: "AWS/Events",
      MetricData: [
        { MetricName: metric, Value: 1, Unit: "Count", Dimensions: [{ Name: "RuleName", Value: rule.Name }] },
      ],
    });
  }
}

const ACTIONS: Readonly<Record<string, string>> = {
  sqs: "sqs:SendMessage",
  sns: "sns:Publish",
  lambda: "lambda:InvokeFunction",
};

/** An error that another attempt would meet again sends the event to the dead-letter queue at once. */
function isWorthRetrying({ status, code }: AwsError): boolean {
  return status >= 500 || status === 429 || code.includes("Throttl");
}
