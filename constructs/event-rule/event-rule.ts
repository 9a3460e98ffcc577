import { Construct } from "constructs";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { decimal, ensure, given, Heading, here, json, local, type Made, make, values } from "../hosting";
import { resolveProps, rule } from "../inputs";
import { eventRuleInputs, type EventRuleProps, type SweepSchedule } from "./props";

export { eventRuleInputs, type EventRuleProps } from "./props";

/** EventBridge's own limit (Amazon EventBridge quotas, "Event pattern size"). */
const PATTERN = rule.atMostLong(
  4096,
  "publishingProjects: too many for one event pattern (EventBridge allows 4,096 characters): deploy a second approval for some of the projects",
);

/**
 * What the service tells after a decision. The shapes of these events are not all documented, so they are matched by name and domain
 * alone: who is meant is for the approver to find out.
 */
const LATER_EVENTS = [
  "Subscription Request Accepted",
  "Subscription Request Rejected",
  "Subscription Grant Completed",
  "Subscription Grant Failed",
  "Subscription Revoked",
  "Project Member Removal Succeeded",
  "Project Member Role Change Succeeded",
  "Policy Grant Removed",
];

/** EventBridge's own most: a day. */
const RETRY_POLICY = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 };

/**
 * EventBridge rule for "Subscription Request Created": lets through what is pending in the domain, asks for a listing of one
 * of the publishing projects and is not being approved by the service itself, and puts it on a queue. A second rule puts there
 * what the service tells later: decisions of people, what became of the access, changes of members and policy grants.
 */
export class EventRule extends Construct {
  static readonly module = "event-rule";
  /** ARN of the rule: what a queue's or topic's policy has to let in. */
  readonly arn: string;
  /** Name of the rule. */
  readonly name: string;
  /** ARN of the rule for what the service tells after a decision: what the queues' policies have to let in too. */
  readonly laterArn: string;
  /** Name of that rule. */
  readonly laterName: string;
  /** Name of the rule that is the schedule. */
  readonly sweepName?: string;
  /** ARN of the rule that is the schedule. */
  readonly sweepArn?: string;

  constructor(scope: Construct, id: string, props: EventRuleProps) {
    super(scope, id);
    const p = resolveProps(this, eventRuleInputs, props);
    const pattern = local(
      this,
      "event_pattern",
      json({
        source: ["aws.datazone"],
        "detail-type": ["Subscription Request Created"],
        detail: {
          metadata: { domain: [p.domain.id] },
          data: {
            status: ["PENDING"],
            // Whether the service leaves the key out, or sends false or null is not documented.
            autoApproved: [{ exists: false }, false, null],
            subscribedListings: { ownerProjectId: values(p.publishingProjects, "id") },
          },
        },
      }),
    );
    new Heading(this, "Requests that wait for a decision");
    const requests = new CloudwatchEventRule(this, "rule", {
      name: p.name,
      description: "Amazon DataZone subscription requests that wait for a decision",
      eventPattern: pattern,
      tags: p.tags,
    });
    ensure(requests, pattern, PATTERN);
    this.arn = requests.arn;
    this.name = requests.name;
    const undelivered = { retryPolicy: RETRY_POLICY, deadLetterConfig: { arn: p.deadLetterQueue.arn } };
    new CloudwatchEventTarget(this, "queue", {
      rule: requests.name,
      targetId: "queue",
      arn: p.queue.arn,
      ...undelivered,
    });
    make(given(p.arrivalNotices), ({ topicArn }, count) => {
      const inputTransformer = ARRIVAL_NOTICE;
      const target = { rule: requests.name, targetId: "arrival-notices", arn: topicArn };
      return new CloudwatchEventTarget(this, "arrival_notices", { ...target, inputTransformer, ...undelivered, count });
    });
    new Heading(this, "What the service tells after a decision");
    const later = new CloudwatchEventRule(this, "later", {
      name: `${p.name}-later`,
      description: "What Amazon DataZone tells after a decision",
      eventPattern: json({
        source: ["aws.datazone"],
        "detail-type": LATER_EVENTS,
        detail: { metadata: { domain: [p.domain.id] } },
      }),
      tags: p.tags,
    });
    const laterTarget = { rule: later.name, targetId: "queue", arn: p.queue.arn };
    new CloudwatchEventTarget(this, "later_target", { ...laterTarget, ...undelivered });
    this.laterArn = later.arn;
    this.laterName = later.name;
    const schedule = this.schedule(p.name, p.tags, p.sweep);
    this.sweepName = schedule.attribute("name");
    this.sweepArn = schedule.attribute("arn");
  }

  private schedule(
    name: string,
    tags: Readonly<Record<string, string>>,
    sweep: SweepSchedule | undefined,
  ): Made<CloudwatchEventRule> {
    new Heading(this, "The schedule");
    const schedule = make(given(sweep), ({ everyMinutes }, count) => {
      return new CloudwatchEventRule(this, "sweep", {
        name: `${name}-sweep`,
        description: "Makes the approver decide what is still pending",
        scheduleExpression: `rate(${decimal(everyMinutes)} minutes)`,
        tags,
        count,
      });
    });
    make(given(sweep), ({ everyMinutes, functionName, functionAlias }, count) => {
      return new CloudwatchEventTarget(this, "sweep_function", {
        rule: schedule.attribute("name")!,
        targetId: "approver",
        arn: here(this).arn("lambda", `function:${functionName}:${functionAlias}`),
        inputTransformer: {
          inputPaths: { at: "$.time" },
          inputTemplate: `{"operation":"sweep","scheduled":{"at":<at>,"everyMinutes":${decimal(everyMinutes)}}}`,
        },
        // No dead-letter queue: the next sweep finds what this one would have found.
        retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 3 },
        count,
      });
    });
    make(given(sweep), ({ functionName, functionAlias }, count) => {
      return new LambdaPermission(this, "sweep_permission", {
        action: "lambda:InvokeFunction",
        functionName,
        qualifier: functionAlias,
        principal: "events.amazonaws.com",
        sourceArn: schedule.attribute("arn"),
        count,
      });
    });
    return schedule;
  }
}

/**
 * Only ids: they cannot hold a quote, and they are in every event. Names of assets can hold anything, an event may lack
 * them, and the approver's own announcement has them.
 */
const ARRIVAL_NOTICE = {
  inputPaths: {
    at: "$.time",
    domain: "$.detail.metadata.domain",
    request: "$.detail.metadata.id",
    subscriber: "$.detail.metadata.owningProjectId",
    listing: "$.detail.data.subscribedListings[0].id",
    publisher: "$.detail.data.subscribedListings[0].ownerProjectId",
  },
  inputTemplate:
    '"A subscription request has arrived: project <subscriber> asks for access to listing <listing> of project <publisher> ' +
    '(request <request>, domain <domain>, at <at>). It is being decided by policy; what is decided is announced separately."',
};
