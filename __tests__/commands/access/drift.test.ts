import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ListAccessGrantEntry, ListAccessGrantsLocationsEntry } from "@aws-sdk/client-s3-control";
import type { World } from "../../../commands/program/world";
import { type Ran, ran } from "../run";

const ACCOUNT = "123456789012";
const ARN = `arn:aws:s3:eu-central-1:${ACCOUNT}:access-grants/default`;
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "drift-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (content: object): string => {
  const file = join(folder, "shown.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};
const resource = (type: string, name: string, values: object): object => ({ address: `${type}.${name}`, type, values });
const instance = (isMade = true): object =>
  resource("aws_s3control_access_grants_instance", "instance", {
    ...(isMade && { access_grants_instance_id: "default", access_grants_instance_arn: ARN }),
  });
const location = (id: string | undefined, scope: string): object =>
  resource("aws_s3control_access_grants_location", "location", {
    location_scope: scope,
    iam_role_arn: role("location"),
    ...(id && { access_grants_location_id: id, access_grants_location_arn: `${ARN}/location/${id}` }),
  });
const grant = (id: string | undefined, name: string, sub: string, permission = "READ"): object =>
  resource("aws_s3control_access_grant", `${name}_${sub.replace(/\W/g, "")}`, {
    grantee: [{ grantee_type: "IAM", grantee_identifier: role(name) }],
    permission,
    access_grants_location_configuration: [{ s3_sub_prefix: sub }],
    ...(id && {
      access_grant_id: id,
      access_grant_arn: `${ARN}/grant/${id}`,
      access_grants_location_id: "l-1",
      grant_scope: `s3://data/${sub}`,
    }),
  });
const state = (...resources: object[]): object => ({ values: { root_module: { resources } } });
const plan = (resources: object[], before: object[] = []): object => ({
  planned_values: { root_module: { resources } },
  prior_state: { values: { root_module: { resources: before } } },
});

/** Typed as the SDK parses answers; live.server.test.ts has the SDK parse them. */
const live = (
  id: string,
  name: string,
  sub: string,
  more: Partial<ListAccessGrantEntry> = {},
): ListAccessGrantEntry => ({
  AccessGrantId: id,
  Grantee: { GranteeType: "IAM", GranteeIdentifier: role(name) },
  Permission: "READ",
  GrantScope: `s3://data/${sub}`,
  AccessGrantsLocationId: "l-1",
  ...more,
});
const registered = (
  id: string,
  LocationScope: string,
  IAMRoleArn = role("location"),
): ListAccessGrantsLocationsEntry => ({
  AccessGrantsLocationId: id,
  LocationScope,
  IAMRoleArn,
});

/** Runs the command against an instance that has these, or none, or does not answer. */
function drift(
  content: object,
  grants: readonly ListAccessGrantEntry[] | Error,
  locations: readonly ListAccessGrantsLocationsEntry[] = [registered("l-1", "s3://data")],
  more: Partial<World> = {},
): Promise<Ran> {
  const send = (command: object): Promise<object> => {
    if (grants instanceof Error) return Promise.reject(grants);
    const answers: Record<string, object> = {
      ListAccessGrantsCommand: { AccessGrantsList: grants },
      ListAccessGrantsLocationsCommand: { AccessGrantsLocationsList: locations },
    };
    const answer = answers[command.constructor.name];
    return answer
      ? Promise.resolve(answer)
      : Promise.reject(new Error(`${command.constructor.name} may not be called`));
  };
  const client = { send } as never;
  const account = () => Promise.resolve({ id: ACCOUNT, region: "eu-central-1", s3: client, studio: client });
  return ran(["access", "drift", write(content), "--json"], { account, ...more });
}
const found = (run: Ran): unknown => JSON.parse(run.out.join("\n"));

const MADE = [location("l-1", "s3://data"), grant("g-1", "usera", "UserA/*")];

test("nothing drifts where both have the same: 0", async () => {
  const run = await drift(state(instance(), ...MADE), [live("g-1", "usera", "UserA/*")]);
  expect([run.code, found(run)]).toEqual([0, { drifts: [], others: { grants: 0, locations: 0 } }]);
});

test("what is gone, and whose role is another: 1", async () => {
  const run = await drift(state(instance(), ...MADE), [], [registered("l-1", "s3://data", role("other"))]);
  expect(run.code).toBe(1);
  expect(found(run)).toMatchObject({
    drifts: [
      { is: "other", what: "location", id: "l-1", address: "aws_s3control_access_grants_location.location" },
      { is: "gone", what: "grant", id: "g-1", address: "aws_s3control_access_grant.usera_UserA" },
    ],
  });
});

test("without an instance, everything is gone", async () => {
  const none = Object.assign(new Error("none"), { name: "AccessGrantsInstanceNotExistsError" });
  expect(found(await drift(state(instance(), ...MADE), none))).toMatchObject({
    drifts: [{ what: "instance" }, { what: "location" }, { what: "grant" }],
  });
});

describe("what others have made is by hand", () => {
  const own = live("g-1", "usera", "UserA/*");
  const elsewhere = { AccessGrantsLocationId: "l-9", GrantScope: "s3://theirs/*" };

  test.each([
    ["in an instance of one's own, all of it", [instance(), ...MADE], live("g-9", "theirs", "x", elsewhere), true],
    ["in somebody else's, on one's own location", MADE, live("g-9", "theirs", "x/*"), true],
    ["in somebody else's, for whom the state has", MADE, live("g-9", "usera", "x", elsewhere), true],
    ["but not there for others, elsewhere", MADE, live("g-9", "theirs", "x", elsewhere), false],
  ])("%s", async (_, resources, other, is) => {
    const run = await drift(state(...resources), [own, other]);
    expect(run.code).toBe(is ? 1 : 0);
    expect(found(run)).toMatchObject(
      is
        ? { drifts: [{ is: "by hand", what: "grant", id: "g-9" }], others: { grants: 0 } }
        : { drifts: [], others: { grants: 1 } },
    );
    // It is somebody's: never a block that takes it over.
    expect(run.out.join("\n")).not.toContain("import");
  });

  test("locations too", async () => {
    const locations = [registered("l-1", "s3://data"), registered("l-9", "s3://theirs")];
    expect(found(await drift(state(instance(), ...MADE), [own], locations))).toMatchObject({
      drifts: [{ is: "by hand", what: "location", id: "l-9" }],
    });
    expect(found(await drift(state(...MADE), [own], locations))).toMatchObject({
      drifts: [],
      others: { locations: 1 },
    });
  });
});

describe("of a plan", () => {
  test("what it would make and is there is named, with the block that takes it over", async () => {
    const planned = [instance(false), location(undefined, "s3://data"), grant(undefined, "usera", "UserA/*")];
    const grants = [live("g-7", "usera", "UserA/*"), live("g-8", "usera", "UserA/*", { Permission: "WRITE" })];
    const file = plan(planned);
    expect(found(await drift(file, grants))).toMatchObject({
      drifts: [
        { what: "instance", import: { to: "aws_s3control_access_grants_instance.instance", id: ACCOUNT } },
        { what: "location", import: { to: "aws_s3control_access_grants_location.location", id: `${ACCOUNT},l-1` } },
        { what: "grant", import: { to: "aws_s3control_access_grant.usera_UserA", id: `${ACCOUNT},g-7` } },
        { is: "by hand", what: "grant", id: "g-8" },
      ],
    });
  });

  test("what it would destroy is not by hand", async () => {
    const file = plan([instance(), location("l-1", "s3://data")], [instance(), ...MADE]);
    expect(found(await drift(file, [live("g-1", "usera", "UserA/*")]))).toMatchObject({ drifts: [] });
  });
});

describe("what could not be found out is neither: 3", () => {
  test.each<[string, object, readonly object[] | Error, string]>([
    ["no answer", state(...MADE), new Error("AccessDenied"), "Not found out: AccessDenied"],
    ["no state", { version: 4 }, [], "Not found out: .* is neither a plan nor a state"],
    [
      "another account's",
      state(resource("aws_s3control_access_grant", "x", { access_grant_arn: ARN.replace(ACCOUNT, "999999999999") })),
      [],
      "is of account 999999999999 in eu-central-1, the shell's credentials are of 123456789012 in eu-central-1",
    ],
    [
      "another Region's",
      state(
        resource("aws_s3control_access_grant", "x", { access_grant_arn: ARN.replace("eu-central-1", "us-east-1") }),
      ),
      [],
      "in us-east-1, the shell's",
    ],
  ])("%s", async (_, content, grants, reason) => {
    const { code, error } = await drift(content, grants);
    expect(code).toBe(3);
    expect(error).toMatch(new RegExp(reason));
  });
});

describe("memberships", () => {
  const member = (designation: string): object =>
    resource("aws_cloudformation_stack", "member_sales", {
      id: "arn:aws:cloudformation:stack",
      template_body: JSON.stringify({
        Resources: {
          Membership: {
            Type: "AWS::DataZone::ProjectMembership",
            Properties: {
              DomainIdentifier: "dzd_1",
              ProjectIdentifier: "sales",
              Designation: designation,
              Member: { UserIdentifier: role("approver") },
            },
          },
        },
      }),
    });
  const dataZone =
    (members: readonly object[], isKnown = true): World["dataZone"] =>
    () =>
      Promise.resolve({
        send: (command: object) => {
          if (command.constructor.name === "ListProjectMembershipsCommand") return Promise.resolve({ members });
          if (isKnown) return Promise.resolve({ id: "user-1" });
          return Promise.reject(Object.assign(new Error(), { name: "ResourceNotFoundException" }));
        },
      } as never);
  const of = (designation: string): object => ({ memberDetails: { user: { userId: "user-1" } }, designation });
  const memberships = async (members: readonly object[], isKnown = true): Promise<unknown> =>
    found(await drift(state(member("PROJECT_CONTRIBUTOR")), [], [], { dataZone: dataZone(members, isKnown) }));

  test("are there, gone, or of another designation; who else is a member is not told", async () => {
    expect(
      await memberships([of("PROJECT_CONTRIBUTOR"), { memberDetails: { user: { userId: "person" } } }]),
    ).toMatchObject({
      drifts: [],
    });
    const one = {
      what: "membership",
      id: `sales/${role("approver")}`,
      address: "aws_cloudformation_stack.member_sales",
    };
    expect(await memberships([])).toMatchObject({ drifts: [{ ...one, is: "gone" }] });
    expect(await memberships([of("PROJECT_CONTRIBUTOR")], false)).toMatchObject({ drifts: [{ ...one, is: "gone" }] });
    expect(await memberships([of("PROJECT_CATALOG_VIEWER")])).toMatchObject({ drifts: [{ ...one, is: "other" }] });
  });
});

test("in words, with the blocks to paste", async () => {
  const file = write(plan([location("l-1", "s3://data"), grant(undefined, "usera", "UserA/*")]));
  const client = {
    send: (command: object) =>
      Promise.resolve(
        command.constructor.name === "ListAccessGrantsCommand"
          ? {
              AccessGrantsList: [
                live("g-7", "usera", "UserA/*"),
                live("g-9", "x", "y", { AccessGrantsLocationId: "l-9" }),
              ],
            }
          : { AccessGrantsLocationsList: [registered("l-1", "s3://data")] },
      ),
  } as never;
  const account = () => Promise.resolve({ id: ACCOUNT, region: "eu-central-1", s3: client, studio: client });
  expect((await ran(["access", "drift", file], { account, width: 80 })).out).toMatchInlineSnapshot(`
    [
      "named",
      "    what     grant",
      "    id       g-7",
      "             READ on s3://data/UserA/* for arn:aws:iam::123456789012:role/usera is granted already",
      "    address  aws_s3control_access_grant.usera_UserA",
      "",
      "1 grants and 0 locations in the instance are others'.",
      "",
      "import {",
      "  to = aws_s3control_access_grant.usera_UserA",
      "  id = "123456789012,g-7"",
      "}",
    ]
  `);
});
