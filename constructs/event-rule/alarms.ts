import type { Construct } from "constructs";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { each, given, Heading, keep, make, merge } from "../hosting";
import type { ResolvedEventRuleProps } from "./props";

interface AlarmsProps extends Pick<ResolvedEventRuleProps, "tags" | "operators" | "sweep"> {
  /** Names of the rules. */
  readonly names: Readonly<Record<string, string>>;
  readonly sweepName: string | undefined;
}

/**
 * Operators are told of what no queue may be able to tell: events that a rule could not deliver, or could not even put on the
 * dead-letter queue. Names of the alarms, by the keys of the rules.
 */
export function alarms(scope: Construct, props: AlarmsProps): Readonly<Record<string, string | undefined>> {
  const { tags, operators, sweep, names } = props;
  const alarm = (rule: string): CloudwatchMetricAlarmConfig => ({
    alarmName: `${rule}-undelivered`,
    alarmDescription: `Events that the rule ${rule} could not deliver; what is not in the dead-letter queue is lost, and the next sweep finds the request. Are its targets there, do their policies let the rule send, and may EventBridge use their keys (the check says so)?`,
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
  new Heading(scope, "What operators are told of");
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
