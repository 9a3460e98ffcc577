import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { pythonEnv } from "../../../scripts/python-env";

/** Calls that a boto3 client makes in a Python process, one at a time. */
export class Boto {
  private constructor(
    private readonly python: ChildProcess,
    private readonly lines: AsyncIterator<string>,
    private readonly reader: Interface,
  ) {}

  /** @param env what the clients need in their environment */
  static async start(env: Readonly<Record<string, string>>): Promise<Boto> {
    const { python } = await pythonEnv();
    const child = spawn(python, ["-c", PROGRAM], { env: { ...env }, stdio: ["pipe", "pipe", "inherit"] });
    const reader = createInterface({ input: child.stdout });
    return new Boto(child, reader[Symbol.asyncIterator](), reader);
  }

  /**
   * The response of an operation.
   *
   * @param accessKeyId signs the call; the environment's key where none is given
   * @throws Error named by the code of the service's error
   */
  async call<T = Record<string, unknown>>(
    service: string,
    method: string,
    input: Readonly<Record<string, unknown>>,
    accessKeyId?: string,
  ): Promise<T> {
    this.python.stdin?.write(`${JSON.stringify({ service, method, input, accessKeyId })}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error("The Python process has ended.");
    const { error, message, response } = JSON.parse(value) as { error?: string; message?: string; response?: T };
    if (error !== undefined) throw Object.assign(new Error(message), { name: error });
    return response as T;
  }

  stop(): void {
    this.reader.close();
    this.python.kill();
  }
}

const PROGRAM = `
import json, sys, boto3, botocore.exceptions
from botocore.config import Config
for line in sys.stdin:
    call = json.loads(line)
    key = call.get("accessKeyId")
    credentials = {"aws_access_key_id": key, "aws_secret_access_key": "secret"} if key else {}
    client = boto3.client(call["service"], config=Config(retries={"total_max_attempts": 1}), **credentials)
    try:
        answer = {"response": getattr(client, call["method"])(**call["input"])}
    except botocore.exceptions.ClientError as error:
        answer = {"error": error.response["Error"]["Code"], "message": error.response["Error"]["Message"]}
    except Exception as error:
        answer = {"error": type(error).__name__, "message": str(error)}
    print(json.dumps(answer, default=str), flush=True)
`;
