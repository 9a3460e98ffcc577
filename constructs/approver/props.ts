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
import { policyRelations } from "./policy-rules";

/** An existing queue: the attributes `arn`, `url` and `name` of an `aws_sqs_queue`. */
const oneQueue: Rule<{ readonly arn: string; readonly url: string; readonly name: string }> = {
  says: "must have the arn, url and name of one and the same queue: copy all three from one aws_sqs_queue",
  holds: ({ arn, url, name }) =>
    ![arn, url, name].every(isKnown) || (arn.endsWith(`:${name}`) && url.endsWith(`/${name}`)),
  condition: (value) =>
    `endswith(${value}.arn, format(":%s", ${value}.name)) && endswith(${value}.url, format("/%s", ${value}.name))`,
};
const existingQueue = object({ arn: arnOf.queue, url: text(rule.trimmed), name: text(rule.trimmed) }, oneQueue);
export type ExistingQueue = PropsOf<typeof existingQueue>;

/** An SNS topic and, where it is encrypted with one, its customer-managed key. */
const topicReference = object({
  arn: arnOf.topic,
  /**
   * Customer-managed key that encrypts the topic's messages, so that the approver gets permission to use it.
   * @default - none: the topic has no customer-managed key
   */
  kmsKey: optional(existing.key),
});
export type TopicReference = PropsOf<typeof topicReference>;

/** Sweeps: on a schedule the approver looks for pending requests itself, because an event can be lost. */
export const sweep = object({
  /** Minutes between sweeps, 5 to 1,440. */
  everyMinutes,
  /**
   * Minimum age in minutes, 0 to 1,440, of a request that a sweep decides: Amazon DataZone may still be approving a younger one itself.
   * @default 15
   */
  minimumAgeMinutes: optional(number(rule.between(0, 1440, "minutes")), 15),
  /**
   * Hours, 1 to 8,760, that a request may wait for a decision before an alarm tells operators.
   * @default 72
   */
  alarmAfterHours: optional(number(rule.between(1, 8760, "hours")), 72),
});

/**
 * The approver's name begins the names of its SSM parameters, and Parameter Store reserves names that begin with these words for AWS
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html).
 */
export const PARAMETER_NAME = rule.matchesNot(
  /^(aws|ssm)/,
  "must not begin with aws or ssm: SSM parameters get this name, and Parameter Store refuses such names",
);

/** Inputs of an approver that every construct with an approver in it has. */
export const approverOptions = {
  ...naming,
  /**
   * Name of the deployment; the names of its resources start with it. 1 to 40 lower-case letters, digits and hyphens, not
   * beginning with aws or ssm.
   */
  name: text(NAME, PARAMETER_NAME),
  ...roleOptions,
  /** Value of `context.environment` in the Cedar policies, e.g. `dev` or `prod`: so one policy can hold in one environment only. */
  environment: text(rule.matches(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ and -")),
  /** The Amazon DataZone domain and, where it is encrypted with one, its customer-managed key. */
  domain: object({ id: domainId, kmsKey: optional(existing.key) }),
  /** Amazon DataZone projects whose subscription requests the approver decides, by a key of your choice that does not change later. */
  publishingProjects,
  /** Cedar policies by their `@id`, at most 4,096 bytes each: each becomes one SSM parameter of the standard tier. */
  policies: mapOf(
    text(),
    rule.atLeast(1, "policy"),
    rule.atMost(500, "policies: the function reads all of them, ten at a time, whenever a process starts"),
    rule.keysMatch(
      /^[a-z0-9-]{1,64}$/,
      "must be keyed by the policies' @id: 1 to 64 lower-case letters, digits and hyphens",
    ),
    rule.everyText(
      rule.atMostBytes(4096, "must be at most 4,096 bytes each, the size of an SSM parameter: split a longer policy"),
    ),
    rule.noneMatches(
      /[{][{](.|\n)*[}][}]/,
      "must not hold {{…}}, which Parameter Store refuses: put a space between the braces",
    ),
  ),
  /**
   * Sweeps: on a schedule the approver decides all requests that are still pending, also those whose event was lost.
   * @default - none, so that a first deployment does not decide the backlog unasked
   */
  sweep: optional(sweep),
  /**
   * A CloudWatch dashboard, named like the deployment: decisions by outcome, what waits, queues, errors and sweeps. `{}` makes it.
   * @default - none
   */
  dashboard: optional(object({})),
  /**
   * A separate role that becomes the project member and that the function assumes for its Amazon DataZone calls. `{}` makes one; `role`
   * names an existing one, which must trust the function's role and have the permissions of the output `approverPolicy`.
   * @default - the function calls Amazon DataZone with its own role
   */
  approverRole: optional(object({ role: optional(existing.role) })),
  /**
   * Existing execution role of the function. It must have the permissions of the output `functionPolicy`: nothing is attached to it.
   * @default - a role created here, with those permissions
   */
  role: optional(existing.role),
  /**
   * Existing queue for the requests. It needs a visibility timeout of at least 720 seconds, a redrive policy, and a queue policy that lets
   * the event rules send; none of these is changed here.
   * @default - a queue created here
   */
  queue: optional(existingQueue),
  /**
   * Existing dead-letter queue, for requests that cannot be delivered or decided. Its policy must let the event rules send.
   * @default - a queue created here, which keeps messages for 14 days
   */
  deadLetterQueue: optional(existingQueue),
  /**
   * Customer-managed key of the queues. Its policy must let events.amazonaws.com and the function's role use it
   * (`kms:GenerateDataKey`, `kms:Decrypt`).
   * @default - encrypted by SQS itself (SSE-SQS)
   */
  queueKey: optional(existing.key),
  /**
   * Topic that Lambda tells of every asynchronous invocation of the function that succeeded, e.g. a sweep.
   * @default - none
   */
  successTopic: optional(topicReference),
  /**
   * VPC subnets and security groups of the function. From there it must reach DataZone, SQS, SNS, SSM and, with `approverRole`, STS.
   * @default - outside any VPC
   */
  vpc: optional(vpc),
  /**
   * Retention and encryption of the function's log group. The policy of its `kmsKey` must let CloudWatch Logs of the Region use the key.
   * @default - kept for a year, encrypted by CloudWatch Logs itself
   */
  logs: optional(logs, {}),
};

export const approverInputs = object(
  {
    ...approverOptions,
    /** Topic on which decisions are announced. */
    topic: topicReference,
    /** Topic that gets alarms and failed asynchronous invocations. Subscribe a person to it. */
    operators: topicReference,
    /**
     * EventBridge rules that the queues' policies let send, e.g. the output `rules` of the module event-rule.
     * @default - none
     */
    eventRules: optional(mapOf(existing.rule, rule.key, rule.atMost(50, "rules: a queue's policy holds 8 KB")), {}),
  },
  ...policyRelations,
);
export type ApproverProps = PropsOf<typeof approverInputs>;
export type ResolvedApproverProps = Resolved<typeof approverInputs>;

const QUEUE = {
  arn: "arn:aws:sqs:us-east-1:123456789012:example",
  url: "https://sqs.us-east-1.amazonaws.com/123456789012/example",
  name: "example",
};

/** For the generated tests of the module's validations: valid values first, then invalid ones. */
export const approverSamples = {
  policies: [{ example: '@id("example")\npermit (principal, action, resource);' }],
  queue: [QUEUE, { ...QUEUE, name: "another" }],
  deadLetterQueue: [QUEUE, { ...QUEUE, name: "another" }],
} as const;
