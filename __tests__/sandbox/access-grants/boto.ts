import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Sandbox } from "../../../sandbox";
import { pythonEnv } from "../../../scripts/python-env";

export interface Credentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
}

type Json = Readonly<Record<string, unknown>>;

/** One call that AWS refused. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** boto3, kept running: a client that knows nothing of the sandbox. */
export interface Boto {
  /** @throws Refused */
  call<T = Json>(service: string, operation: string, parameters?: Json, credentials?: Credentials): Promise<T>;
  /** `ok`, or the error's code. */
  outcome(service: string, operation: string, parameters: Json, credentials?: Credentials): Promise<string>;
  stop(): Promise<void>;
}

export async function startBoto(sandbox: Sandbox): Promise<Boto> {
  const { python } = await pythonEnv();
  const child = spawn(python, [join(__dirname, "boto.py")], { env: sandbox.env, stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();

  const ask = async (
    request: Json,
  ): Promise<{ value?: unknown; error?: { Code: string; Message: string; status: number } }> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error("boto3 has ended.");
    return JSON.parse(value) as { value?: unknown };
  };
  const call: Boto["call"] = async <T>(service: string, operation: string, parameters: Json = {}, by?: Credentials) => {
    const credentials = by
      ? {
          aws_access_key_id: by.AccessKeyId,
          aws_secret_access_key: by.SecretAccessKey,
          aws_session_token: by.SessionToken,
        }
      : {};
    const turn = last.then(() => ask({ service, operation, parameters, credentials }));
    last = turn.catch(() => undefined);
    const { value, error } = await turn;
    if (error) throw new Refused(error.Code, error.Message, error.status);
    return value as T;
  };
  return {
    call,
    outcome: async (...request) => {
      try {
        await call(...request);
        return "ok";
      } catch (error) {
        if (error instanceof Refused) return error.code;
        throw error;
      }
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
