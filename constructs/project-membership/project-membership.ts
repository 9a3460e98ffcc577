import { Construct } from "constructs";
import { CloudformationStack } from "@cdktf/provider-aws/lib/cloudformation-stack";
import { choose, compute, each, given, hcl, json, keep, lookup, map } from "../hosting";
import { resolveProps } from "../inputs";
import { type Member, projectMembershipInputs, type ProjectMembershipProps } from "./props";

export { projectMembershipInputs, type ProjectMembershipProps } from "./props";

/** Members of Amazon DataZone projects, as code: the AWS provider has no resource for them, CloudFormation has. */
export class ProjectMembership extends Construct {
  static readonly module = "project-membership";
  /** AWS CLI command that makes each membership, by its key: for whoever may, where it is not made here. */
  readonly commands: Readonly<Record<string, string>>;
  /** Id of the CloudFormation stack of each membership made here, by its key. */
  readonly stackIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ProjectMembershipProps) {
    super(scope, id);
    const p = resolveProps(this, projectMembershipInputs, props);
    const role = choose(given(p.cloudFormation), ({ role }) => role);
    const stacks = each(keep(p.members, given(p.cloudFormation)), "member", (member, key, id, forEach) => {
      return new CloudformationStack(this, id, {
        name: `${p.name}-member-${key}`,
        onFailure: "DELETE",
        iamRoleArn: choose(given(role), ({ arn }) => arn),
        templateBody: template(p.domain.id, member),
        tags: p.tags,
        forEach,
      });
    });
    this.stackIds = stacks.attribute("id");
    this.commands = map(p.members, (member) => command(p.domain.id, member));
  }
}

/** No Outputs: the resource's own attributes are of no use to anyone. */
const template = (domainId: string, { projectId, identifier, type, designation }: Member): string =>
  json({
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Member of an Amazon DataZone project",
    Resources: {
      Membership: {
        Type: "AWS::DataZone::ProjectMembership",
        Properties: {
          DomainIdentifier: domainId,
          ProjectIdentifier: projectId,
          Designation: designation,
          Member: { [lookup({ user: "UserIdentifier", group: "GroupIdentifier" }, type)]: identifier },
        },
      },
    },
  });

const command = (domainId: string, member: Member): string =>
  [
    "aws datazone create-project-membership",
    `--domain-identifier ${domainId}`,
    `--project-identifier ${member.projectId}`,
    `--designation ${designation(member)}`,
    `--member ${shellQuoted(json({ [lookup({ user: "userIdentifier", group: "groupIdentifier" }, member.type)]: member.identifier }))}`,
  ].join(" ");

/** DataZone takes the id of a user-created designation together with that name, and only with it. */
const designation = ({ designation, userCreatedDesignation }: Member): string =>
  choose(
    given(userCreatedDesignation),
    ({ id }) => `USER_CREATED_DESIGNATION --user-created-designation-id ${id}`,
    designation,
  );

/** A text as one word of a POSIX shell. */
const shellQuoted = (text: string): string =>
  compute(
    text,
    (known) => `'${known.replace(/'/g, "'\\''")}'`,
    (unknown) => hcl`"'\${replace(${unknown}, "'", "'\\\\''")}'"`,
  );
