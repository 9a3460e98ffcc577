import { Construct } from "constructs";
import { CloudformationStack, type CloudformationStackConfig } from "@cdktf/provider-aws/lib/cloudformation-stack";
import { DatazoneUserProfile } from "@cdktf/provider-aws/lib/datazone-user-profile";
import { choose, compute, each, given, hcl, json, keep, local, lookup, map } from "../hosting";
import { resolveProps } from "../inputs";
import {
  type Identified,
  type Member,
  type MemberPool,
  projectMembershipInputs,
  type ProjectMembershipProps,
} from "./props";

export { projectMembershipInputs, type ProjectMembershipProps } from "./props";

/** Members of Amazon DataZone projects, as code. They are made by CloudFormation, because the AWS provider has no resource for them. */
export class ProjectMembership extends Construct {
  static readonly module = "project-membership";
  /** AWS CLI command that makes a membership, for each member by its key. Run it where `cloudFormation` is not given. */
  readonly commands: Readonly<Record<string, string>>;
  /** Id of each user profile created here, by the profile's key. */
  readonly userProfileIds: Readonly<Record<string, string>>;
  /** Id of the CloudFormation stack of each membership created here, by the member's key. */
  readonly stackIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ProjectMembershipProps) {
    super(scope, id);
    const p = resolveProps(this, projectMembershipInputs, props);
    const { domain } = p;
    const profiles = each(p.userProfiles, "profile", ({ identifier, type }, _key, id, forEach) => {
      return new DatazoneUserProfile(this, id, {
        domainIdentifier: domain.id,
        userIdentifier: identifier,
        userType: type,
        forEach,
      });
    });
    this.userProfileIds = profiles.attribute("id");
    const identifierOf = ({ identifier, userProfile }: Identified): string =>
      choose(given(userProfile), ({ key }) => profiles.at(key, "id"), identifier);
    const identifiers = local(this, "identifiers", map(p.members, identifierOf));

    const role = choose(given(p.cloudFormation), ({ role }) => role);
    const stack = (id: string, name: string, config: Omit<CloudformationStackConfig, "name">): CloudformationStack => {
      const iamRoleArn = choose(given(role), ({ arn }) => arn);
      // It matters when a stack is made, and is not read: of an imported one it would be a change that takes the member away.
      const lifecycle = { ignoreChanges: ["on_failure"] };
      return new CloudformationStack(this, id, {
        ...{ name, onFailure: "DELETE", iamRoleArn, tags: p.tags, lifecycle },
        ...config,
      });
    };
    const pools = each(keep(p.memberPools, given(p.cloudFormation)), "pool", (pool, key, id, forEach) => {
      return stack(id, `${p.name}-pool-${key}`, {
        templateBody: poolTemplate(domain.id, pool, identifierOf(pool)),
        forEach,
      });
    });
    const stacks = each(keep(p.members, given(p.cloudFormation)), "member", (member, key, id, forEach) => {
      const templateBody = memberTemplate(domain.id, member, lookup(identifiers, key));
      return stack(id, `${p.name}-member-${key}`, { templateBody, dependsOn: pools.all, forEach });
    });
    this.stackIds = stacks.attribute("id");
    this.commands = map(p.members, (member, key) => command(domain.id, member, lookup(identifiers, key)));
  }
}

/** A CloudFormation template without Outputs: nothing needs the resources' attributes. */
const template = (description: string, resources: object): string =>
  json({ AWSTemplateFormatVersion: "2010-09-09", Description: description, Resources: resources });

const memberTemplate = (domainId: string, { projectId, type, designation }: Member, identifier: string): string =>
  template("Member of an Amazon DataZone project", {
    Membership: {
      Type: "AWS::DataZone::ProjectMembership",
      Properties: {
        DomainIdentifier: domainId,
        ProjectIdentifier: projectId,
        Designation: designation,
        Member: { [lookup({ user: "UserIdentifier", group: "GroupIdentifier" }, type)]: identifier },
      },
    },
  });

const poolTemplate = (domainId: string, { domainUnitId, type }: MemberPool, identifier: string): string =>
  template("Who may be added to the projects of an Amazon DataZone domain unit", {
    PolicyGrant: {
      Type: "AWS::DataZone::PolicyGrant",
      Properties: {
        DomainIdentifier: domainId,
        EntityType: "DOMAIN_UNIT",
        EntityIdentifier: domainUnitId,
        PolicyType: "ADD_TO_PROJECT_MEMBER_POOL",
        Detail: { AddToProjectMemberPool: { IncludeChildDomainUnits: true } },
        Principal: {
          [lookup({ user: "User", group: "Group" }, type)]: {
            [lookup({ user: "UserIdentifier", group: "GroupIdentifier" }, type)]: identifier,
          },
        },
      },
    },
  });

const command = (domainId: string, member: Member, identifier: string): string =>
  [
    "aws datazone create-project-membership",
    `--domain-identifier ${domainId}`,
    `--project-identifier ${member.projectId}`,
    `--designation ${designation(member)}`,
    `--member '{"${member.type}Identifier":${withinQuotes(json(identifier))}}'`,
  ].join(" ");

/** DataZone wants the id of a user-created designation together with the designation USER_CREATED_DESIGNATION, and refuses it with another. */
const designation = ({ designation, userCreatedDesignation }: Member): string =>
  choose(
    given(userCreatedDesignation),
    ({ id }) => `USER_CREATED_DESIGNATION --user-created-designation-id ${id}`,
    designation,
  );

/** A text escaped to stand between single quotes in a POSIX shell. */
const withinQuotes = (text: string): string =>
  compute(
    text,
    (known) => known.replace(/'/g, "'\\''"),
    (unknown) => hcl`replace(${unknown}, "'", "'\\\\''")`,
  );
