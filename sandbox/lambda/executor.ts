import { randomBytes } from "node:crypto";
import type { AwsClient } from "../gateway/aws-client";
import type { Internals } from "../internals";
import { Environment, type FunctionError, type Version } from "./environment";
import type { FunctionLogs, LogStream } from "./function-logs";

/** A published version or `$LATEST`, resolved, with all of its own settings. */
export interface Resolved {
  readonly name: string;
  readonly version: string;
  /** With the qualifier that was asked for. */
  readonly arn: string;
  readonly handler: string;
  readonly runtime: string;
  readonly role: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly codeSha256: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly logging: { readonly LogGroup?: string; readonly LogFormat?: string; readonly ApplicationLogLevel?: string };
  readonly deadLetterArn: string | undefined;
}

export interface Execution {
  readonly requestId: string;
  readonly result?: string;
  readonly error?: FunctionError;
  /** The last 4 KiB of what this invocation logged. */
  readonly logTail: string;
}

const IDLE_LIMIT = 300_000;

interface Warm {
  readonly environment: Environment;
  readonly stream: LogStream;
  readonly role: AwsClient;
  lines: string[];
  idle?: NodeJS.Timeout;
}

/** Runs function versions, each in as many warm execution environments as it has invocations at a time. */
export class Executor {
  private readonly warm = new Map<string, Warm[]>();
  private readonly busy = new Set<Warm>();

  constructor(
    private readonly internals: Internals,
    private readonly logs: FunctionLogs,
    private readonly folder: (codeSha256: string) => Promise<string>,
  ) {}

  async run(fn: Resolved, event: string, requestId: string): Promise<Execution> {
    const { arn, ...rest } = fn;
    const key = JSON.stringify(rest);
    const pool = this.warm.get(key) ?? [];
    this.warm.set(key, pool);
    const warm = pool.pop() ?? (await this.make(fn));
    clearTimeout(warm.idle);
    this.busy.add(warm);

    const start = performance.now();
    const isJson = fn.logging.LogFormat === "JSON";
    if (!isJson) this.log(warm, `START RequestId: ${requestId} Version: ${fn.version}`);
    const outcome = await warm.environment.invoke({
      requestId,
      functionArn: arn,
      logGroup: warm.stream.group,
      logStream: warm.stream.stream,
      now: this.internals.now(),
      event,
    });
    const milliseconds = performance.now() - start;
    for (const line of isJson ? [report(fn, requestId, milliseconds)] : plainReport(fn, requestId, milliseconds)) {
      this.log(warm, line);
    }
    const { lines } = warm;
    warm.lines = [];
    this.busy.delete(warm);
    if (!warm.environment.isSpent) {
      pool.push(warm);
      warm.idle = setTimeout(() => {
        pool.splice(pool.indexOf(warm), 1);
        warm.environment.stop();
      }, IDLE_LIMIT).unref();
    }
    await this.logs.ship(warm.role, warm.stream, lines);
    return { requestId, ...outcome, logTail: lines.join("\n").slice(-4096) };
  }

  /** The function's execution role, as a client of AWS. */
  async role(fn: Resolved): Promise<AwsClient> {
    return this.internals.as(await this.internals.findCaller((await this.credentials(fn)).AccessKeyId));
  }

  /** Ends the warm environments of a function, or all there are. */
  stop(name?: string): void {
    for (const pool of this.warm.values()) {
      for (const warm of pool.filter(({ stream }) => name === undefined || stream.function === name)) {
        clearTimeout(warm.idle);
        warm.environment.stop();
        pool.splice(pool.indexOf(warm), 1);
      }
    }
    if (name === undefined) for (const { environment } of this.busy) environment.stop();
  }

  private log(warm: Warm, line: string): void {
    warm.lines.push(line);
    this.logs.add(warm.stream, line);
  }

  private async make(fn: Resolved): Promise<Warm> {
    const credentials = await this.credentials(fn);
    const day = this.internals.now().toISOString().slice(0, 10).replaceAll("-", "/");
    const stream: LogStream = {
      function: fn.name,
      version: fn.version,
      group: fn.logging.LogGroup ?? `/aws/lambda/${fn.name}`,
      stream: `${day}/[${fn.version}]${randomBytes(16).toString("hex")}`,
    };
    const version: Version = {
      ...fn,
      folder: await this.folder(fn.codeSha256),
      variables: { ...environment(fn, stream, this.internals, credentials), ...fn.variables },
    };
    const warm: Warm = {
      environment: new Environment(version, (line) => this.log(warm, line)),
      stream,
      role: this.internals.as(await this.internals.findCaller(credentials.AccessKeyId)),
      lines: [],
    };
    return warm;
  }

  private async credentials(fn: Resolved): Promise<Credentials> {
    await this.internals.authorizer.requireTrust(fn.role, "lambda.amazonaws.com");
    const { Credentials } = await this.internals.aws.query<{ Credentials: Credentials }>(
      "sts",
      "2011-06-15",
      "AssumeRole",
      {
        RoleArn: fn.role,
        RoleSessionName: fn.name,
      },
    );
    return Credentials;
  }
}

interface Credentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function environment(
  fn: Resolved,
  { group, stream }: LogStream,
  { region, endpoint }: Internals,
  credentials: Credentials,
): Record<string, string> {
  return {
    _HANDLER: fn.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: fn.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: group,
    AWS_LAMBDA_LOG_STREAM_NAME: stream,
    ...(fn.logging.LogFormat === "JSON" && {
      AWS_LAMBDA_LOG_FORMAT: "JSON",
      AWS_LAMBDA_LOG_LEVEL: fn.logging.ApplicationLogLevel ?? "INFO",
    }),
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.SessionToken,
    AWS_ENDPOINT_URL: endpoint(),
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    // A certificate authority that the sandbox is told to trust, its functions trust too.
    ...(process.env["NODE_EXTRA_CA_CERTS"] && { NODE_EXTRA_CA_CERTS: process.env["NODE_EXTRA_CA_CERTS"] }),
  };
}

function plainReport(fn: Resolved, requestId: string, milliseconds: number): string[] {
  return [
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}\tDuration: ${milliseconds.toFixed(2)} ms\tBilled Duration: ${Math.ceil(milliseconds)} ms\tMemory Size: ${fn.memoryMegabytes} MB`,
  ];
}

function report(fn: Resolved, requestId: string, durationMs: number): string {
  return JSON.stringify({
    time: new Date().toISOString(),
    type: "platform.report",
    record: {
      requestId,
      metrics: { durationMs, billedDurationMs: Math.ceil(durationMs), memorySizeMB: fn.memoryMegabytes },
    },
  });
}
