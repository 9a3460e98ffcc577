import * as z from "zod/mini";
import { explain } from "../explain";

const ID = z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,36}$/, "is not a DataZone id"));

const schema = z.object({
  APPROVER_NAME: z
    .string()
    .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, "is not 1 to 64 letters, digits, hyphens and underscores")),
  ENVIRONMENT: z.string().check(z.minLength(1)),
  DOMAIN_ID: z.string().check(z.regex(/^dzd[-_][a-zA-Z0-9_-]{1,36}$/, "is not a DataZone domain id (dzd_…)")),
  PROJECTS_PATH: z.string().check(z.regex(/\/[0-9a-f]{64}$/, "does not end with the digest of the list of projects")),
  POLICIES_PATH: z.string().check(z.regex(/\/[0-9a-f]{64}$/, "does not end with the digest of the policy set")),
  QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
  TOPIC_ARN: z.string().check(z.regex(/^arn:[^:]+:sns:/, "is not the ARN of a topic")),
  OPERATORS_TOPIC_ARN: z.string().check(z.regex(/^arn:[^:]+:sns:/, "is not the ARN of a topic")),
  MEMBER_ROLE_ARN: z.string().check(z.regex(/^arn:[^:]+:iam::\d{12}:role\//, "is not the ARN of a role")),
  ASSUME_ROLE_ARN: z._default(z.string(), ""),
  MINIMUM_AGE_MINUTES: z._default(z.coerce.number().check(z.gte(0)), 15),
});

/** The function's settings, from its environment variables (docs/architecture.md has the table). */
export interface Config {
  readonly name: string;
  readonly environment: string;
  readonly domainId: string;
  readonly projectsPath: string;
  readonly policiesPath: string;
  /** SHA-256 digest that the policy set must have. */
  readonly digest: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly topicArn: string;
  readonly operatorsTopicArn: string;
  /** The role that is the member of the publishing projects: the one to assume, or the function's own. */
  readonly memberRoleArn: string;
  /** The role to act as in DataZone; undefined: the function's own. */
  readonly assumeRoleArn?: string;
  readonly minimumAgeMinutes: number;
}

/** @throws an error that names each variable that is missing or wrong */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) throw new Error(`The function's environment is not valid: ${explain(parsed.error)}`);
  const { data } = parsed;
  return {
    name: data.APPROVER_NAME,
    environment: data.ENVIRONMENT,
    domainId: data.DOMAIN_ID,
    projectsPath: data.PROJECTS_PATH,
    policiesPath: data.POLICIES_PATH,
    digest: data.POLICIES_PATH.slice(-64),
    queueUrl: data.QUEUE_URL,
    deadLetterQueueUrl: data.DEAD_LETTER_QUEUE_URL,
    topicArn: data.TOPIC_ARN,
    operatorsTopicArn: data.OPERATORS_TOPIC_ARN,
    memberRoleArn: data.MEMBER_ROLE_ARN,
    assumeRoleArn: data.ASSUME_ROLE_ARN || undefined,
    minimumAgeMinutes: data.MINIMUM_AGE_MINUTES,
  };
}

/** Project ids as the parameters below PROJECTS_PATH hold them, SSM StringLists. */
export function readProjects(values: readonly string[]): ReadonlySet<string> {
  const parsed = z
    .array(ID)
    .check(z.minLength(1))
    .safeParse(values.flatMap((value) => value.split(",")));
  if (!parsed.success) throw new Error(`The list of publishing projects is not valid: ${explain(parsed.error)}`);
  return new Set(parsed.data);
}
