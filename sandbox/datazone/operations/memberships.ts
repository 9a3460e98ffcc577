import type * as api from "@aws-sdk/client-datazone";
import { type Context, OWNERS, type Operation, domainOf, findProfile, profileOf, projectFor } from "../context";
import { invalid, notFound } from "../errors";
import { page } from "../pages";
import type { Domain, Membership, Project } from "../store";

const CreateProjectMembership: Operation<
  api.CreateProjectMembershipCommandInput,
  api.CreateProjectMembershipCommandOutput
> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const project = projectFor(context, domain, input.projectIdentifier, OWNERS, "CreateProjectMembership");
  addMember(context, domain, project, input);
  return {};
};

const DeleteProjectMembership: Operation<
  api.DeleteProjectMembershipCommandInput,
  api.DeleteProjectMembershipCommandOutput
> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const project = projectFor(context, domain, input.projectIdentifier, OWNERS, "DeleteProjectMembership");
  const { identifier } = fieldOf(input.member);
  const membership = findMember(domain, project, identifier);
  if (!membership) throw notFound(`Member of project ${project.id}`, identifier);
  project.memberships.delete(membership.member);
  return {};
};

const ListProjectMemberships: Operation<
  api.ListProjectMembershipsCommandInput,
  api.ListProjectMembershipsCommandOutput
> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const project = projectFor(context, domain, input.projectIdentifier, "any", "ListProjectMemberships");
  const { items, nextToken } = page(
    project.memberships.values(),
    ({ member }) => memberName(domain, member),
    input,
    input.sortOrder,
  );
  return {
    members: items.map(({ member, kind, designation, userCreatedDesignationId }) => ({
      memberDetails: kind === "user" ? { user: { userId: member } } : { group: { groupId: member } },
      designation: designation as api.UserDesignation,
      userCreatedDesignationId,
    })),
    nextToken,
  };
};

const CreateUserProfile: Operation<api.CreateUserProfileCommandInput, api.CreateUserProfileCommandOutput> = (
  input,
  context,
) => profileOf(domainOf(context, input.domainIdentifier), input.userIdentifier);

const GetUserProfile: Operation<api.GetUserProfileCommandInput, api.GetUserProfileCommandOutput> = (input, context) => {
  const profile = findProfile(domainOf(context, input.domainIdentifier), input.userIdentifier);
  if (!profile || (input.type !== undefined && input.type !== profile.type)) {
    throw notFound("User profile", input.userIdentifier);
  }
  return profile;
};

const UpdateUserProfile: Operation<api.UpdateUserProfileCommandInput, api.UpdateUserProfileCommandOutput> = (
  input,
  context,
) => {
  const profile = findProfile(domainOf(context, input.domainIdentifier), input.userIdentifier);
  if (!profile) throw notFound("User profile", input.userIdentifier);
  profile.status = input.status;
  return profile;
};

/** As the model has it, which knows of designations of one's own, unlike the SDK that lends the types. */
interface MembershipInput {
  readonly member: api.Member;
  readonly designation: string;
  readonly userCreatedDesignationId?: string | undefined;
}

/** @throws ApiError ValidationException for somebody who is a member already */
export function addMember(
  { behaviour }: Context,
  domain: Domain,
  project: Project,
  { member, designation, userCreatedDesignationId }: MembershipInput,
): void {
  const { kind, identifier } = fieldOf(member);
  const isPrincipal = identifier.startsWith("arn:");
  if (isPrincipal && behaviour.roleMemberField !== "either" && behaviour.roleMemberField !== kind) {
    throw invalid(`An IAM principal is not a member as a ${kind}: ${identifier}`);
  }
  if (designation === "USER_CREATED_DESIGNATION" && userCreatedDesignationId === undefined) {
    throw invalid("userCreatedDesignationId is required for the designation USER_CREATED_DESIGNATION.");
  }
  if (findMember(domain, project, identifier)) {
    throw invalid(`${identifier} is already a member of project ${project.id}.`);
  }
  const id = kind === "user" || isPrincipal ? profileOf(domain, identifier).id : identifier;
  project.memberships.set(id, { member: id, kind, designation, userCreatedDesignationId });
}

export function findMember(domain: Domain, project: Project, identifier: string): Membership | undefined {
  return project.memberships.get(findProfile(domain, identifier)?.id ?? identifier);
}

function fieldOf(member: api.Member): { kind: "user" | "group"; identifier: string } {
  return member.userIdentifier !== undefined
    ? { kind: "user", identifier: member.userIdentifier }
    : { kind: "group", identifier: member.groupIdentifier ?? "" };
}

const memberName = (domain: Domain, member: string) => {
  const details = domain.profiles.get(member)?.details;
  return `${details?.iam?.arn ?? details?.sso?.username ?? ""} ${member}`;
};

export const memberships = {
  CreateProjectMembership,
  DeleteProjectMembership,
  ListProjectMemberships,
  CreateUserProfile,
  GetUserProfile,
  UpdateUserProfile,
};
