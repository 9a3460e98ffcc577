import { z } from "zod";
import { inputOf } from "../authorization/access";
import type { Call, Reply, Service } from "../service";

const CLOUDWATCH = z.strictObject({ alarmActions: z.enum(["executed", "failed"]) });
const SNS = z.strictObject({ emailSubscriptions: z.enum(["confirmed", "pending"]) });

/**
 * What becomes of an alarm: moto's alarms never go off, but by SetAlarmState, and keep no history. And e-mail subscriptions, which nobody
 * is there to confirm: they are confirmed at once, or chosen to wait.
 */
export function alarms(now: () => Date): Service {
  const wentOff = new Map<string, Date[]>();
  let actions: z.infer<typeof CLOUDWATCH>["alarmActions"] = "executed";
  let mails: z.infer<typeof SNS>["emailSubscriptions"] = "confirmed";
  return {
    choices: {
      cloudwatch: (changes) => void (actions = CLOUDWATCH.parse(changes).alarmActions),
      sns: (changes) => void (mails = SNS.parse(changes).emailSubscriptions),
    },
    handle(call: Call): Promise<Reply | undefined> {
      if (call.service !== "monitoring" || call.operation !== "DescribeAlarmHistory") return Promise.resolve(undefined);
      const { AlarmName = "" } = inputOf(call) as { AlarmName?: string };
      const AlarmHistoryItems = (wentOff.get(AlarmName) ?? []).map((time) => ({
        AlarmName,
        HistoryItemType: "Action",
        HistorySummary: actions === "executed" ? "Successfully executed action" : "Failed to execute action",
        Timestamp: time.getTime() / 1000,
      }));
      const headers = { "content-type": "application/x-amz-json-1.0" };
      return Promise.resolve({ status: 200, headers, body: JSON.stringify({ AlarmHistoryItems }) });
    },
    complete(call: Call, reply: Reply): Promise<Reply> {
      if (call.service === "monitoring" && call.operation === "SetAlarmState" && reply.status === 200) {
        const { AlarmName = "", StateValue } = inputOf(call) as { AlarmName?: string; StateValue?: string };
        if (StateValue === "ALARM") wentOff.set(AlarmName, [...(wentOff.get(AlarmName) ?? []), now()]);
      }
      if (mails === "pending" && call.service === "sns" && call.operation === "ListSubscriptionsByTopic")
        return Promise.resolve({ ...reply, body: pending((reply.body ?? "").toString()) });
      return Promise.resolve(reply);
    },
  };
}

/** What SNS says in place of the ARN of a subscription that waits. */
const pending = (xml: string): string =>
  xml.replace(/<member>[^]*?<\/member>/g, (member) =>
    member.includes("<Protocol>email")
      ? member.replace(/<SubscriptionArn>[^<]*/, "<SubscriptionArn>PendingConfirmation")
      : member,
  );
