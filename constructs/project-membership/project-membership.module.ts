import { defineModule } from "../publishing/module";
import { ProjectMembership, projectMembershipInputs, type ProjectMembershipProps } from "./project-membership";

export default defineModule<ProjectMembershipProps>({
  name: "project-membership",
  summary: "Members of Amazon DataZone projects, as code",
  construct: ProjectMembership,
  inputs: projectMembershipInputs,
  accepted: ["member", "pool"].map((name) => ({
    check: "CKV_AWS_124",
    at: `aws_cloudformation_stack.${name}`,
    why: "Terraform waits for the stack and says why it failed: nobody has to be told of it",
  })),
  readme: {
    about: `The AWS provider has no resource for the members of an Amazon DataZone project, CloudFormation has: this module makes one
CloudFormation stack a member, if \`cloud_formation\` is given. If not, it makes no membership, and its output says what to run.
If wanted it first makes the user profile of a role (\`user_profiles\`), and grants the policy on domain units that memberships
need (\`member_pools\`).

Never make the approver a member of a *subscribing* project: the service then approves that project's requests by itself.`,
    promises: [
      "No membership and no policy grant is made unless `cloud_formation` is given.",
      "A stack that fails to be created is deleted, so that the next apply can try again.",
    ],
    permissions: [
      {
        actions: [
          "cloudformation:CreateStack",
          "cloudformation:DeleteStack",
          "cloudformation:DescribeStacks",
          "cloudformation:DescribeStackEvents",
          "cloudformation:GetTemplate",
          "cloudformation:UpdateStack",
        ],
        purpose: "the stacks",
      },
      { actions: ["iam:PassRole"], purpose: "the deployment role, if there is one" },
      {
        actions: [
          "datazone:CreateProjectMembership",
          "datazone:DeleteProjectMembership",
          "datazone:ListProjectMemberships",
        ],
        purpose: "the memberships: of whoever applies, or of the deployment role",
      },
      {
        actions: ["datazone:AddPolicyGrant", "datazone:RemovePolicyGrant", "datazone:ListPolicyGrants"],
        purpose: "the grants of `member_pools`: of whoever applies, or of the deployment role",
      },
      {
        actions: ["datazone:CreateUserProfile", "datazone:GetUserProfile", "datazone:UpdateUserProfile"],
        purpose: "the user profiles: of whoever applies",
      },
    ],
    notes: [
      "Whoever makes a membership must own the project or its domain unit, and the policy ADD_TO_PROJECT_MEMBER_POOL must be granted on every domain unit above the project; otherwise the stack fails with 403.",
      "DataZone has no way to delete a user profile: one that is made here and taken out of the configuration stays in the domain.",
      "Which handlers CloudFormation's type for policy grants has for a grant that is there already is not documented: leave out of `member_pools` what has been granted by hand, or take that grant away first.",
      "A change of designation updates the membership in place; another member or project replaces it.",
      "A designation that the domain's owners made goes by its id (`user_created_designation`), in the command alone: CloudFormation has no property for it.",
      "Roles that are members have been reported to meet 403 after a while (aws/modern-data-architecture-accelerator issue 61, open in June 2026). The approver's `check` says whether its role is a member, and operators are told when DataZone says that it was removed; adding it again is the command.",
    ],
  },
});
