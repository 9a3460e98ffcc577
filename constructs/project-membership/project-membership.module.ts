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
    why: "Terraform waits for the stack and reports why it failed, so nobody needs a notification",
  })),
  readme: {
    about: `The AWS provider has no resource for members of an Amazon DataZone project, but CloudFormation has. With \`cloud_formation\` this
module makes one CloudFormation stack for each member. Without it, the module makes no membership, and its output \`commands\` has the AWS CLI
commands to run instead. Before the memberships it can make user profiles of roles (\`user_profiles\`) and grant the policy that memberships
need on domain units (\`member_pools\`).

Never make the approver a member of a *subscribing* project: Amazon DataZone would then approve that project's requests by itself.`,
    promises: [
      "No membership and no policy grant is made unless `cloud_formation` is given.",
      "A stack whose creation fails is deleted, so that the next apply can try again.",
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
      { actions: ["iam:PassRole"], purpose: "the role that CloudFormation assumes, with `cloud_formation.role`" },
      {
        actions: [
          "datazone:CreateProjectMembership",
          "datazone:DeleteProjectMembership",
          "datazone:ListProjectMemberships",
        ],
        purpose: "the memberships; whoever applies needs it, or `cloud_formation.role`",
      },
      {
        actions: ["datazone:AddPolicyGrant", "datazone:RemovePolicyGrant", "datazone:ListPolicyGrants"],
        purpose: "the policy grants of `member_pools`; whoever applies needs it, or `cloud_formation.role`",
      },
      {
        actions: ["datazone:CreateUserProfile", "datazone:GetUserProfile", "datazone:UpdateUserProfile"],
        purpose: "the user profiles; whoever applies needs it",
      },
    ],
    notes: [
      "Whoever makes a membership must own the project or its domain unit, and the policy ADD_TO_PROJECT_MEMBER_POOL must be granted on every domain unit above the project; otherwise the stack fails with 403.",
      "DataZone cannot delete a user profile: one that was created here stays in the domain after you remove it from the configuration.",
      "AWS does not document what CloudFormation does about a policy grant that exists already. Leave out of `member_pools` what has been granted by hand, or remove that grant first.",
      "Changing a member's designation updates the membership in place; changing its identifier or project replaces it.",
      "A designation that the domain's owners created (`user_created_designation`) works only in the output `commands`: CloudFormation has no property for it.",
      "Roles that are members have been reported to get 403 after a while (aws/modern-data-architecture-accelerator issue 61, open in June 2026). The approver's `check` reports whether its role is a member, and operators get a message when DataZone reports its removal; to add it again, run its command from the output `commands`.",
    ],
  },
});
