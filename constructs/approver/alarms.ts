import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { compute, given, hcl, make } from "../hosting";
import { firstStep, type Page } from "../shared/runbook";
import type { AlarmId } from "./runbook";

interface AlarmsProps {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Topic that gets a message when an alarm goes off, and when it is over. */
  readonly topicArn: string;
  readonly functionName: string;
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  /** What to do about each. */
  readonly pages: Readonly<Record<AlarmId, Page>>;
  readonly sweep: { readonly alarmAfterHours: number } | undefined;
  /** What has to be there before the alarms. */
  readonly dependsOn: ITerraformDependable[];
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
    const alarm = (id: AlarmId, config: CloudwatchMetricAlarmConfig): void => {
      const alarmDescription = firstStep(props.pages[id]);
      names[id] = new CloudwatchMetricAlarm(this, id, { ...config, alarmDescription }).alarmName;
    };
    const common = {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [props.topicArn],
      okActions: [props.topicArn],
      tags: props.tags,
      dependsOn: props.dependsOn,
    };
    alarm("dead_letters", {
      ...common,
      alarmName: `${props.name}-dead-letters`,
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
      metricName: "Failed",
      statistic: "Sum",
    });
    alarm("incomplete_sweeps", {
      ...own,
      alarmName: `${props.name}-incomplete-sweeps`,
      metricName: "IncompleteSweeps",
      statistic: "Sum",
    });
    const oldestPending = make(given(props.sweep), ({ alarmAfterHours }, count) => {
      return new CloudwatchMetricAlarm(this, "oldest_pending", {
        ...common,
        alarmName: `${props.name}-oldest-pending`,
        alarmDescription: firstStep(props.pages.oldest_pending),
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
