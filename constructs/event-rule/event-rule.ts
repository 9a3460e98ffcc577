import { Construct } from "constructs";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { byHash, each, ensure, given, Heading, json, keep, local, merge, origins } from "../hosting";
import { resolveProps, rule } from "../inputs";
import { asMarkdown } from "../shared/runbook";
import { alarms } from "./alarms";
import { eventRuleInputs, type EventRuleProps } from "./props";
import { undeliveredPage } from "./runbook";
import { schedule } from "./schedule";

export { eventRuleInputs, type EventRuleProps } from "./props";

/** The default quota (Amazon EventBridge quotas, "Event pattern size"). AWS raises it to 4,096 on request, but a plan cannot know that. */
const PATTERN = rule.atMostLong(
  2048,
  "publishingProjects: too many projects are in one event pattern, which holds 2,048 characters by EventBridge's default quota. A project's pattern is chosen by the SHA-256 " +
    "of its key: give some projects other keys, or deploy a second approval for some of them",
);

/**
 * Events that Amazon DataZone sends after a decision. Not all of their shapes are documented, so the rule matches only their names and the
 * domain; the approver finds out whom and what an event is about.
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

/** EventBridge's maximum: 185 attempts within a day. */
const RETRY_POLICY = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 };

/** An id that no project has, for a rule without projects: EventBridge refuses an empty list. */
const NO_PROJECT = "";

/**
 * EventBridge rules that put Amazon DataZone subscription requests on a queue: requests of the domain that are pending, that ask for a listing
 * of one of the publishing projects, and that DataZone is not approving itself. There are sixteen such rules, because one pattern holds only
 * some 45 projects. The key of a project decides which rule it is in, so adding a project changes one rule in place. One more rule puts later
 * events on the queue: decisions of people, grants of access, changes of members and policy grants.
 */
export class EventRule extends Construct {
  static readonly module = "event-rule";
  /**
   * The sixteen rules for requests, as objects with their ARN, by a hexadecimal digit (`0` to `f`). The policy of a topic with arrival notices
   * must let them publish.
   */
  readonly requestRules: Readonly<Record<string, { readonly arn: string }>>;
  /**
   * All rules that put events on the queue, as objects with their ARN: the sixteen rules for requests by a hexadecimal digit, and `later`, the
   * rule for later events. The queues' policies must let them send.
   */
  readonly rules: Readonly<Record<string, { readonly arn: string }>>;
  /** Names of all rules that put events on the queue, by the same keys as `rules`. */
  readonly names: Readonly<Record<string, string>>;
  /** Name of the rule that starts sweeps on a schedule. */
  readonly sweepName?: string;
  /** ARN of the rule that starts sweeps on a schedule. */
  readonly sweepArn?: string;
  /** Names of the alarms, by the same keys as `rules`, and `sweep` for the rule that starts sweeps. */
  readonly alarmNames: Readonly<Record<string, string | undefined>>;
  /** What to do when one of the alarms goes off (Markdown), with the names of this deployment, as `undelivered`. */
  readonly runbook: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: EventRuleProps) {
    super(scope, id);
    const p = resolveProps(this, eventRuleInputs, props);
    const dependsOn = origins(this, p.after);
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
        dependsOn,
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
    new Heading(this, "Events after a decision");
    const later = new CloudwatchEventRule(this, "later", {
      name: `${p.name}-later`,
      description: "Events of Amazon DataZone after a decision",
      eventPattern: json({
        source: ["aws.datazone"],
        "detail-type": LATER_EVENTS,
        detail: { metadata: { domain: [p.domain.id] } },
      }),
      tags: p.tags,
      dependsOn,
    });
    const laterTarget = { rule: later.name, targetId: "queue", arn: p.queue.arn };
    new CloudwatchEventTarget(this, "later_target", { ...laterTarget, ...undelivered });
    this.requestRules = requests.existing;
    this.rules = merge(this.requestRules, { later: { arn: later.arn } });
    this.names = merge(requestNames, { later: later.name });
    const sweep = schedule(this, p, dependsOn);
    this.sweepName = sweep.attribute("name");
    this.sweepArn = sweep.attribute("arn");
    this.alarmNames = alarms(this, { ...p, names: this.names, sweepName: this.sweepName });
    this.runbook = { undelivered: asMarkdown(undeliveredPage(p.queue.arn)) };
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
 * The notice has ids only, because every event has them and they cannot hold a quote. Names of assets can hold anything and may be missing
 * from an event; the approver's own announcement has them.
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
    '(request <request>, domain <domain>, at <at>). It is being decided by policy, and the decision will be announced in another message."',
};
