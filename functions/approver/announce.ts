import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { Outcome } from "./record";

/** What people and machines are told about a request. Nothing in it was written by the requester. */
export interface Announcement {
  readonly decision: Exclude<Outcome, "left">;
  /** The approver's name. */
  readonly approver: string;
  readonly environment: string;
  readonly domainId: string;
  readonly subscriptionRequestId: string;
  /** The publishing project. */
  readonly project: { readonly id: string; readonly name?: string };
  readonly listing?: { readonly id: string; readonly name?: string; readonly revision?: string };
  readonly subscriber?: { readonly type: string; readonly id: string; readonly name?: string };
  readonly policies: readonly string[];
  readonly policySet: string;
  readonly severity?: string;
  readonly why: readonly string[];
  readonly comment?: string;
  /** The user that made the request; kind and name only where policies refer to them. */
  readonly requester?: { readonly id: string; readonly kind?: string; readonly name?: string };
  /** The row and column filters that are asked for. */
  readonly requestedFilters?: readonly string[];
  /** The row and column filters that it was accepted with. */
  readonly assetScope?: readonly string[];
  readonly requestedAt?: string;
  /**
   * People may have been told before: a reminder, what a sweep has found, or a duplicate event. Without a store it cannot be known
   * that they were. A first announcement does not say so, the retry of one included.
   */
  readonly again: boolean;
}

export type Announce = (announcement: Announcement) => Promise<void>;

/** Announces on a topic: text for people, JSON for machines. A decision can be announced more than once. */
export const announcer =
  (client: Pick<SNSClient, "send">, topicArn: string, region: string, signal?: AbortSignal): Announce =>
  async (announcement) => {
    const text = textOf(announcement, region);
    const json = JSON.stringify({ version: 1, ...announcement });
    const attribute = (value: string) => ({ DataType: "String", StringValue: value });
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: subjectOf(announcement),
        MessageStructure: "json",
        Message: JSON.stringify({
          default: text,
          email: text,
          "email-json": json,
          sqs: json,
          lambda: json,
          http: json,
          https: json,
          firehose: json,
        }),
        MessageAttributes: {
          decision: attribute(announcement.decision),
          project: attribute(announcement.project.id),
          environment: attribute(announcement.environment),
          ...(announcement.severity && { severity: attribute(announcement.severity) }),
        },
      }),
      { abortSignal: signal },
    );
  };

const HEADLINES: Readonly<Record<Announcement["decision"], string>> = {
  approved: "Approved",
  rejected: "Rejected",
  waiting: "Waiting for a person",
  failed: "Not decided, needs repair",
};

type Thing = { readonly id: string; readonly name?: string };

/** A name from the catalog, which anybody may have chosen, or an id. */
const named = (thing: Thing | undefined): string =>
  thing ? (thing.name === undefined ? thing.id : quoted(thing.name)) : "an unknown party";

/** On one line, in quotes of its own, and so that no mail program makes a link of it. */
const quoted = (name: string): string => `"${plain(name).replace(/"/g, "'")}"`;

/** Breaks up what mail programs take for an address: a dot, colon or at between other characters. */
export const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, " ")
    .replace(/(?<=\S)[.\u3002:@](?=\S)/gu, "[$&]");

/**
 * SNS takes at most 100 ASCII characters without line breaks or control characters, beginning with a letter, a number or
 * punctuation (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html); names in DataZone can be anything.
 */
export function subjectOf({ decision, listing, subscriber, environment, subscriptionRequestId }: Announcement): string {
  const what = listing ? `${named(listing)} for ${named(subscriber)}` : `request ${subscriptionRequestId}`;
  return `${HEADLINES[decision]} (${environment}): ${what}`
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/\s+/g, " ")
    .replace(/[^\x20-\x7E]/gu, "?")
    .slice(0, 100)
    .trimEnd();
}

/** The text for people. */
export function textOf(announcement: Announcement, region: string): string {
  const { decision, listing, subscriber, project, why, policies, comment, again } = announcement;
  const { requester, requestedFilters, assetScope } = announcement;
  const line = (label: string, value: string | undefined): string[] => (value ? [`${label}: ${value}`] : []);
  const both = (thing: Thing | undefined): string | undefined =>
    thing && (thing.name && thing.name !== thing.id ? `${quoted(thing.name)} (${thing.id})` : thing.id);
  return [
    `${HEADLINES[decision]}: subscription request ${announcement.subscriptionRequestId}${again ? " (you may have been told before)" : ""}`,
    "",
    ...line("Listing", both(listing)),
    ...line("Subscriber", subscriber && `${subscriber.type} ${both(subscriber)}`),
    ...line("Publishing project", both(project)),
    ...line("Domain", announcement.domainId),
    ...line("Environment", announcement.environment),
    ...line("Requested", announcement.requestedAt),
    ...line("Requested by", requester && [requester.kind, both(requester)].filter(Boolean).join(" ")),
    ...line("For the filters", requestedFilters?.join(", ")),
    ...line("Approved with the filters", assetScope?.join(", ")),
    ...line("Deciding policies", policies.join(", ")),
    ...line("Why", plain(why.join("; "))),
    ...line("Comment", comment),
    ...advice(announcement, region),
    "",
    `Sent by ${announcement.approver}, policy set ${announcement.policySet.slice(0, 12)}.`,
  ].join("\n");
}

/** What a person is to do now. */
function advice({ decision, project, domainId, subscriptionRequestId }: Announcement, region: string): string[] {
  if (decision === "approved" || decision === "rejected") return [];
  const command = (verb: string): string =>
    `  aws datazone ${verb}-subscription-request --region ${region} --domain-identifier ${domainId} ` +
    `--identifier ${subscriptionRequestId} --decision-comment "..."`;
  const repair =
    decision === "failed"
      ? [
          "An operator of the approver has to act: it is tried for a while, then kept in the dead-letter queue until it is",
          'redriven, and found by each sweep. Invoking the function with { "operation": "check" } says what to repair. Or',
          "decide it by hand:",
        ]
      : ["An owner or contributor of the publishing project decides:"];
  return [
    "",
    ...repair,
    `- in the portal: project ${named(project)}, Data > Incoming requests, request ${subscriptionRequestId}`,
    "- or with the AWS CLI:",
    command("accept"),
    command("reject"),
  ];
}
