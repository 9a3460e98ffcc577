import { defineModule } from "../publishing/module";
import { EventRule, eventRuleInputs, type EventRuleProps } from "./event-rule";

export default defineModule<EventRuleProps>({
  name: "event-rule",
  summary: "EventBridge rules that put pending Amazon DataZone subscription requests on a queue",
  construct: EventRule,
  inputs: eventRuleInputs,
  readme: {
    about: `The rules put events "Subscription Request Created" of one domain on a queue: only for listings of the publishing projects that
you name, only while the request is pending, and not if Amazon DataZone approves it itself. A topic can get a sentence for people about each
arrival, and a schedule can make an approver decide requests that are still pending. One more rule puts events after a decision on the queue:
who has decided, whether access was granted, changes of members and policy grants.

One event pattern holds only some 45 projects with the longest ids, so there are sixteen rules for requests. The key of a project decides which rule it is in:
adding a project changes the pattern of that one rule in place, and no event of another project is delayed or lost. A rule without projects
matches nothing.

Amazon DataZone delivers its events on a best-effort basis: one can be lost. Set \`sweep\`, or invoke a sweep yourself from time to time, so
that no request stays unseen.

Use it to feed an approver of your own. The module subscription-approval includes it.`,
    promises: [
      "Only pending requests of the named projects, and eight kinds of later events, reach the queue, and only those of the one domain.",
      "An event that cannot be delivered within a day ends in the dead-letter queue.",
      "With `operators`, an alarm on each rule tells operators of events that could not be delivered, also of those that could not be put on the dead-letter queue.",
      "The schedule can invoke only the one alias of the one function, and this module lets no other rule invoke it.",
    ],
    permissions: [
      {
        actions: [
          "events:DeleteRule",
          "events:DescribeRule",
          "events:ListTagsForResource",
          "events:ListTargetsByRule",
          "events:PutRule",
          "events:PutTargets",
          "events:RemoveTargets",
          "events:TagResource",
          "events:UntagResource",
        ],
        purpose: "the rules and their targets",
      },
      {
        actions: ["lambda:AddPermission", "lambda:GetPolicy", "lambda:RemovePermission"],
        purpose: "the schedule's permission to invoke the function, with `sweep`",
      },
      {
        actions: [
          "cloudwatch:PutMetricAlarm",
          "cloudwatch:DeleteAlarms",
          "cloudwatch:TagResource",
          "cloudwatch:Describe*",
          "cloudwatch:List*",
        ],
        purpose: "the alarms, with `operators`",
      },
    ],
    notes: [
      "Amazon DataZone sends its events only to the default event bus of the domain's account and Region.",
      "An event pattern holds 2,048 characters by EventBridge's default quota. With 1,000 projects about 60 are in each rule, and a rule holds 100 ids as long as DataZone makes them (14 characters). If ids are much longer, a plan may fail and ask you to give some projects other keys.",
      "With `sweep` there are 18 rules, of the 300 that an event bus has by default.",
      "The policies of queues and topics must name the rules. This module does not attach these policies, because modules that need each other would be a cycle in Terraform.",
    ],
    upgrading: [
      {
        release: "Unreleased",
        note: "Sixteen rules replace the one for requests. The outputs `rules` (for `event_rules` of the modules approver and notification-topic) and `request_rules` (for a topic with arrival notices) replace `arn`, `name`, `later_arn` and `later_name`. Run a sweep afterwards, to find requests that were made while the rules changed.",
      },
    ],
  },
  removed: [
    "aws_cloudwatch_event_rule.rule",
    "aws_cloudwatch_event_target.queue",
    "aws_cloudwatch_event_target.arrival_notices",
  ].map((address) => ({ address, why: "sixteen rules, each with its targets, replace the one" })),
});
