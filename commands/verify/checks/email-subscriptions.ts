import { ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import { type Check, asExpected, differs, notTried } from "../check";

export const emailSubscriptions: Check = {
  id: "email-subscriptions",
  asks: "whether e-mail subscriptions are confirmed",
  run: async ({ aws: { sns }, targets: { approver } }) => {
    const all = [];
    for (const TopicArn of approver.topicArns)
      all.push(...((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? []));
    const mails = all.filter(({ Protocol }) => Protocol?.startsWith("email"));
    if (mails.length === 0) return notTried("the topics have none");
    const waiting = mails.filter(({ SubscriptionArn }) => !SubscriptionArn?.startsWith("arn:")).length;
    return (waiting === 0 ? asExpected : differs)(`${waiting} of ${mails.length} wait for their owner to confirm`);
  },
};
