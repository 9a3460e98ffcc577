import { GetUserProfileCommand, ListProjectMembershipsCommand } from "@aws-sdk/client-datazone";
import { type Account, type Check, GONE, asExpected, differs, notTried, unless } from "../check";

export const membershipField: Check = {
  id: "membership-field",
  asks: "which field of a project's membership takes a role's ARN",
  run: async (account) => {
    const { approver } = account.targets;
    for (const projectIdentifier of approver.projects) {
      const asked = { domainIdentifier: approver.domainId, projectIdentifier };
      const { members = [] } = await account.aws.datazone.send(new ListProjectMembershipsCommand(asked));
      for (const { memberDetails } of members) {
        if (await isApprover(account, memberDetails?.group?.groupId)) return differs("the group's");
        if (await isApprover(account, memberDetails?.user?.userId)) return asExpected("the user's");
      }
    }
    return notTried("the approver's role was not found among the members of a publishing project");
  },
};

/** A member is told by its ARN, or by the id of a profile that has it. */
async function isApprover({ aws, targets }: Account, userIdentifier: string | undefined): Promise<boolean> {
  const { domainId: domainIdentifier, roleArn } = targets.approver;
  if (userIdentifier === undefined || userIdentifier === roleArn) return userIdentifier === roleArn;
  const asked = new GetUserProfileCommand({ domainIdentifier, userIdentifier });
  // A real group has no user's profile.
  const profile = await aws.datazone.send(asked).catch(unless([...GONE, "ValidationException"]));
  return profile?.details?.iam?.arn === roleArn;
}
