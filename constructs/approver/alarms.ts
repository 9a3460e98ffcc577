import { Construct } from "constructs";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { compute, given, hcl, make } from "../hosting";

interface AlarmsProps {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Topic that gets a message when an alarm goes off, and when it is over. */
  readonly topicArn: string;
  readonly functionName: string;
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  readonly redriveCommand: string;
  readonly sweep: { readonly alarmAfterHours: number } | undefined;
}

/** Seconds that a message may be on the queue. Three decisions a second: a sweep of 5,000 requests is off it in half an hour. */
export const OLDEST_MESSAGE = 3600;

/** Alarms that tell operators of everything that needs them, so that no failure goes unseen. */
export class Alarms extends Construct {
  /** Names of the alarms, by their ids; undefined (null in a module) where an alarm is not created. */
  readonly names: Readonly<Record<string, string | undefined>>;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const names: Record<string, string | undefined> = {};
    const alarm = (id: string, config: CloudwatchMetricAlarmConfig): void => {
      names[id] = new CloudwatchMetricAlarm(this, id, config).alarmName;
    };
    const common = {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [props.topicArn],
      okActions: [props.topicArn],
      tags: props.tags,
    };
    alarm("dead_letters", {
      ...common,
      alarmName: `${props.name}-dead-letters`,
      alarmDescription: `Events or subscription requests could not be delivered or decided, and are in the dead-letter queue. Repair the cause, then put them back with: ${props.redriveCommand}`,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: props.deadLetterQueueName },
      statistic: "Maximum",
      period: 60,
      threshold: 0,
    });
    alarm("errors", {
      ...common,
      alarmName: `${props.name}-errors`,
      alarmDescription: "The approver's function failed. Read its log for the reason",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: props.functionName },
      statistic: "Sum",
      period: 300,
      threshold: 0,
    });
    alarm("oldest_message", {
      ...common,
      alarmName: `${props.name}-oldest-message`,
      alarmDescription:
        "A message has been on the queue for more than an hour: decisions fail or are throttled, or the function is not receiving messages",
      namespace: "AWS/SQS",
      metricName: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: props.queueName },
      statistic: "Maximum",
      period: 300,
      threshold: OLDEST_MESSAGE,
    });
    const own = {
      ...common,
      namespace: "SageMakerDataAccess",
      dimensions: { service: props.name },
      period: 300,
      threshold: 0,
    };
    alarm("failed", {
      ...own,
      alarmName: `${props.name}-failed`,
      alarmDescription:
        "Subscription requests could not be decided, and a retry will not help. Read the announcements or the function's log for the reason, and invoke the function's check for what to repair",
      metricName: "Failed",
      statistic: "Sum",
    });
    alarm("incomplete_sweeps", {
      ...own,
      alarmName: `${props.name}-incomplete-sweeps`,
      alarmDescription:
        "A sweep could not list the pending requests of every publishing project. The function's log says which projects failed, or that the time did not suffice",
      metricName: "IncompleteSweeps",
      statistic: "Sum",
    });
    const oldestPending = make(given(props.sweep), ({ alarmAfterHours }, count) => {
      return new CloudwatchMetricAlarm(this, "oldest_pending", {
        ...common,
        alarmName: `${props.name}-oldest-pending`,
        alarmDescription: "A subscription request has been waiting too long for a person's decision",
        namespace: "SageMakerDataAccess",
        metricName: "OldestPendingAge",
        dimensions: { service: props.name },
        statistic: "Maximum",
        period: 300,
        threshold: compute(
          alarmAfterHours,
          (hours) => hours * 3600,
          (hours) => hcl`${hours} * 3600`,
        ),
        // Each sweep reports the metric once; between sweeps the alarm keeps its state.
        treatMissingData: "ignore",
        count,
      });
    });
    this.names = { ...names, oldest_pending: oldestPending.attribute("alarm_name") };
  }
}
