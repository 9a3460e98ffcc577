import { type Check, asExpected, differs, notTried } from "../check";
import { decisions } from "../decisions";
import { callsOf } from "../trail";

export const cloudtrail: Check = {
  id: "cloudtrail",
  asks: "whether CloudTrail shows the approver's role as who decided",
  run: async (account) => {
    const [latest] = await decisions(account);
    if (!latest) return notTried("this approver has decided nothing yet");
    const operation = latest.status === "ACCEPTED" ? "AcceptSubscriptionRequest" : "RejectSubscriptionRequest";
    const calls = await callsOf(account, operation, account.targets.approver.roleArn);
    return calls.length > 0 ? asExpected("its decisions are there") : differs("of its decisions there is none");
  },
};
