import { arnOf, existing, object, optional, type PropsOf, type Resolved, rule, text } from "../inputs";
import { domainId, everyMinutes, publishingProjects } from "../shared/datazone";
import { naming } from "../shared/names";
import { order } from "../shared/order";

/** How often the approver sweeps, and the function that does it. */
const sweepSchedule = object({
  /** Minutes between sweeps, 5 to 1,440. */
  everyMinutes,
  /** Name of the approver's function. */
  functionName: text(rule.trimmed),
  /** Alias of that function to invoke. */
  functionAlias: text(rule.trimmed),
});

export const eventRuleInputs = object({
  ...naming,
  /** The Amazon DataZone domain. Deploy the rules in its account and Region: its events reach no other event bus. */
  domain: object({ id: domainId }),
  /**
   * Publishing projects whose subscription requests the rules let through: at most 1,000, by a key of your choice that does not change
   * later, because the key decides which of the sixteen rules a project is in.
   */
  publishingProjects,
  /** Queue that gets the events. Its policy must let the rules send (output `rules`). */
  queue: existing.queue,
  /** Dead-letter queue for events that cannot be delivered within a day. Its policy must let the rules send. */
  deadLetterQueue: existing.queue,
  /**
   * Topic that gets a sentence for people when a request arrives. Its policy must let the rules publish (output `requestRules`).
   * @default - nobody is told of an arrival
   */
  arrivalNotices: optional(object({ topicArn: arnOf.topic })),
  /**
   * Sweeps: a schedule that makes the approver decide all requests that are still pending.
   * @default - none, so that a first deployment does not decide the backlog unasked
   */
  sweep: optional(sweepSchedule),
  /**
   * Topic for alarms on events that a rule could deliver neither to the queue nor, afterwards, to the dead-letter queue. Its policy must let
   * CloudWatch publish.
   * @default - no alarms
   */
  operators: optional(existing.topic),
  ...order,
});
export type EventRuleProps = PropsOf<typeof eventRuleInputs>;
export type ResolvedEventRuleProps = Resolved<typeof eventRuleInputs>;
