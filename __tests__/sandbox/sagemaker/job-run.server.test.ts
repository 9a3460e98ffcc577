import { startSandbox, type Sandbox } from "../../../sandbox";
import { s3 } from "../../../sandbox/s3";
import { sagemaker } from "../../../sandbox/sagemaker";
import { type Boto, startBoto } from "../access-grants/boto";

const ACCOUNT = "123456789012";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/worker`;
const AWS_SPARK = "173754725891.dkr.ecr.us-east-1.amazonaws.com/sagemaker-spark-processing:3.3-cpu";
const arn = (service: string, resource: string, account = ACCOUNT) =>
  `arn:aws:${service}:us-east-1:${account}:${resource}`;
const LOGS = arn("logs", "log-group:/aws/sagemaker/ProcessingJobs");

let sandbox: Sandbox;
let boto: Boto;
let key: string;

beforeAll(async () => {
  sandbox = await startSandbox({ services: [s3, sagemaker] });
  boto = await startBoto(sandbox);
  const { KeyMetadata } = await boto.call<{ KeyMetadata: { Arn: string } }>("kms", "create_key");
  key = KeyMetadata.Arn;
  const trust = { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await boto.call("iam", "create_role", { RoleName: "worker", AssumeRolePolicyDocument });
}, 120_000);
afterAll(async () => {
  await boto.stop();
  await sandbox.stop();
});

interface Statement {
  readonly Action: string[];
  readonly Resource: string | string[];
  readonly Condition?: object;
}

/** All that the job below takes, each thing in a statement of its own, as narrow as it can be. */
const needed = (): Record<string, Statement> => ({
  look: {
    Action: ["DhcpOptions", "NetworkInterfaces", "SecurityGroups", "Subnets", "Vpcs"].map(
      (what) => `ec2:Describe${what}`,
    ),
    Resource: "*",
  },
  interfaces: { Action: ["ec2:CreateNetworkInterface"], Resource: arn("ec2", "network-interface/*") },
  subnet: { Action: ["ec2:CreateNetworkInterface"], Resource: arn("ec2", "subnet/subnet-1") },
  group: { Action: ["ec2:CreateNetworkInterface"], Resource: arn("ec2", "security-group/sg-1") },
  attach: {
    Action: ["CreateNetworkInterfacePermission", "DeleteNetworkInterface", "DeleteNetworkInterfacePermission"].map(
      (action) => `ec2:${action}`,
    ),
    Resource: arn("ec2", "network-interface/*"),
    Condition: { ArnEquals: { "ec2:Subnet": arn("ec2", "subnet/subnet-1") } },
  },
  registry: { Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
  image: {
    Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    Resource: arn("ecr", "repository/*", "173754725891"),
  },
  list: {
    Action: ["s3:ListBucket"],
    Resource: "arn:aws:s3:::scratch",
    Condition: { StringLike: { "s3:prefix": "userA/*" } },
  },
  files: { Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::scratch/userA/*" },
  outputKey: {
    Action: ["kms:GenerateDataKey"],
    Resource: key,
    Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
  },
  volume: {
    Action: ["kms:CreateGrant"],
    Resource: key,
    Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
  },
  metrics: {
    Action: ["cloudwatch:PutMetricData"],
    Resource: "*",
    Condition: { StringEquals: { "cloudwatch:namespace": "/aws/sagemaker/ProcessingJobs" } },
  },
});
const logs: Statement = {
  Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: [LOGS, `${LOGS}:log-stream:userA-*`],
};

let jobs = 0;
/** Runs the job as a role with these statements alone: its name, and how it ended. */
async function run(statements: readonly Statement[], change: object = {}): Promise<[string, unknown, string]> {
  const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await boto.call("iam", "put_role_policy", { RoleName: "worker", PolicyName: "work", PolicyDocument });
  const ProcessingJobName = `userA-${++jobs}`;
  await boto.call("sagemaker", "create_processing_job", {
    ProcessingJobName,
    RoleArn: ROLE,
    AppSpecification: { ImageUri: AWS_SPARK },
    ProcessingInputs: [
      {
        InputName: "code",
        S3Input: { S3Uri: "s3://scratch/userA/code/", LocalPath: "/opt/ml/x", S3DataType: "S3Prefix" },
      },
    ],
    ProcessingOutputConfig: {
      Outputs: [
        {
          OutputName: "events",
          S3Output: { S3Uri: "s3://scratch/userA/events/", LocalPath: "/opt/ml/y", S3UploadMode: "Continuous" },
        },
      ],
      KmsKeyId: key,
    },
    ProcessingResources: {
      ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.xlarge", VolumeSizeInGB: 1, VolumeKmsKeyId: key },
    },
    NetworkConfig: { VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] } },
    ...change,
  });
  const { ProcessingJobStatus, FailureReason = "" } = await boto.call<Record<string, string>>(
    "sagemaker",
    "describe_processing_job",
    { ProcessingJobName },
  );
  return [ProcessingJobName, ProcessingJobStatus, FailureReason!];
}

const streams = async (): Promise<string[]> => {
  const found = await boto
    .call<{ logStreams: { logStreamName: string }[] }>("logs", "describe_log_streams", {
      logGroupName: "/aws/sagemaker/ProcessingJobs",
    })
    .catch(() => ({ logStreams: [] }));
  return found.logStreams.map(({ logStreamName }) => logStreamName.split("/")[0]!);
};

test("a job takes all that it does in its role's name", async () => {
  const [name, status, reason] = await run([...Object.values(needed()), logs]);
  expect([status, reason]).toEqual(["Completed", ""]);
  expect(await streams()).toContain(name);
});

test.each(Object.keys(needed()))("without %s it fails, and says what it may not", async (missing) => {
  const { [missing]: left, ...rest } = needed();
  const [, status, reason] = await run([...Object.values(rest), logs]);
  expect(status).toBe("Failed");
  expect(left!.Action.map((action) => `${ROLE} is not authorized to perform: ${action} on`)).toContain(
    /ClientError: (.* on) /.exec(reason)?.[1],
  );
});

test.each([
  [
    "another subnet",
    { NetworkConfig: { VpcConfig: { Subnets: ["subnet-9"], SecurityGroupIds: ["sg-1"] } } },
    "subnet-9",
  ],
  ["another group", { NetworkConfig: { VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-9"] } } }, "sg-9"],
  [
    "an image of another account",
    { AppSpecification: { ImageUri: "999999999999.dkr.ecr.us-east-1.amazonaws.com/miner:1" } },
    "999999999999:repository/miner",
  ],
])("it fails with %s", async (_, change, named) => {
  const [, status, reason] = await run([...Object.values(needed()), logs], change);
  expect([status, reason]).toEqual(["Failed", expect.stringContaining(named)]);
});

test("a role that may not write the log loses it", async () => {
  const [name, status] = await run(Object.values(needed()));
  expect(status).toBe("Completed");
  expect(await streams()).not.toContain(name);
});
