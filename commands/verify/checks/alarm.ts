import { DescribeAlarmHistoryCommand } from "@aws-sdk/client-cloudwatch";
import { type Check, asExpected, differs, notTried } from "../check";

/** By its history: no alarm is set off for it. */
export const alarm: Check = {
  id: "alarm",
  asks: "whether an alarm that went off reached the operators' topic",
  run: async ({ aws: { cloudwatch }, targets: { alarms } }) => {
    const actions = [];
    for (const AlarmName of alarms) {
      const asked = { AlarmName, HistoryItemType: "Action", ScanBy: "TimestampDescending", MaxRecords: 10 } as const;
      actions.push(...((await cloudwatch.send(new DescribeAlarmHistoryCommand(asked))).AlarmHistoryItems ?? []));
    }
    if (actions.length === 0)
      return notTried("none has gone off in the last 30 days, which is all that CloudWatch keeps");
    const failed = actions.filter(({ HistorySummary }) => !/^Successfully executed/.test(HistorySummary ?? "")).length;
    return (failed === 0 ? asExpected : differs)(`${failed} of ${actions.length} actions failed`);
  },
};
