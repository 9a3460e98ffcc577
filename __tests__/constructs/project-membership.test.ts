import { execFileSync } from "node:child_process";
import { ProjectMembership, type ProjectMembershipProps } from "../../constructs/project-membership/project-membership";
import definition from "../../constructs/project-membership/project-membership.module";
import { environment, moduleOf } from "../support/hosts";
import { addresses, resource, resources } from "../support/synthesized";
import { projectMembership } from "./fixtures";

let commands: Readonly<Record<string, string>> = {};
const synth = (props: ProjectMembershipProps): object =>
  environment((stack) => ({ commands } = new ProjectMembership(stack, "members", props)));

const minimal = synth(projectMembership.minimal);
const complete = synth(projectMembership.complete);
const template = (configuration: object, member: string): unknown =>
  JSON.parse(resource(configuration, "aws_cloudformation_stack", member).template_body as string);

test("nothing is made unless CloudFormation is asked for", () => {
  expect(addresses(minimal)).toEqual([]);
});

test("each member, and each grant of the pool, is a stack of its own that is deleted where it cannot be created", () => {
  expect(Object.keys(resources(complete, "aws_cloudformation_stack"))).toEqual([
    "members_pool_sales",
    "members_pool_analysts",
    "members_member_approver",
    "members_member_analysts",
  ]);
  expect(resource(complete, "aws_cloudformation_stack", "member_approver")).toMatchObject({
    name: "approvals-member-approver",
    on_failure: "DELETE",
    iam_role_arn: "arn:aws:iam::111122223333:role/deployment",
  });
});

test("a member is a contributor by default, in the field for users", () => {
  const made = synth({ ...projectMembership.minimal, cloudFormation: {} });
  expect(template(made, "approver")).toMatchObject({
    Resources: {
      Membership: {
        Type: "AWS::DataZone::ProjectMembership",
        Properties: {
          DomainIdentifier: "dzd_4fbz9qk1x2",
          ProjectIdentifier: "sal3s",
          Designation: "PROJECT_CONTRIBUTOR",
          Member: { UserIdentifier: "arn:aws:iam::111122223333:role/approver" },
        },
      },
    },
  });
  expect(template(made, "approver")).not.toHaveProperty("Outputs");
});

test("what goes by a user profile goes by its id, in the command too", () => {
  synth(projectMembership.complete);
  expect(resource(complete, "aws_datazone_user_profile", "profile_approver")).toMatchObject({
    domain_identifier: "dzd_4fbz9qk1x2",
    user_identifier: "arn:aws:iam::111122223333:role/approver",
    user_type: "IAM_ROLE",
  });
  for (const stack of ["member_approver", "pool_sales"]) {
    expect(resource(complete, "aws_cloudformation_stack", stack).template_body).toContain(
      '"UserIdentifier" = aws_datazone_user_profile.members_profile_approver.id',
    );
  }
  expect(JSON.stringify(complete)).not.toContain('"UserIdentifier" = "arn:');
});

test("a domain unit's pool is granted with all units below it, before anybody is added", () => {
  expect(template(complete, "pool_analysts")).toMatchObject({
    Resources: {
      PolicyGrant: {
        Type: "AWS::DataZone::PolicyGrant",
        Properties: {
          DomainIdentifier: "dzd_4fbz9qk1x2",
          EntityType: "DOMAIN_UNIT",
          EntityIdentifier: "sales-unit",
          PolicyType: "ADD_TO_PROJECT_MEMBER_POOL",
          Detail: { AddToProjectMemberPool: { IncludeChildDomainUnits: true } },
          Principal: { Group: { GroupIdentifier: "it's-a-group" } },
        },
      },
    },
  });
  expect(resource(complete, "aws_cloudformation_stack", "member_approver").depends_on).toEqual([
    "aws_cloudformation_stack.members_pool_sales",
    "aws_cloudformation_stack.members_pool_analysts",
  ]);
});

test("a group's designation is free", () => {
  expect(template(complete, "member_analysts")).toMatchObject({
    Resources: {
      Membership: {
        Properties: { Designation: "PROJECT_CATALOG_VIEWER", Member: { GroupIdentifier: "it's-a-group" } },
      },
    },
  });
});

test("the commands mean the same, and a shell reads them as they are meant", () => {
  const words = execFileSync("sh", ["-c", `printf '%s\\n' ${commands.analysts}`], { encoding: "utf8" })
    .trim()
    .split("\n");
  expect(words).toEqual([
    "aws",
    "datazone",
    "create-project-membership",
    "--domain-identifier",
    "dzd_4fbz9qk1x2",
    "--project-identifier",
    "sal3s",
    "--designation",
    "PROJECT_CATALOG_VIEWER",
    "--member",
    '{"groupIdentifier":"it\'s-a-group"}',
  ]);
});

test("a designation of the domain's own is in the command, with its id", () => {
  const { members } = projectMembership.minimal;
  const own = { ...members.approver!, userCreatedDesignation: { id: "steward1" } };
  synth({ ...projectMembership.minimal, members: { approver: own } });
  expect(commands.approver).toContain(
    " --designation USER_CREATED_DESIGNATION --user-created-designation-id steward1 --member ",
  );
});

test("a module's command has it too, where it is given", () => {
  const { value } = (moduleOf(definition) as { output: { commands: { value: string } } }).output.commands;
  expect(value.replaceAll('\\"', '"')).toContain(
    '--designation ${entry.user_created_designation == null ? entry.designation : "USER_CREATED_DESIGNATION ' +
      '--user-created-designation-id ${entry.user_created_designation.id}"} --member',
  );
});

test("a member more is a stack more", () => {
  const { members } = projectMembership.complete;
  const others = { approver: members.approver! };
  expect(
    addresses(complete).filter(
      (address) => !addresses(synth({ ...projectMembership.complete, members: others })).includes(address),
    ),
  ).toEqual(["aws_cloudformation_stack.members_member_analysts"]);
});

describe("is refused", () => {
  const member = { projectId: "sal3s", identifier: "x" };
  test.each([
    [
      "a key that cannot be in a stack's name",
      { members: { a_b: member } },
      /members: must have keys of 1 to 60 letters, digits and hyphens/,
    ],
    [
      "a type that is none",
      { members: { a: { ...member, type: "role" } } },
      /members\.a\.type: must be one of user, group \(given: "role"\)/,
    ],
    [
      "a designation that is not the service's",
      { members: { a: { ...member, designation: "data owner" } } },
      /members\.a\.designation: must be one of PROJECT_OWNER, PROJECT_CONTRIBUTOR, PROJECT_CATALOG_VIEWER, PROJECT_CATALOG_CONSUMER, PROJECT_CATALOG_STEWARD \(given: "data owner"\)/,
    ],
    [
      "a designation of the domain's own without its id",
      { members: { a: { ...member, designation: "USER_CREATED_DESIGNATION" } } },
      /members\.a\.designation: must be one of/,
    ],
    [
      "a designation of the domain's own that CloudFormation is to give",
      { members: { a: { ...member, userCreatedDesignation: { id: "d1" } } }, cloudFormation: {} },
      /members\.a\.userCreatedDesignation: CloudFormation has no property for a user-created designation: leave out cloudFormation/,
    ],
    [
      "a user profile that is not made",
      { members: { a: { ...member, userProfile: { key: "b" } } } },
      /members\.a\.userProfile\.key: must be a key of userProfiles, and only where type is user/,
    ],
    [
      "a user profile called like what every object has",
      { members: { a: { ...member, userProfile: { key: "constructor" } } } },
      /members\.a\.userProfile\.key: must be a key of userProfiles, and only where type is user/,
    ],
    [
      "a user profile of a group",
      {
        members: { a: { ...member, type: "group", userProfile: { key: "b" } } },
        userProfiles: { b: { identifier: "x" } },
      },
      /members\.a\.userProfile\.key: must be a key of userProfiles/,
    ],
    [
      "a pool that nothing makes",
      { memberPools: { a: { domainUnitId: "u", identifier: "x" } } },
      /memberPools: must be left out without cloudFormation/,
    ],
    [
      "a domain unit that is none",
      { memberPools: { a: { domainUnitId: "Sales", identifier: "x" } }, cloudFormation: {} },
      /memberPools\.a\.domainUnitId: must be the id of a DataZone domain unit/,
    ],
    [
      "a project id that is none",
      { members: { a: { ...member, projectId: "" } } },
      /members\.a\.projectId: must be the id of a DataZone project/,
    ],
  ])("%s", (_, props, message) => {
    const wrong = (): object => synth({ ...projectMembership.minimal, ...props } as ProjectMembershipProps);
    expect(wrong).toThrow(message);
    expect(wrong).toThrow(/^test\/members:\n/);
  });
});

test("the minimal members", () => expect(minimal).toMatchSnapshot());
test("the complete members", () => expect(complete).toMatchSnapshot());
test("the module", () => expect(moduleOf(definition)).toMatchSnapshot());
