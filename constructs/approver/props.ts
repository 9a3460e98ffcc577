import {
  type Rule,
  arnOf,
  existing,
  isKnown,
  mapOf,
  number,
  object,
  optional,
  type PropsOf,
  type Resolved,
  rule,
  text,
} from "../inputs";
import { domainId, everyMinutes, publishingProjects } from "../shared/datazone";
import { vpc } from "../shared/lambda-function";
import { logs } from "../shared/logs";
import { NAME, naming } from "../shared/names";
import { roleOptions } from "../shared/roles";

/** A queue that is there already: the attributes of an `aws_sqs_queue`. */
const oneQueue: Rule<{ readonly arn: string; readonly url: string; readonly name: string }> = {
  says: "must have the name and the URL of the queue whose ARN it has",
  holds: ({ arn, url, name }) =>
    ![arn, url, name].every(isKnown) || (arn.endsWith(`:${name}`) && url.endsWith(`/${name}`)),
  condition: (value) =>
    `endswith(${value}.arn, format(":%s", ${value}.name)) && endswith(${value}.url, format("/%s", ${value}.name))`,
};
const existingQueue = object({ arn: arnOf.queue, url: text(rule.trimmed), name: text(rule.trimmed) }, oneQueue);
export type ExistingQueue = PropsOf<typeof existingQueue>;

/** A topic, and its customer-managed key, if it has one. */
const topicReference = object({
  arn: arnOf.topic,
  /**
   * Customer-managed key that encrypts the topic's messages.
   * @default - none: no permission on a key is needed
   */
  kmsKey: optional(existing.key),
});
export type TopicReference = PropsOf<typeof topicReference>;

/** What the approver does by itself on a schedule. */
export const sweep = object({
  /** Minutes between sweeps, 5 to 1,440. */
  everyMinutes,
  /**
   * Requests younger than this many minutes are left alone, 0 to 1,440: the service may still be approving them itself.
   * @default 15
   */
  minimumAgeMinutes: optional(number(rule.between(0, 1440, "minutes")), 15),
  /**
   * Operators are told when a request has waited this many hours for a decision, 1 to 8,760.
   * @default 72
   */
  alarmAfterHours: optional(number(rule.between(1, 8760, "hours")), 72),
});

/**
 * The names of SSM parameters begin with the approver's, and Parameter Store keeps these for AWS
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html).
 */
export const PARAMETER_NAME = rule.matchesNot(
  /^(aws|ssm)/,
  "must not begin with aws or ssm, which Parameter Store refuses in the names of parameters",
);

/** What one can say of an approver wherever it is used. */
export const approverOptions = {
  ...naming,
  /**
   * Name of the deployment; the names of its resources start with it. 1 to 40 lower-case letters, digits and hyphens, not
   * beginning with aws or ssm.
   */
  name: text(NAME, PARAMETER_NAME),
  ...roleOptions,
  /** What the policies know as `context.environment`: `dev`, `prod`, … */
  environment: text(rule.matches(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ and -")),
  /** The Amazon DataZone domain, and its customer-managed key, if it has one. */
  domain: object({ id: domainId, kmsKey: optional(existing.key) }),
  /** Projects that the approver decides for, by a key of your choice that does not change later. */
  publishingProjects,
  /** Cedar policies by their `@id`; 4,096 bytes each, because each becomes one SSM parameter of the standard tier. */
  policies: mapOf(
    text(),
    rule.atLeast(1, "policy"),
    rule.atMost(500, "policies: the function reads all of them, ten at a time, whenever a process starts"),
    rule.keysMatch(
      /^[a-z0-9-]{1,64}$/,
      "must be keyed by the policies' @id: 1 to 64 lower-case letters, digits and hyphens",
    ),
    rule.everyText(rule.atMostBytes(4096, "must be at most 4,096 bytes each: split a longer policy")),
    rule.noneMatches(
      /[{][{](.|\n)*[}][}]/,
      "must not hold {{…}}, which Parameter Store refuses: put a space between the braces",
    ),
  ),
  /**
   * A schedule on which the approver decides what is still pending.
   * @default - none: a first deployment does not decide the backlog unasked
   */
  sweep: optional(sweep),
  /**
   * A separate role that is the project member and that the function assumes for its Amazon DataZone calls: `{}` makes one,
   * `role` names yours, which must trust the function's role and hold the permissions in `approverPolicy`.
   * @default - the function's own role makes them
   */
  approverRole: optional(object({ role: optional(existing.role) })),
  /**
   * Execution role that is there already. It must hold the permissions in `functionPolicy`: nothing is attached to it.
   * @default - a role made here, with those
   */
  role: optional(existing.role),
  /**
   * Queue that is there already. Visibility timeout 720 s or more, a redrive policy of its own, and a policy that lets the
   * event rule send; none of it is touched here.
   * @default - a queue made here
   */
  queue: optional(existingQueue),
  /**
   * Queue for what cannot be delivered or decided, there already. Its policy must let the event rule send.
   * @default - a queue made here, which keeps messages for 14 days
   */
  deadLetterQueue: optional(existingQueue),
  /**
   * Customer-managed key of the queues. Its policy must let events.amazonaws.com and the function's role use it
   * (`kms:GenerateDataKey`, `kms:Decrypt`).
   * @default - encrypted by SQS itself (SSE-SQS)
   */
  queueKey: optional(existing.key),
  /**
   * Topic that hears of every sweep, check or other asynchronous invocation that succeeded.
   * @default - none
   */
  successTopic: optional(topicReference),
  /**
   * Network of the function, which must reach DataZone, SQS, SNS, SSM and, with a separate role, STS.
   * @default - outside any VPC
   */
  vpc: optional(vpc),
  /**
   * The function's log group. `kmsKey`'s policy must let the Region's logs service use it.
   * @default - kept for a year, encrypted by CloudWatch Logs itself
   */
  logs: optional(logs, {}),
};

export const approverInputs = object({
  ...approverOptions,
  /** Topic that announces decisions. */
  topic: topicReference,
  /** Topic that alarms and failed asynchronous invocations go to: a person should read it. */
  operators: topicReference,
  /**
   * EventBridge rules that may send to the queues.
   * @default - none
   */
  eventRules: optional(mapOf(existing.rule, rule.key, rule.atMost(50, "rules: a queue's policy holds 8 KB")), {}),
});
export type ApproverProps = PropsOf<typeof approverInputs>;
export type ResolvedApproverProps = Resolved<typeof approverInputs>;

const QUEUE = {
  arn: "arn:aws:sqs:us-east-1:123456789012:example",
  url: "https://sqs.us-east-1.amazonaws.com/123456789012/example",
  name: "example",
};

/** For the tests of the validations: right values first, then wrong ones. */
export const approverSamples = {
  queue: [QUEUE, { ...QUEUE, name: "another" }],
  deadLetterQueue: [QUEUE, { ...QUEUE, name: "another" }],
} as const;
