import {
  AddEntityOwnerCommand,
  AddPolicyGrantCommand,
  BatchGetAttributesMetadataCommand,
  BatchPutAttributesMetadataCommand,
  CreateAssetRevisionCommand,
  CreateListingChangeSetCommand,
  CreateUserProfileCommand,
  DeleteProjectMembershipCommand,
  GetDomainCommand,
  ListEntityOwnersCommand,
  ListPolicyGrantsCommand,
  ListProjectMembershipsCommand,
  RemoveEntityOwnerCommand,
  RemovePolicyGrantCommand,
  type UserType,
} from "@aws-sdk/client-datazone";
import { defaultBehaviour } from "../../../sandbox/datazone/behaviour";
import { type Zone, accept, createProject, publish, request, roleArn, startZone } from "./zone";

jest.setTimeout(30_000);

let zone: Zone;
let domainIdentifier: string;
let project: string;
let subscriber: string;

beforeAll(async () => {
  zone = await startZone();
  ({ domainIdentifier } = zone);
  project = await createProject(zone, "owner");
  subscriber = await createProject(zone, "consumer");
});
afterEach(() => {
  Object.assign(zone.service.behaviour, defaultBehaviour());
  zone.events.length = 0;
});
afterAll(() => zone.stop());

const POLICY = "permit (principal, action, resource);";

interface Designation {
  readonly id: string;
  readonly name: string;
  readonly deletionProtection: boolean;
}
const designate = (name: string, more: object = {}, role = "root") =>
  zone.call<Designation>(role, "POST", "/designations", { name, policy: POLICY, ...more });

const join = (userIdentifier: string, membership: object, role = "owner") =>
  zone.call(role, "POST", `/projects/${project}/createMembership`, { member: { userIdentifier }, ...membership });

const membersOf = async (projectIdentifier: string) =>
  (await zone.as("owner").send(new ListProjectMembershipsCommand({ domainIdentifier, projectIdentifier }))).members;

describe("a designation of the domain's own", () => {
  const CREATED = "USER_CREATED_DESIGNATION";

  test("is made, changed and deleted by the domain's owner, protected until it is not", async () => {
    const { id } = await designate("reviewers", { description: "They review" });
    await expect(designate("reviewers")).rejects.toMatchObject({ name: "ConflictException" });
    await expect(designate("others", {}, "owner")).rejects.toMatchObject({ name: "AccessDeniedException" });
    for (const policy of ["forbid (principal, action, resource);", "permit it", `${POLICY} ${POLICY}`]) {
      await expect(designate("wrong", { policy })).rejects.toMatchObject({ name: "ValidationException" });
    }
    await expect(zone.call("root", "DELETE", `/designations/${id}`)).rejects.toMatchObject({
      name: "ConflictException",
    });
    await zone.call("root", "PATCH", `/designations/${id}`, { name: "readers", deletionProtection: false });
    expect(await zone.call("owner", "GET", `/designations/${id}`)).toMatchObject({
      id,
      name: "readers",
      description: "They review",
      designationType: "USER_CREATED",
      policy: POLICY,
      deletionProtection: false,
    });
    const { items } = await zone.call<{ items: object[] }>("owner", "GET", "/designations");
    expect(items).toEqual([expect.objectContaining({ id, name: "readers" })]);
    await zone.call("root", "DELETE", `/designations/${id}`);
    await zone.call("root", "DELETE", `/designations/${id}`);
    await expect(zone.call("owner", "GET", `/designations/${id}`)).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  test("is a member's by its id, which no other designation takes", async () => {
    const { id } = await designate("curators", { deletionProtection: false });
    const member = roleArn("curator");
    await expect(join(member, { designation: CREATED })).rejects.toThrow(/userCreatedDesignationId/);
    await expect(join(member, { designation: "PROJECT_CONTRIBUTOR", userCreatedDesignationId: id })).rejects.toThrow(
      /userCreatedDesignationId/,
    );
    await expect(join(member, { designation: CREATED, userCreatedDesignationId: "none" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await expect(join(member, { designation: "PROJECT_CURATOR" })).rejects.toThrow(/enum value set/);
    await expect(join(member, { designation: "curators" })).rejects.toThrow(/enum value set/);

    await join(member, { designation: CREATED, userCreatedDesignationId: id });
    const { members } = await zone.call<{ members: object[] }>("owner", "GET", `/projects/${project}/memberships`);
    expect(members).toContainEqual(expect.objectContaining({ designation: CREATED, userCreatedDesignationId: id }));
    await expect(zone.call("root", "DELETE", `/designations/${id}`)).rejects.toThrow(/held/);
  });

  test("is named by its id where a policy is granted to it, and only there", async () => {
    const { id } = await designate("granted");
    const grant = (project: object) =>
      zone.call("root", "POST", "/policies/managed/DOMAIN_UNIT/unit2/addGrant", {
        policyType: "CREATE_GLOSSARY",
        principal: { project },
        detail: { createGlossary: {} },
      });
    await expect(grant({ projectDesignation: CREATED })).rejects.toThrow(/userCreatedDesignationId/);
    await expect(grant({ projectDesignation: "OWNER", userCreatedDesignationId: id })).rejects.toThrow(
      /userCreatedDesignationId/,
    );
    await grant({ projectDesignation: CREATED, userCreatedDesignationId: id });
    await grant({ projectDesignation: "OWNER" });
  });

  test("lets its members read, or decide too: its policy is not evaluated", async () => {
    const { id } = await designate("deciders");
    await join(roleArn("decider"), { designation: CREATED, userCreatedDesignationId: id });
    const { listingId } = await publish(zone, project);
    const waiting = await request(zone, "consumer", subscriber, listingId);
    await expect(accept(zone, "decider", waiting)).rejects.toMatchObject({ name: "AccessDeniedException" });
    zone.service.behaviour.createdDesignations = "like contributors";
    expect((await accept(zone, "decider", waiting)).status).toBe("ACCEPTED");
  });
});

describe("a role's user profile", () => {
  const profile = (userIdentifier: string, userType: UserType) =>
    zone.as().send(new CreateUserProfileCommand({ domainIdentifier, userIdentifier, userType }));

  test("may be made first, and its id be the member", async () => {
    const { id = "" } = await profile(roleArn("profiled"), "IAM_ROLE");
    await join(id, { designation: "PROJECT_CONTRIBUTOR" });
    expect(await membersOf(project)).toContainEqual({
      memberDetails: { user: { userId: id } },
      designation: "PROJECT_CONTRIBUTOR",
    });
    await expect(join(roleArn("profiled"), { designation: "PROJECT_OWNER" })).rejects.toThrow(/already a member/);
    const { listingId } = await publish(zone, project);
    const waiting = await request(zone, "consumer", subscriber, listingId);
    expect((await accept(zone, "profiled", waiting)).reviewerId).toBe(id);
  });

  test("is a role's in whichever field its id stands", async () => {
    const { id = "" } = await profile(roleArn("grouped"), "IAM_ROLE");
    zone.service.behaviour.roleMemberField = "group";
    await expect(join(id, { designation: "PROJECT_CONTRIBUTOR" })).rejects.toThrow(/not a member as a user/);
  });

  test.each([
    ["IAM_ROLE", "arn:aws:iam::123456789012:user/ann"],
    ["IAM_USER", "arn:aws:iam::123456789012:role/ann"],
    ["SSO_USER", "arn:aws:iam::123456789012:role/ann"],
    ["IAM_ROLE", "ann"],
  ] as const)("is of its type: %s is not %s", async (userType, identifier) => {
    await expect(profile(identifier, userType)).rejects.toMatchObject({ name: "ValidationException" });
  });
});

describe("events of which only the name is documented", () => {
  const undocumented = async (detailType: string) => {
    const events = await zone.sent(detailType);
    expect(events.map((detail) => ({ ...detail }))).toEqual(
      events.map(() => expect.objectContaining({ sandbox: "shape not documented" }) as object),
    );
    return events.length;
  };

  test("tell of members who come, go and change", async () => {
    zone.service.behaviour.secondMembership = "changes designation";
    const member = roleArn("mover");
    await join(member, { designation: "PROJECT_CATALOG_VIEWER" });
    await join(member, { designation: "PROJECT_CONTRIBUTOR" });
    await expect(join(member, { designation: "PROJECT_CONTRIBUTOR" })).rejects.toThrow(/already a member/);
    const leave = { domainIdentifier, projectIdentifier: project, member: { userIdentifier: member } };
    await zone.as("owner").send(new DeleteProjectMembershipCommand(leave));
    expect(await undocumented("Project Member Addition Succeeded")).toBe(1);
    expect(await undocumented("Project Member Role Change Succeeded")).toBe(1);
    expect(await undocumented("Project Member Removal Succeeded")).toBe(1);
  });

  test("tell of policies that are granted and no longer are", async () => {
    const about = {
      domainIdentifier,
      entityType: "DOMAIN_UNIT" as const,
      entityIdentifier: "unit1",
      policyType: "ADD_TO_PROJECT_MEMBER_POOL" as const,
    };
    const principal = { user: { allUsersGrantFilter: {} } };
    const grant = new AddPolicyGrantCommand({ ...about, principal, detail: { addToProjectMemberPool: {} } });
    const { grantId } = await zone.as().send(grant);
    const list = new ListPolicyGrantsCommand(about);
    expect((await zone.as().send(list)).grantList).toMatchObject([{ grantId, principal }]);
    await expect(zone.as().send(new AddPolicyGrantCommand(grant.input))).rejects.toMatchObject({
      name: "ConflictException",
    });
    await zone.as().send(new RemovePolicyGrantCommand({ ...about, principal }));
    expect((await zone.as().send(list)).grantList).toEqual([]);
    expect(await undocumented("Policy Grant Added")).toBe(1);
    expect(await undocumented("Policy Grant Removed")).toBe(1);
  });

  test("an owner of the domain unit may grant what the domain's owner may, and nobody else", async () => {
    const { rootDomainUnitId } = await zone.as().send(new GetDomainCommand({ identifier: domainIdentifier }));
    const unit = { domainIdentifier, entityIdentifier: rootDomainUnitId!, entityType: "DOMAIN_UNIT" as const };
    const grant = new AddPolicyGrantCommand({
      ...unit,
      policyType: "ADD_TO_PROJECT_MEMBER_POOL",
      principal: { user: { allUsersGrantFilter: {} } },
      detail: { addToProjectMemberPool: {} },
    });
    const refused = { name: "AccessDeniedException" };
    await expect(zone.as("deployment").send(grant)).rejects.toMatchObject(refused);
    const owner = { user: { userIdentifier: roleArn("deployment") } };
    await zone.as().send(new AddEntityOwnerCommand({ ...unit, owner }));
    expect((await zone.as().send(new ListEntityOwnersCommand(unit))).owners).toHaveLength(1);
    await zone.as("deployment").send(grant);
    await zone.as().send(new RemoveEntityOwnerCommand({ ...unit, owner }));
    const removal = new RemovePolicyGrantCommand({ ...grant.input, detail: undefined } as never);
    await expect(zone.as("deployment").send(removal)).rejects.toMatchObject(refused);
    await zone.as().send(removal);
  });

  test("are those after a decision, but not those whose detail somebody has shown", async () => {
    const { listingId } = await publish(zone, project);
    await accept(zone, "owner", await request(zone, "consumer", subscriber, listingId));
    for (const type of ["Subscription Request Accepted", "Subscription Grant Completed"]) {
      expect(await undocumented(type)).toBe(1);
    }
    for (const type of ["Subscription Request Created", "Subscription Created"]) {
      expect(await zone.sent(type)).toEqual([expect.not.objectContaining({ sandbox: expect.anything() as string })]);
    }
  });
});

describe("metadata of columns", () => {
  const FORM = {
    formName: "Sensitivity",
    typeIdentifier: "amazon.datazone.SensitivityFormType",
    content: '{"level":"high"}',
  };
  const get = (entityType: "ASSET" | "LISTING", entityIdentifier: string, ...attributeIdentifiers: string[]) =>
    zone
      .as("owner")
      .send(
        new BatchGetAttributesMetadataCommand({ domainIdentifier, entityType, entityIdentifier, attributeIdentifiers }),
      );
  const put = (entityIdentifier: string, ...columns: string[]) =>
    zone.as("owner").send(
      new BatchPutAttributesMetadataCommand({
        domainIdentifier,
        entityType: "ASSET",
        entityIdentifier,
        attributes: columns.map((attributeIdentifier) => ({ attributeIdentifier, forms: [FORM] })),
      }),
    );

  test("is the listing's as it was published, the asset's as it is", async () => {
    const { assetId, listingId } = await publish(zone, project);
    await put(assetId, "mail");
    expect((await get("ASSET", assetId, "mail")).attributes?.[0]?.forms?.[0]).toMatchObject({
      formName: "Sensitivity",
      content: FORM.content,
    });
    expect((await get("LISTING", listingId, "mail")).attributes).toEqual([]);
    await zone.as("owner").send(new CreateAssetRevisionCommand({ domainIdentifier, identifier: assetId, name: "new" }));
    await zone.as("owner").send(
      new CreateListingChangeSetCommand({
        domainIdentifier,
        entityIdentifier: assetId,
        entityType: "ASSET",
        action: "PUBLISH",
      }),
    );
    expect((await get("LISTING", listingId, "mail")).attributes).toHaveLength(1);
  });

  test("fails column by column inside a reply that is fine, where there is none and where it was told to", async () => {
    const { assetId } = await publish(zone, project);
    await put(assetId, "mail", "name");
    zone.service.behaviour.attributeErrors = { name: "InternalServerException" };
    const { attributes, errors, $metadata } = await get("ASSET", assetId, "mail", "name", "none");
    expect($metadata.httpStatusCode).toBe(200);
    expect(attributes?.map(({ attributeIdentifier }) => attributeIdentifier)).toEqual(["mail"]);
    expect(errors?.map(({ attributeIdentifier, code }) => [attributeIdentifier, code])).toEqual([
      ["name", "InternalServerException"],
      ["none", "ResourceNotFoundException"],
    ]);
    zone.service.behaviour.attributeNotFoundCode = "NOT_FOUND";
    expect((await get("ASSET", assetId, "none")).errors?.[0]?.code).toBe("NOT_FOUND");
  });

  test("is asked for five columns at a time, of assets by members", async () => {
    const { assetId } = await publish(zone, project);
    await expect(get("ASSET", assetId, "a", "b", "c", "d", "e", "f")).rejects.toMatchObject({
      name: "ValidationException",
    });
    const stranger = { domainIdentifier, entityType: "ASSET" as const, entityIdentifier: assetId };
    await expect(
      zone.as("stranger").send(new BatchGetAttributesMetadataCommand({ ...stranger, attributeIdentifiers: ["a"] })),
    ).rejects.toMatchObject({ name: "AccessDeniedException" });
  });
});

test("everything exchanged is as botocore's model has it", async () => {
  expect(zone.exchanges.length).toBeGreaterThan(60);
  expect(await zone.departures()).toEqual([]);
});
