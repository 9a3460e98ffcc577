import { startSandbox } from "../../sandbox";
import { accessGrants } from "../../sandbox/access-grants";
import { s3 } from "../../sandbox/s3";
import { pythonEnv, SPARK } from "../../scripts/python-env";
import { pytest } from "./pytest";

beforeAll(async () => void (await pythonEnv(SPARK)), 900_000);

test("the program that a profile's credential_process names, with boto3 against the sandbox", async () => {
  const sandbox = await startSandbox({ services: [accessGrants, s3], behindSeconds: 860 });
  try {
    expect(await pytest("sandbox_credentials.py", sandbox.env)).toMatch(/^\d+ passed in/m);
  } finally {
    await sandbox.stop();
  }
}, 300_000);
