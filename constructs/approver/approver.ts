import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import { block, choose, decimal, given, Heading, json, make, putBlocks } from "../hosting";
import { resolveProps } from "../inputs";
import { lambdaFunction } from "../shared/lambda-function";
import { logGroup } from "../shared/logs";
import { asMarkdown } from "../shared/runbook";
import { Alarms } from "./alarms";
import { dashboard } from "./dashboard";
import { DECISIONS_QUERY } from "./decisions-query";
import { approverStatements, datazoneStatements } from "./permissions";
import { PolicySet } from "./policy-set";
import { approverInputs, type ApproverProps, type ResolvedApproverProps } from "./props";
import { EventQueue, FUNCTION_TIMEOUT } from "./queues";
import { Roles } from "./roles";
import { runbook } from "./runbook";

export { approverInputs, type ApproverProps } from "./props";

/** The alias; a constant, so that alarms are there before the first check has passed. */
const LIVE = "live";

/**
 * Decides Amazon DataZone subscription requests by Cedar policies: a queue that event rules send to, a function that accepts or rejects each
 * request or leaves it to a person, a dead-letter queue, a role with exactly the permissions that the function uses, and alarms.
 *
 * A change of code, settings or policies becomes a new version of the function. It checks the policies before the alias, which the queue
 * invokes, is moved to it: with an invalid policy set the apply fails, and the old version stays live with the old set.
 */
export class Approver extends Construct {
  static readonly module = "approver";
  /** Name of the function. Invoke it with the alias: without it the version published last runs, whose check may have failed. */
  readonly functionName: string;
  /** ARN of the function. */
  readonly functionArn: string;
  /** Version of the function that the alias points to. Its self-check has passed. */
  readonly functionVersion: string;
  /** Name of the alias of the live version. Queue, schedule and people invoke the alias. */
  readonly aliasName: string;
  /** ARN of the alias of the live version. Invoke this one by hand: without the alias the version published last runs, whose check may have failed. */
  readonly aliasArn: string;
  /** Name of the function's log group, which has a record of every decision. */
  readonly logGroupName: string;
  /** ARN of the function's log group. */
  readonly logGroupArn: string;
  /** ARN of the role that the function runs as. */
  readonly functionRoleArn: string;
  /** Name of the role that the function runs as, if it was created here. */
  readonly functionRoleName?: string;
  /** Name of the separate approver role, if it was created here. */
  readonly approverRoleName?: string;
  /**
   * ARN of the role to make a contributor of each publishing project, and a member of no subscribing project.
   */
  readonly memberRoleArn: string;
  /** IAM policy (JSON) with the permissions of the function's role. Attach it to a role of your own. */
  readonly functionPolicy: string;
  /** IAM policy (JSON) with the permissions in Amazon DataZone of the project's member. Attach it to a role of your own. */
  readonly approverPolicy: string;
  /** ARN of the queue that event rules send to. */
  readonly queueArn: string;
  /** URL of the queue that event rules send to. */
  readonly queueUrl: string;
  /** Name of the queue that event rules send to. */
  readonly queueName: string;
  /** ARN of the dead-letter queue, for requests that cannot be delivered or decided. */
  readonly deadLetterQueueArn: string;
  /** URL of the dead-letter queue. */
  readonly deadLetterQueueUrl: string;
  /** Name of the dead-letter queue. */
  readonly deadLetterQueueName: string;
  /** SHA-256 digest of the policy set. Its first 12 characters are in the comment of each decision. */
  readonly policiesDigest: string;
  /** Parameter Store path of the policy set, with one parameter for each policy. */
  readonly policiesPath: string;
  /** Parameter Store path of the publishing projects, with 100 project ids in each parameter. */
  readonly projectsPath: string;
  /**
   * Result (JSON) of the self-check that the live version ran before it went live: whether the policies are valid, the role is a member of
   * the projects, and it can read and publish. It is not updated afterwards: to check again, invoke the function with
   * `{"operation":"check"}`.
   */
  readonly check: string;
  /** AWS CLI command that moves all messages of the dead-letter queue back to the queue. */
  readonly redriveCommand: string;
  /** AWS CLI command that stops decisions at once: requests wait on the queue, for up to 14 days. */
  readonly pauseCommand: string;
  /** AWS CLI command that resumes decisions after `pause_command`. */
  readonly resumeCommand: string;
  /** What to do when an alarm goes off (Markdown), with the names of this deployment, by the ids of `alarm_names`. */
  readonly runbook: Readonly<Record<string, string>>;
  /**
   * Names of the alarms: `dead_letters`, `errors`, `oldest_message`, `failed`, `incomplete_sweeps`, and `oldest_pending`, which is null
   * without `sweep`.
   */
  readonly alarmNames: Readonly<Record<string, string | undefined>>;
  /** Name of the query in CloudWatch Logs Insights that says who approved and rejected what, by policy and by hand. */
  readonly decisionsQueryName: string;
  /** Name of the dashboard, if one is made. */
  readonly dashboardName?: string;

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
    new Heading(this, "The self-check of a new version, and the alias of the live one");
    const check = new LambdaInvocation(this, "check", {
      functionName: lambda.functionName,
      qualifier: lambda.version,
      input: json({ operation: "check" }),
      triggers: { version: lambda.version },
      dependsOn: [...set.parameters, ...policies.attached],
    });
    const alias = new LambdaAlias(this, "alias", {
      name: LIVE,
      description: "The live version: its self-check has passed",
      functionName: lambda.functionName,
      functionVersion: lambda.version,
      // The parameters too: the old set goes only after the alias has left it.
      dependsOn: [check, ...set.parameters],
    });
    const mapping = this.feed(p, alias, queue);
    // Resources that the check does not need are made after it: where it fails, little has been made.
    for (const one of [deadLetterQueue, queue]) one.open([check]);
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
    const { uuid } = mapping;
    this.pauseCommand = `aws lambda update-event-source-mapping --uuid ${uuid} --no-enabled`;
    this.resumeCommand = `aws lambda update-event-source-mapping --uuid ${uuid} --enabled`;
    const { redriveCommand, pauseCommand, resumeCommand } = this;
    const pages = runbook(this, {
      domainId: p.domain.id,
      live: `${lambda.functionName}:${LIVE}`,
      logGroup: logs.name,
      deadLetterQueueUrl: deadLetterQueue.url,
      redriveCommand,
      pauseCommand,
      resumeCommand,
    });
    this.runbook = Object.fromEntries(Object.entries(pages).map(([id, page]) => [id, asMarkdown(page)]));
    this.alarmNames = new Alarms(this, "alarm", {
      name: p.name,
      tags: p.tags,
      topicArn: p.operators.arn,
      functionName: lambda.functionName,
      queueName: queue.name,
      deadLetterQueueName: deadLetterQueue.name,
      pages,
      sweep: p.sweep,
      dependsOn: [check],
    }).names;
    new Heading(this, "For people to look at: the query of who approved what, and the dashboard");
    this.decisionsQueryName = new CloudwatchQueryDefinition(this, "decisions", {
      name: `${p.name}/decisions`,
      queryString: DECISIONS_QUERY,
      logGroupNames: [logs.name],
    }).name;
    const names = {
      name: p.name,
      functionName: lambda.functionName,
      queueName: queue.name,
      deadLetterQueueName: deadLetterQueue.name,
    };
    this.dashboardName = make(given(p.dashboard), (_it, count) =>
      dashboard(this, "dashboard", { ...names, count }),
    ).attribute("dashboard_name");
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

  /** The queue that invokes the function, and the topics for results of asynchronous invocations. */
  private feed(p: ResolvedApproverProps, alias: LambdaAlias, queue: EventQueue): LambdaEventSourceMapping {
    new Heading(this, "The queue that invokes the function, and the topics for results of asynchronous invocations");
    const mapping = new LambdaEventSourceMapping(this, "queue_to_function", {
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
    return mapping;
  }
}
