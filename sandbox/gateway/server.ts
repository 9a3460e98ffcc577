import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { awsError } from "../errors";
import type { Call, Caller, Reply } from "../service";
import { AwsError, errorOf } from "./aws-client";
import type { CallLog } from "./call-log";
import { Dropped, type Faults } from "./faults";
import { type Certificate, proxyHttps } from "./https";
import { refuseWebPages } from "./origin";
import { readCall } from "./request";

/** What the gateway does with a call, in this order; the first that answers is the reply. */
export interface Stages {
  readonly findCaller: (accessKeyId: string) => Promise<Caller>;
  readonly faults: Faults;
  /** Refuses what the caller's role may not do. */
  readonly authorize: (call: Call) => Promise<Reply | undefined>;
  /** The sandbox's own parts, and moto at the end. */
  readonly answer: (call: Call) => Promise<Reply>;
  /** Adds what a service's every answer carries. */
  readonly complete: (call: Call, reply: Reply) => Promise<Reply>;
  readonly resourceOf: (call: Call) => string;
  readonly log: CallLog;
  readonly now: () => Date;
}

/** Carries out a call and logs it, whoever made it: a client over HTTP, or a part of the sandbox in somebody's name. */
export async function dispatch(stages: Stages, call: Call): Promise<Reply> {
  const start = performance.now();
  const time = stages.now().toISOString();
  let denied = false;
  const record = (status: number, rest: { reply?: Reply; fault?: true; errorCode?: string }) =>
    stages.log.add({
      id: call.id,
      time,
      service: call.service,
      operation: rest.reply?.operation ?? call.operation,
      resource: rest.reply?.resource ?? stages.resourceOf(call),
      caller: call.caller.arn,
      status,
      ...(rest.errorCode !== undefined && { errorCode: rest.errorCode }),
      ...(denied && { denied }),
      ...(rest.fault && { fault: rest.fault }),
      latencyMs: Math.round(performance.now() - start),
    });
  try {
    const { reply: given, fault } = await stages.faults.apply(call, async () => {
      const refusal = await stages.authorize(call);
      denied = refusal !== undefined;
      return refusal ?? (await stages.answer(call));
    });
    const reply = await stages.complete(call, given);
    record(reply.status, {
      reply,
      ...(fault && { fault }),
      ...(reply.status >= 400 && { errorCode: errorOf(reply).code }),
    });
    return reply;
  } catch (error) {
    if (error instanceof Dropped) record(0, { fault: true, errorCode: "ConnectionClosed" });
    else record(500, { errorCode: "InternalFailure" });
    throw error;
  }
}

/** The endpoint: a server on a loopback port that is every AWS service, and its clients' HTTP and HTTPS proxy. */
export async function startServer(
  stages: Stages,
  control: (message: IncomingMessage) => Promise<Reply | undefined>,
  certificate: Certificate,
  port: number,
): Promise<{ readonly port: number; readonly stop: () => void }> {
  const server = createServer((message, response) => {
    serve(stages, control, message, response).catch(() => response.destroy());
  });
  // Uploads take as long as they take.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  const tunnels = proxyHttps(server, certificate);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
    tunnels.end();
  };
  return { port: (server.address() as AddressInfo).port, stop };
}

async function serve(
  stages: Stages,
  control: (message: IncomingMessage) => Promise<Reply | undefined>,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = refuseWebPages(message) ?? (await control(message)) ?? (await answer(stages, message));
  if (reply.stream) {
    response.writeHead(reply.status, reply.headers);
    await pipeline(reply.stream, response);
    return;
  }
  // The length of a HEAD's reply is that of what a GET would bring.
  const length = message.method === "HEAD" ? {} : { "content-length": String(Buffer.byteLength(reply.body ?? "")) };
  response.writeHead(reply.status, { ...reply.headers, ...length });
  response.end(reply.body);
}

async function answer(stages: Stages, message: IncomingMessage): Promise<Reply> {
  const call = await readCall(message, stages.log.nextId());
  const requestId = { "x-amzn-requestid": `sandbox-${call.id}` };
  try {
    const caller = await stages.findCaller(call.caller.accessKeyId);
    const reply = await dispatch(stages, { ...call, caller });
    return { ...reply, headers: { ...requestId, ...reply.headers } };
  } catch (error) {
    if (error instanceof Dropped) throw error;
    if (error instanceof AwsError) return awsError(call, error.status, error.code, error.message);
    process.stderr.write(`sandbox: ${call.service} ${call.operation}: ${(error as Error).stack}\n`);
    return awsError(call, 500, "InternalFailure", `The sandbox failed: ${(error as Error).message}`);
  }
}
