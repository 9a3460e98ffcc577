import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import { block, choose, decimal, given, Heading, json, putBlocks } from "../hosting";
import { resolveProps } from "../inputs";
import { lambdaFunction } from "../shared/lambda-function";
import { logGroup } from "../shared/logs";
import { Alarms } from "./alarms";
import { approverStatements, datazoneStatements } from "./permissions";
import { PolicySet } from "./policy-set";
import { approverInputs, type ApproverProps, type ResolvedApproverProps } from "./props";
import { EventQueue, FUNCTION_TIMEOUT } from "./queues";
import { Roles } from "./roles";

export { approverInputs, type ApproverProps } from "./props";

/**
 * Decides Amazon DataZone subscription requests by Cedar policies: a queue that event rules feed, a function that accepts,
 * rejects or leaves each request, a dead-letter queue, a role with exactly what the function uses, and alarms.
 *
 * A change of code, settings or policies becomes a new version of the function, which checks the policies before the alias
 * that the queue feeds moves to it: a set that is not valid fails the apply, and the old version stays live with the old set.
 */
export class Approver extends Construct {
  static readonly module = "approver";
  /** Name of the function. */
  readonly functionName: string;
  /** ARN of the function. */
  readonly functionArn: string;
  /** Version of the function that is live: its check has passed. */
  readonly functionVersion: string;
  /** Name of the alias of the live version, which queue, schedule and people invoke. */
  readonly aliasName: string;
  /** ARN of the alias: what to invoke by hand. */
  readonly aliasArn: string;
  /** Name of the log group with a record of every decision. */
  readonly logGroupName: string;
  /** ARN of the log group. */
  readonly logGroupArn: string;
  /** ARN of the role that the function runs as. */
  readonly functionRoleArn: string;
  /** Name of the role made for the function. */
  readonly functionRoleName?: string;
  /** Name of the separate approver role made here. */
  readonly approverRoleName?: string;
  /** ARN of the role that has to be a contributor of each publishing project, and of no subscribing one. */
  readonly memberRoleArn: string;
  /** IAM policy (JSON) that the function's role needs: for a role of your own. */
  readonly functionPolicy: string;
  /** IAM policy (JSON) that the project's member needs: for a role of your own. */
  readonly approverPolicy: string;
  /** ARN of the queue that event rules feed. */
  readonly queueArn: string;
  /** URL of the queue. */
  readonly queueUrl: string;
  /** Name of the queue. */
  readonly queueName: string;
  /** ARN of the queue for what cannot be delivered or decided. */
  readonly deadLetterQueueArn: string;
  /** URL of the dead-letter queue. */
  readonly deadLetterQueueUrl: string;
  /** Name of the dead-letter queue. */
  readonly deadLetterQueueName: string;
  /** Digest of the policy set. Each decision's comment starts with its first 12 characters. */
  readonly policiesDigest: string;
  /** Path in Parameter Store of the policy set, one parameter a policy. */
  readonly policiesPath: string;
  /** Path in Parameter Store of the list of the publishing projects, 100 ids a parameter. */
  readonly projectsPath: string;
  /**
   * What the check said (JSON) when the live version went live: policies, membership, what it can read and publish. It is not asked
   * again when a membership is made: invoke the function with `{"operation":"check"}` to know what is true now.
   */
  readonly check: string;
  /** AWS CLI command that puts what is in the dead-letter queue back on the queue. */
  readonly redriveCommand: string;
  /**
   * Names of the alarms: `dead_letters`, `errors`, `oldest_message`, `failed`, `incomplete_sweeps`, and `oldest_pending`, which is null
   * without a schedule.
   */
  readonly alarmNames: Readonly<Record<string, string | undefined>>;

  constructor(scope: Construct, id: string, props: ApproverProps) {
    super(scope, id);
    const p = resolveProps(this, approverInputs, props);
    const queueProps = { tags: p.tags, kmsKey: p.queueKey, eventRules: p.eventRules };
    const deadLetters = { ...queueProps, name: `${p.name}-dead-letters`, given: p.deadLetterQueue };
    const deadLetterQueue = new EventQueue(this, "dead_letter_queue", deadLetters);
    const queue = new EventQueue(this, "queue", { ...queueProps, name: p.name, given: p.queue }, deadLetterQueue);
    const logs = logGroup(this, "log_group", { name: `/aws/lambda/${p.name}`, logs: p.logs, tags: p.tags });
    const roles = new Roles(this, "role", p);
    const policies = roles.attach(
      approverStatements(this, {
        ...p,
        queueArn: queue.arn,
        deadLetterQueueArn: deadLetterQueue.arn,
        logGroupArn: logs.arn,
        approverRoleArn: roles.approverArn,
      }),
      datazoneStatements(this, p.domain),
    );
    const set = new PolicySet(this, "set", p);
    const lambda = this.lambda(p, roles, { queue, deadLetterQueue }, set, [logs, ...policies.attached]);
    new Heading(this, "The check of a new version, and what goes live");
    const check = new LambdaInvocation(this, "check", {
      functionName: lambda.functionName,
      qualifier: lambda.version,
      input: json({ operation: "check" }),
      triggers: { version: lambda.version },
      dependsOn: [...set.parameters, ...policies.attached],
    });
    const alias = new LambdaAlias(this, "alias", {
      name: "live",
      description: "The version whose check has passed",
      functionName: lambda.functionName,
      functionVersion: lambda.version,
      // The parameters too: the old set goes only after the alias has left it.
      dependsOn: [check, ...set.parameters],
    });
    this.feed(p, alias, queue);
    this.functionName = lambda.functionName;
    this.functionArn = lambda.arn;
    this.functionVersion = alias.functionVersion;
    this.aliasName = alias.name;
    this.aliasArn = alias.arn;
    this.logGroupName = logs.name;
    this.logGroupArn = logs.arn;
    this.functionRoleArn = roles.functionArn;
    this.functionRoleName = roles.functionName;
    this.approverRoleName = roles.approverName;
    this.memberRoleArn = roles.memberArn;
    this.functionPolicy = policies.functionJson;
    this.approverPolicy = policies.datazoneJson;
    this.queueArn = queue.arn;
    this.queueUrl = queue.url;
    this.queueName = queue.name;
    this.deadLetterQueueArn = deadLetterQueue.arn;
    this.deadLetterQueueUrl = deadLetterQueue.url;
    this.deadLetterQueueName = deadLetterQueue.name;
    this.policiesDigest = set.digest;
    this.policiesPath = set.policiesPath;
    this.projectsPath = set.projectsPath;
    this.check = check.result;
    this.redriveCommand = `aws sqs start-message-move-task --source-arn ${deadLetterQueue.arn} --destination-arn ${queue.arn}`;
    this.alarmNames = new Alarms(this, "alarm", {
      name: p.name,
      tags: p.tags,
      topicArn: p.operators.arn,
      functionName: lambda.functionName,
      queueName: queue.name,
      deadLetterQueueName: deadLetterQueue.name,
      redriveCommand: this.redriveCommand,
      sweep: p.sweep,
    }).names;
  }

  private lambda(
    p: ResolvedApproverProps,
    roles: Roles,
    { queue, deadLetterQueue }: { readonly queue: EventQueue; readonly deadLetterQueue: EventQueue },
    set: PolicySet,
    dependsOn: ITerraformDependable[],
  ): LambdaFunction {
    new Heading(this, "The function");
    return lambdaFunction(this, "function", {
      functionName: p.name,
      description: "Decides Amazon DataZone subscription requests by policy",
      roleArn: roles.functionArn,
      source: "approver",
      // The first decision of a process is a quarter of a second of computing (docs/decisions/0053).
      memorySize: 1024,
      timeout: FUNCTION_TIMEOUT,
      publish: true,
      environment: {
        APPROVER_NAME: p.name,
        ENVIRONMENT: p.environment,
        DOMAIN_ID: p.domain.id,
        PROJECTS_PATH: set.projectsPath,
        POLICIES_PATH: set.policiesPath,
        QUEUE_URL: queue.url,
        DEAD_LETTER_QUEUE_URL: deadLetterQueue.url,
        TOPIC_ARN: p.topic.arn,
        OPERATORS_TOPIC_ARN: p.operators.arn,
        MEMBER_ROLE_ARN: roles.memberArn,
        ASSUME_ROLE_ARN: choose(given(p.approverRole), () => roles.approverArn!, ""),
        MINIMUM_AGE_MINUTES: choose(given(p.sweep), ({ minimumAgeMinutes }) => decimal(minimumAgeMinutes), "15"),
        POWERTOOLS_SERVICE_NAME: p.name,
        POWERTOOLS_METRICS_NAMESPACE: "SageMakerDataAccess",
        POWERTOOLS_LOG_LEVEL: "INFO",
      },
      vpc: p.vpc,
      tags: p.tags,
      dependsOn,
    });
  }

  /** What invokes the function, and what becomes of invocations that nobody waits for. */
  private feed(p: ResolvedApproverProps, alias: LambdaAlias, queue: EventQueue): void {
    new Heading(this, "What invokes the function, and what becomes of invocations that nobody waits for");
    new LambdaEventSourceMapping(this, "queue_to_function", {
      eventSourceArn: queue.arn,
      functionName: alias.arn,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      // The least that the service takes. Each invocation paces itself to half of DataZone's quota.
      scalingConfig: { maximumConcurrency: 2 },
      tags: p.tags,
    });
    const destinations = new LambdaFunctionEventInvokeConfig(this, "asynchronous", {
      functionName: alias.functionName,
      qualifier: alias.name,
      maximumRetryAttempts: 2,
      destinationConfig: { onFailure: { destination: p.operators.arn } },
    });
    putBlocks(destinations, "destination_config.on_success", [
      block(given(p.successTopic), ({ arn }) => ({ destination: arn })),
    ]);
  }
}
