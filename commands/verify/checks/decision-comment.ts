import { GetUserProfileCommand } from "@aws-sdk/client-datazone";
import { type Check, asExpected, differs, notTried } from "../check";
import { decisions } from "../decisions";

export const decisionComment: Check = {
  id: "decision-comment",
  asks: "whether a decision keeps its comment, and names the approver's role as its reviewer",
  run: async (account) => {
    const { aws, targets } = account;
    const [latest] = await decisions(account);
    if (!latest) return notTried("no decision has a comment of this approver");
    if (!latest.reviewerId) return differs("the comment is there, the reviewer is not");
    const { domainId: domainIdentifier, roleArn } = targets.approver;
    const asked = { domainIdentifier, userIdentifier: latest.reviewerId };
    const { details } = await aws.datazone.send(new GetUserProfileCommand(asked));
    return details?.iam?.arn === roleArn
      ? asExpected("the comment is there, the reviewer is the role")
      : differs("the comment is there, the reviewer is another than the role");
  },
};
