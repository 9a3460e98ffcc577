import type * as api from "@aws-sdk/client-datazone";
import {
  type Context,
  OWNERS,
  type Operation,
  USER_CREATED,
  domainOf,
  findProfile,
  profileOf,
  projectFor,
} from "../context";
import { found, invalid, notFound } from "../errors";
import { sendUndocumented } from "../events";
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
  sendUndocumented(context, "Project Member Removal Succeeded", domain, project.id);
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
) => {
  const { userType, userIdentifier } = input;
  const expected = userType && USER_TYPES[userType];
  if (expected && !expected.test(userIdentifier)) throw invalid(`${userIdentifier} is not of the type ${userType}.`);
  return profileOf(domainOf(context, input.domainIdentifier), userIdentifier);
};

/** What identifies a user of each type. */
const USER_TYPES: Readonly<Record<string, RegExp>> = {
  IAM_USER: /^arn:[^:]+:iam::\d{12}:user\//,
  IAM_ROLE: /^arn:[^:]+:iam::\d{12}:role\//,
  IAM_ROLE_SESSION: /^arn:[^:]+:(iam::\d{12}:role|sts::\d{12}:assumed-role)\//,
  SSO_USER: /^(?!arn:)/,
};

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

/** As the service model has it, which knows user-created designations; the SDK, from which the types come, does not. */
interface MembershipInput {
  readonly member: api.Member;
  readonly designation: string;
  readonly userCreatedDesignationId?: string | undefined;
}

/** @throws ApiError ValidationException for somebody who is a member already */
export function addMember(
  context: Context,
  domain: Domain,
  project: Project,
  { member, designation, userCreatedDesignationId }: MembershipInput,
): void {
  const { roleMemberField, secondMembership } = context.behaviour;
  const { kind, identifier } = fieldOf(member);
  const isPrincipal = identifier.startsWith("arn:") || findProfile(domain, identifier)?.type === "IAM";
  if (isPrincipal && roleMemberField !== "either" && roleMemberField !== kind) {
    throw invalid(`An IAM principal is not a member as a ${kind}: ${identifier}`);
  }
  requireDesignation(domain, designation, userCreatedDesignationId);
  const existing = findMember(domain, project, identifier);
  if (
    existing &&
    (secondMembership === "refused" || isSameDesignation(existing, designation, userCreatedDesignationId))
  ) {
    throw invalid(`${identifier} is already a member of project ${project.id}.`);
  }
  const id = kind === "user" || isPrincipal ? profileOf(domain, identifier).id : identifier;
  project.memberships.set(id, { member: id, kind, designation, userCreatedDesignationId });
  const what = existing ? "Role Change" : "Addition";
  sendUndocumented(context, `Project Member ${what} Succeeded`, domain, project.id);
}

/** A user-created designation is named by its id; no other designation has one. */
export function requireDesignation(domain: Domain, designation: string, id: string | undefined): void {
  if ((designation === USER_CREATED) !== (id !== undefined)) {
    throw invalid(`userCreatedDesignationId is required for the designation ${USER_CREATED}, and taken for no other.`);
  }
  if (id !== undefined) found(domain.designations, "Designation", id);
}

const isSameDesignation = (membership: Membership, designation: string, id: string | undefined): boolean =>
  membership.designation === designation && membership.userCreatedDesignationId === id;

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
