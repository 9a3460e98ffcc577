import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Refused } from "./boto";
import { ACCOUNT, BUCKET, INSTANCE, roleArn, startStudio, type Studio } from "./studio";

type Found = Readonly<Record<string, string>>;

let studio: Studio;
let locationId = "";

beforeAll(async () => {
  studio = await startStudio();
}, 120_000);
afterAll(() => studio.stop());

const control = <T = Found>(operation: string, parameters: object = {}) => studio.control<T>(operation, parameters);

const refused = async (operation: string, parameters: object = {}) => {
  const error = await control(operation, parameters).catch((reason: unknown) => reason);
  if (!(error instanceof Refused)) throw new Error(`${operation} was not refused.`);
  return `${error.status} ${error.code}`;
};

const grant = (change: object = {}) => ({
  AccessGrantsLocationId: locationId,
  AccessGrantsLocationConfiguration: { S3SubPrefix: "UserA/*" },
  Grantee: { GranteeType: "IAM", GranteeIdentifier: roleArn("usera") },
  Permission: "READ",
  ...change,
});
const subPrefix = (S3SubPrefix: string) => ({ AccessGrantsLocationConfiguration: { S3SubPrefix } });

test("nothing is there before the instance is", async () => {
  const Target = `s3://${BUCKET}/*`;
  expect(await refused("get_access_grants_instance")).toBe("404 AccessGrantsInstanceNotExistsError");
  expect(await refused("list_access_grants")).toBe("404 AccessGrantsInstanceNotExistsError");
  expect(await refused("get_data_access", { Target, Permission: "READ" })).toBe(
    "404 AccessGrantsInstanceNotExistsError",
  );
  expect(await control<object>("list_access_grants_instances")).toEqual({ AccessGrantsInstancesList: [] });
});

test("one instance an account and Region", async () => {
  const made = await control("create_access_grants_instance", { Tags: [{ Key: "team", Value: "data" }] });
  expect(made).toMatchObject({ AccessGrantsInstanceId: "default", AccessGrantsInstanceArn: INSTANCE });
  expect(await refused("create_access_grants_instance")).toBe("409 AccessGrantsInstanceAlreadyExists");
  const prefix = { S3Prefix: `s3://${BUCKET}/UserA/` };
  expect(await control("get_access_grants_instance_for_prefix", prefix)).toMatchObject({
    AccessGrantsInstanceArn: INSTANCE,
  });
});

test("locations: a scope once, a role that exists, an id of its own for s3://", async () => {
  const location = (LocationScope: string, role = "location") => ({ LocationScope, IAMRoleArn: roleArn(role) });
  const create = "create_access_grants_location";
  const made = await control(create, location(`s3://${BUCKET}`));
  locationId = made["AccessGrantsLocationId"] ?? "";
  expect(made["AccessGrantsLocationArn"]).toBe(`${INSTANCE}/location/${locationId}`);
  expect(await refused(create, location(`s3://${BUCKET}`))).toBe("409 AccessGrantsLocationAlreadyExistsError");
  expect(await refused(create, location(`s3://${BUCKET}/x`, "nobody"))).toBe("400 InvalidIamRole");
  expect(await refused(create, location("s3://Not_A_Bucket"))).toBe("400 InvalidAccessGrantsLocation");
  expect(await control(create, location("s3://"))).toMatchObject({ AccessGrantsLocationId: "default" });
  const role = { AccessGrantsLocationId: locationId, IAMRoleArn: roleArn("stranger") };
  expect(await control("update_access_grants_location", role)).toMatchObject({ IAMRoleArn: roleArn("stranger") });
  expect(await control("get_access_grants_location", { AccessGrantsLocationId: locationId })).toMatchObject({
    IAMRoleArn: roleArn("stranger"),
    LocationScope: `s3://${BUCKET}`,
  });
  expect(await refused("get_access_grants_location", { AccessGrantsLocationId: "no-such" })).toBe(
    "404 NoSuchAccessGrantsLocationError",
  );
});

test.each([
  [
    "in the default location without a bucket",
    () => ({ AccessGrantsLocationId: "default", AccessGrantsLocationConfiguration: {} }),
    "400 InvalidRequest",
  ],
  [
    "in the default location on no bucket",
    () => ({ AccessGrantsLocationId: "default", ...subPrefix("No_Bucket/*") }),
    "400 InvalidAccessGrant",
  ],
  [
    "in a location that is not there",
    () => ({ AccessGrantsLocationId: "no-such" }),
    "404 NoSuchAccessGrantsLocationError",
  ],
  [
    "to a role that is not there",
    () => ({ Grantee: { GranteeType: "IAM", GranteeIdentifier: roleArn("nobody") } }),
    "400 InvalidRequest",
  ],
  [
    "to a role without its path",
    () => ({ Grantee: { GranteeType: "IAM", GranteeIdentifier: roleArn("usera").replace("studio/", "") } }),
    "400 InvalidRequest",
  ],
  [
    "to a directory group before Identity Center",
    () => ({ Grantee: { GranteeType: "DIRECTORY_GROUP", GranteeIdentifier: "11112222-3333-4444-5555-666677778888" } }),
    "400 InvalidRequest",
  ],
  ["on a prefix without a wildcard", () => subPrefix("UserA/"), "400 InvalidRequest"],
  ["on an object with a wildcard", () => ({ ...subPrefix("UserA/*"), S3PrefixType: "Object" }), "400 InvalidRequest"],
  ["on a wildcard before the end", () => subPrefix("User*/x/*"), "400 InvalidRequest"],
  ["with an unknown permission", () => ({ Permission: "OWN" }), "400 InvalidRequest"],
  [
    "with two tags of one key",
    () => ({
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "a", Value: "2" },
      ],
    }),
    "400 InvalidTag",
  ],
])("no grant %s", async (_, change, expected) => {
  expect(await refused("create_access_grant", grant(change()))).toBe(expected);
});

test("a grant says what it grants; the same again is refused, another permission is not", async () => {
  const made = await control("create_access_grant", grant({ Tags: [{ Key: "who", Value: "usera" }] }));
  const AccessGrantId = made["AccessGrantId"] ?? "";
  expect(await control<object>("get_access_grant", { AccessGrantId })).toMatchObject({
    AccessGrantArn: `${INSTANCE}/grant/${AccessGrantId}`,
    GrantScope: `s3://${BUCKET}/UserA/*`,
    Permission: "READ",
    Grantee: { GranteeType: "IAM", GranteeIdentifier: roleArn("usera") },
    AccessGrantsLocationConfiguration: { S3SubPrefix: "UserA/*" },
  });
  expect(await refused("create_access_grant", grant())).toBe("409 AccessGrantAlreadyExists");
  await control("create_access_grant", grant({ Permission: "WRITE" }));
  expect(await refused("get_access_grant", { AccessGrantId: "no-such" })).toBe("404 NoSuchAccessGrantError");
});

test("grants are listed in pages, and by whom, what and where", async () => {
  await control("create_access_grant", grant(subPrefix("Product/*")));
  const list = (more: object) => control<{ AccessGrantsList: Found[]; NextToken?: string }>("list_access_grants", more);
  const seen: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await list({ MaxResults: 2, ...(NextToken && { NextToken }) });
    expect(page.AccessGrantsList.length).toBeLessThanOrEqual(2);
    seen.push(...page.AccessGrantsList.map(({ AccessGrantId }) => AccessGrantId));
    NextToken = page.NextToken;
  } while (NextToken);
  expect(new Set(seen).size).toBe(3);
  const scopes = async (more: object) =>
    (await list(more)).AccessGrantsList.map(({ GrantScope, Permission }) => `${Permission} ${GrantScope}`);
  expect(await scopes({ Permission: "WRITE" })).toEqual([`WRITE s3://${BUCKET}/UserA/*`]);
  expect(await scopes({ GrantScope: `s3://${BUCKET}/Product/*` })).toEqual([`READ s3://${BUCKET}/Product/*`]);
  expect(await scopes({ GranteeIdentifier: roleArn("userb") })).toEqual([]);
});

test("tags of the instance, a location and a grant", async () => {
  const arns = [INSTANCE, `${INSTANCE}/location/${locationId}`];
  const { AccessGrantsList } = await control<{ AccessGrantsList: Found[] }>("list_access_grants");
  arns.push(AccessGrantsList[0]?.["AccessGrantArn"] ?? "");
  for (const ResourceArn of arns) {
    await control("tag_resource", {
      ResourceArn,
      Tags: [
        { Key: "a b", Value: "1" },
        { Key: "c", Value: "" },
      ],
    });
    await control("untag_resource", { ResourceArn, TagKeys: ["c", "team", "who"] });
    expect(await control<object>("list_tags_for_resource", { ResourceArn })).toEqual({
      Tags: [{ Key: "a b", Value: "1" }],
    });
  }
  const tags = [{ Key: "aws:x", Value: "1" }];
  expect(await refused("tag_resource", { ResourceArn: INSTANCE, Tags: tags })).toBe("400 InvalidTags");
  expect(await refused("list_tags_for_resource", { ResourceArn: `${INSTANCE}/grant/no-such` })).toBe(
    "404 NoSuchAccessGrantError",
  );
});

test("the resource policy", async () => {
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: 'a "b" <c>', Effect: "Allow" }] });
  expect(await refused("get_access_grants_instance_resource_policy")).toBe(
    "404 AccessGrantsInstanceResourcePolicyNotExists",
  );
  expect(await refused("put_access_grants_instance_resource_policy", { Policy: "no policy" })).toBe(
    "400 InvalidResourcePolicy",
  );
  await control("put_access_grants_instance_resource_policy", { Policy });
  expect(await control("get_access_grants_instance_resource_policy")).toMatchObject({ Policy });
  await control("delete_access_grants_instance_resource_policy");
  expect(await refused("get_access_grants_instance_resource_policy")).toBe(
    "404 AccessGrantsInstanceResourcePolicyNotExists",
  );
});

test("the AWS CLI reads the same", async () => {
  const run = promisify(execFile);
  const args = ["s3control", "list-access-grants", "--account-id", ACCOUNT, "--output", "json"];
  const { stdout } = await run("aws", args, { env: { ...studio.sandbox.env } });
  expect((JSON.parse(stdout) as { AccessGrantsList: unknown[] }).AccessGrantsList).toHaveLength(3);
}, 30_000);

test("grants go before their location, locations and Identity Center before the instance", async () => {
  const IdentityCenterArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
  await control("associate_access_grants_identity_center", { IdentityCenterArn });
  expect(await control("get_access_grants_instance")).toMatchObject({ IdentityCenterInstanceArn: IdentityCenterArn });
  expect(await refused("delete_access_grants_location", { AccessGrantsLocationId: locationId })).toBe(
    "400 AccessGrantsLocationNotEmptyError",
  );
  const { AccessGrantsList } = await control<{ AccessGrantsList: Found[] }>("list_access_grants");
  for (const { AccessGrantId } of AccessGrantsList) await control("delete_access_grant", { AccessGrantId });
  expect(await refused("delete_access_grants_instance")).toBe("400 AccessGrantsInstanceNotEmptyError");
  for (const id of [locationId, "default"])
    await control("delete_access_grants_location", { AccessGrantsLocationId: id });
  expect(await refused("delete_access_grants_instance")).toBe("400 InvalidRequest");
  await control("dissociate_access_grants_identity_center");
  await control("delete_access_grants_instance");
  expect(await refused("get_access_grants_instance")).toBe("404 AccessGrantsInstanceNotExistsError");
});

test("everything exchanged is as botocore's model says", async () => {
  expect(await studio.departures()).toEqual([]);
});
