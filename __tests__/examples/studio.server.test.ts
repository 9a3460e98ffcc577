import { accessGrants } from "../../sandbox/access-grants";
import { startSandbox } from "../../sandbox";
import { s3 } from "../../sandbox/s3";
import { sagemaker } from "../../sandbox/sagemaker";
import { pythonEnv, SPARK } from "../../scripts/python-env";
import { pytest } from "./pytest";
import { rolePolicy, STUDIO_KEY } from "./role-policy";

beforeAll(async () => void (await pythonEnv(SPARK)), 900_000);

test("the scripts that need no Spark, with boto3's models", async () => {
  const { PATH, HOME, TMPDIR } = process.env;
  expect(await pytest("", { PATH, HOME, TMPDIR })).toMatch(/^\d+ passed in/m);
}, 300_000);

test("the credentials and the access check, with the real boto3 against the sandbox", async () => {
  const sandbox = await startSandbox({ services: [accessGrants, s3, sagemaker] });
  // The key is made by the tests, and takes this one's place.
  const env = {
    ...sandbox.env,
    ROLE_POLICY_OF_USER_A: rolePolicy(sandbox.account),
    STUDIO_KEY_ARN: STUDIO_KEY.arn,
  };
  try {
    expect(await pytest("sandbox_access.py", env)).toMatch(/passed in/);
  } finally {
    await sandbox.stop();
  }
}, 300_000);
