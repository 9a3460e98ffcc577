import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import type { Account } from "./check";

/** What CloudTrail's event history has of a call, as far as it is looked at. */
export interface Recorded {
  readonly userIdentity?: { readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: string } } };
  readonly errorCode?: string;
  readonly requestParameters?: Readonly<Record<string, unknown>> | null;
}

/** The last calls of an operation by a role, of the event history's 90 days. */
export async function callsOf(
  { aws: { cloudtrail } }: Account,
  operation: string,
  roleArn: string,
): Promise<Recorded[]> {
  const LookupAttributes = [{ AttributeKey: "EventName", AttributeValue: operation } as const];
  const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({ LookupAttributes, MaxResults: 50 }));
  return Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? "{}") as Recorded).filter(
    ({ userIdentity }) => userIdentity?.sessionContext?.sessionIssuer?.arn === roleArn,
  );
}
