import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export type Env = Readonly<Record<string, string>>;

/** Runs the AWS CLI and parses what it prints. */
export async function aws<T>(env: Env, ...args: string[]): Promise<T> {
  const { stdout } = await run("aws", [...args, "--output", "json"], {
    env: { ...process.env, ...env } as NodeJS.ProcessEnv,
    maxBuffer: 32 << 20,
  });
  return (stdout.trim() === "" ? {} : JSON.parse(stdout)) as T;
}

/** `ok`, or the code of the error that a command of the AWS CLI ends with. */
export async function outcome(env: Env, ...args: string[]): Promise<string> {
  try {
    await aws(env, ...args);
    return "ok";
  } catch (error) {
    return /\((\w+)\) when calling/.exec((error as Error).message)?.[1] ?? String(error);
  }
}

/** What a function answers, which the AWS CLI writes into a file. @throws Error with the function's own where it fails. */
export async function invokeFunction<T>(env: Env, name: string, payload: object): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "invoke-"));
  try {
    const file = join(folder, "answer.json");
    const call = ["lambda", "invoke", "--function-name", name, "--payload", JSON.stringify(payload), file];
    const { FunctionError } = await aws<{ FunctionError?: string }>(env, ...call);
    const answer = await readFile(file, "utf8");
    if (FunctionError) throw new Error(`the function failed: ${answer}`);
    return JSON.parse(answer) as T;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a Python script of the sandbox with boto3 and parses what it prints. */
export async function python<T>(env: Env, script: string, ...args: string[]): Promise<T> {
  const { stdout } = await run("python", [script, ...args], {
    env: { ...process.env, ...env } as NodeJS.ProcessEnv,
    maxBuffer: 32 << 20,
  });
  return JSON.parse(stdout) as T;
}

/** The environment of a person: temporary credentials of their role. */
export async function as(env: Env, roleArn: string, session: string): Promise<Env> {
  const assumed = await aws<{ Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string } }>(
    env,
    ...["sts", "assume-role", "--role-arn", roleArn, "--role-session-name", session],
  );
  const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials;
  return {
    ...env,
    AWS_ACCESS_KEY_ID: AccessKeyId,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey,
    AWS_SESSION_TOKEN: SessionToken,
  };
}

/** Asks until there is an answer. @throws Error that names what was waited for. */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
