import type { LogLine } from "../gateway/control-api";
import type { AwsClient } from "../gateway/aws-client";

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

  constructor(
    private readonly account: AwsClient,
    private readonly now: () => Date,
  ) {}

  add({ function: name, version }: LogStream, message: string): void {
    this.lines.push({ time: this.now().toISOString(), function: name, version, message });
    if (this.lines.length > KEPT) this.lines.shift();
  }

  /** Ships lines to CloudWatch Logs; a role that may not write loses them, as on AWS. */
  async ship(role: AwsClient, { group, stream }: LogStream, messages: readonly string[]): Promise<void> {
    const at = this.now().getTime();
    const put = () =>
      role.json("logs", "Logs_20140328.PutLogEvents", {
        logGroupName: group,
        logStreamName: stream,
        logEvents: messages.map((message) => ({ timestamp: at, message })),
      });
    try {
      await put().catch(async () => {
        await role
          .json("logs", "Logs_20140328.CreateLogStream", { logGroupName: group, logStreamName: stream })
          .catch(async () => {
            await role.json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: group });
            await role.json("logs", "Logs_20140328.CreateLogStream", { logGroupName: group, logStreamName: stream });
          });
        await put();
      });
    } catch {
      return;
    }
    for (const message of messages) await this.putMetrics(message);
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
