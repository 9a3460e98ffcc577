import type { LogLine } from "../gateway/control-api";
import { AwsError, type AwsClient } from "../gateway/aws-client";

const KEPT = 10_000;

/** Where one execution environment logs to. */
export interface LogStream {
  readonly function: string;
  readonly version: string;
  readonly group: string;
  readonly stream: string;
}

/**
 * What functions log: into CloudWatch Logs, under the function's own role, and in memory for whoever watches the sandbox.
 * Embedded metrics (EMF) in it become CloudWatch metrics, as CloudWatch Logs itself makes them.
 */
export class FunctionLogs {
  readonly lines: LogLine[] = [];
  /** Names of the streams that are there. */
  private readonly made = new Set<string>();

  constructor(
    private readonly account: AwsClient,
    private readonly now: () => Date,
  ) {}

  add({ function: name, version }: LogStream, message: string): void {
    this.lines.push({ time: this.now().toISOString(), function: name, version, message });
    if (this.lines.length > KEPT) this.lines.shift();
  }

  /** Ships lines to CloudWatch Logs; a role that may not write loses them, as on AWS. */
  async ship(role: AwsClient, stream: LogStream, messages: readonly string[]): Promise<void> {
    const timestamp = this.now().getTime();
    const to = { logGroupName: stream.group, logStreamName: stream.stream };
    try {
      if (!this.made.has(stream.stream)) await this.make(role, to);
      this.made.add(stream.stream);
      const logEvents = messages.map((message) => ({ timestamp, message }));
      await role.json("logs", "Logs_20140328.PutLogEvents", { ...to, logEvents });
    } catch (error) {
      if (error instanceof AwsError) return;
      throw error;
    }
    for (const message of messages) await this.putMetrics(message);
  }

  private async make(role: AwsClient, to: { logGroupName: string; logStreamName: string }): Promise<void> {
    const createStream = () => role.json("logs", "Logs_20140328.CreateLogStream", to);
    await createStream().catch(async (error: Error) => {
      if (!(error instanceof AwsError) || error.code !== "ResourceNotFoundException") throw error;
      await role.json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: to.logGroupName });
      await createStream();
    });
  }

  private async putMetrics(message: string): Promise<void> {
    if (!message.includes("CloudWatchMetrics")) return;
    for (const { namespace, data } of embeddedMetrics(message)) {
      await this.account.query("monitoring", "2010-08-01", "PutMetricData", { Namespace: namespace, MetricData: data });
    }
  }
}

interface EmbeddedMetrics {
  readonly _aws?: {
    readonly Timestamp?: number;
    readonly CloudWatchMetrics?: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit?: string }[];
    }[];
  };
  readonly [value: string]: unknown;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function embeddedMetrics(message: string): { namespace: string; data: Record<string, unknown>[] }[] {
  let log: EmbeddedMetrics;
  try {
    log = JSON.parse(message) as EmbeddedMetrics;
  } catch {
    return [];
  }
  return (log._aws?.CloudWatchMetrics ?? []).map(({ Namespace, Dimensions, Metrics }) => ({
    namespace: Namespace,
    data: Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name, Unit }) =>
        [log[Name]].flat().map((value) => ({
          MetricName: Name,
          Value: value,
          Unit: Unit ?? "None",
          Dimensions: names.map((name) => ({ Name: name, Value: log[name] })),
        })),
      ),
    ),
  }));
}
