import { type Sandbox, startSandbox } from "../../../sandbox";
import { cloudFormation } from "../../../sandbox/cloudformation";
import { departures } from "../../../sandbox/conformance/check";
import { type Exchange, recording } from "../../../sandbox/conformance/record";
import { dataZone } from "../../../sandbox/datazone";
import type { Service, Surroundings } from "../../../sandbox/service";
import { Boto } from "../datazone/boto";

jest.setTimeout(30_000);

let sandbox: Sandbox;
let boto: Boto;
let domainIdentifier: string;
let projectIdentifier: string;
const exchanges: Exchange[] = [];

/** DataZone and CloudFormation as one part of the sandbox, which the second uses the first through. */
function parts(surroundings: Surroundings): Service {
  const record = (service: Service) => recording(service, (exchange) => exchanges.push(exchange));
  const zone = record(dataZone(surroundings));
  const stacks = record(cloudFormation(surroundings, zone));
  return { handle: async (call) => (await stacks.handle(call)) ?? (await zone.handle(call)) };
}

beforeAll(async () => {
  sandbox = await startSandbox({ services: [parts] });
  await sandbox.control.setQuotas({ enabled: false });
  boto = await Boto.start(sandbox.env);
  const role = "arn:aws:iam::123456789012:role/datazone-execution";
  const domain = await boto.call<{ id: string }>("datazone", "create_domain", {
    name: "lake",
    domainExecutionRole: role,
  });
  domainIdentifier = domain.id;
  const project = await boto.call<{ id: string }>("datazone", "create_project", { domainIdentifier, name: "sales" });
  projectIdentifier = project.id;
}, 90_000);
afterAll(async () => {
  boto?.stop();
  await sandbox?.stop();
});

const arn = (role: string) => `arn:aws:iam::123456789012:role/${role}`;

interface Member {
  readonly role: string;
  readonly designation?: unknown;
  readonly field?: "UserIdentifier" | "GroupIdentifier";
  readonly project?: unknown;
}

const template = (members: Readonly<Record<string, Member>>, parameters?: object) =>
  JSON.stringify({
    ...(parameters && { Parameters: parameters }),
    Resources: Object.fromEntries(
      Object.entries(members).map(([id, { role, designation, field, project }]) => [
        id,
        {
          Type: "AWS::DataZone::ProjectMembership",
          Properties: {
            DomainIdentifier: domainIdentifier,
            ProjectIdentifier: project ?? projectIdentifier,
            Designation: designation ?? "PROJECT_CONTRIBUTOR",
            Member: { [field ?? "UserIdentifier"]: arn(role) },
          },
        },
      ]),
    ),
  });

const create = (StackName: string, TemplateBody: string, more: object = {}) =>
  boto.call<{ StackId: string }>("cloudformation", "create_stack", { StackName, TemplateBody, ...more });

/** Role and designation of the project's members. */
async function members(): Promise<string[]> {
  const listed = await boto.call<{
    members: { designation: string; memberDetails: { user?: { userId: string }; group?: { groupId: string } } }[];
  }>("datazone", "list_project_memberships", { domainIdentifier, projectIdentifier });
  const named = listed.members.map(async ({ designation, memberDetails: { user, group } }) => {
    const profile = await boto.call<{ details: { iam: { arn: string } } }>("datazone", "get_user_profile", {
      domainIdentifier,
      userIdentifier: user?.userId ?? group?.groupId,
    });
    return `${profile.details.iam.arn.split("/").at(-1)} ${designation}`;
  });
  return (await Promise.all(named)).sort();
}

async function status(StackName: string): Promise<{ StackStatus: string; StackStatusReason?: string }> {
  const { Stacks } = await boto.call<{ Stacks: { StackStatus: string; StackStatusReason?: string }[] }>(
    "cloudformation",
    "describe_stacks",
    { StackName },
  );
  return Stacks[0] ?? { StackStatus: "none" };
}

/** Reasons of failures that the events with a request's token name, the latest first. */
async function failures(StackName: string, token: string): Promise<string[]> {
  const { StackEvents } = await boto.call<{
    StackEvents: { ResourceStatus: string; ResourceStatusReason?: string; ClientRequestToken?: string }[];
  }>("cloudformation", "describe_stack_events", { StackName });
  return StackEvents.filter((event) => event.ClientRequestToken === token).flatMap((event) =>
    event.ResourceStatus.endsWith("_FAILED") ? [event.ResourceStatusReason ?? ""] : [],
  );
}

test("memberships follow their stack from creation over a new designation to deletion", async () => {
  await create("follows", template({ A: { role: "a" }, B: { role: "b", field: "GroupIdentifier" } }));
  expect((await status("follows")).StackStatus).toBe("CREATE_COMPLETE");
  expect(await members()).toEqual(["a PROJECT_CONTRIBUTOR", "b PROJECT_CONTRIBUTOR"]);

  await boto.call("cloudformation", "update_stack", {
    StackName: "follows",
    TemplateBody: template({ A: { role: "a", designation: "PROJECT_OWNER" }, C: { role: "c" } }),
  });
  expect(await members()).toEqual(["a PROJECT_OWNER", "c PROJECT_CONTRIBUTOR"]);

  await boto.call("cloudformation", "delete_stack", { StackName: "follows" });
  expect(await members()).toEqual([]);
  await expect(status("follows")).rejects.toMatchObject({ name: "ValidationError" });
});

test("parameters are resolved, and keep their values where an update says so", async () => {
  const parameters = { Project: { Type: "String" }, Designation: { Type: "String", Default: "PROJECT_CONTRIBUTOR" } };
  const body = template(
    { A: { role: "a", project: { Ref: "Project" }, designation: { Ref: "Designation" } } },
    parameters,
  );
  await create("parameters", body, {
    Parameters: [{ ParameterKey: "Project", ParameterValue: projectIdentifier }],
  });
  expect(await members()).toEqual(["a PROJECT_CONTRIBUTOR"]);
  await boto.call("cloudformation", "update_stack", {
    StackName: "parameters",
    UsePreviousTemplate: true,
    Parameters: [
      { ParameterKey: "Project", UsePreviousValue: true },
      { ParameterKey: "Designation", ParameterValue: "PROJECT_OWNER" },
    ],
  });
  expect(await members()).toEqual(["a PROJECT_OWNER"]);
  await boto.call("cloudformation", "delete_stack", { StackName: "parameters" });
  expect(await members()).toEqual([]);
});

test.each([
  [
    "an unknown project",
    () => template({ A: { role: "a" }, B: { role: "b", project: "missing" } }),
    /missing does not exist.*404.*NotFound/,
  ],
  [
    "a designation that does not exist",
    () => template({ A: { role: "a" }, B: { role: "b", designation: "BOSS" } }),
    /enum.*InvalidRequest/,
  ],
  [
    "a designation of the domain's own, whose id CloudFormation has no property for",
    () => template({ A: { role: "a" }, B: { role: "b", designation: "USER_CREATED_DESIGNATION" } }),
    /userCreatedDesignationId is required/,
  ],
  ["somebody who is a member twice", () => template({ A: { role: "a" }, B: { role: "a" } }), /already a member/],
])("%s fails the stack, whose events say why, and leaves nothing behind", async (_, body, reason) => {
  const ClientRequestToken = "token-of-the-request";
  const { StackId } = await create("fails", body(), { ClientRequestToken });
  expect(await status(StackId)).toMatchObject({
    StackStatus: "ROLLBACK_COMPLETE",
    StackStatusReason: "The following resource(s) failed to create: [B]. ",
  });
  const [failure] = await failures(StackId, ClientRequestToken);
  expect(failure).toMatch(reason);
  expect(await members()).toEqual([]);
  await boto.call("cloudformation", "delete_stack", { StackName: "fails" });
});

test("on failure DELETE the stack is gone, and only its id still tells why", async () => {
  const ClientRequestToken = "token-of-the-deletion";
  const body = template({ A: { role: "a" }, B: { role: "b", project: "missing" } });
  const { StackId } = await create("deletes", body, { OnFailure: "DELETE", ClientRequestToken });
  expect((await status(StackId)).StackStatus).toBe("DELETE_COMPLETE");
  expect((await failures(StackId, ClientRequestToken)).join()).toMatch(/missing does not exist/);
  await expect(status("deletes")).rejects.toMatchObject({ name: "ValidationError" });
  expect(await members()).toEqual([]);

  await create("deletes", template({ A: { role: "a" } }), { OnFailure: "DELETE" });
  expect((await status("deletes")).StackStatus).toBe("CREATE_COMPLETE");
  await boto.call("cloudformation", "delete_stack", { StackName: "deletes" });
});

test("on failure DO_NOTHING what was made stays", async () => {
  const body = template({ A: { role: "a" }, B: { role: "b", project: "missing" } });
  await create("stays", body, { OnFailure: "DO_NOTHING" });
  expect((await status("stays")).StackStatus).toBe("CREATE_FAILED");
  expect(await members()).toEqual(["a PROJECT_CONTRIBUTOR"]);
  await boto.call("cloudformation", "delete_stack", { StackName: "stays" });
  expect(await members()).toEqual([]);
});

test("an update that fails changes nothing, in DataZone and in the template", async () => {
  const before = template({ A: { role: "a" } });
  await create("updates", before);
  await boto.call("cloudformation", "update_stack", {
    StackName: "updates",
    TemplateBody: template({ A: { role: "a", designation: "PROJECT_OWNER" }, B: { role: "b", project: "missing" } }),
  });
  expect((await status("updates")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(await members()).toEqual(["a PROJECT_CONTRIBUTOR"]);
  const kept = await boto.call("cloudformation", "get_template", { StackName: "updates" });
  expect(kept["TemplateBody"]).toEqual(JSON.parse(before));
  await boto.call("cloudformation", "delete_stack", { StackName: "updates" });
});

test("the stack's role acts, and needs to own the project", async () => {
  await create("role", template({ A: { role: "a" } }), { RoleARN: arn("deployer") });
  expect((await status("role")).StackStatus).toBe("ROLLBACK_COMPLETE");
  await boto.call("cloudformation", "delete_stack", { StackName: "role" });

  const owner = { member: { userIdentifier: arn("deployer") }, designation: "PROJECT_OWNER" };
  await boto.call("datazone", "create_project_membership", { domainIdentifier, projectIdentifier, ...owner });
  await create("role", template({ A: { role: "a" } }), { RoleARN: arn("deployer") });
  expect(await members()).toEqual(["a PROJECT_CONTRIBUTOR", "deployer PROJECT_OWNER"]);
  await boto.call("cloudformation", "delete_stack", { StackName: "role", RoleARN: arn("deployer") });
  expect(await members()).toEqual(["deployer PROJECT_OWNER"]);
  await boto.call("datazone", "delete_project_membership", {
    domainIdentifier,
    projectIdentifier,
    member: owner.member,
  });
});

test("more members than the quota takes at once only take longer", async () => {
  await sandbox.control.setQuotas({ enabled: true });
  const roles = ["a", "b", "c", "d", "e"];
  await create("many", template(Object.fromEntries(roles.map((role) => [role.toUpperCase(), { role }]))));
  expect(await members()).toHaveLength(roles.length);
  await sandbox.control.setQuotas({ enabled: false });
  await boto.call("cloudformation", "delete_stack", { StackName: "many" });
});

test("a template without a designation, and one in YAML, are refused before anything is made", async () => {
  const body = template({ A: { role: "a", designation: "" } });
  await expect(create("refused", body)).rejects.toMatchObject({ name: "ValidationError" });
  const yaml = "Resources:\n  A:\n    Type: AWS::DataZone::ProjectMembership\n";
  await expect(create("refused", yaml)).rejects.toThrow(/JSON/);
  await expect(status("refused")).rejects.toMatchObject({ name: "ValidationError" });
});

test("a policy grant follows its stack, is refused where it is there already, and can only be made by a domain's owner", async () => {
  const grant = (more: object = {}) =>
    JSON.stringify({
      Resources: {
        PolicyGrant: {
          Type: "AWS::DataZone::PolicyGrant",
          Properties: {
            DomainIdentifier: domainIdentifier,
            EntityType: "DOMAIN_UNIT",
            EntityIdentifier: "unit1",
            PolicyType: "ADD_TO_PROJECT_MEMBER_POOL",
            Detail: { AddToProjectMemberPool: { IncludeChildDomainUnits: true } },
            Principal: { User: { UserIdentifier: arn("approver") } },
            ...more,
          },
        },
      },
    });
  const granted = async () => {
    const about = { entityType: "DOMAIN_UNIT", entityIdentifier: "unit1", policyType: "ADD_TO_PROJECT_MEMBER_POOL" };
    const { grantList } = await boto.call<{ grantList: { principal: object; detail: object }[] }>(
      "datazone",
      "list_policy_grants",
      { domainIdentifier, ...about },
    );
    return grantList.map(({ principal, detail }) => ({ principal, detail }));
  };
  await create("pool", grant());
  expect((await status("pool")).StackStatus).toBe("CREATE_COMPLETE");
  const expected = {
    principal: { user: { userIdentifier: arn("approver") } },
    detail: { addToProjectMemberPool: { includeChildDomainUnits: true } },
  };
  expect(await granted()).toEqual([expected]);

  await create("again", grant(), { OnFailure: "DELETE" });
  expect(await granted()).toEqual([expected]);
  await create("stranger", grant({ EntityIdentifier: "unit2" }), { RoleARN: arn("stranger") });
  expect((await status("stranger")).StackStatus).toBe("ROLLBACK_COMPLETE");
  await expect(create("other-policy", grant({ PolicyType: "CREATE_PROJECT" }))).rejects.toThrow(/PolicyType/);

  await boto.call("cloudformation", "delete_stack", { StackName: "pool" });
  expect(await granted()).toEqual([]);
});

test("other stacks are moto's", async () => {
  const queue = JSON.stringify({ Resources: { Queue: { Type: "AWS::SQS::Queue" } } });
  await create("other", queue);
  expect((await status("other")).StackStatus).toBe("CREATE_COMPLETE");
  const { StackResources } = await boto.call<{ StackResources: unknown[] }>(
    "cloudformation",
    "describe_stack_resources",
    { StackName: "other" },
  );
  expect(StackResources).toHaveLength(1);
});

test("everything exchanged is as botocore's models have it", async () => {
  expect(new Set(exchanges.map(({ service }) => service))).toEqual(new Set(["datazone", "cloudformation"]));
  expect(await departures(exchanges)).toEqual([]);
});
