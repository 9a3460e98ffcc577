import {
  CreateProjectCommand,
  CreateProjectMembershipCommand,
  CreateUserProfileCommand,
  DeleteDomainCommand,
  DeleteProjectCommand,
  DeleteProjectMembershipCommand,
  GetDomainCommand,
  GetProjectCommand,
  GetUserProfileCommand,
  ListProjectMembershipsCommand,
  ListProjectsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateProjectCommand,
} from "@aws-sdk/client-datazone";
import { type Zone, addMember, createProject, roleArn, startZone } from "./zone";

jest.setTimeout(30_000);

let zone: Zone;
let domainIdentifier: string;

beforeAll(async () => {
  zone = await startZone();
  ({ domainIdentifier } = zone);
});
afterAll(() => zone.stop());

const get = (role: string, identifier: string) =>
  zone.as(role).send(new GetProjectCommand({ domainIdentifier, identifier }));

test("a domain has what the Terraform provider reads of it", async () => {
  const domain = await zone.as().send(new GetDomainCommand({ identifier: domainIdentifier }));
  expect(domain).toMatchObject({
    status: "AVAILABLE",
    singleSignOn: { type: "DISABLED" },
    domainExecutionRole: roleArn("datazone-execution"),
    createdAt: new Date(zone.time),
  });
  expect(domain.id).toMatch(/^dzd[-_]/);
});

test("tags of a domain come and go", async () => {
  const { arn: resourceArn } = await zone.as().send(new GetDomainCommand({ identifier: domainIdentifier }));
  await zone.as().send(new TagResourceCommand({ resourceArn, tags: { team: "data", stage: "dev" } }));
  await zone.as().send(new UntagResourceCommand({ resourceArn, tagKeys: ["stage"] }));
  expect((await zone.as().send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ team: "data" });
});

test("a project carries its tags, and belongs to who made it", async () => {
  const { id = "" } = await zone
    .as("owner")
    .send(new CreateProjectCommand({ domainIdentifier, name: "tagged", resourceTags: { stage: "dev" } }));
  const project = await get("owner", id);
  expect(project).toMatchObject({
    projectStatus: "ACTIVE",
    resourceTags: [{ key: "stage", value: "dev", source: "PROJECT" }],
    createdAt: new Date(zone.time),
  });
  expect(project).not.toHaveProperty("failureReasons");
  await zone.as("owner").send(new UpdateProjectCommand({ domainIdentifier, identifier: id, description: "new" }));
  expect((await get("owner", id)).description).toBe("new");
  const taken = zone.as("owner").send(new CreateProjectCommand({ domainIdentifier, name: "tagged" }));
  await expect(taken).rejects.toMatchObject({ name: "ConflictException" });
});

test("a project is gone once it is deleted", async () => {
  const id = await createProject(zone, "owner");
  const remove = (role: string) => zone.as(role).send(new DeleteProjectCommand({ domainIdentifier, identifier: id }));
  await expect(remove("stranger")).rejects.toMatchObject({ name: "AccessDeniedException" });
  await remove("owner");
  await expect(get("owner", id)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    $metadata: { httpStatusCode: 404 },
  });
});

test("a project is read by its members, or by everyone where the account lets them", async () => {
  const id = await createProject(zone, "owner");
  await expect(get("stranger", id)).rejects.toMatchObject({ name: "AccessDeniedException" });
  await addMember(zone, id, "viewer", "PROJECT_CATALOG_VIEWER");
  expect((await get("viewer", id)).id).toBe(id);
  zone.service.behaviour.readableProjects = "everyone";
  expect((await get("stranger", id)).id).toBe(id);
  zone.service.behaviour.readableProjects = "members";
});

describe("members", () => {
  const add = (role: string, project: string, member: object, designation = "PROJECT_CONTRIBUTOR") =>
    zone.as(role).send(
      new CreateProjectMembershipCommand({
        domainIdentifier,
        projectIdentifier: project,
        member: member as never,
        designation: designation as never,
      }),
    );

  test("are added and removed by owners only", async () => {
    const project = await createProject(zone, "owner");
    const member = { userIdentifier: roleArn("someone") };
    await addMember(zone, project, "contributor", "PROJECT_CONTRIBUTOR");
    await expect(add("contributor", project, member)).rejects.toMatchObject({ name: "AccessDeniedException" });
    await add("owner", project, member);
    await expect(add("owner", project, member)).rejects.toThrow(/already a member/);
    const remove = new DeleteProjectMembershipCommand({ domainIdentifier, projectIdentifier: project, member });
    await zone.as("owner").send(remove);
    await expect(zone.as("owner").send(remove)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("that are roles are users, groups or either", async () => {
    const project = await createProject(zone, "owner");
    zone.service.behaviour.roleMemberField = "user";
    await expect(add("owner", project, { groupIdentifier: roleArn("one") })).rejects.toThrow(/not a member as a group/);
    zone.service.behaviour.roleMemberField = "either";
    await add("owner", project, { groupIdentifier: roleArn("one") });
    expect((await get("one", project)).id).toBe(project);
  });

  test("are listed page by page, with their profiles", async () => {
    const project = await createProject(zone, "owner");
    for (const role of ["m1", "m2", "m3"]) await addMember(zone, project, role, "PROJECT_CATALOG_VIEWER");
    const seen: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await zone
        .as("owner")
        .send(
          new ListProjectMembershipsCommand({ domainIdentifier, projectIdentifier: project, maxResults: 3, nextToken }),
        );
      for (const { memberDetails } of page.members ?? []) {
        const profile = await zone
          .as("owner")
          .send(new GetUserProfileCommand({ domainIdentifier, userIdentifier: memberDetails?.user?.userId }));
        seen.push(profile.details?.iam?.arn ?? "");
      }
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    expect(seen).toEqual(["m1", "m2", "m3", "owner"].map(roleArn));
  });

  test("decide which projects one sees", async () => {
    const project = await createProject(zone, "lonely");
    const { items } = await zone.as("lonely").send(new ListProjectsCommand({ domainIdentifier }));
    expect(items?.map(({ id }) => id)).toEqual([project]);
  });
});

test("a user profile is found by ARN and by id, as what it is", async () => {
  const userIdentifier = roleArn("profiled");
  const made = await zone
    .as()
    .send(new CreateUserProfileCommand({ domainIdentifier, userIdentifier, userType: "IAM_ROLE" }));
  expect(made).toMatchObject({ type: "IAM", status: "ACTIVATED", details: { iam: { arn: userIdentifier } } });
  const byArn = new GetUserProfileCommand({ domainIdentifier, userIdentifier, type: "IAM" });
  expect((await zone.as().send(byArn)).id).toBe(made.id);
  const asSso = new GetUserProfileCommand({ domainIdentifier, userIdentifier: made.id, type: "SSO" });
  await expect(zone.as().send(asSso)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

describe("input is held against the model:", () => {
  const url = (path: string) => `${zone.endpoint}/v2/domains/${domainIdentifier}${path}`;
  const signed = {
    authorization:
      "AWS4-HMAC-SHA256 Credential=root/20260301/eu-west-1/datazone/aws4_request, SignedHeaders=host, Signature=0",
  };
  const send = async (path: string, init: RequestInit = {}) => {
    const reply = await fetch(url(path), { ...init, headers: signed });
    return { status: reply.status, type: reply.headers.get("x-amzn-errortype"), text: await reply.text() };
  };
  const post = (path: string, body: unknown) =>
    send(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });

  test.each([
    ["a missing name", () => post("/projects", {}), /'name'.*must not be null/],
    ["a name with a slash", () => post("/projects", { name: "a/b" }), /'name'.*regular expression pattern/],
    ["a long name", () => post("/projects", { name: "n".repeat(65) }), /'name'.*length less than or equal to 64/],
    ["a name that is a number", () => post("/projects", { name: 1 }), /'name'.*string/],
    ["a body that is no JSON", () => post("/projects", "name"), /not a JSON object/],
    [
      "a page that is too long",
      () => send("/subscription-requests?maxResults=51"),
      /'maxResults'.*less than or equal to 50/,
    ],
    [
      "a status that does not exist",
      () => send("/subscription-requests?status=OPEN"),
      /'status'.*PENDING, ACCEPTED, REJECTED/,
    ],
    ["a token of somebody else", () => send("/subscription-requests?nextToken=eA"), /nextToken/],
    ["an id that is none", () => send("/projects/a%20b"), /'identifier'.*pattern/],
    [
      "two members of a union",
      () =>
        post("/projects/p/createMembership", {
          designation: "PROJECT_OWNER",
          member: { userIdentifier: "u", groupIdentifier: "g" },
        }),
      /'member'.*exactly one/,
    ],
  ])("%s", async (_, call, expected) => {
    const { status, type, text } = await call();
    expect({ status, type }).toEqual({ status: 400, type: "ValidationException" });
    expect(text).toMatch(expected);
  });

  test("what the sandbox does not have says so", async () => {
    const { status, text } = await send("/data-sources/d");
    expect(status).toBe(501);
    expect(text).toContain("GetDataSource");
    zone.exchanges.pop();
  });
});

test("everything exchanged is as botocore's model has it", async () => {
  expect(await zone.departures()).toEqual([]);
});

test("a domain with projects is deleted only where that is asked for", async () => {
  await expect(zone.as().send(new DeleteDomainCommand({ identifier: domainIdentifier }))).rejects.toMatchObject({
    name: "ConflictException",
  });
  await zone.as().send(new DeleteDomainCommand({ identifier: domainIdentifier, skipDeletionCheck: true }));
  await expect(zone.as().send(new GetDomainCommand({ identifier: domainIdentifier }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
