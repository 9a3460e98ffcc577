import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { startSandbox, type Sandbox } from "../../sandbox";
import { s3 } from "../../sandbox/s3";
import { sagemaker } from "../../sandbox/sagemaker";
import { pythonEnv, SAGEMAKER_SDK } from "../../scripts/python-env";
import { type Boto, type Credentials, startBoto } from "../sandbox/access-grants/boto";
import { rolePolicy } from "./role-policy";

const STUDIO = resolve(__dirname, "../../examples/studio");
const ROLE = "sagemaker-usera-role";

let sandbox: Sandbox;
let boto: Boto;
let python: string;
let env: NodeJS.ProcessEnv;
let scratch: string;

beforeAll(async () => {
  ({ python } = await pythonEnv(SAGEMAKER_SDK));
  sandbox = await startSandbox({ services: [s3, sagemaker] });
  boto = await startBoto(sandbox);
  const { account } = sandbox;
  scratch = `product-scratch-${account}`;
  await boto.call("s3", "create_bucket", { Bucket: scratch });
  const trust = { Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  await boto.call("iam", "create_role", { RoleName: ROLE, AssumeRolePolicyDocument });
  const PolicyDocument = rolePolicy(account, scratch);
  await boto.call("iam", "put_role_policy", { RoleName: ROLE, PolicyName: "studio", PolicyDocument });
  const assumed = { RoleArn: `arn:aws:iam::${account}:role/${ROLE}`, RoleSessionName: "userA" };
  const { Credentials } = await boto.call<{ Credentials: Credentials }>("sts", "assume_role", assumed);
  env = {
    ...sandbox.env,
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
    HOME: process.env["HOME"],
  };
}, 900_000);
afterAll(async () => {
  await boto.stop();
  await sandbox.stop();
});

/** Runs the README's cell as userA, from the folder of the scripts. The SDK has tracebacks printed to standard output. */
const run = async (replaced: object): Promise<void> => {
  const words = JSON.stringify({ "111122223333": sandbox.account, ...replaced });
  const args = [join(__dirname, "studio", "sdk.py"), join(STUDIO, "README.md"), words];
  await promisify(execFile)(python, args, { cwd: STUDIO, env }).catch(({ stdout }: { stdout: string }) => {
    throw new Error(stdout);
  });
};
const jobs = async (): Promise<string[]> => {
  const { ProcessingJobSummaries } = await boto.call<{ ProcessingJobSummaries: { ProcessingJobName: string }[] }>(
    "sagemaker",
    "list_processing_jobs",
  );
  return ProcessingJobSummaries.map(({ ProcessingJobName }) => ProcessingJobName);
};

interface Job {
  readonly RoleArn: string;
  readonly ProcessingJobStatus: string;
  readonly ProcessingInputs: readonly { readonly S3Input: { readonly S3Uri: string } }[];
}

test.each([
  ["without a slash", {}],
  ["with one", { 'default_bucket_prefix="userA"': 'default_bucket_prefix="userA/"' }],
])(
  "SageMaker's SDK 2 starts the job as the README says, default_bucket_prefix %s",
  async (_, replaced) => {
    const before = await jobs();
    await run(replaced);
    const [name = "", ...others] = (await jobs()).filter((job) => !before.includes(job));
    expect(others).toEqual([]);
    expect(name).toMatch(/^userA-abalone-/);
    const job = await boto.call<Job>("sagemaker", "describe_processing_job", { ProcessingJobName: name });
    expect(job).toMatchObject({
      RoleArn: `arn:aws:iam::${sandbox.account}:role/${ROLE}`,
      ProcessingJobStatus: "Completed",
      NetworkConfig: { VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] } },
    });
    expect(job.ProcessingInputs.length).toBeGreaterThanOrEqual(2);
    for (const { S3Input } of job.ProcessingInputs) {
      expect(S3Input.S3Uri).toMatch(new RegExp(`^s3://${scratch}/userA/`));
      const Prefix = S3Input.S3Uri.slice(`s3://${scratch}/`.length);
      expect((await boto.call("s3", "list_objects_v2", { Bucket: scratch, Prefix }))["KeyCount"]).toBeGreaterThan(0);
    }
  },
  120_000,
);

test.each([
  ["a name of its own", { 'base_job_name="userA-abalone"': "base_job_name=None" }, "CreateProcessingJob"],
  ["Studio's network", { 'subnets=["subnet-1"]': 'subnets=["subnet-9"]' }, "CreateProcessingJob"],
  ["the profile's folder", { 'default_bucket_prefix="userA"': 'default_bucket_prefix="userB"' }, "ListObjectsV2"],
])(
  "and is denied without %s",
  async (_, replaced, operation) => {
    await expect(run(replaced)).rejects.toThrow(new RegExp(`\\(AccessDenied(Exception)?\\)[^]*${operation}`));
  },
  120_000,
);
