import { PublishCommand } from "@aws-sdk/client-sns";
import type { DataZoneClient, ProjectMember } from "@aws-sdk/client-datazone";
import { readEverything } from "./consider";
import type { Domain } from "./datazone";
import { describeError, isDenial, isNamed } from "./errors";
import { evaluate } from "./evaluate";
import { checkKeys, type KeySurroundings } from "./keys";
import { TIME_FOR_ONE } from "./pace";
import type { PolicySet } from "./policies/set";
import type { Patiently } from "./propagation";
import type { Self } from "./self";

/** Whether something holds, as far as it can be told without changing anything. */
export interface Answer {
  readonly status: "yes" | "no" | "unknown";
  readonly detail: string;
}

export interface CheckAnswer {
  readonly operation: "check";
  /** Nothing is denied that it needs. What is `unknown` is not counted. */
  readonly ok: boolean;
  /** A set that is not valid does not get here: it fails the invocation. */
  readonly set: { readonly digest: string; readonly policies: readonly string[]; readonly findings: readonly [] };
  /** Is the role a contributor, at least, of the publishing project? */
  readonly membership: Readonly<Record<string, Answer>>;
  /** Can it list the project's requests, and read what the policies refer to? */
  readonly reach: Readonly<Record<string, Answer>>;
  /** Can it read who has reviewed a request? Where not, its own decisions are known by their comments alone. */
  readonly reviewers: Answer;
  /** May it announce? */
  readonly publish: Answer;
  /** May whoever uses the queues and topics use the keys that these are encrypted with? */
  readonly keys: Readonly<Record<string, Answer>>;
  /** What to do about every answer that is no. */
  readonly fixes: readonly string[];
}

type DataZone = Pick<DataZoneClient, "send">;

export interface CheckSurroundings extends KeySurroundings {
  readonly projects: readonly string[];
  readonly set: PolicySet;
  readonly datazone: DataZone;
  /** The domain through a client. Made by the caller: what is loaded when it is needed must not take the client along. */
  readonly domain: (datazone: DataZone) => Domain;
  readonly self: Self;
  readonly patient: Patiently;
  /** Milliseconds that the invocation has left. */
  readonly remaining: () => number;
}

/** A preflight: what of a deployment will not work yet, and what to do about it. Changes nothing, tells nobody. */
export async function check(around: CheckSurroundings): Promise<CheckAnswer> {
  const { set, projects, config, self } = around;
  const domain = domainOf(around);
  const membership: Record<string, Answer> = {};
  const reach: Record<string, Answer> = {};
  for (const project of projects) {
    const ask = async (question: () => Promise<Answer>): Promise<Answer> =>
      around.remaining() < TIME_FOR_ONE + KEPT_FOR_THE_REST ? NO_TIME : await question().catch(unanswered);
    // STS denies the assumption of a role with AccessDenied; DataZone says AccessDeniedException, and means it.
    membership[project] = await ask(() => around.patient("AccessDenied", () => isMember(project, self, domain)));
    reach[project] = await ask(() => canRead(project, around));
  }
  const reviewers = await readsReviewers(self, domain).catch(unanswered);
  const publish = await mayPublish(around);
  const keys = await checkKeys(around);
  const policy = `the output approver_policy (approverPolicy of the construct) has what ${self.roleArn} needs`;
  const fixes = [
    ...fixesFor(
      membership,
      (project) =>
        `make the role ${self.roleArn} a contributor of the publishing project ${project}: the output membership_commands ` +
        "(approver_membership_commands of an environment) has the command",
    ),
    ...fixesFor(
      reach,
      (project) => `let the role read what project ${project}'s requests need in domain ${domain.id}: ${policy}`,
    ),
    ...fixesFor({ reviewers }, () => `let the role read user profiles of domain ${domain.id}: ${policy}`),
    ...fixesFor(
      { publish },
      () => `allow the function's role sns:Publish on ${config.topicArn}, and the use of its key`,
    ),
    ...fixesFor(
      keys,
      (used) =>
        `in the policy of the key of the ${used}, let whoever is named use kms:GenerateDataKey and kms:Decrypt; the complete ` +
        "examples have such policies",
    ),
  ];
  const answers = [...Object.values(membership), ...Object.values(reach), ...Object.values(keys), reviewers, publish];
  return {
    operation: "check",
    ok: answers.every(({ status }) => status !== "no"),
    set: { digest: set.digest, policies: [...set.policies.keys()].sort(), findings: [] },
    membership,
    reach,
    reviewers,
    publish,
    keys,
    fixes,
  };
}

/** Milliseconds for what is not about projects, of which there may be a thousand. */
const KEPT_FOR_THE_REST = 10_000;

const NO_TIME: Answer = {
  status: "unknown",
  detail: "the function's time did not suffice for all projects: ask for this one with its projectId",
};

const fixesFor = (answers: Readonly<Record<string, Answer>>, fix: (key: string) => string): string[] =>
  Object.entries(answers)
    .filter(([, { status }]) => status === "no")
    .map(([key, { detail }]) => `${fix(key)} (${detail})`);

/** The domain, through a client that takes down what it is denied: facts are unknown for other reasons too. */
function domainOf({ datazone, domain }: CheckSurroundings, denied: string[] = []): Domain {
  const send = (async (...call: Parameters<DataZoneClient["send"]>) => {
    try {
      return await datazone.send(...call);
    } catch (error) {
      if (isDenial(error)) denied.push(describeError(error));
      throw error;
    }
  }) as DataZoneClient["send"];
  return domain({ send });
}

/** Acting on requests needs a contributor at least. */
const DECIDING = ["PROJECT_OWNER", "PROJECT_CONTRIBUTOR"];

async function isMember(project: string, self: Self, domain: Domain): Promise<Answer> {
  const members = await domain.members(project);
  let undetermined = 0;
  for (const member of members) {
    const userId = member.memberDetails?.user?.userId;
    const matches = userId === undefined ? undefined : await self.is(userId, domain);
    if (matches === undefined) undetermined += 1;
    if (matches) return judge(member);
  }
  return undetermined === 0
    ? { status: "no", detail: `it is not among the ${members.length} members` }
    : {
        status: "unknown",
        detail: `${undetermined} of ${members.length} members could not be identified, groups among them`,
      };
}

/** A designation that a domain's owners made (USER_CREATED_DESIGNATION) may or may not let its members decide. */
function judge({ designation }: ProjectMember): Answer {
  const name: string = designation ?? "of no designation";
  const status = DECIDING.includes(name) ? "yes" : name.startsWith("PROJECT_") ? "no" : "unknown";
  return { status, detail: `it is ${name}` };
}

/** Lists one page, and reads everything that the policies refer to about the oldest pending request. */
async function canRead(project: string, around: CheckSurroundings): Promise<Answer> {
  const { set, config } = around;
  const denied: string[] = [];
  const domain = domainOf(around, denied);
  const [oldest] = (await domain.pending(project)).requests;
  if (set.references.has("publisher", "details")) await domain.project(project);
  if (!oldest?.id) return { status: "yes", detail: "requests can be listed; none is pending to try the rest on" };
  const facts = await readEverything(await domain.request(oldest.id), { set, domain, now: new Date() });
  if (denied.length > 0) return { status: "no", detail: `request ${oldest.id}: ${[...new Set(denied)].join("; ")}` };
  const doubts = evaluate(set, facts, config.environment).flatMap((evaluation) => evaluation.doubts);
  const doubt = doubts.length > 0 ? `; ${oldest.id} itself is for a person: ${[...new Set(doubts)].join("; ")}` : "";
  return { status: "yes", detail: `requests can be listed and read${doubt}` };
}

/** Reads its own profile; a role that has none yet gets one when it first acts in the domain. */
async function readsReviewers(self: Self, domain: Domain): Promise<Answer> {
  const { id } = await domain.user(self.roleArn, "IAM");
  self.learn(id);
  return { status: "yes", detail: `its own decisions are known by the reviewer ${id} and by their comments` };
}

/**
 * Asks to publish what cannot be published, a subject over 100 characters, and looks at why it is refused. A denial is certain;
 * that nothing was denied is not, since SNS does not document that it checks permission first.
 */
async function mayPublish({ sns, config }: CheckSurroundings): Promise<Answer> {
  const refused = new PublishCommand({ TopicArn: config.topicArn, Subject: "x".repeat(101), Message: "preflight" });
  try {
    await sns.send(refused);
    return { status: "yes", detail: "the preflight was published" };
  } catch (error) {
    if (isNamed(error, "InvalidParameterException", "InvalidParameter", "InvalidParameterValue")) {
      return { status: "unknown", detail: "it was not denied; only a real announcement proves more" };
    }
    return unanswered(error);
  }
}

/** A topic that is not there is as sure to fail as one that may not be published to. */
const unanswered = (error: unknown): Answer => ({
  status: isDenial(error) || isNamed(error, "NotFoundException", "NotFound") ? "no" : "unknown",
  detail: describeError(error),
});
