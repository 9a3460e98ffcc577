import { defineModule } from "../publishing/module";
import { EventRule, eventRuleInputs, type EventRuleProps } from "./event-rule";

export default defineModule<EventRuleProps>({
  name: "event-rule",
  summary: "An EventBridge rule that puts pending Amazon DataZone subscription requests on a queue",
  construct: EventRule,
  inputs: eventRuleInputs,
  readme: {
    about: `The rule lets through what needs a decision and nothing else: "Subscription Request Created" in one domain, for listings of the
publishing projects that are named, still pending, and not being approved by the service itself. A topic can be told of each
arrival, in words, and a schedule can make an approver decide what is still pending. A second rule brings what the service tells after a
decision, in the one domain: who has decided, what became of the access, changes of members and policy grants.

Amazon DataZone delivers its events on a best-effort basis: one can be lost. Set \`sweep\`, or invoke one yourself from time to time, so that
no request waits unseen.

Use it to feed an approver of your own. The module subscription-approval has it inside.`,
    promises: [
      "Nothing but pending requests of the named projects, and eight kinds of later events, of the one domain gets through.",
      "An event that cannot be delivered within a day ends in the dead-letter queue.",
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
    ],
    notes: [
      "Amazon DataZone sends its events only to the default event bus of the domain's account and Region.",
      "An event pattern holds 4,096 characters: about 90 projects.",
      "Queues and topics name the rule in their policies, and this module attaches none: that way there is no cycle.",
    ],
  },
});
