import { Construct } from "constructs";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { compute, given, hcl, make } from "../hosting";

interface AlarmsProps {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Topic that is told when an alarm goes off, and when it is over. */
  readonly topicArn: string;
  readonly functionName: string;
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  readonly redriveCommand: string;
  readonly sweep: { readonly alarmAfterHours: number } | undefined;
}

/** What operators are told of, so that nothing ends in silence. */
export class Alarms extends Construct {
  /** Names of the alarms, by their ids; undefined, in a module null, where one is not made. */
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
      alarmDescription: `Events or subscription requests that could not be delivered or decided. Once the cause is gone: ${props.redriveCommand}`,
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
      alarmDescription: "The approver's function failed: its log says why",
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
        "A message has been on the queue for more than an hour: decisions are failing or throttled, or nothing takes messages off",
      namespace: "AWS/SQS",
      metricName: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: props.queueName },
      statistic: "Maximum",
      period: 300,
      // Three decisions a second: a sweep of 5,000 requests is off the queue in half an hour.
      threshold: 3600,
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
        "Subscription requests could not be decided, which needs a repair: the announcements and the log say why, the check what to do",
      metricName: "Failed",
      statistic: "Sum",
    });
    alarm("incomplete_sweeps", {
      ...own,
      alarmName: `${props.name}-incomplete-sweeps`,
      alarmDescription:
        "A sweep did not get to the end of every publishing project: the log says which could not be listed, or that time did not suffice",
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
        // Each sweep reports once; between sweeps the alarm stays as it is.
        treatMissingData: "ignore",
        count,
      });
    });
    this.names = { ...names, oldest_pending: oldestPending.attribute("alarm_name") };
  }
}
