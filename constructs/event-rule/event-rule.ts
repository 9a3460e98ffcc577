import { Construct } from "constructs";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { byHash, each, ensure, given, Heading, json, keep, local, merge } from "../hosting";
import { resolveProps, rule } from "../inputs";
import { alarms } from "./alarms";
import { eventRuleInputs, type EventRuleProps } from "./props";
import { schedule } from "./schedule";

export { eventRuleInputs, type EventRuleProps } from "./props";

/** What every account has (Amazon EventBridge quotas, "Event pattern size"). AWS raises it to 4,096 for who asks, which nobody sees at plan. */
const PATTERN = rule.atMostLong(
  2048,
  "publishingProjects: more of them than an event pattern holds (2,048 characters by EventBridge's default quota) have keys whose SHA-256 begins " +
    "with the same digit: give some of them other keys, or deploy a second approval for some",
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

/** No project has it. EventBridge takes no empty list, so the rule of a part without projects waits for this. */
const NO_PROJECT = "";

/**
 * EventBridge rules for "Subscription Request Created": they let through what is pending in the domain, asks for a listing of one
 * of the publishing projects and is not being approved by the service itself, and put it on a queue. There are sixteen, because a
 * pattern holds some 45 projects at least; a project is always in the rule of its key, so that one more changes one rule in place.
 * One more rule puts there what the service tells later: decisions of people, what became of the access, changes of members and
 * policy grants.
 */
export class EventRule extends Construct {
  static readonly module = "event-rule";
  /** The rules for requests, by their parts, `0` to `f`: what the policy of a topic with arrival notices has to let in. */
  readonly requestRules: Readonly<Record<string, { readonly arn: string }>>;
  /** All rules that put events on the queue, `later` among them: what the queues' policies have to let in. */
  readonly rules: Readonly<Record<string, { readonly arn: string }>>;
  /** Names of these rules. */
  readonly names: Readonly<Record<string, string>>;
  /** Name of the rule that is the schedule. */
  readonly sweepName?: string;
  /** ARN of the rule that is the schedule. */
  readonly sweepArn?: string;
  /** Names of the alarms, by the keys of the rules; `sweep` is that of the schedule. */
  readonly alarmNames: Readonly<Record<string, string | undefined>>;

  constructor(scope: Construct, id: string, props: EventRuleProps) {
    super(scope, id);
    const p = resolveProps(this, eventRuleInputs, props);
    const undelivered = { retryPolicy: RETRY_POLICY, deadLetterConfig: { arn: p.deadLetterQueue.arn } };
    new Heading(this, "Requests that wait for a decision");
    const patterns = local(
      this,
      "request_patterns",
      byHash(p.publishingProjects, "id", NO_PROJECT, (ids) => requestPattern(p.domain.id, ids)),
    );
    const requests = each(patterns, "requests", (eventPattern, part, id, forEach) => {
      const made = new CloudwatchEventRule(this, id, {
        name: `${p.name}-requests-${part}`,
        description: "Amazon DataZone subscription requests that wait for a decision",
        eventPattern,
        tags: p.tags,
        forEach,
      });
      ensure(made, eventPattern, PATTERN);
      return made;
    });
    const requestNames = local(this, "request_rule_names", requests.attribute("name"));
    each(requestNames, "queue", (rule, _part, id, forEach) => {
      return new CloudwatchEventTarget(this, id, {
        rule,
        targetId: "queue",
        arn: p.queue.arn,
        ...undelivered,
        forEach,
      });
    });
    each(keep(requestNames, given(p.arrivalNotices)), "arrival_notices", (rule, _part, id, forEach) => {
      const target = { rule, targetId: "arrival-notices", arn: p.arrivalNotices!.topicArn };
      return new CloudwatchEventTarget(this, id, {
        ...target,
        inputTransformer: ARRIVAL_NOTICE,
        ...undelivered,
        forEach,
      });
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
    this.requestRules = requests.existing;
    this.rules = merge(this.requestRules, { later: { arn: later.arn } });
    this.names = merge(requestNames, { later: later.name });
    const sweep = schedule(this, p);
    this.sweepName = sweep.attribute("name");
    this.sweepArn = sweep.attribute("arn");
    this.alarmNames = alarms(this, { ...p, names: this.names, sweepName: this.sweepName });
  }
}

const requestPattern = (domainId: string, projectIds: readonly string[]): string =>
  json({
    source: ["aws.datazone"],
    "detail-type": ["Subscription Request Created"],
    detail: {
      metadata: { domain: [domainId] },
      data: {
        status: ["PENDING"],
        // Whether the service leaves the key out, or sends false or null is not documented.
        autoApproved: [{ exists: false }, false, null],
        subscribedListings: { ownerProjectId: projectIds },
      },
    },
  });

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
