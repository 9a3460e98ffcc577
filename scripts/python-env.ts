import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type OnProgress, pipInstall } from "./pip";
import { alive } from "./progress";

/** The oldest Python that every package pinned in the requirements files still supports. */
const OLDEST = [3, 11] as const;

const run = promisify(execFile);

export interface PythonEnv {
  /** The environment's interpreter. */
  readonly python: string;
  /** The folder of its commands: `aws`, `moto_server`. */
  readonly bin: string;
}

export interface PythonEnvOptions {
  /** File that pins the packages, from the project's root. @default sandbox/requirements.txt: moto, the AWS CLI and boto3 */
  readonly requirements?: string;
  /** The environment's folder, from the project's root; one per requirements file. @default .venv */
  readonly folder?: string;
  /** Told what an installation is at, about once a second. @default a line on standard error now and then */
  readonly onProgress?: OnProgress;
}

/** What the Studio scripts find in SageMaker: a local Spark with its own Java and S3 client, some 600 MB. */
export const SPARK: PythonEnvOptions = {
  requirements: "examples/studio/requirements-test.txt",
  folder: "examples/studio/.venv",
};

/** Clients of S3 that are not ours, for the tests: AWS's plugin for S3 Access Grants, s3fs, pandas, pyarrow. */
export const CLIENTS: PythonEnvOptions = {
  requirements: "examples/studio/requirements-clients.txt",
  folder: "examples/studio/.venv-clients",
};

/** The scanner of the published Terraform. */
export const CHECKOV: PythonEnvOptions = {
  requirements: "scripts/requirements-checkov.txt",
  folder: ".venv-checkov",
};

/** Node.js 22 as a Python package, for when this runs on another Node.js. */
export const NODE_22: PythonEnvOptions = { requirements: "scripts/requirements-node.txt", folder: ".venv-node" };

/** SageMaker's Python SDK 2, for its test. */
export const SAGEMAKER_SDK: PythonEnvOptions = {
  requirements: "examples/studio/requirements-sdk.txt",
  folder: "examples/studio/.venv-sdk",
};

/**
 * A private Python environment of the project with exactly the packages that a requirements file pins. It is made where
 * it is missing or the pins have changed (half a minute; with Spark some minutes; needs a package index), otherwise it
 * is there at once. Several processes may call this at the same time.
 *
 * @throws Error one line that says what is missing: Python 3.11 or newer, its venv module, or a package
 */
export async function pythonEnv(options: PythonEnvOptions = {}): Promise<PythonEnv> {
  const root = resolve(__dirname, "..");
  const folder = join(root, options.folder ?? ".venv");
  const requirements = join(root, options.requirements ?? "sandbox/requirements.txt");
  // A virtual environment holds absolute paths, so a moved project needs a new one.
  const wanted = createHash("sha256")
    .update(`${root}\n${await readFile(requirements, "utf8")}`)
    .digest("hex");
  const env: PythonEnv = { python: join(folder, "bin", "python"), bin: join(folder, "bin") };
  const stamp = join(folder, "requirements.sha256");
  const isReady = async () => (await readFile(stamp, "utf8").catch(() => "")) === wanted;

  if (await isReady()) return env;
  const install = (onProgress: OnProgress): Promise<void> =>
    alone(folder, onProgress, async () => {
      if (await isReady()) return;
      await make(folder, requirements, onProgress);
      await writeFile(stamp, wanted);
    });
  await (options.onProgress === undefined
    ? onStandardError(relative(root, folder), install)
    : install(options.onProgress));
  return env;
}

/** Reports on standard error, because standard output of this project's commands is for other programs to read. */
async function onStandardError(name: string, install: (onProgress: OnProgress) => Promise<void>): Promise<void> {
  process.stderr.write(`Making the Python environment ${name}, once\n`);
  let state = "";
  await alive(
    (seconds) => process.stderr.write(`  ${state} (${seconds} s)\n`),
    () => install((text) => (state = text)),
  );
  process.stderr.write(`The Python environment ${name} is ready\n`);
}

async function make(folder: string, requirements: string, onProgress: OnProgress): Promise<void> {
  const python = await findPython();
  onProgress("making a virtual environment");
  for (const entry of await readdir(folder)) {
    if (entry !== LOCK) await rm(join(folder, entry), { recursive: true, force: true });
  }
  await attempt(`cannot make a virtual environment with ${python} (on Debian it needs the package python3-venv)`, () =>
    run(python, ["-m", "venv", folder]),
  );
  await attempt(`cannot install the packages of ${requirements}`, () => pipInstall(folder, requirements, onProgress));
}

async function attempt(what: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const reason = (stderr || message).trim().split("\n").at(-1);
    throw new Error(`The project ${what}: ${reason}`);
  }
}

async function findPython(): Promise<string> {
  const seen: string[] = [];
  for (const python of ["python3", "python"]) {
    const version = await run(python, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).then(
      ({ stdout }) => stdout.trim(),
      () => undefined,
    );
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return python;
    seen.push(`${python} is ${version}`);
  }
  throw new Error(
    `The project needs Python ${OLDEST.join(".")} or newer on the PATH: ${seen.join(", ") || "none was found"}.`,
  );
}

const LOCK = "lock";

/** Runs an action while no other process does. The lock of a process that has died is taken over. */
async function alone(folder: string, onProgress: OnProgress, action: () => Promise<void>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lock = join(folder, LOCK);
  for (;;) {
    const handle = await open(lock, "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    if (handle !== undefined) {
      await handle.writeFile(String(process.pid));
      await handle.close();
      break;
    }
    onProgress("waiting for another process that makes it");
    await sleep(200);
    const holder = Number(await readFile(lock, "utf8").catch(() => ""));
    if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true });
  }
  try {
    await action();
  } finally {
    await rm(lock, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

if (require.main === module && process.argv.includes("--help")) {
  console.log(
    "npx tsx scripts/python-env.ts   makes the private Python environment where it is not there, and says where its commands are",
  );
} else if (require.main === module) {
  pythonEnv().then(
    ({ bin }) => console.log(bin),
    (error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
