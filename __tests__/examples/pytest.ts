import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { pythonEnv, SPARK } from "../../scripts/python-env";

const ROOT = resolve(__dirname, "../..");
const TESTS = join("__tests__", "examples", "studio");

/** Runs Python tests in the environment that the Studio scripts' own requirements make; the output is the failure's message. */
export async function pytest(target: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { python } = await pythonEnv(SPARK);
  const run = promisify(execFile)(python, ["-m", "pytest", "-q", "-p", "no:cacheprovider", join(TESTS, target)], {
    cwd: ROOT,
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
    maxBuffer: 64 << 20,
  });
  const { stdout } = await run.catch((error: { stdout?: string; stderr?: string }) => {
    throw new Error(`${error.stdout ?? ""}\n${error.stderr ?? String(error)}`);
  });
  return stdout;
}
