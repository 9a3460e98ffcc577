import type { Construct } from "constructs";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { each, given, Heading, keep, make, merge } from "../hosting";
import { firstStep } from "../shared/runbook";
import type { ResolvedEventRuleProps } from "./props";
import { undeliveredPage } from "./runbook";

interface AlarmsProps extends Pick<ResolvedEventRuleProps, "tags" | "operators" | "sweep" | "queue"> {
  /** Names of the rules. */
  readonly names: Readonly<Record<string, string>>;
  readonly sweepName: string | undefined;
}

/**
 * Alarms on events that a rule could not deliver. Such an event may not even be in the dead-letter queue, so an alarm on that queue is not
 * enough. Returns the names of the alarms, by the keys of the rules.
 */
export function alarms(scope: Construct, props: AlarmsProps): Readonly<Record<string, string | undefined>> {
  const { tags, operators, sweep, names } = props;
  const alarm = (rule: string): CloudwatchMetricAlarmConfig => ({
    alarmName: `${rule}-undelivered`,
    alarmDescription: firstStep(undeliveredPage(props.queue.arn)),
    metricQuery: [
      { id: "undelivered", expression: "FILL(failed, 0) + FILL(lost, 0)", label: "Undelivered", returnData: true },
      { id: "failed", metric: ofRule(rule, "FailedInvocations") },
      { id: "lost", metric: ofRule(rule, "InvocationsFailedToBeSentToDlq") },
    ],
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: 1,
    treatMissingData: "notBreaching",
    alarmActions: [operators!.arn],
    okActions: [operators!.arn],
    tags,
  });
  new Heading(scope, "Alarms for operators");
  const rules = each(keep(names, given(operators)), "undelivered", (rule, _key, id, forEach) => {
    return new CloudwatchMetricAlarm(scope, id, { ...alarm(rule), forEach });
  });
  const ofSchedule = make(given(operators).and(given(sweep)), (_it, count) => {
    return new CloudwatchMetricAlarm(scope, "sweep_undelivered", { ...alarm(props.sweepName!), count });
  });
  return merge(rules.attribute("alarm_name"), { sweep: ofSchedule.attribute("alarm_name")! });
}

const ofRule = (rule: string, metricName: string) => ({
  namespace: "AWS/Events",
  metricName,
  dimensions: { RuleName: rule },
  period: 300,
  stat: "Sum",
});
