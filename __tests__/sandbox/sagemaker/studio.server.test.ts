import { startSandbox, type Sandbox } from "../../../sandbox";
import { departures } from "../../../sandbox/conformance/check";
import { type Exchange, recording } from "../../../sandbox/conformance/record";
import { sagemaker } from "../../../sandbox/sagemaker";
import { type Boto, startBoto } from "../access-grants/boto";

type Found = Readonly<Record<string, unknown>>;

const ExecutionRole = "arn:aws:iam::123456789012:role/studio/sagemaker-usera-role";
const exchanges: Exchange[] = [];
let sandbox: Sandbox;
let boto: Boto;
let VpcId = "";
let SubnetId = "";

beforeAll(async () => {
  sandbox = await startSandbox({
    services: [
      (surroundings) => recording(sagemaker(surroundings), (one) => one.service === "sagemaker" && exchanges.push(one)),
    ],
  });
  boto = await startBoto(sandbox);
  const { Vpc } = await boto.call<{ Vpc: { VpcId: string } }>("ec2", "create_vpc", { CidrBlock: "10.0.0.0/16" });
  ({ VpcId } = Vpc);
  const subnet = { VpcId, CidrBlock: "10.0.1.0/24" };
  ({ SubnetId } = (await boto.call<{ Subnet: { SubnetId: string } }>("ec2", "create_subnet", subnet)).Subnet);
}, 120_000);
afterAll(async () => {
  await boto.stop();
  await sandbox.stop();
});

const call = <T = Found>(operation: string, parameters: object = {}) =>
  boto.call<T>("sagemaker", operation, { ...parameters });
const outcome = (operation: string, parameters: object) => boto.outcome("sagemaker", operation, { ...parameters });
const domain = (DomainName: string, more = {}) => ({
  DomainName,
  AuthMode: "IAM",
  VpcId,
  SubnetIds: [SubnetId],
  DefaultUserSettings: { ExecutionRole },
  ...more,
});
const create = async (name: string, more = {}) => String((await call("create_domain", domain(name, more)))["DomainId"]);
const fileSystems = async () =>
  (await boto.call<{ FileSystems: Found[] }>("efs", "describe_file_systems")).FileSystems.map(
    ({ FileSystemId }) => FileSystemId,
  );
const nfsGroups = async () => {
  const { SecurityGroups } = await boto.call<{ SecurityGroups: { GroupName: string; GroupId: string }[] }>(
    "ec2",
    "describe_security_groups",
  );
  return SecurityGroups.filter(({ GroupName }) => GroupName.includes("-nfs-"));
};

test("a domain says all that it was made and changed with, and goes with its file system", async () => {
  const settings = { ExecutionRoleIdentityConfig: "USER_PROFILE_NAME" };
  const DomainId = await create("Product-Domain", {
    TagPropagation: "ENABLED",
    DomainSettings: settings,
    Tags: [{ Key: "a", Value: "b" }],
  });
  const made = await call("describe_domain", { DomainId });
  expect(made).toMatchObject({
    Status: "InService",
    TagPropagation: "ENABLED",
    DomainSettings: settings,
    DefaultUserSettings: { ExecutionRole },
  });
  expect(await fileSystems()).toEqual([made["HomeEfsFileSystemId"]]);
  expect(await nfsGroups()).toHaveLength(2);
  await call("update_domain", { DomainId, DefaultUserSettings: { ExecutionRole, StudioWebPortal: "ENABLED" } });
  expect(await call("describe_domain", { DomainId })).toMatchObject({
    DefaultUserSettings: { StudioWebPortal: "ENABLED" },
    DomainSettings: settings,
  });
  await call("delete_domain", { DomainId, RetentionPolicy: { HomeEfsFileSystem: "Delete" } });
  expect(await outcome("describe_domain", { DomainId })).toBe("ResourceNotFound");
  expect(await fileSystems()).toEqual([]);
  expect(await nfsGroups()).toEqual([]);
});

test("user profiles and spaces: made, found in any case, changed, tagged, gone in their order", async () => {
  const DomainId = await create("profiles");
  const profile = { DomainId, UserProfileName: "userA" };
  const space = { DomainId, SpaceName: "userA-lab" };
  const { UserProfileArn } = await call("create_user_profile", { ...profile, UserSettings: { ExecutionRole } });
  expect(UserProfileArn).toMatch(new RegExp(`:user-profile/${DomainId}/usera$`));
  expect(await outcome("create_user_profile", profile)).toBe("ResourceInUse");
  const { AuthorizedUrl } = await call("create_presigned_domain_url", profile);
  expect(AuthorizedUrl).toMatch(
    new RegExp(`^https://${DomainId}[.]studio[.]us-east-1[.]sagemaker[.]aws/auth[?]token=`),
  );
  expect(await outcome("create_presigned_domain_url", { ...profile, UserProfileName: "nobody" })).toBe(
    "ResourceNotFound",
  );
  expect(await call("describe_user_profile", { DomainId, UserProfileName: "usera" })).toMatchObject({
    UserProfileName: "userA",
  });
  // The provider takes the name from the ARN, which has it in lower case.
  const settings = { UserSettings: { ExecutionRole, SecurityGroups: ["sg-1"] } };
  await call("update_user_profile", { DomainId, UserProfileName: "usera", ...settings });
  expect(await call("describe_user_profile", profile)).toMatchObject({
    UserProfileName: "userA",
    UserSettings: { SecurityGroups: ["sg-1"] },
  });
  const ownership = {
    OwnershipSettings: { OwnerUserProfileName: "userA" },
    SpaceSharingSettings: { SharingType: "Private" },
  };
  await call("create_space", { ...space, ...ownership, SpaceSettings: { AppType: "JupyterLab" } });
  await call("update_space", { ...space, SpaceDisplayName: "lab" });
  expect(await call("describe_space", space)).toMatchObject({ ...ownership, SpaceDisplayName: "lab" });
  expect(await call<object>("list_spaces", { DomainIdEquals: DomainId })).toMatchObject({
    Spaces: [{ SpaceName: "userA-lab", OwnershipSettingsSummary: ownership.OwnershipSettings }],
  });
  await call("add_tags", {
    ResourceArn: UserProfileArn,
    Tags: [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ],
  });
  await call("delete_tags", { ResourceArn: UserProfileArn, TagKeys: ["a"] });
  expect(await call("list_tags", { ResourceArn: UserProfileArn })).toEqual({ Tags: [{ Key: "b", Value: "2" }] });

  const app = { ...space, AppType: "JupyterLab", AppName: "default" };
  await call("create_app", app);
  expect(await outcome("delete_space", space)).toBe("ResourceInUse");
  await call("delete_app", app);
  expect(await outcome("delete_user_profile", profile)).toBe("ResourceInUse");
  expect(await outcome("delete_domain", { DomainId })).toBe("ResourceInUse");
  await call("delete_space", space);
  await call("delete_user_profile", profile);
  expect(await outcome("describe_user_profile", profile)).toBe("ResourceNotFound");
  expect(await outcome("describe_space", space)).toBe("ResourceNotFound");
  await call("delete_domain", { DomainId, RetentionPolicy: { HomeEfsFileSystem: "Delete" } });
});

test.each([
  ["a subnet of nowhere", { SubnetIds: ["subnet-00000000"] }, "ValidationException"],
  ["a name with a blank", { DomainName: "Product Domain" }, "ValidationException"],
  ["an unknown network access", { AppNetworkAccessType: "Everywhere" }, "ValidationException"],
])("a domain with %s is refused", async (_, change, expected) => {
  expect(await outcome("create_domain", domain("refused", change))).toBe(expected);
});

test("a profile in a VpcOnly domain needs security groups", async () => {
  const DomainId = await create("vpc-only", { AppNetworkAccessType: "VpcOnly" });
  const profile = { DomainId, UserProfileName: "userB" };
  expect(await outcome("create_user_profile", profile)).toBe("ValidationException");
  await call("delete_domain", { DomainId, RetentionPolicy: { HomeEfsFileSystem: "Delete" } });
});

test("a change to VpcOnly names VPC and subnets, as hashicorp/terraform-provider-aws #45528 reports, unless taken", async () => {
  const DomainId = await create("vpc-only-change", { AppNetworkAccessType: "VpcOnly" });
  const asProvider = { DomainId, AppNetworkAccessType: "VpcOnly", DefaultUserSettings: { ExecutionRole } };
  await expect(call("update_domain", asProvider)).rejects.toThrow(
    "VpcId and Subnet IDs are required for updating domains to VpcOnly mode.",
  );
  expect(await outcome("update_domain", { ...asProvider, VpcId })).toBe("ValidationException");
  expect(await outcome("update_domain", { ...asProvider, VpcId, SubnetIds: ["subnet-00000000"] })).toBe(
    "ValidationException",
  );
  expect(await outcome("update_domain", { ...asProvider, VpcId, SubnetIds: [SubnetId] })).toBe("ok");
  await sandbox.control.choose({ sagemaker: { vpcOnlyWithoutVpc: "taken" } });
  expect(await outcome("update_domain", asProvider)).toBe("ok");
  await sandbox.control.choose({ sagemaker: { vpcOnlyWithoutVpc: "refused" } });
  await call("delete_domain", { DomainId, RetentionPolicy: { HomeEfsFileSystem: "Delete" } });
});

test("network access and subnets stay while applications run", async () => {
  const DomainId = await create("running", { AppNetworkAccessType: "PublicInternetOnly" });
  const other = { VpcId, CidrBlock: "10.0.2.0/24" };
  const { Subnet } = await boto.call<{ Subnet: { SubnetId: string } }>("ec2", "create_subnet", other);
  const both = [SubnetId, Subnet.SubnetId];
  const app = { DomainId, UserProfileName: "userA", AppType: "JupyterServer", AppName: "default" };
  await call("create_user_profile", { DomainId, UserProfileName: "userA" });
  await call("create_app", app);
  const toVpc = { DomainId, AppNetworkAccessType: "VpcOnly", VpcId, SubnetIds: both };
  expect(await outcome("update_domain", toVpc)).toBe("ResourceInUse");
  expect(await outcome("update_domain", { DomainId, SubnetIds: both })).toBe("ok");
  expect(await outcome("update_domain", { DomainId, SubnetIds: [SubnetId] })).toBe("ResourceInUse");
  await call("delete_app", app);
  expect(await outcome("update_domain", toVpc)).toBe("ok");
  await call("delete_user_profile", { DomainId, UserProfileName: "userA" });
  await call("delete_domain", { DomainId, RetentionPolicy: { HomeEfsFileSystem: "Delete" } });
  await boto.call("ec2", "delete_subnet", { SubnetId: Subnet.SubnetId });
});

test("a processing job's request is kept in full, and a wrong one refused", async () => {
  const request = {
    ProcessingJobName: "preprocess-1",
    RoleArn: ExecutionRole,
    AppSpecification: { ImageUri: "1.dkr.ecr/spark:3.3", ContainerEntrypoint: ["smspark-submit"] },
    ProcessingResources: { ClusterConfig: { InstanceCount: 2, InstanceType: "ml.m5.2xlarge", VolumeSizeInGB: 30 } },
    Environment: { A: "b" },
  };
  await call("create_processing_job", request);
  expect(await call("describe_processing_job", { ProcessingJobName: "preprocess-1" })).toMatchObject({
    ...request,
    // The role is not there, so it may do nothing.
    ProcessingJobStatus: "Failed",
    FailureReason: expect.stringContaining(`${ExecutionRole} is not authorized to perform`),
  });
  expect(await outcome("create_processing_job", request)).toBe("ResourceInUse");
  const wrong = { ClusterConfig: { InstanceCount: 2, InstanceType: "ml.nothing", VolumeSizeInGB: 30 } };
  const refused = { ...request, ProcessingJobName: "preprocess-2", ProcessingResources: wrong };
  expect(await outcome("create_processing_job", refused)).toBe("ValidationException");
});

test("a file system that is kept holds its subnet and VPC until somebody removes it by hand", async () => {
  const DomainId = await create("kept");
  await call("delete_domain", { DomainId });
  const ec2 = (operation: string, parameters: object) => boto.outcome("ec2", operation, { ...parameters });
  expect(await ec2("delete_subnet", { SubnetId })).toBe("DependencyViolation");
  expect(await ec2("delete_vpc", { VpcId })).toBe("DependencyViolation");
  const [FileSystemId] = await fileSystems();
  const targets = await boto.call<{ MountTargets: { MountTargetId: string }[] }>("efs", "describe_mount_targets", {
    FileSystemId,
  });
  for (const { MountTargetId } of targets.MountTargets)
    await boto.call("efs", "delete_mount_target", { MountTargetId });
  await boto.call("efs", "delete_file_system", { FileSystemId });
  expect(await ec2("delete_subnet", { SubnetId })).toBe("ok");
  expect(await ec2("delete_vpc", { VpcId })).toBe("DependencyViolation");
  for (const { GroupId } of await nfsGroups()) await boto.call("ec2", "delete_security_group", { GroupId });
  expect(await ec2("delete_vpc", { VpcId })).toBe("ok");
});

test("everything exchanged is as botocore's model says", async () => {
  expect(exchanges.length).toBeGreaterThan(30);
  expect(await departures(exchanges)).toEqual([]);
});
