import { randomUUID } from "node:crypto";
import { awsError } from "../errors";
import type { Internals } from "../internals";
import type { Call, Reply, Service } from "../service";
import { Asynchronous } from "./asynchronous";
import { Executor, type Execution } from "./executor";
import { FunctionLogs } from "./function-logs";
import { Functions } from "./functions";
import { InvokeConfigs } from "./invoke-configs";
import { functionName } from "./names";

/** A synchronous invocation's payload is at most 6 MB. */
const LARGEST_PAYLOAD = 6 * 1024 * 1024;

/** AWS Lambda: moto keeps the records, functions run in Node.js processes of their own. */
export class Lambda implements Service {
  readonly logs: FunctionLogs;
  private readonly functions: Functions;
  private readonly configs: InvokeConfigs;
  private readonly executor: Executor;
  private readonly asynchronous: Asynchronous;

  constructor(private readonly internals: Internals) {
    this.logs = new FunctionLogs(internals.aws, internals.now);
    this.functions = new Functions(internals);
    this.configs = new InvokeConfigs(internals);
    this.executor = new Executor(internals, this.logs, (sha256) => this.functions.code.folder(sha256));
    this.asynchronous = new Asynchronous(internals, this.executor, this.configs);
  }

  async handle(call: Call): Promise<Reply | undefined> {
    if (call.service !== "lambda") return undefined;
    switch (call.operation) {
      case "CreateFunction":
      case "UpdateFunctionCode":
      case "UpdateFunctionConfiguration":
      case "PublishVersion":
        return await this.functions.change(call);
      case "GetFunction":
      case "GetFunctionConfiguration":
      case "ListFunctions":
      case "ListVersionsByFunction":
        return this.functions.complete(await this.internals.moto(call));
      case "DeleteFunction":
        return await this.delete(call);
      case "Invoke":
        return await this.answerInvoke(call);
      default:
        return this.configs.handle(call);
    }
  }

  /**
   * Invokes a function and waits for the outcome.
   *
   * @throws AwsError ResourceNotFoundException
   */
  async invoke(arn: string, event: string): Promise<Execution> {
    return await this.executor.run(await this.functions.resolve(functionName(arn)), event, randomUUID());
  }

  /**
   * Hands an event to a function without waiting.
   *
   * @throws AwsError ResourceNotFoundException
   */
  async invokeAsynchronously(arn: string, event: string): Promise<void> {
    this.asynchronous.accept(await this.functions.resolve(functionName(arn)), event, randomUUID());
  }

  /** The ARN of a function's execution role. */
  async roleOf(arn: string): Promise<string> {
    return (await this.functions.resolve(functionName(arn))).role;
  }

  async stop(): Promise<void> {
    this.asynchronous.stop();
    this.executor.stop();
    await this.functions.code.remove();
  }

  private async delete(call: Call): Promise<Reply> {
    const reply = await this.internals.moto(call);
    const { name, qualifier } = functionName(call.parameters["FunctionName"] ?? "", call.query.get("Qualifier"));
    if (reply.status < 300 && qualifier === "$LATEST") {
      this.executor.stop(name);
      this.functions.forget(name);
    }
    return reply;
  }

  private async answerInvoke(call: Call): Promise<Reply> {
    const event = call.body.length > 0 ? call.body.toString() : "{}";
    if (!isJson(event)) {
      const message = "Could not parse request body into json: the payload is not valid JSON.";
      return awsError(call, 400, "InvalidRequestContentException", message);
    }
    if (call.body.length > LARGEST_PAYLOAD) {
      const message = `${call.body.length} byte payload is too large for the RequestResponse invocation type (limit ${LARGEST_PAYLOAD} bytes)`;
      return awsError(call, 413, "RequestTooLargeException", message);
    }
    const asked = functionName(call.parameters["FunctionName"] ?? "", call.query.get("Qualifier"));
    const fn = await this.functions.resolve(asked);
    const requestId = randomUUID();
    const headers = { "x-amzn-requestid": requestId };
    const type = call.headers["x-amz-invocation-type"] ?? "RequestResponse";
    const resource = fn.arn;
    if (type === "DryRun") return { status: 204, headers, resource };
    if (type === "Event") {
      this.asynchronous.accept(fn, event, requestId);
      return { status: 202, headers, resource };
    }
    const { result, error, logTail } = await this.executor.run(fn, event, requestId);
    return {
      status: 200,
      headers: {
        ...headers,
        "content-type": "application/json",
        "x-amz-executed-version": fn.version,
        ...(error && { "x-amz-function-error": "Unhandled" }),
        ...(call.headers["x-amz-log-type"] === "Tail" && {
          "x-amz-log-result": Buffer.from(logTail).toString("base64"),
        }),
      },
      body: error ? JSON.stringify(error) : result,
      resource,
    };
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
