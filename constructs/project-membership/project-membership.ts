import { Construct } from "constructs";
import { CloudformationStack } from "@cdktf/provider-aws/lib/cloudformation-stack";
import {
  choose,
  domainIdInput,
  each,
  entriesIf,
  existing,
  ifGiven,
  inputs,
  inside,
  json,
  keysMatch,
  matches,
  type Named,
  namedInputs,
  oneOf,
  projectIdInput,
  resolveProps,
  shellQuoted,
  textOfEach,
} from "../hosting";

/** Someone who becomes a member of a project. */
export interface Member {
  /** Id of the project. */
  readonly projectId: string;
  /** ARN of an IAM role or user, or id of a user or group of the domain. */
  readonly identifier: string;
  /**
   * Which field of the API takes the identifier. Public examples differ on where a role's ARN belongs.
   * @default "user"
   */
  readonly type?: "user" | "group";
  /**
   * What the member may do: PROJECT_OWNER, PROJECT_CONTRIBUTOR, PROJECT_CATALOG_VIEWER, PROJECT_CATALOG_CONSUMER,
   * PROJECT_CATALOG_STEWARD, or a designation of the domain's own.
   * @default "PROJECT_CONTRIBUTOR"
   */
  readonly designation?: string;
}

export interface ProjectMembershipProps extends Named {
  /** The Amazon DataZone domain. */
  readonly domain: { readonly id: string };
  /** Members by a name that stays: a change touches that one alone. */
  readonly members: Readonly<Record<string, Member>>;
  /**
   * Makes the memberships, one CloudFormation stack each. Whoever deploys, or the deployment role, must own the project or its
   * domain unit; the domain's execution role needs `iam:GetRole` and `iam:GetUser`; and the policy
   * ADD_TO_PROJECT_MEMBER_POOL must be granted on every domain unit above the project. Otherwise DataZone answers 403.
   * @default - not made: `commands` says what to run
   */
  readonly cloudFormation?: {
    /**
     * Role that CloudFormation acts as.
     * @default - whoever deploys
     */
    readonly role?: { readonly arn: string };
  };
}

export const projectMembershipInputs = inputs<ProjectMembershipProps>()({
  ...namedInputs,
  domain: { kind: "object", fields: { id: domainIdInput } },
  members: {
    kind: "map",
    rules: [
      keysMatch(
        /^[A-Za-z0-9-]{1,60}$/,
        "must have keys of 1 to 60 letters, digits and hyphens, because they become part of stack names",
      ),
    ],
    of: {
      kind: "object",
      fields: {
        projectId: projectIdInput,
        identifier: {
          kind: "string",
          rules: [matches(/^\S+$/, "must be an ARN or an id without blanks")],
        },
        type: { kind: "string", optional: true, default: "user", rules: [oneOf("user", "group")] },
        designation: {
          kind: "string",
          optional: true,
          default: "PROJECT_CONTRIBUTOR",
          rules: [
            matches(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ and -, e.g. PROJECT_CONTRIBUTOR"),
          ],
        },
      },
    },
  },
  cloudFormation: { kind: "object", optional: true, fields: { role: existing } },
});

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
    const role = inside(p.cloudFormation, "role");
    const stacks = each(entriesIf(p.cloudFormation, p.members), "member", (member, key, id, forEach) => {
      return new CloudformationStack(this, id, {
        name: `${p.name}-member-${key}`,
        onFailure: "DELETE",
        iamRoleArn: ifGiven(role, ({ arn }) => arn, undefined),
        templateBody: template(p.domain.id, member),
        tags: p.tags,
        forEach,
      });
    });
    this.stackIds = stacks.attribute("id");
    this.commands = textOfEach(p.members, (member) => command(p.domain.id, member));
  }
}

type ResolvedMember = Required<Member>;

/** No Outputs: the resource's own attributes are of no use to anyone. */
const template = (domainId: string, { projectId, identifier, type, designation }: ResolvedMember): string =>
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
          Member: { [choose(type, { user: "UserIdentifier", group: "GroupIdentifier" })]: identifier },
        },
      },
    },
  });

const command = (domainId: string, { projectId, identifier, type, designation }: ResolvedMember): string =>
  [
    "aws datazone create-project-membership",
    `--domain-identifier ${domainId}`,
    `--project-identifier ${projectId}`,
    `--designation ${designation}`,
    `--member ${shellQuoted(json({ [choose(type, { user: "userIdentifier", group: "groupIdentifier" })]: identifier }))}`,
  ].join(" ");
