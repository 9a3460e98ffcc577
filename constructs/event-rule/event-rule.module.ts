import { defineModule } from "../publishing/module";
import { EventRule, eventRuleInputs, type EventRuleProps } from "./event-rule";

export default defineModule<EventRuleProps>({
  name: "event-rule",
  summary: "EventBridge rules that put pending Amazon DataZone subscription requests on a queue",
  construct: EventRule,
  inputs: eventRuleInputs,
  readme: {
    about: `The rules let through what needs a decision and nothing else: "Subscription Request Created" in one domain, for listings of the
publishing projects that are named, still pending, and not being approved by the service itself. A topic can be told of each
arrival, in words, and a schedule can make an approver decide what is still pending. One more rule brings what the service tells after a
decision, in the one domain: who has decided, what became of the access, changes of members and policy grants.

One event pattern holds some 45 projects with the longest ids, so there are sixteen rules for requests, and a project is in the one that its key says: adding a
project changes the pattern of that rule in place, and no event of another project is held up or lost. A rule without projects waits for nothing.

Amazon DataZone delivers its events on a best-effort basis: one can be lost. Set \`sweep\`, or invoke one yourself from time to time, so that
no request waits unseen.

Use it to feed an approver of your own. The module subscription-approval has it inside.`,
    promises: [
      "Nothing but pending requests of the named projects, and eight kinds of later events, of the one domain gets through.",
      "An event that cannot be delivered within a day ends in the dead-letter queue.",
      "Of what could not be delivered, or not even be put there, operators are told by an alarm on each rule, where `operators` is given.",
      "The schedule may invoke the one alias of the one function, and only this rule may.",
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
        purpose: "the schedule's permission, if there is one",
      },
      {
        actions: [
          "cloudwatch:PutMetricAlarm",
          "cloudwatch:DeleteAlarms",
          "cloudwatch:TagResource",
          "cloudwatch:Describe*",
          "cloudwatch:List*",
        ],
        purpose: "the alarms, if there are some",
      },
    ],
    notes: [
      "Amazon DataZone sends its events only to the default event bus of the domain's account and Region.",
      "An event pattern holds 2,048 characters by EventBridge's default quota. Of 1,000 projects some 60 are in one rule, and with ids as DataZone makes them (14 characters) it holds 100; where ids are much longer, a plan may say that some need other keys.",
      "There are 18 rules in all, of the 300 that an event bus has by default.",
      "Queues and topics name the rules in their policies, and this module attaches none: that way there is no cycle.",
    ],
    upgrading: [
      {
        release: "Unreleased",
        note: "Sixteen rules take the place of the one for requests: outputs `rules` (for `event_rules` of the modules approver and notification-topic) and `request_rules` (for a topic with arrival notices) those of `arn`, `name`, `later_arn` and `later_name`. Run a sweep afterwards: it finds what was asked for while the rules changed.",
      },
    ],
  },
  removed: [
    "aws_cloudwatch_event_rule.rule",
    "aws_cloudwatch_event_target.queue",
    "aws_cloudwatch_event_target.arrival_notices",
  ].map((address) => ({ address, why: "sixteen rules, each with its targets, take the place of one" })),
});
