import { functionFindings } from "../publishing/accepted";
import { defineModule } from "../publishing/module";
import { approverSamples } from "./props";
import { Approver, approverInputs, type ApproverProps } from "./approver";

export default defineModule<ApproverProps>({
  name: "approver",
  summary:
    "A function that decides Amazon DataZone subscription requests by Cedar policies, with its queues, role and alarms",
  construct: Approver,
  inputs: approverInputs,
  bundle: "approver",
  accepted: [
    ...functionFindings("aws_lambda_function.function", {
      atOnce: "The queue's event source mapping limits how many run at once",
      failures: "What fails is on the queue's dead-letter queue; failures of sweeps go to the operators' topic",
    }),
    ...["set_policy", "set_projects"].map((name) => ({
      check: "CKV2_AWS_34",
      at: `aws_ssm_parameter.${name}`,
      why: "Policies and project ids are no secrets, and a plan should show what changes in them",
    })),
  ],
  readme: {
    about: `Subscription requests arrive on a queue. The function decides each by your Cedar policies: it accepts it, rejects it or leaves it
to a person, and announces that on a topic. A request that cannot be decided ends in a dead-letter queue, with an alarm.

A change of code, settings or policies becomes a new version of the function. The new version checks the policies before the alias \`live\`
is moved to it: with an invalid policy set the apply fails, and the old version stays live with the old set.

Use this module with an event rule and topics of your own. The module subscription-approval puts all of them together.`,
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
      "The function's role has exactly the permissions that the function uses, on the one domain, queue, topic and log group.",
      "With a separate approver role, only the function's role may assume it, and only the approver role may act in Amazon DataZone.",
      "Only the named event rules may send to the queues, and only over TLS.",
      "Queues are encrypted, by SQS itself or with your key, and logs by CloudWatch Logs itself or with your key.",
      "Inside a VPC the function's code cannot make or change network interfaces.",
      "An invalid policy set never goes live.",
      "Failed deliveries, failed decisions and failed asynchronous invocations all reach the operators' topic.",
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
        purpose: "the function, its versions and alias, its event source mapping, and the self-check of each version",
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
        purpose: "the roles, unless you give existing ones",
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
        purpose: "the queues, unless you give existing ones",
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
      {
        actions: ["logs:PutQueryDefinition", "logs:DeleteQueryDefinition", "logs:DescribeQueryDefinitions"],
        purpose: "the query that says who approved what",
      },
      {
        actions: ["cloudwatch:PutDashboard", "cloudwatch:GetDashboard", "cloudwatch:DeleteDashboards"],
        purpose: "the dashboard, if one is made",
      },
    ],
    notes: [
      "Check and prove policies before `terraform plan`, with the program of the release's npm archive: `npm install --global ./sagemaker-data-access-<version>.tgz`, then `sagemaker-data-access policy check policies && sagemaker-data-access policy prove policies`. The plan itself refuses an `@id` that is not the key, open brackets and a missing `;`; types are for the program, or for the function's check in the apply.",
      "The role `member_role_arn` must become a contributor of each publishing project before it can decide anything: see the module project-membership.",
      "Names of roles are made of `name` alone, without the Region, so two deployments in one account need two names, even in different Regions.",
      "Amazon DataZone delivers its events on a best-effort basis: one can be lost. Give the module event-rule a `sweep`, so that every request is found.",
      "A message whose processing fails is received up to five times within 48 minutes (again after 1, 3, 12 and 32 minutes); then it ends in the dead-letter queue, which keeps it for 14 days.",
      "When the self-check fails, the failed version stays published, but the alias does not point to it; the next apply publishes another.",
    ],
    upgrading: [
      {
        release: "Unreleased",
        note: "The output `projects_path`, a path with one or more parameters, replaces `projects_parameter`.",
      },
    ],
  },
  moved: [{ from: "aws_ssm_parameter.set_projects", to: 'aws_ssm_parameter.set_projects["0"]' }],
  samples: { ...approverSamples },
});
