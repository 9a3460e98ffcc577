import { arnOf, existing, object, optional, type PropsOf, rule, text } from "../inputs";
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
export type SweepSchedule = PropsOf<typeof sweepSchedule>;

export const eventRuleInputs = object({
  ...naming,
  /** The Amazon DataZone domain; the rule must be in its account and Region, on the default event bus. */
  domain: object({ id: domainId }),
  /** Projects whose requests the rule lets through, by a name of yours. About 90 fit into an event pattern. */
  publishingProjects,
  /** Queue that gets the events. Its policy must let the rule send. */
  queue: existing.queue,
  /** Queue for events that cannot be delivered within a day. Its policy must let the rule send. */
  deadLetterQueue: existing.queue,
  /**
   * Topic that is told in words that a request has arrived. Its policy must let the rule publish.
   * @default - no such notices
   */
  arrivalNotices: optional(object({ topicArn: arnOf.topic })),
  /**
   * Schedule on which the approver decides what is still pending.
   * @default - none: a first deployment does not decide the backlog unasked
   */
  sweep: optional(sweepSchedule),
});
export type EventRuleProps = PropsOf<typeof eventRuleInputs>;
