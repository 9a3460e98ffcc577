import { execFile, spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { strToU8, zipSync } from "fflate";
import type { Sandbox } from "../../sandbox";

const run = promisify(execFile);

export const ACCOUNT = "123456789012";
export const QUEUE = (name: string): string => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;

/** Runs the AWS CLI; its JSON, or the error that it prints. */
export async function cli<T>({ env, endpoint }: Sandbox, ...command: string[]): Promise<T> {
  // The AWS CLI takes its queue commands elsewhere unless it is told.
  const { stdout } = await run("aws", [...command, "--endpoint-url", endpoint, "--output", "json"], {
    env: { ...env },
  });
  return (stdout === "" ? {} : JSON.parse(stdout)) as T;
}

const PYTHON = `
import boto3, base64, json, sys, time, traceback
from botocore.config import Config
from botocore.exceptions import ClientError
def client(name, **rest): return boto3.client(name, **rest)
def error(call, **given):
    try: call(**given)
    except ClientError as e: return [e.response['Error']['Code'], e.response['Error']['Message'], e.response['ResponseMetadata']['HTTPStatusCode']]
for line in sys.stdin:
    names = dict(globals())
    try:
        exec(json.loads(line), names)
        print(json.dumps({"answer": names.get("answer")}, default=str), flush=True)
    except Exception: print(json.dumps({"failure": traceback.format_exc()}), flush=True)
`;

/** One Python process in which boto3 scripts run: it takes a second to load, a script then next to nothing. */
export class Boto3 {
  private readonly python: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;

  constructor({ env }: Sandbox) {
    this.python = spawn("python", ["-c", PYTHON], { env: { ...env } });
    this.python.stderr.pipe(process.stderr);
    this.lines = createInterface({ input: this.python.stdout })[Symbol.asyncIterator]();
  }

  /** Runs a script, in which `client("sqs")` makes clients; what it assigns to `answer` comes back. */
  async run<T>(script: string): Promise<T> {
    this.python.stdin.write(`${JSON.stringify(script)}\n`);
    const { value } = (await this.lines.next()) as { value: string };
    const { answer, failure } = JSON.parse(value) as { answer: T; failure?: string };
    if (failure !== undefined) throw new Error(failure);
    return answer;
  }

  async stop(): Promise<void> {
    this.python.stdin.end();
    await once(this.python, "exit");
  }
}

/** The text of a boto3 script that makes a role which a service assumes. */
export function makeRole(
  name: string,
  statements: readonly object[],
  trusted: object = { Service: "lambda.amazonaws.com" },
): string {
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: trusted, Action: "sts:AssumeRole" }],
  };
  const policy = { Version: "2012-10-17", Statement: statements };
  return `
client("iam").create_role(RoleName="${name}", Path="/team/", AssumeRolePolicyDocument=r'''${JSON.stringify(trust)}''')
${statements.length > 0 ? `client("iam").put_role_policy(RoleName="${name}", PolicyName="own", PolicyDocument=r'''${JSON.stringify(policy)}''')` : ""}`;
}

/** The text of a boto3 script that makes a function of a handler's source. */
export function makeFunction(name: string, source: string, rest = ""): string {
  const zip = Buffer.from(zipSync({ "index.js": strToU8(source) })).toString("base64");
  return `
client("lambda").create_function(FunctionName="${name}", Runtime="nodejs22.x", Handler="index.handler",
  Role="arn:aws:iam::${ACCOUNT}:role/team/${name}", Code={"ZipFile": base64.b64decode("${zip}")}, Publish=True${rest && `, ${rest}`})`;
}

/** Waits until a condition holds. */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined> | T | undefined,
  seconds = 10,
): Promise<T> {
  for (const start = Date.now(); Date.now() - start < seconds * 1000;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not within ${seconds} s: ${what}`);
}

/** Runs something with a file of the given content. */
export async function withFile<T>(content: Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-test-"));
  try {
    const path = join(folder, "file");
    writeFileSync(path, content);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
