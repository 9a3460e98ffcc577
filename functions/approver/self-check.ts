import { PublishCommand } from "@aws-sdk/client-sns";
import type { DataZoneClient, ProjectMember } from "@aws-sdk/client-datazone";
import { readEverything } from "./consider";
import type { Domain } from "./datazone";
import { describeError, isDenial, isNamed } from "./errors";
import { evaluate } from "./evaluate";
import { checkKeys, type KeyContext } from "./keys";
import { TIME_FOR_ONE } from "./pace";
import type { PolicySet } from "./policies/set";
import type { Patiently } from "./propagation";
import type { Self } from "./self";

/** Whether something holds, as far as that can be found out without changing anything. */
export interface Answer {
  readonly status: "yes" | "no" | "unknown";
  readonly detail: string;
}

export interface SelfCheckAnswer {
  readonly operation: "check";
  /** True where no answer is `no`; answers that are `unknown` do not count. */
  readonly ok: boolean;
  /** The policy set. An invalid set fails the invocation, so there are never findings here. */
  readonly set: { readonly digest: string; readonly policies: readonly string[]; readonly findings: readonly [] };
  /** For each publishing project: is the approver's role an owner or a contributor? */
  readonly membership: Readonly<Record<string, Answer>>;
  /** For each publishing project: can the approver list its requests, and read what the policies refer to? */
  readonly reach: Readonly<Record<string, Answer>>;
  /** Can the approver read who has reviewed a request? If not, it recognizes its own decisions by their comments alone. */
  readonly reviewers: Answer;
  /** May the approver publish announcements? */
  readonly publish: Answer;
  /** For each queue and topic: may everyone who uses it use the key that it is encrypted with? */
  readonly keys: Readonly<Record<string, Answer>>;
  /** What to do about each answer that is `no`. */
  readonly fixes: readonly string[];
}

type DataZone = Pick<DataZoneClient, "send">;

export interface SelfCheckContext extends KeyContext {
  readonly projects: readonly string[];
  readonly set: PolicySet;
  readonly datazone: DataZone;
  /** Makes a domain from a client. Given by the caller, so that this file does not import the client. */
  readonly domain: (datazone: DataZone) => Domain;
  readonly self: Self;
  readonly patient: Patiently;
  /** Milliseconds that the invocation has left. */
  readonly remaining: () => number;
}

/** The approver's self-check: finds out what in its deployment will not work yet, and what to do about it. It changes nothing. */
export async function selfCheck(around: SelfCheckContext): Promise<SelfCheckAnswer> {
  const { set, projects, config, self } = around;
  const domain = domainOf(around);
  const membership: Record<string, Answer> = {};
  const reach: Record<string, Answer> = {};
  for (const project of projects) {
    const ask = async (question: () => Promise<Answer>): Promise<Answer> =>
      around.remaining() < TIME_FOR_ONE + KEPT_FOR_THE_REST ? NO_TIME : await question().catch(unanswered);
    // AccessDenied is from STS and may pass for a new role; DataZone's denial is AccessDeniedException, and final.
    membership[project] = await ask(() => around.patient("AccessDenied", () => isMember(project, self, domain)));
    reach[project] = await ask(() => canRead(project, around));
  }
  const reviewers = await readsReviewers(self, domain).catch(unanswered);
  const publish = await mayPublish(around);
  const keys = await checkKeys(around);
  const policy = `the output approver_policy (approverPolicy of the construct) has the permissions that ${self.roleArn} needs`;
  const fixes = [
    ...fixesFor(
      membership,
      (project) =>
        `make the role ${self.roleArn} a contributor of the publishing project ${project}: the output membership_commands ` +
        "(approver_membership_commands of an environment) has the command",
    ),
    ...fixesFor(
      reach,
      (project) => `allow the role to read requests of project ${project} in domain ${domain.id}: ${policy}`,
    ),
    ...fixesFor({ reviewers }, () => `allow the role to read user profiles of domain ${domain.id}: ${policy}`),
    ...fixesFor(
      { publish },
      () => `allow the function's role sns:Publish on ${config.topicArn}, and the use of its key`,
    ),
    ...fixesFor(
      keys,
      (used) =>
        `in the policy of the key that encrypts the ${used}, allow kms:GenerateDataKey and kms:Decrypt to the principal named here; ` +
        "the complete examples have such policies",
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

/** Milliseconds reserved for the questions that are not about one of up to a thousand projects. */
const KEPT_FOR_THE_REST = 10_000;

const NO_TIME: Answer = {
  status: "unknown",
  detail: "there was not enough time for all projects: invoke the check again with this one as projectId",
};

const fixesFor = (answers: Readonly<Record<string, Answer>>, fix: (key: string) => string): string[] =>
  Object.entries(answers)
    .filter(([, { status }]) => status === "no")
    .map(([key, { detail }]) => `${fix(key)} (${detail})`);

/** The domain, with a client that records denials, because a fact can be unknown for other reasons too. */
function domainOf({ datazone, domain }: SelfCheckContext, denied: string[] = []): Domain {
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

/** Designations that may accept and reject requests. */
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
    ? { status: "no", detail: `the role is not among the ${members.length} members` }
    : {
        status: "unknown",
        detail: `${undetermined} of ${members.length} members could not be identified (groups, or users whose profile cannot be read)`,
      };
}

/** A designation that a domain's owners created (USER_CREATED_DESIGNATION) may or may not allow deciding, so the answer is unknown. */
function judge({ designation }: ProjectMember): Answer {
  const name: string = designation ?? "a member without designation";
  const status = DECIDING.includes(name) ? "yes" : name.startsWith("PROJECT_") ? "no" : "unknown";
  return { status, detail: `the role is ${name}` };
}

/** Lists one page, and reads everything that the policies refer to about the oldest pending request. */
async function canRead(project: string, around: SelfCheckContext): Promise<Answer> {
  const { set, config } = around;
  const denied: string[] = [];
  const domain = domainOf(around, denied);
  const [oldest] = (await domain.pending(project)).requests;
  if (set.references.has("publisher", "details")) await domain.project(project);
  if (!oldest?.id)
    return { status: "yes", detail: "requests can be listed; reading one could not be tried, because none is pending" };
  const facts = await readEverything(await domain.request(oldest.id), { set, domain, now: new Date() });
  if (denied.length > 0) return { status: "no", detail: `request ${oldest.id}: ${[...new Set(denied)].join("; ")}` };
  const doubts = evaluate(set, facts, config.environment).flatMap((evaluation) => evaluation.doubts);
  const doubt =
    doubts.length > 0 ? `; request ${oldest.id} itself needs a person: ${[...new Set(doubts)].join("; ")}` : "";
  return { status: "yes", detail: `requests can be listed and read${doubt}` };
}

/** Reads the approver's own user profile. A role without one gets it when it first acts in the domain. */
async function readsReviewers(self: Self, domain: Domain): Promise<Answer> {
  const { id } = await domain.user(self.roleArn, "IAM");
  self.learn(id);
  return {
    status: "yes",
    detail: `the approver recognizes its own decisions by the reviewer ${id} and by their comments`,
  };
}

/**
 * Asks to publish a message that SNS must refuse, with a subject over 100 characters, and looks at the reason. A denial is certain. Any other
 * reason proves nothing, because SNS does not document that it checks permissions first.
 */
async function mayPublish({ sns, config }: SelfCheckContext): Promise<Answer> {
  const refused = new PublishCommand({ TopicArn: config.topicArn, Subject: "x".repeat(101), Message: "preflight" });
  try {
    await sns.send(refused);
    return { status: "yes", detail: "the preflight was published" };
  } catch (error) {
    if (isNamed(error, "InvalidParameterException", "InvalidParameter", "InvalidParameterValue")) {
      return {
        status: "unknown",
        detail: "publishing was not denied, but only a real announcement proves that it works",
      };
    }
    return unanswered(error);
  }
}

/** An answer from an error: `no` where the call is denied or its topic does not exist, `unknown` for anything else. */
const unanswered = (error: unknown): Answer => ({
  status: isDenial(error) || isNamed(error, "NotFoundException", "NotFound") ? "no" : "unknown",
  detail: describeError(error),
});
