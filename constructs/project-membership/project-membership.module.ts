import { defineModule } from "../publishing/module";
import { madeByCloudFormation } from "./props";
import { ProjectMembership, projectMembershipInputs, type ProjectMembershipProps } from "./project-membership";

export default defineModule<ProjectMembershipProps>({
  name: "project-membership",
  summary: "Members of Amazon DataZone projects, as code",
  construct: ProjectMembership,
  inputs: projectMembershipInputs,
  broken: [
    {
      rule: madeByCloudFormation,
      variables: {
        cloud_formation: {},
        members: {
          example: { project_id: "5yw1mwl0k9d3sh", identifier: "someone", user_created_designation: { id: "steward" } },
        },
      },
    },
  ],
  readme: {
    about: `The AWS provider has no resource for the members of an Amazon DataZone project, CloudFormation has: this module makes one
CloudFormation stack a member, if \`cloud_formation\` is given. If not, it makes nothing, and its output says what to run.

Never make the approver a member of a *subscribing* project: the service then approves that project's requests by itself.`,
    promises: [
      "Nothing is made unless `cloud_formation` is given.",
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
    ],
    notes: [
      "Whoever makes a membership must own the project or its domain unit, and the policy ADD_TO_PROJECT_MEMBER_POOL must be granted on every domain unit above the project; otherwise the stack fails with 403.",
      "A change of designation updates the membership in place; another member or project replaces it.",
      "A designation that the domain's owners made goes by its id (`user_created_designation`), in the command alone: CloudFormation has no property for it.",
      "Roles that are members have been reported to meet 403 after a while (aws/modern-data-architecture-accelerator issue 61, open in June 2026). The approver's `check` says whether its role is a member, and operators are told when DataZone says that it was removed; adding it again is the command.",
    ],
  },
});
