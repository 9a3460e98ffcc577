import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { accessGrants } from "../../sandbox/access-grants";
import { startSandbox } from "../../sandbox";
import { s3 } from "../../sandbox/s3";
import { pythonEnv } from "../../scripts/python-env";

const ROOT = resolve(__dirname, "../..");
const TESTS = join("__tests__", "examples", "studio");

/** Runs Python tests in the environment that the Studio scripts' own requirements make; the output is the failure's message. */
async function pytest(target: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { python } = await pythonEnv({
    requirements: "examples/studio/requirements-test.txt",
    folder: "examples/studio/.venv",
  });
  const run = promisify(execFile)(python, ["-m", "pytest", "-q", "-p", "no:cacheprovider", target], {
    cwd: ROOT,
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
    maxBuffer: 64 << 20,
  });
  const { stdout } = await run.catch((error: { stdout?: string; stderr?: string }) => {
    throw new Error(`${error.stdout ?? ""}\n${error.stderr ?? String(error)}`);
  });
  return stdout;
}

test("the scripts, with a local Spark and boto3's models", async () => {
  const { PATH, HOME, TMPDIR } = process.env;
  expect(await pytest(TESTS, { PATH, HOME, TMPDIR })).toMatch(/^\d+ passed in/m);
}, 300_000);

test("the credentials and the access check, with the real boto3 against the sandbox", async () => {
  const sandbox = await startSandbox({ services: [accessGrants, s3] });
  try {
    expect(await pytest(join(TESTS, "sandbox_access.py"), sandbox.env)).toMatch(/passed in/);
  } finally {
    await sandbox.stop();
  }
}, 300_000);
