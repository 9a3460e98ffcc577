import {
  arnText,
  atLeast,
  atMostBytes,
  between,
  domainIdInput,
  everyMinutesInput,
  existing,
  inputs,
  KEY,
  keysMatch,
  logFields,
  type Logs,
  matches,
  matchesNot,
  noneMatches,
  type Named,
  namedInputs,
  publishingProjectsInput,
  type PublishingProjects,
  roleInputs,
  type RoleOptions,
  text,
  type Vpc,
  vpcInput,
} from "../hosting";

/** A queue that is there already: the attributes of an `aws_sqs_queue`. */
export interface ExistingQueue {
  readonly arn: string;
  readonly url: string;
  readonly name: string;
}

/** A topic, and its customer-managed key, if it has one. */
export interface TopicReference {
  readonly arn: string;
  /**
   * Customer-managed key that encrypts the topic's messages.
   * @default - none: no permission on a key is needed
   */
  readonly kmsKey?: { readonly arn: string };
}

/** What the approver does by itself on a schedule. */
export interface Sweep {
  /** Minutes between sweeps, 5 to 1,440. */
  readonly everyMinutes: number;
  /**
   * Requests younger than so many minutes are left alone, 0 to 1,440: the service may still be approving them itself.
   * @default 15
   */
  readonly minimumAgeMinutes?: number;
  /**
   * Operators are told when a request has waited so many hours for a decision, 1 to 8,760.
   * @default 72
   */
  readonly alarmAfterHours?: number;
}

/** What one can say of an approver wherever it is used. */
export interface ApproverOptions extends Named, RoleOptions {
  /** What the policies know as `context.environment`: `dev`, `prod`, … */
  readonly environment: string;
  /** The Amazon DataZone domain, and its customer-managed key, if it has one. */
  readonly domain: { readonly id: string; readonly kmsKey?: { readonly arn: string } };
  /** Projects that the approver decides for, by a name of yours that stays. */
  readonly publishingProjects: PublishingProjects;
  /** Cedar policies by their `@id`; 4,096 bytes each, because each becomes one SSM parameter of the standard tier. */
  readonly policies: Readonly<Record<string, string>>;
  /**
   * A schedule on which the approver decides what is still pending.
   * @default - none: a first deployment does not decide the backlog unasked
   */
  readonly sweep?: Sweep;
  /**
   * A separate role that is the project member and that the function assumes for its Amazon DataZone calls: `{}` makes one,
   * `role` names yours, which must trust the function's role and hold the permissions in `approverPolicy`.
   * @default - the function's own role makes them
   */
  readonly approverRole?: { readonly role?: { readonly arn: string } };
  /**
   * Execution role that is there already. It must hold the permissions in `functionPolicy`: nothing is attached to it.
   * @default - a role made here, with those
   */
  readonly role?: { readonly arn: string };
  /**
   * Queue that is there already. Visibility timeout 720 s or more, a redrive policy of its own, and a policy that lets the
   * event rule send; none of it is touched here.
   * @default - a queue made here
   */
  readonly queue?: ExistingQueue;
  /**
   * Queue for what cannot be delivered or decided, there already. Its policy must let the event rule send.
   * @default - a queue made here, which keeps messages for 14 days
   */
  readonly deadLetterQueue?: ExistingQueue;
  /**
   * Customer-managed key of the queues. Its policy must let events.amazonaws.com and the function's role use it
   * (`kms:GenerateDataKey`, `kms:Decrypt`).
   * @default - encrypted by SQS itself (SSE-SQS)
   */
  readonly queueKey?: { readonly arn: string };
  /**
   * Topic that hears of every sweep, check or other asynchronous invocation that succeeded.
   * @default - none
   */
  readonly successTopic?: TopicReference;
  /**
   * Network of the function, which must reach DataZone, SQS, SNS, SSM and, with a separate role, STS.
   * @default - outside any VPC
   */
  readonly vpc?: Vpc;
  /**
   * The function's log group. `kmsKey`'s policy must let the Region's logs service use it.
   * @default - kept for a year, encrypted by CloudWatch Logs itself
   */
  readonly logs?: Logs;
}

export interface ApproverProps extends ApproverOptions {
  /** Topic that announces decisions. */
  readonly topic: TopicReference;
  /** Topic that alarms and failed asynchronous invocations go to: a person should read it. */
  readonly operators: TopicReference;
  /**
   * EventBridge rules that may send to the queues.
   * @default - none
   */
  readonly eventRules?: Readonly<Record<string, { readonly arn: string }>>;
}

const topicReference = { kind: "object", fields: { arn: arnText, kmsKey: existing } } as const;
const existingQueue = { kind: "object", optional: true, fields: { arn: arnText, url: text, name: text } } as const;

export const sweepInput = {
  kind: "object",
  optional: true,
  fields: {
    everyMinutes: everyMinutesInput,
    minimumAgeMinutes: { kind: "number", optional: true, default: 15, rules: [between(0, 1440, "minutes")] },
    alarmAfterHours: { kind: "number", optional: true, default: 72, rules: [between(1, 8760, "hours")] },
  },
} as const;

/**
 * The names of SSM parameters begin with the approver's, and Parameter Store keeps these for AWS
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html).
 */
export const PARAMETER_NAME = matchesNot(
  /^(aws|ssm)/,
  "must not begin with aws or ssm, which Parameter Store refuses in the names of parameters",
);

export const approverOptionInputs = {
  ...namedInputs,
  name: { ...namedInputs.name, rules: [...namedInputs.name.rules, PARAMETER_NAME] },
  ...roleInputs,
  environment: {
    kind: "string",
    rules: [matches(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ and -")],
  },
  domain: { kind: "object", fields: { id: domainIdInput, kmsKey: existing } },
  publishingProjects: publishingProjectsInput,
  policies: {
    kind: "map",
    of: text,
    rules: [
      atLeast(1, "policy"),
      keysMatch(
        /^[a-z0-9-]{1,64}$/,
        "must be keyed by the policies' @id: 1 to 64 lower-case letters, digits and hyphens",
      ),
      atMostBytes(4096, "must be at most 4,096 bytes each: split a longer policy"),
      noneMatches(
        /[{][{](.|\n)*[}][}]/,
        "must not hold {{…}}, which Parameter Store refuses: put a space between the braces",
      ),
    ],
  },
  sweep: sweepInput,
  approverRole: { kind: "object", optional: true, fields: { role: existing } },
  role: existing,
  queue: existingQueue,
  deadLetterQueue: existingQueue,
  queueKey: existing,
  successTopic: { ...topicReference, optional: true },
  vpc: vpcInput,
  logs: { kind: "object", optional: true, default: {}, fields: logFields },
} as const;

export const approverInputs = inputs<ApproverProps>()({
  ...approverOptionInputs,
  topic: topicReference,
  operators: topicReference,
  eventRules: {
    kind: "map",
    optional: true,
    default: {},
    rules: [KEY],
    of: { kind: "object", fields: { arn: arnText } },
  },
});
