import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { ProjectMember } from "@aws-sdk/client-datazone";
import type { Config } from "./config";
import { readEverything } from "./consider";
import type { Domain } from "./datazone";
import { describeError, isNamed } from "./errors";
import { evaluate } from "./evaluate";
import type { PolicySet } from "./policies/set";
import type { Patiently } from "./propagation";

/** Whether something holds, as far as it can be told without changing anything. */
export interface Answer {
  readonly status: "yes" | "no" | "unknown";
  readonly detail: string;
}

export interface CheckAnswer {
  readonly operation: "check";
  /** Nothing was found that has to be repaired. What is `unknown` is not counted. */
  readonly ok: boolean;
  /** A set that is not valid does not get here: it fails the invocation. */
  readonly set: { readonly digest: string; readonly policies: readonly string[]; readonly findings: readonly [] };
  /** Is the role a contributor, at least, of the publishing project? */
  readonly membership: Readonly<Record<string, Answer>>;
  /** Can it list the project's requests, and read what the policies refer to? */
  readonly reach: Readonly<Record<string, Answer>>;
  /** May it announce? */
  readonly publish: Answer;
  /** What to do about every answer that is not yes. */
  readonly fixes: readonly string[];
}

export interface CheckSurroundings {
  readonly config: Config;
  readonly projects: readonly string[];
  readonly set: PolicySet;
  readonly domain: Domain;
  readonly patient: Patiently;
  readonly sns: Pick<SNSClient, "send">;
  /** The ARN of the role, or role session, that acts in DataZone. */
  readonly identity: () => Promise<string>;
}

/** A preflight: what of a deployment will not work yet, and what to do about it. Changes nothing, tells nobody. */
export async function check(around: CheckSurroundings): Promise<CheckAnswer> {
  const { set, projects } = around;
  const caller = await around.identity();
  const perProject = async (question: (project: string) => Promise<Answer>): Promise<Record<string, Answer>> => {
    const answers: Record<string, Answer> = {};
    for (const project of projects) answers[project] = await question(project).catch(unanswered);
    return answers;
  };
  // STS denies the assumption of a role with AccessDenied; DataZone says AccessDeniedException, and means it.
  const membership = await perProject((project) =>
    around.patient("AccessDenied", () => isMember(project, caller, around.domain)),
  );
  const reach = await perProject((project) => canRead(project, around));
  const publish = await mayPublish(around);
  const fixes = [
    ...fixesFor(membership, (project) => `make ${caller} a contributor of the publishing project ${project}`),
    ...fixesFor(
      reach,
      (project) => `let ${caller} read in domain ${around.domain.id} what project ${project}'s requests need`,
    ),
    ...fixesFor(
      { [around.config.topicArn]: publish },
      (topic) => `allow the function's role sns:Publish on ${topic} and its key`,
    ),
  ];
  const answers = [...Object.values(membership), ...Object.values(reach), publish];
  return {
    operation: "check",
    ok: answers.every(({ status }) => status !== "no"),
    set: { digest: set.digest, policies: [...set.policies.keys()].sort(), findings: [] },
    membership,
    reach,
    publish,
    fixes,
  };
}

function fixesFor(answers: Readonly<Record<string, Answer>>, fix: (key: string) => string): string[] {
  return Object.entries(answers)
    .filter(([, { status }]) => status !== "yes")
    .map(
      ([key, { status, detail }]) =>
        `${status === "no" ? "" : "if it turns out to be needed: "}${fix(key)} (${detail})`,
    );
}

/** Acting on requests needs a contributor at least. */
const DECIDING = ["PROJECT_OWNER", "PROJECT_CONTRIBUTOR"];

async function isMember(project: string, caller: string, domain: Domain): Promise<Answer> {
  const members = await domain.members(project);
  let undetermined = 0;
  for (const member of members) {
    const matches = await isCaller(member, caller, domain);
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

/** @returns undefined where it cannot be told */
async function isCaller(
  { memberDetails }: ProjectMember,
  caller: string,
  domain: Domain,
): Promise<boolean | undefined> {
  const userId = memberDetails?.user?.userId;
  if (userId === undefined) return undefined;
  if (userId.startsWith("arn:")) return roleOf(userId) === roleOf(caller);
  try {
    const { details } = await domain.user(userId);
    return details?.iam?.arn !== undefined && roleOf(details.iam.arn) === roleOf(caller);
  } catch {
    return undefined;
  }
}

/** Account and role of a role's ARN or that of one of its sessions, which has lost the role's path. */
const roleOf = (arn: string): string => {
  const [, , , , account, resource = ""] = arn.split(":");
  const parts = resource.split("/");
  return `${account}/${parts[0] === "assumed-role" ? parts[1] : parts.at(-1)}`;
};

/** Lists one page, and reads everything that the policies refer to about the oldest pending request. */
async function canRead(project: string, { domain, set, config }: CheckSurroundings): Promise<Answer> {
  const page = await domain.pending(project).next();
  const oldest = (page.value ?? [])[0];
  if (set.references.has("publisher", "details")) await domain.project(project);
  if (!oldest?.id) return { status: "yes", detail: "requests can be listed; none is pending to try the rest on" };
  const facts = await readEverything(await domain.request(oldest.id), { set, domain, now: new Date() });
  const doubts = evaluate(set, facts, config.environment).flatMap((evaluation) => evaluation.doubts);
  return doubts.length === 0
    ? { status: "yes", detail: "requests can be listed and read" }
    : { status: "no", detail: `request ${oldest.id}: ${[...new Set(doubts)].join("; ")}` };
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

const unanswered = (error: unknown): Answer => {
  const denied = isNamed(
    error,
    "AccessDeniedException",
    "AuthorizationErrorException",
    "AuthorizationError",
    "NotFoundException",
    "NotFound",
    "ResourceNotFoundException",
    "UnauthorizedException",
    "KMSAccessDeniedException",
  );
  return { status: denied ? "no" : "unknown", detail: describeError(error) };
};
