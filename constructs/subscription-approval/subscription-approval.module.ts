import { defineModule } from "../publishing/module";
import { approverSamples } from "../approver/props";
import { MAIL, subscriptionSamples } from "../notification-topic/subscriptions";
import {
  SubscriptionApproval,
  subscriptionApprovalInputs,
  type SubscriptionApprovalProps,
} from "./subscription-approval";

export default defineModule<SubscriptionApprovalProps>({
  name: "subscription-approval",
  summary:
    "Decides Amazon DataZone subscription requests by policy, end to end: event rules, approver, topics, membership",
  construct: SubscriptionApproval,
  inputs: subscriptionApprovalInputs,
  parts: {
    approver: "",
    eventRule: "eventRule",
    notifications: "topic",
    operators: "operatorsTopic",
    membership: "membership",
  },
  keptInside: {
    "notifications.kmsKey": "for the approver; the output topic_key_arn says which key it is",
    "operators.kmsKey": "for the approver; the output operators_topic_key_arn says which key it is",
  },
  readme: {
    about: `When someone asks for access to a data asset, your Cedar policies decide: approve, reject, or leave it to a person. This module
puts together what is needed for that: event rules, the approver with its queue, role and alarms, a topic for the people who ask and
approve, a topic for operators, and, if you want, the approver's membership of the publishing projects.

Start in one domain, with a few policies and without \`membership\`: run the commands of the output \`membership_commands\` instead. Invoke the
function with \`{"operation":"sweep","dryRun":true}\` to see what it would decide about requests that are already pending.

Amazon DataZone delivers its events on a best-effort basis: one can be lost. Set \`sweep\`, as the minimal example does, so that every request
is found; or leave it out until you are content with the dry run, and invoke a sweep by hand until then.`,
    picture: `flowchart LR
  datazone[Amazon DataZone] -- Subscription Request Created --> rule[event rule]
  rule --> queue[(queue)] --> approver
  rule -. arrival notice .-> people
  schedule -. sweep .-> approver
  policies[(Cedar policies in SSM)] --> approver
  approver -- accept, reject --> datazone
  approver --> people[topic: people]
  queue -. failed .-> dead[(dead-letter queue)]
  dead -. alarm .-> operators[topic: operators]`,
    promises: [
      "The approver decides only pending requests of the named projects in the one domain.",
      "A first deployment never decides the backlog unasked: the schedule is off by default.",
      "Topics are encrypted with customer-managed keys; only the approver, the event rules and this account's alarms can publish.",
      "The approver's role has exactly the permissions that the function uses.",
      "With an invalid policy set the apply fails, and the old set stays live.",
      "Failures reach the operators' topic: alarms are always on.",
    ],
    permissions: [
      {
        actions: [
          "cloudformation:*Stack*",
          "cloudwatch:*Alarm*",
          "cloudwatch:*Dashboard*",
          "events:*Rule",
          "events:*Targets*",
          "iam:*Role*",
          "kms:CreateKey",
        ],
        purpose:
          "alarms, dashboard, rules, roles, keys and memberships; the READMEs of the modules inside list the actions one by one",
      },
      {
        actions: ["lambda:*", "logs:*", "sns:*", "sqs:*", "ssm:*Parameter*"],
        purpose: "function, log group, topics, queues and policies, as above",
      },
    ],
    notes: [
      "Check and prove policies before `terraform plan`, with the program of the release's npm archive: `npm install --global ./sagemaker-data-access-<version>.tgz`, then `sagemaker-data-access policy check policies && sagemaker-data-access policy prove policies`. The plan itself refuses an `@id` that is not the key, open brackets and a missing `;`; types are for the program, or for the function's check in the apply.",
      "Deploy it to the account and Region of the domain: events reach only its default event bus.",
      "Subscribe a person to the operators' topic.",
      "Never make the approver a member of a subscribing project: Amazon DataZone would then approve that project's requests by itself.",
      "Arrival notices and alarms have no message attributes, so subscriptions with a filter policy never get them.",
    ],
    upgrading: [
      {
        release: "Unreleased",
        note: "Sixteen event rules replace the one for requests: run a sweep afterwards, to find requests that were made while the rules changed. The outputs `event_rule_rules`, `event_rule_request_rules` and `event_rule_names` replace `event_rule_arn`, `event_rule_name`, `event_rule_later_arn` and `event_rule_later_name`; `projects_path`, a path with one or more parameters, replaces `projects_parameter`.",
      },
    ],
  },
  samples: {
    ...approverSamples,
    ...subscriptionSamples("notifications.subscriptions"),
    ...subscriptionSamples("operators.subscriptions"),
    operators: [{}, { subscriptions: { example: { ...MAIL, filterPolicy: { decision: ["waiting"] } } } }],
  },
});
