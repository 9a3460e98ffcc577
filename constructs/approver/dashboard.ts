import type { Construct } from "constructs";
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { type Count, here, json } from "../hosting";
import { OLDEST_MESSAGE } from "./alarms";

interface DashboardProps {
  readonly name: string;
  readonly functionName: string;
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  readonly count?: Count;
}

/** A metric as a dashboard's source has it: namespace, name, a dimension, and how it is drawn. */
type Metric = readonly [namespace: string, name: string, dimension: string, value: string, drawn: object];

interface Chart {
  readonly title: string;
  readonly stat: string;
  /** Seconds. */
  readonly period: number;
  readonly metrics: readonly Metric[];
  readonly stacked?: boolean;
  readonly annotations?: object;
}

const GREEN = "#1d8102";
const RED = "#d13212";
const ORANGE = "#ff7f0e";
const GREY = "#687078";

/** Width of a dashboard (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html). */
const COLUMNS = 24;
const HEIGHT = 6;

/** What has been decided, what waits, and whether anything is stuck, on one page of CloudWatch. */
export function dashboard(scope: Construct, id: string, props: DashboardProps): CloudwatchDashboard {
  const { region } = here(scope);
  const widgets = rows(props).flatMap((row, y) =>
    row.map((chart, x) => {
      const width = COLUMNS / row.length;
      const place = { x: x * width, y: y * HEIGHT, width, height: HEIGHT };
      return { type: "metric", ...place, properties: { view: "timeSeries", region, ...chart } };
    }),
  );
  const { name: dashboardName, count } = props;
  return new CloudwatchDashboard(scope, id, { dashboardName, dashboardBody: json({ widgets }), count });
}

function rows({ name, functionName, queueName, deadLetterQueueName }: DashboardProps): readonly (readonly Chart[])[] {
  const own = (metric: string, label: string, color?: string): Metric => [
    ...(["SageMakerDataAccess", metric, "service", name] as const),
    { label, color },
  ];
  const queue = (metric: string, queueName: string, label: string, color?: string): Metric => [
    ...(["AWS/SQS", metric, "QueueName", queueName] as const),
    { label, color },
  ];
  const lambda = (metric: string, label: string, color?: string): Metric => [
    ...(["AWS/Lambda", metric, "FunctionName", functionName] as const),
    { label, color },
  ];
  const [hour, fiveMinutes] = [3600, 300];
  return [
    [
      {
        title: "Decisions by outcome, an hour",
        stat: "Sum",
        period: hour,
        stacked: true,
        metrics: [
          own("Approved", "approved by policy", GREEN),
          own("ApprovedByPeople", "approved by people"),
          own("Rejected", "rejected by policy", RED),
          own("RejectedByPeople", "rejected by people"),
          own("Waiting", "left to people, reminders too", ORANGE),
          own("Failed", "failed", GREY),
        ],
      },
      {
        title: "Oldest pending request, seconds; each complete sweep says it",
        stat: "Maximum",
        period: hour,
        metrics: [own("OldestPendingAge", "age", ORANGE)],
      },
    ],
    [
      {
        title: "Age of the oldest message on the queue, seconds",
        stat: "Maximum",
        period: fiveMinutes,
        metrics: [queue("ApproximateAgeOfOldestMessage", queueName, "age")],
        annotations: { horizontal: [{ label: "alarm", value: OLDEST_MESSAGE }] },
      },
      {
        title: "Dead letters",
        stat: "Maximum",
        period: fiveMinutes,
        metrics: [queue("ApproximateNumberOfMessagesVisible", deadLetterQueueName, "messages", RED)],
      },
      {
        title: "Errors, throttles and incomplete sweeps",
        stat: "Sum",
        period: fiveMinutes,
        metrics: [
          lambda("Errors", "errors of the function", RED),
          lambda("Throttles", "throttles of the function"),
          own("IncompleteSweeps", "incomplete sweeps", GREY),
        ],
      },
      {
        title: "From a request to its decision by policy, milliseconds",
        stat: "p90",
        period: hour,
        metrics: [own("DecisionLatency", "p90")],
      },
    ],
  ];
}
