import { studio } from "../../commands/studio";
import type { State } from "../../commands/studio/deployment";
import { awsError } from "../functions/approver/fake";
import { app, FakeStudio, made, space, stateOf } from "./studio-fixtures";

const OURS = [
  made("aws_s3control_access_grants_instance", {}),
  made("aws_s3control_access_grants_location", { access_grants_location_id: "our-location" }),
  made("aws_s3control_access_grant", { access_grant_id: "our-grant" }),
];
const STATE = stateOf({ id: "d-1", name: "Product" }, ["userA", "userB"], OURS);

async function run(
  aws: FakeStudio,
  args: string[],
  state: State = STATE,
): Promise<{ lines: string[]; error?: string }> {
  const lines: string[] = [];
  const clients = { studio: aws, s3: aws, iam: aws, sts: aws } as never;
  const world = { readState: () => Promise.resolve(state), connect: () => clients, pause: () => Promise.resolve() };
  try {
    await studio(args, (line) => lines.push(line), world);
    return { lines };
  } catch (error) {
    return { lines, error: (error as Error).message };
  }
}

const emptied = (aws: FakeStudio, ...more: string[]) => run(aws, ["empty", "--confirm", "Product", ...more]);
const deleted = (aws: FakeStudio): unknown[] =>
  aws.calls
    .filter(({ name }) => name.startsWith("Delete"))
    .map(({ name, input }) => [name, input["SpaceName"] ?? input["UserProfileName"]]);

/** A domain in which people have been at work. */
function inUse(): FakeStudio {
  const aws = new FakeStudio();
  aws.spaces = [space("hers", "userA"), space("his", "userB"), space("team", "USERA"), space("old")];
  aws.apps = [
    app("hers"),
    app("his"),
    app("ended", { Status: "Deleted" }),
    { AppType: "JupyterServer", AppName: "default", UserProfileName: "userB", Status: "Failed" },
  ];
  aws.grants = [{ AccessGrantId: "our-grant", AccessGrantsLocationId: "our-location" }];
  aws.locations = [{ AccessGrantsLocationId: "our-location" }];
  return aws;
}

test("a domain: all applications, and once they are gone all spaces; each is told", async () => {
  const aws = inUse();
  const { lines, error } = await emptied(aws);
  expect(error).toBeUndefined();
  expect(deleted(aws)).toEqual([
    ["DeleteApp", "hers"],
    ["DeleteApp", "his"],
    ["DeleteApp", "userB"],
    ["DeleteSpace", "hers"],
    ["DeleteSpace", "his"],
    ["DeleteSpace", "team"],
    ["DeleteSpace", "old"],
  ]);
  expect(lines.filter((line) => line.startsWith("Deleted"))).toHaveLength(7);
  expect(lines).toContain("Deleted: space hers (of userA, a volume of 20 GB)");
});

test("one persona: what is hers, in any case of her name, and nobody else's", async () => {
  const aws = inUse();
  aws.profiles.push("intruder"); // somebody else's profile is in the way of the domain, not of hers
  aws.grants.push({ AccessGrantId: "foreign" });
  expect(await emptied(aws, "--persona", "usera")).not.toHaveProperty("error");
  expect(deleted(aws)).toEqual([
    ["DeleteApp", "hers"],
    ["DeleteSpace", "hers"],
    ["DeleteSpace", "team"],
  ]);
});

test("that volumes end is said, and nothing ends, until the domain's name is given", async () => {
  for (const confirmation of [[], ["--confirm", "product"], ["--confirm", "d-1"]]) {
    const aws = inUse();
    const { lines, error } = await run(aws, ["empty", ...confirmation]);
    expect(error).toMatch(
      /^Nothing was deleted yet\. Deleting the spaces above also deletes their volumes.*--confirm "Product"$/,
    );
    expect(lines).toContain("  space his (of userB, a volume of 20 GB): InService");
    expect(deleted(aws)).toEqual([]);
  }
});

const grant = {
  AccessGrantId: "g-2",
  AccessGrantsLocationId: "our-location",
  Permission: "READ",
  GrantScope: "s3://b/x*",
};

test.each<[string, (aws: FakeStudio) => void, RegExp]>([
  [
    "an app that is starting",
    (aws) => (aws.apps[0]!.Status = "Pending"),
    /app JupyterLab\/default in space hers.*Pending/,
  ],
  ["a space that is changing", (aws) => (aws.spaces[0]!.Status = "Updating"), /space hers .*Updating/],
  ["a foreign profile", (aws) => aws.profiles.push("intruder"), /user profile intruder: Terraform did not make it/],
  ["a foreign grant", (aws) => aws.grants.push(grant), /grant g-2 \(READ on s3:\/\/b\/x\* for /],
  [
    "a foreign location, on the second page",
    (aws) => aws.locations.push({}, { AccessGrantsLocationId: "l-2", LocationScope: "s3://other" }),
    /location l-2 \(s3:\/\/other\)/,
  ],
  [
    "no permission for one of the apps",
    (aws) => (aws.decide = (_, arn) => (arn.endsWith("/userb/jupyterserver/default") ? "implicitDeny" : "allowed")),
    /JupyterServer.*arn:aws:iam::123456789012:role\/path\/admin may not sagemaker:DeleteApp \(implicitDeny\)/,
  ],
  [
    "no permission for the last of the spaces",
    (aws) =>
      (aws.decide = (action, arn) =>
        action.endsWith("DeleteSpace") && arn.endsWith("/old") ? "explicitDeny" : "allowed"),
    /space old.*may not sagemaker:DeleteSpace \(explicitDeny\)/,
  ],
  ["no permission to look", (aws) => void aws.on("ListApps", awsError("AccessDeniedException", 400)), /AccessDenied/],
  [
    "no permission to simulate",
    (aws) => void aws.on("SimulatePrincipalPolicy", awsError("AccessDenied", 403)),
    /AccessDenied/,
  ],
  ["another account's credentials", (aws) => (aws.account = "210987654321"), /account 210987654321/],
])("nothing is lost where it cannot go on: %s", async (_, change, expected) => {
  const aws = inUse();
  change(aws);
  const { error } = await emptied(aws);
  expect(error).toMatch(expected);
  expect(deleted(aws)).toEqual([]);
  const told = await run(aws, ["list"]);
  expect([...told.lines, told.error].join("\n")).toMatch(expected);
});

test("an app that cannot be ended after all keeps every space", async () => {
  const aws = inUse();
  aws.looks = 1_000;
  const { error } = await emptied(aws);
  expect(error).toMatch(/^Still there.*\n.*app JupyterLab\/default in space hers/);
  expect(aws.count("DeleteSpace")).toBe(0);
});

test("a permission is asked for with the conditions that SageMaker gives: owner, sharing, tags", async () => {
  const aws = inUse();
  const asked: Record<string, object> = {};
  aws.decide = (action, arn, context) => {
    asked[`${action} ${arn.split(":").at(-1)}`] = context;
    return "allowed";
  };
  await run(aws, ["list", "--persona", "userA"]);
  const context = {
    "sagemaker:OwnerUserProfileArn": "arn:aws:sagemaker:us-east-1:123456789012:user-profile/d-1/usera",
    "sagemaker:SpaceSharingType": "Private",
    "aws:ResourceTag/team": "product",
    "sagemaker:ResourceTag/team": "product",
  };
  expect(asked).toEqual({
    "sagemaker:DeleteApp app/d-1/hers/jupyterlab/default": context,
    "sagemaker:DeleteSpace space/d-1/hers": context,
    "sagemaker:DeleteSpace space/d-1/team": context,
  });
});

test("the account's root user needs no permission", async () => {
  const aws = inUse();
  aws.caller = "arn:aws:iam::123456789012:root";
  expect(await emptied(aws)).not.toHaveProperty("error");
  expect(aws.count("SimulatePrincipalPolicy")).toBe(0);
});

test("in an instance of somebody else's, only what is on our locations is in the way", async () => {
  const state = stateOf({ id: "d-1", name: "Product" }, ["userA", "userB"], OURS.slice(1));
  const aws = inUse();
  aws.locations.push({ AccessGrantsLocationId: "l-2", LocationScope: "s3://other" });
  aws.grants.push({ ...grant, AccessGrantsLocationId: "l-2" });
  expect(await run(aws, ["empty", "--confirm", "Product"], state)).not.toHaveProperty("error");
  const again = inUse();
  again.grants.push(grant);
  expect((await run(again, ["empty", "--confirm", "Product"], state)).error).toMatch(/grant g-2/);
  expect(deleted(again)).toEqual([]);
});

test("where nothing is there, nothing is to be confirmed", async () => {
  const aws = inUse();
  aws.apps = [];
  aws.spaces = [];
  expect(await run(aws, ["empty"])).toEqual({ lines: ["Domain Product (d-1, us-east-1): 0 spaces, 0 apps"] });
});

test.each<[string, string[], State, RegExp]>([
  ["no verb", [], STATE, /^Say what to do/],
  ["a verb that is none", ["purge"], STATE, /^Say what to do/],
  ["a persona that is none", ["empty", "--persona", "userC"], STATE, /no such user profile, but: userA, userB/],
  ["a state without a domain", ["list"], {}, /no SageMaker domain.*cdktf\.out\/stacks/],
  ["a domain that is not in the state", ["list", "--domain", "Other"], STATE, /Give --domain, one of: Product/],
])("%s is told", async (_, args, state, expected) => {
  const aws = inUse();
  expect((await run(aws, args, state)).error).toMatch(expected);
  expect(deleted(aws)).toEqual([]);
});
