import { keyPolicyFindings } from "../publishing/accepted";
import { defineModule } from "../publishing/module";
import { subscriptionSamples } from "./subscriptions";
import { NotificationTopic, notificationTopicInputs, type NotificationTopicProps } from "./notification-topic";

export default defineModule<NotificationTopicProps>({
  name: "notification-topic",
  summary:
    "An encrypted SNS topic for announcements of decisions, or for alarms, to which only named publishers can publish",
  construct: NotificationTopic,
  inputs: notificationTopicInputs,
  accepted: keyPolicyFindings("data.aws_iam_policy_document.key_policy"),
  readme: {
    about: `A standard SNS topic for people and machines that need to know about decisions: which request was approved, which waits for a
person, which failed. Subscriptions can filter on the message attributes \`decision\`, \`event\`, \`project\`, \`environment\` and \`severity\`.

Use one topic for the people who ask and approve, and another for operators: CloudWatch alarms and EventBridge rules cannot set
message attributes, so a filtered subscription never gets their messages.`,
    promises: [
      "Messages are encrypted with a customer-managed key: yours, or one created here that rotates yearly.",
      "Only the named roles, the named EventBridge rules and this account's CloudWatch alarms can publish; everyone else is denied, even with an identity policy that allows it.",
      "Publishing without TLS is denied.",
      "Administrators of the key created here can manage it, but not decrypt with it.",
    ],
    permissions: [
      {
        actions: [
          "sns:CreateTopic",
          "sns:DeleteTopic",
          "sns:GetSubscriptionAttributes",
          "sns:GetTopicAttributes",
          "sns:ListTagsForResource",
          "sns:SetSubscriptionAttributes",
          "sns:SetTopicAttributes",
          "sns:Subscribe",
          "sns:TagResource",
          "sns:Unsubscribe",
          "sns:UntagResource",
        ],
        purpose: "the topic, its policy and its subscriptions",
      },
      {
        actions: [
          "kms:CreateKey",
          "kms:PutKeyPolicy",
          "kms:EnableKeyRotation",
          "kms:ScheduleKeyDeletion",
          "kms:Describe*",
          "kms:Get*",
          "kms:List*",
          "kms:TagResource",
        ],
        purpose: "the key, unless you give one",
      },
      {
        actions: ["lambda:AddPermission", "lambda:GetPolicy", "lambda:RemovePermission"],
        purpose: "subscriptions of Lambda functions",
      },
    ],
    notes: [
      "An e-mail subscription waits until its owner follows the link in the confirmation e-mail; one that was never confirmed cannot be destroyed by Terraform and is removed by SNS itself after some days.",
      "`destroy` schedules the key created here for deletion after 30 days.",
    ],
  },
  samples: { ...subscriptionSamples("subscriptions") },
});
