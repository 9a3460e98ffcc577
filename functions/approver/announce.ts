import { PublishCommand, type PublishCommandInput, type SNSClient } from "@aws-sdk/client-sns";
import { Untold, describeError } from "./errors";
import type { DecisionRecord, Outcome } from "./record";

/** What can happen to access after its approval: granted, not granted, or revoked later. */
export type Afterwards = "granted" | "grant-failed" | "revoked";

/** A message to people and machines about a request: its decision, or an event after it. Nothing in it was written by the requester. */
export type Announcement = About &
  (
    | { readonly decision: Exclude<Outcome, "left">; readonly event?: undefined }
    | { readonly event: Afterwards; readonly decision?: undefined }
  ) & {
    /**
     * People may have received this announcement before: it is a reminder, a sweep found the request, or the event was a duplicate. Without a
     * store the approver cannot know whether they did. Not set on the first announcement, nor on a retry of it.
     */
    readonly again: boolean;
  };

const ABOUT = [
  "environment",
  "domainId",
  "subscriptionRequestId",
  "listing",
  "subscriber",
  "policies",
  "policySet",
  "severity",
  "why",
  "comment",
  "decidedBy",
  "requester",
  "requestedFilters",
  "assetScope",
  "requestedAt",
] as const;

/** The fields of a decision record that are announced. */
export interface About extends Pick<DecisionRecord, (typeof ABOUT)[number]> {
  /** The approver's name. */
  readonly approver: string;
  /** The publishing project. */
  readonly project: { readonly id: string; readonly name?: string };
}

export const announcementOf = (record: DecisionRecord, approver: string): About => ({
  ...(Object.fromEntries(ABOUT.map((key) => [key, record[key]])) as Pick<DecisionRecord, (typeof ABOUT)[number]>),
  approver,
  project: record.project ?? { id: "unknown" },
});

export type Announce = (announcement: Announcement) => Promise<void>;

/**
 * Announces on a topic: text for people, JSON for machines. A decision can be announced more than once.
 *
 * @throws Untold
 */
export const announcer =
  (client: Pick<SNSClient, "send">, topicArn: string, region: string, signal?: AbortSignal): Announce =>
  async (announcement) => {
    const text = textOf(announcement, region);
    const json = JSON.stringify({ version: 1, ...announcement });
    const attribute = (value: string) => ({ DataType: "String", StringValue: value });
    const { decision, event, project, environment, severity } = announcement;
    await publish(
      client,
      {
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
          ...(decision && { decision: attribute(decision) }),
          ...(event && { event: attribute(event) }),
          project: attribute(project.id),
          environment: attribute(environment),
          ...(severity && { severity: attribute(severity) }),
        },
      },
      signal,
    );
  };

export type TellOperators = (subject: string, text: string) => Promise<void>;

/** Sends a message about the approver itself to the operators' topic. @throws Untold */
export const operatorsTeller =
  (client: Pick<SNSClient, "send">, topicArn: string, signal?: AbortSignal): TellOperators =>
  (subject, text) =>
    publish(client, { TopicArn: topicArn, Subject: fitting(subject), Message: text }, signal);

async function publish(
  client: Pick<SNSClient, "send">,
  message: PublishCommandInput,
  abortSignal: AbortSignal | undefined,
): Promise<void> {
  try {
    await client.send(new PublishCommand(message), { abortSignal });
  } catch (error) {
    throw new Untold(`the announcement failed with ${describeError(error)}`, { cause: error });
  }
}

const HEADLINES: Readonly<Record<Exclude<Outcome, "left"> | Afterwards, string>> = {
  approved: "Approved",
  rejected: "Rejected",
  waiting: "Waiting for a person",
  failed: "Could not be decided, needs repair",
  granted: "Access granted",
  "grant-failed": "Access approved, but not granted",
  revoked: "Access revoked",
};

const headline = ({ decision, event }: Announcement): string => HEADLINES[decision ?? event];

type Thing = { readonly id: string; readonly name?: string };

/** The name that a thing has in the catalog, where anybody may have chosen it, or its id. */
const named = (thing: Thing | undefined): string =>
  thing ? (thing.name === undefined ? thing.id : quoted(thing.name)) : "unknown";

/** A name in quotes, on one line, and without anything that a mail program would make a link of. */
const quoted = (name: string): string => `"${plain(name).replace(/"/g, "'")}"`;

/** Breaks up what mail programs take for an address: a dot, colon or at between other characters. */
export const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, " ")
    .replace(/(?<=\S)[.\u3002:@](?=\S)/gu, "[$&]");

export function subjectOf(announcement: Announcement): string {
  const { listing, subscriber, environment, subscriptionRequestId } = announcement;
  const what = listing ? `${named(listing)} for ${named(subscriber)}` : `request ${subscriptionRequestId}`;
  return fitting(`${headline(announcement)} (${environment}): ${what}`);
}

/**
 * SNS takes at most 100 ASCII characters without line breaks or control characters, beginning with a letter, a number or
 * punctuation (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html); names in DataZone can be anything.
 */
const fitting = (subject: string): string =>
  subject
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/\s+/g, " ")
    .replace(/[^\x20-\x7E]/gu, "?")
    .slice(0, 100)
    .trimEnd();

/** The text for people. */
export function textOf(announcement: Announcement, region: string): string {
  const { listing, subscriber, project, why, policies, comment, again } = announcement;
  const { requester, requestedFilters, assetScope, decidedBy } = announcement;
  const line = (label: string, value: string | undefined): string[] => (value ? [`${label}: ${value}`] : []);
  const both = (thing: Thing | undefined): string | undefined =>
    thing && (thing.name && thing.name !== thing.id ? `${quoted(thing.name)} (${thing.id})` : thing.id);
  return [
    `${headline(announcement)}: subscription request ${announcement.subscriptionRequestId}${again ? " (you may have received this before)" : ""}`,
    "",
    ...line("Listing", both(listing)),
    ...line("Subscriber", subscriber && `${subscriber.type} ${both(subscriber)}`),
    ...line("Publishing project", both(project)),
    ...line("Domain", announcement.domainId),
    ...line("Environment", announcement.environment),
    ...line("Requested", announcement.requestedAt),
    ...line("Requested by", requester && [requester.kind, both(requester)].filter(Boolean).join(" ")),
    ...line("Requested row and column filters", requestedFilters?.join(", ")),
    ...line("Approved with row and column filters", assetScope?.join(", ")),
    ...line("Decided by", decidedBy && `user ${decidedBy}`),
    ...line("Deciding policies", policies.join(", ")),
    ...line("Why", plain(why.join("; "))),
    ...line("Comment", comment),
    ...advice(announcement, region),
    "",
    `Sent by the approver ${announcement.approver}, policy set ${announcement.policySet.slice(0, 12)}.`,
  ].join("\n");
}

/** What a person has to do now. */
function advice({ decision, project, domainId, subscriptionRequestId }: Announcement, region: string): string[] {
  if (decision !== "waiting" && decision !== "failed") return [];
  const command = (verb: string): string =>
    `  aws datazone ${verb}-subscription-request --region ${region} --domain-identifier ${domainId} ` +
    `--identifier ${subscriptionRequestId} --decision-comment "..."`;
  const repair =
    decision === "failed"
      ? [
          'An operator has to repair the approver: invoke its function with { "operation": "check" } to see what is wrong. The',
          "request is retried for a while and then kept in the dead-letter queue until an operator moves it back; each sweep",
          "finds it again, too. Or decide the request by hand:",
        ]
      : ["An owner or contributor of the publishing project has to decide:"];
  return [
    "",
    ...repair,
    `- in the portal: project ${named(project)}, Data > Incoming requests, request ${subscriptionRequestId}`,
    "- or with the AWS CLI:",
    command("accept"),
    command("reject"),
  ];
}
