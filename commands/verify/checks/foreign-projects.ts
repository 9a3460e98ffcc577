import { type Check, asExpected, differs, notTried } from "../check";
import { callsOf } from "../trail";

/** Told by what it has tried: the role reads a subscribing project only where a policy refers to its details. */
export const foreignProjects: Check = {
  id: "foreign-projects",
  asks: "whether the approver's role may read projects that it is no member of",
  run: async (account) => {
    const { approver } = account.targets;
    const calls = (await callsOf(account, "GetProject", approver.roleArn)).filter(
      ({ requestParameters }) => !approver.projects.includes(String(requestParameters?.["identifier"])),
    );
    if (calls.length === 0) return notTried("CloudTrail has no try of it: no policy refers to a subscriber's details");
    const refused = calls.filter(({ errorCode }) => errorCode !== undefined).length;
    const seen = `${refused} of ${calls.length} tries were refused`;
    return (refused === calls.length ? asExpected : differs)(seen);
  },
};
