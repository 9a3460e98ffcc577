import { studio } from "../../commands/studio";
import type { State } from "../../commands/studio/deployment";
import { BUCKET, roleArn, startStudio, type Studio } from "../sandbox/access-grants/studio";
import { sagemaker } from "../../sandbox/sagemaker";
import { worldIn } from "./studio-clients";
import { made, stateOf } from "./studio-fixtures";

// With the SDK's own clients, and IAM that decides: what a fake cannot show.

const ARN = "arn:aws:sagemaker:us-east-1:123456789012";
let place: Studio;
let DomainId = "";
let state: State;

const call = <T = object>(operation: string, parameters: object): Promise<T> =>
  place.boto.call<T>("sagemaker", operation, { ...parameters });

beforeAll(async () => {
  place = await startStudio([(surroundings) => sagemaker(surroundings)]);
  const { boto } = place;
  const { Vpc } = await boto.call<{ Vpc: { VpcId: string } }>("ec2", "create_vpc", { CidrBlock: "10.0.0.0/16" });
  const subnet = { VpcId: Vpc.VpcId, CidrBlock: "10.0.1.0/24" };
  const { Subnet } = await boto.call<{ Subnet: { SubnetId: string } }>("ec2", "create_subnet", subnet);
  const domain = await call<{ DomainId: string }>("create_domain", {
    DomainName: "Product",
    AuthMode: "IAM",
    VpcId: Vpc.VpcId,
    SubnetIds: [Subnet.SubnetId],
    DefaultUserSettings: { ExecutionRole: roleArn("usera") },
  });
  ({ DomainId } = domain);
  for (const UserProfileName of ["userA", "userB"]) {
    await call("create_user_profile", { DomainId, UserProfileName });
    await call("create_space", {
      DomainId,
      SpaceName: `${UserProfileName}-own`,
      OwnershipSettings: { OwnerUserProfileName: UserProfileName },
      SpaceSharingSettings: { SharingType: "Private" },
      SpaceSettings: { SpaceStorageSettings: { EbsStorageSettings: { EbsVolumeSizeInGb: 5 } } },
      Tags: [{ Key: "person", Value: UserProfileName }],
    });
    await call("create_app", {
      DomainId,
      SpaceName: `${UserProfileName}-own`,
      AppType: "JupyterLab",
      AppName: "default",
    });
  }
  const grant = await place.grant("usera", "UserA/*", "READ");
  state = stateOf(
    { id: DomainId, name: "Product" },
    ["userA", "userB"],
    [
      made("aws_s3control_access_grants_instance", {}),
      made("aws_s3control_access_grants_location", { access_grants_location_id: grant["AccessGrantsLocationId"] }),
      made("aws_s3control_access_grant", { access_grant_id: grant["AccessGrantId"] }),
    ],
  );
}, 120_000);
afterAll(() => place.stop());

/** Runs the command as the stranger, who may do what a test says, or as the account. */
async function run(args: string[], may?: readonly object[]): Promise<string> {
  let session;
  if (may) {
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [...LOOK, ...may] });
    await place.boto.call("iam", "put_role_policy", { RoleName: "stranger", PolicyName: "p", PolicyDocument });
    session = await place.session("stranger");
  }
  const lines: string[] = [];
  const world = worldIn(place.sandbox, () => Promise.resolve(state), session);
  await studio(args, (line) => lines.push(line), world).catch((error: Error) => lines.push(error.message));
  return lines.join("\n");
}

const LOOK = [
  {
    Effect: "Allow",
    Action: ["sagemaker:Describe*", "sagemaker:List*", "iam:GetRole", "iam:SimulatePrincipalPolicy", "s3:ListAccess*"],
    Resource: "*",
  },
];
const DELETE = { Effect: "Allow", Action: ["sagemaker:DeleteApp", "sagemaker:DeleteSpace"], Resource: "*" };
const left = async (): Promise<string[]> => {
  const { Spaces } = await call<{ Spaces: { SpaceName: string }[] }>("list_spaces", { DomainIdEquals: DomainId });
  const { Apps } = await call<{ Apps: { SpaceName: string }[] }>("list_apps", { DomainIdEquals: DomainId });
  return [...Spaces, ...Apps].map(({ SpaceName }) => SpaceName).sort();
};
const ALL = ["userA-own", "userA-own", "userB-own", "userB-own"];

test.each([
  ["no deletion at all", []],
  ["apps only", [{ ...DELETE, Action: "sagemaker:DeleteApp" }]],
  [
    "what one person owns",
    [{ ...DELETE, Condition: { ArnLike: { "sagemaker:OwnerUserProfileArn": `${ARN}:user-profile/*/usera` } } }],
  ],
  ["what has one person's tag", [{ ...DELETE, Condition: { StringEquals: { "aws:ResourceTag/person": "userA" } } }]],
  ["all but one space", [DELETE, { ...DELETE, Effect: "Deny", Resource: `${ARN}:space/*/userB-own` }]],
])("whoever may delete %s, deletes nothing", async (_, may) => {
  expect(await run(["empty", "--confirm", "Product"], may)).toMatch(
    /Nothing was deleted\. In the way:\n[^]*userB-own[^]*may not sagemaker:DeleteSpace \((implicit|explicit)Deny\)/i,
  );
  expect(await left()).toEqual(ALL);
});

test("somebody else's grant and location are told; they are not deleted, and keep the domain", async () => {
  const grant = await place.grant("stranger", "Product/*", "READWRITE");
  const location = await place.control<{ AccessGrantsLocationId: string }>("create_access_grants_location", {
    LocationScope: `s3://${BUCKET}/other`,
    IAMRoleArn: roleArn("location"),
  });
  const told = await run(["empty", "--confirm", "Product"]);
  expect(told).toContain(
    `grant ${grant["AccessGrantId"]} (READWRITE on s3://${BUCKET}/Product/* for ${roleArn("stranger")}): Terraform did not make it`,
  );
  expect(told).toContain(
    `location ${location.AccessGrantsLocationId} (s3://${BUCKET}/other): Terraform did not make it`,
  );
  expect(await left()).toEqual(ALL);
  await place.control("delete_access_grant", { AccessGrantId: grant["AccessGrantId"] });
  const { AccessGrantsLocationId } = location;
  await place.control("delete_access_grants_location", { AccessGrantsLocationId });
});

test("one persona is emptied with permissions for hers alone, then the domain", async () => {
  const hers = {
    ...DELETE,
    Condition: { ArnLike: { "sagemaker:OwnerUserProfileArn": `${ARN}:user-profile/*/usera` } },
  };
  expect(await run(["empty", "--persona", "userA", "--confirm", "Product"], [hers])).toContain(
    "Deleted: space userA-own (of userA, a volume of 5 GB)",
  );
  expect(await left()).toEqual(["userB-own", "userB-own"]);
  await call("delete_user_profile", { DomainId, UserProfileName: "userA" });
  await run(["empty", "--confirm", "Product"], [DELETE]);
  expect(await left()).toEqual([]);
  expect(await place.departures()).toEqual([]);
});
