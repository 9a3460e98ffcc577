import { functionFindings } from "../publishing/accepted";
import { defineModule } from "../publishing/module";
import { approverSamples } from "./props";
import { Approver, approverInputs, type ApproverProps } from "./approver";

export default defineModule<ApproverProps>({
  name: "approver",
  summary:
    "The function that decides Amazon DataZone subscription requests by Cedar policies, with its queues, role and alarms",
  construct: Approver,
  inputs: approverInputs,
  bundle: "approver",
  accepted: [
    ...functionFindings("aws_lambda_function.function", {
      atOnce: "The queue's event source mapping bounds how many run at once",
      failures: "What fails is on the queue's dead-letter queue; failures of sweeps go to the operators' topic",
    }),
    ...["set_policy", "set_projects"].map((name) => ({
      check: "CKV2_AWS_34",
      at: `aws_ssm_parameter.${name}`,
      why: "Policies and project ids are no secrets: a plan is to show what changes in them",
    })),
  ],
  readme: {
    about: `A queue takes subscription requests in, the function decides each by your Cedar policies and accepts it, rejects it or leaves it to a
person, and a topic announces what became of it. What cannot be decided ends in a dead-letter queue, with an alarm.

A change of code, settings or policies becomes a new version of the function. It checks the policies before the alias moves to
it: a set that is not valid fails the apply, and the old version stays live with the old set.

Use it with a rule and topics of your own. The module subscription-approval puts all of them together.`,
    picture: `flowchart LR
  rule[event rule] --> queue[(queue)]
  schedule --> live
  person --> live
  queue --> live[function, alias live]
  live -- sweep --> queue
  live -- accept, reject --> datazone[Amazon DataZone]
  live --> topic[topic]
  queue -. after 5 receives .-> dead[(dead-letter queue)]
  dead -. alarm .-> operators[operators' topic]
  ssm[(policies in SSM)] --> live`,
    promises: [
      "The function's role may do exactly what the function does, on the one domain, queue, topic and log group.",
      "With a separate approver role, only the function's role may assume it, and only that role may act in Amazon DataZone.",
      "Only the named event rules may send to the queues, and only over TLS.",
      "Queues are encrypted, by SQS itself or with the key that is given; so are logs.",
      "Inside a VPC the function's code cannot make or change network interfaces.",
      "A policy set that is not valid never goes live.",
      "Nothing ends in silence: failed deliveries, failed decisions and failed asynchronous invocations reach the operators' topic.",
    ],
    permissions: [
      {
        actions: [
          "lambda:CreateFunction",
          "lambda:UpdateFunction*",
          "lambda:DeleteFunction",
          "lambda:PublishVersion",
          "lambda:CreateAlias",
          "lambda:UpdateAlias",
          "lambda:DeleteAlias",
          "lambda:*EventSourceMapping",
          "lambda:*FunctionEventInvokeConfig",
          "lambda:InvokeFunction",
          "lambda:TagResource",
          "lambda:Get*",
          "lambda:List*",
        ],
        purpose: "the function, its versions and alias, what feeds it, and the check of each version",
      },
      {
        actions: [
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:PassRole",
          "iam:*RolePolicy",
          "iam:TagRole",
          "iam:Get*",
          "iam:List*",
        ],
        purpose: "the roles, unless they are given",
      },
      {
        actions: [
          "sqs:CreateQueue",
          "sqs:DeleteQueue",
          "sqs:SetQueueAttributes",
          "sqs:TagQueue",
          "sqs:Get*",
          "sqs:List*",
        ],
        purpose: "the queues, unless they are given",
      },
      {
        actions: [
          "ssm:PutParameter",
          "ssm:DeleteParameter",
          "ssm:AddTagsToResource",
          "ssm:Get*",
          "ssm:Describe*",
          "ssm:List*",
        ],
        purpose: "the policies and the publishing projects",
      },
      {
        actions: [
          "logs:CreateLogGroup",
          "logs:DeleteLogGroup",
          "logs:PutRetentionPolicy",
          "logs:TagResource",
          "logs:Describe*",
          "logs:List*",
        ],
        purpose: "the log group",
      },
      {
        actions: [
          "cloudwatch:PutMetricAlarm",
          "cloudwatch:DeleteAlarms",
          "cloudwatch:TagResource",
          "cloudwatch:Describe*",
          "cloudwatch:List*",
        ],
        purpose: "the alarms",
      },
    ],
    notes: [
      "The role `member_role_arn` must become a contributor of each publishing project before it can decide anything: see the module project-membership.",
      "Roles are named for `name` alone, so one account holds one deployment of a name, whatever the Region.",
      "Amazon DataZone delivers its events on a best-effort basis: one can be lost. Give the module event-rule a `sweep`, so that every request is found.",
      "A message that fails for now is received five times in 48 minutes (after 1, 3, 12 and 32 more) before it ends in the dead-letter queue, which keeps it for 14 days.",
      "A failed check leaves the failed version published; the next apply publishes another.",
    ],
  },
  moved: [{ from: "aws_ssm_parameter.set_projects", to: 'aws_ssm_parameter.set_projects["0"]' }],
  samples: { ...approverSamples },
});
