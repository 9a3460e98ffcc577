import { z } from "zod";
import { inputOf } from "../authorization/access";
import type { Internals } from "../internals";
import type { Call, Reply, Service } from "../service";

/** Services whose calls are not in CloudTrail's event history: their calls are data events, or CloudTrail's own. */
const NOT_RECORDED = ["s3", "sqs", "sns", "logs", "monitoring", "cloudtrail"];
/** Events kept, the latest ones. */
const KEPT = 10_000;

const BEHAVIOUR = z.strictObject({
  /** Whether calls are recorded; `false` also removes what was recorded before. */
  recorded: z.boolean(),
});

interface Recorded {
  readonly name: string;
  readonly time: Date;
  readonly event: object;
}

/** CloudTrail's event history, which moto lacks: calls of roles, at once, where AWS takes some minutes. */
export function trail({ now, account }: Pick<Internals, "now" | "account">): Service {
  const records: Recorded[] = [];
  let recorded = true;
  return {
    choices: {
      cloudtrail: (changes) => {
        ({ recorded } = BEHAVIOUR.parse(changes));
        if (!recorded) records.length = 0;
      },
    },
    handle(call: Call): Promise<Reply | undefined> {
      if (call.service !== "cloudtrail" || call.operation !== "LookupEvents") return Promise.resolve(undefined);
      const { LookupAttributes = [], MaxResults = 50 } = inputOf(call) as {
        LookupAttributes?: { AttributeKey: string; AttributeValue: string }[];
        MaxResults?: number;
      };
      const wanted = LookupAttributes.find(({ AttributeKey }) => AttributeKey === "EventName")?.AttributeValue;
      const found = records
        .filter(({ name }) => name === (wanted ?? name))
        .slice(-MaxResults)
        .reverse();
      const Events = found.map(({ name, time, event }) => ({
        EventName: name,
        EventTime: time.getTime() / 1000,
        CloudTrailEvent: JSON.stringify(event),
      }));
      const headers = { "content-type": "application/x-amz-json-1.1" };
      return Promise.resolve({ status: 200, headers, body: JSON.stringify({ Events }) });
    },
    complete(call: Call, reply: Reply): Promise<Reply> {
      const { roleArn, arn } = call.caller;
      if (recorded && roleArn !== undefined && call.operation !== "" && !NOT_RECORDED.includes(call.service)) {
        const event = {
          eventName: call.operation,
          eventSource: `${call.service}.amazonaws.com`,
          userIdentity: {
            type: "AssumedRole",
            arn,
            accountId: account,
            sessionContext: { sessionIssuer: { type: "Role", arn: roleArn } },
          },
          requestParameters: call.parameters,
          ...(reply.status >= 400 && { errorCode: reply.headers?.["x-amzn-errortype"] ?? "Error" }),
        };
        records.push({ name: call.operation, time: now(), event });
        if (records.length > KEPT) records.shift();
      }
      return Promise.resolve(reply);
    },
  };
}
