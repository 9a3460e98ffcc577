import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What AWS answers in place of a result when a function fails. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type Outcome = { readonly result: string } | { readonly error: FunctionError };

/** A function version as an execution environment needs it. */
export interface Version {
  readonly name: string;
  readonly version: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** The unpacked code. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface Invocation {
  /** The sandbox's time, which the function takes for the real one. */
  readonly now: Date;
  readonly requestId: string;
  /** With the qualifier that was asked for. */
  readonly functionArn: string;
  readonly logGroup: string;
  readonly logStream: string;
  /** JSON */
  readonly event: string;
}

type Message =
  | { readonly ready: true }
  | { readonly result: string }
  | { readonly error: FunctionError; readonly isFatal?: boolean }
  | { readonly initError: FunctionError };

/** The runner's last line for an event: what the function has logged is complete. */
const END = "\0end";

const INIT_LIMIT_SECONDS = 10;

/**
 * A warm Node.js process for one function version: it loads the code once, then handles one event after the other, as
 * Lambda's execution environments do. It is spent after a time-out, a crash or a failed start.
 */
export class Environment {
  private process: ChildProcess | undefined;
  private started: Promise<FunctionError | undefined> | undefined;

  constructor(
    private readonly version: Version,
    private readonly onLine: (line: string) => void,
  ) {}

  private drained: () => void = () => undefined;

  get isSpent(): boolean {
    return this.started !== undefined && this.process === undefined;
  }

  async invoke(invocation: Invocation): Promise<Outcome> {
    this.started ??= this.start();
    const error = await this.started;
    if (error) return { error };

    const { timeoutSeconds, name, version, memoryMegabytes } = this.version;
    const message = await this.next(timeoutSeconds, () =>
      this.process?.send({
        event: invocation.event,
        now: invocation.now.getTime(),
        remaining: timeoutSeconds * 1000,
        awsRequestId: invocation.requestId,
        functionName: name,
        functionVersion: version,
        invokedFunctionArn: invocation.functionArn,
        memoryLimitInMB: String(memoryMegabytes),
        logGroupName: invocation.logGroup,
        logStreamName: invocation.logStream,
      }),
    );
    if (message === "timeout") {
      this.stop();
      const errorMessage = `RequestId: ${invocation.requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      this.onLine(
        `${new Date().toISOString()} ${invocation.requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      );
      return { error: { errorType: "Sandbox.Timedout", errorMessage } };
    }
    if ("error" in message && message.isFatal) this.stop();
    return "result" in message || "error" in message ? message : { error: exited() };
  }

  stop(): void {
    this.process?.kill("SIGKILL");
    this.process = undefined;
  }

  private async start(): Promise<FunctionError | undefined> {
    const { folder, handler, variables, memoryMegabytes } = this.version;
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${memoryMegabytes}`, join(__dirname, "runner.mjs"), folder, handler],
      { cwd: folder, env: { ...variables }, stdio: ["pipe", "pipe", "pipe", "ipc"] },
    );
    this.process = child;
    child.on("exit", () => {
      if (this.process === child) this.process = undefined;
    });
    for (const output of [child.stdout, child.stderr]) {
      if (output)
        createInterface({ input: output }).on("line", (line) => (line === END ? this.drained() : this.onLine(line)));
    }
    const message = await this.next(INIT_LIMIT_SECONDS, () => undefined);
    if (message !== "timeout" && "ready" in message) return undefined;
    this.stop();
    if (message === "timeout") {
      return { errorType: "Sandbox.Timedout", errorMessage: `Init timed out after ${INIT_LIMIT_SECONDS} seconds` };
    }
    return "initError" in message ? message.initError : exited();
  }

  /** The process's next message; where it ends without one, the error that its end means. */
  private async next(limitSeconds: number, trigger: () => unknown): Promise<Message | "timeout"> {
    const child = this.process;
    if (!child) return { error: exited() };
    const done = new AbortController();
    const { signal } = done;
    const timer = new Promise<"timeout">((resolve) => {
      const timeout = setTimeout(() => resolve("timeout"), limitSeconds * 1000);
      signal.addEventListener("abort", () => clearTimeout(timeout));
    });
    const message = once(child, "message", { signal }).then(([sent]) => sent as Message);
    // Messages that were sent before the end come before it.
    const exit = once(child, "disconnect", { signal }).then(() => ({ error: exited(), isFatal: true }));
    const drained = new Promise<void>((resolve) => (this.drained = resolve));
    trigger();
    try {
      const first = await Promise.race([message, exit, timer]);
      if (first !== "timeout") await Promise.race([drained, exit, timer]);
      return first;
    } finally {
      done.abort();
      await Promise.allSettled([message, exit]);
    }
  }
}

function exited(): FunctionError {
  return { errorType: "Runtime.ExitError", errorMessage: "Error: Runtime exited without providing a reason" };
}
