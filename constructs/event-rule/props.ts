import { arnOf, existing, object, optional, type PropsOf, type Resolved, rule, text } from "../inputs";
import { domainId, everyMinutes, publishingProjects } from "../shared/datazone";
import { naming } from "../shared/names";

/** When the approver sweeps by itself, and how it is invoked. */
const sweepSchedule = object({
  /** Minutes between sweeps, 5 to 1,440. */
  everyMinutes,
  /** Name of the approver's function. */
  functionName: text(rule.trimmed),
  /** Alias of the function that is invoked. */
  functionAlias: text(rule.trimmed),
});

export const eventRuleInputs = object({
  ...naming,
  /** The Amazon DataZone domain; the rule must be in its account and Region, on the default event bus. */
  domain: object({ id: domainId }),
  /**
   * Projects whose requests the rules let through, by a key of your choice that does not change later: it decides which of the rules a project is in.
   * At most 1,000.
   */
  publishingProjects,
  /** Queue that gets the events. Its policy must let the rules send. */
  queue: existing.queue,
  /** Queue for events that cannot be delivered within a day. Its policy must let the rules send. */
  deadLetterQueue: existing.queue,
  /**
   * Topic that is told in words that a request has arrived. Its policy must let the rules publish.
   * @default - no such notices
   */
  arrivalNotices: optional(object({ topicArn: arnOf.topic })),
  /**
   * Schedule on which the approver decides what is still pending.
   * @default - none: a first deployment does not decide the backlog unasked
   */
  sweep: optional(sweepSchedule),
  /**
   * Topic that is told of events that could not be delivered, or not even be put on the dead-letter queue. Its policy must let
   * CloudWatch publish.
   * @default - no alarms
   */
  operators: optional(existing.topic),
});
export type EventRuleProps = PropsOf<typeof eventRuleInputs>;
export type ResolvedEventRuleProps = Resolved<typeof eventRuleInputs>;
