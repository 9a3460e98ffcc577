import { spawn } from "node:child_process";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { pythonEnv } from "../../scripts/python-env";
import { awsError } from "../errors";
import type { Call, Reply } from "../service";

export interface Moto {
  /** Sends a call to moto. */
  readonly send: (call: Call) => Promise<Reply>;
  readonly stop: () => Promise<void>;
}

/** From this size on the data of an S3 object is passed on as it comes, and never held. */
export const LARGE = 1 << 20;

const START_LIMIT = 60_000;

/** Starts moto on a free loopback port. It ends with this process, however that ends. */
export async function startMoto(): Promise<Moto> {
  const { python } = await pythonEnv();
  const port = await freePort();
  const moto = spawn(python, [join(__dirname, "moto_server.py"), String(port)], {
    stdio: ["pipe", "ignore", "pipe"],
    env: { PATH: process.env["PATH"], MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
  });
  let complaint = "";
  moto.stderr.on("data", (data: Buffer) => (complaint = `${complaint}${data}`.slice(-2_000)));
  const ended = once(moto, "exit");

  for (const start = Date.now(); !(await isUp(port)); await sleep(50)) {
    if (moto.exitCode !== null) throw new Error(`moto did not start: ${complaint.trim()}`);
    if (Date.now() - start > START_LIMIT) {
      moto.kill("SIGKILL");
      throw new Error(`moto did not answer on 127.0.0.1:${port} within ${START_LIMIT / 1000} s: ${complaint.trim()}`);
    }
  }
  return {
    send: (call) => send(port, call),
    stop: async () => {
      moto.kill("SIGKILL");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function isUp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request({ host: "127.0.0.1", port, path: "/moto-api/", method: "HEAD" }, (reply) => {
      reply.resume();
      resolve(true);
    });
    probe.on("error", () => resolve(false)).end();
  });
}

/** Headers that belong to one connection, not to the message. */
const HOP_BY_HOP = ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "upgrade", "expect"];

async function send(port: number, call: Call): Promise<Reply> {
  const headers = Object.fromEntries(Object.entries(call.headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
  if (call.stream === undefined && (call.body.length > 0 || call.headers["content-length"] !== undefined)) {
    headers["content-length"] = String(call.body.length);
  }
  const query = call.query.size > 0 ? `?${rawQuery(call.query)}` : "";
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const passed = request({ host: "127.0.0.1", port, method: call.method, path: call.path + query, headers }, resolve);
    passed.on("error", reject);
    if (call.stream === undefined) passed.end(call.body);
    else call.stream.on("error", (error) => passed.destroy(error)).pipe(passed);
  });
  return await read(call, reply);
}

/** As clients send it: `+` means a space only in forms, not in S3's keys and prefixes. */
function rawQuery(query: URLSearchParams): string {
  return [...query].map(([name, value]) => [name, value].map(encodeURIComponent).join("=")).join("&");
}

async function read(call: Call, reply: IncomingMessage): Promise<Reply> {
  const status = reply.statusCode ?? 502;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(reply.headers)) {
    if (!HOP_BY_HOP.includes(name)) headers[name] = String(value);
  }
  if (status >= 404 && headers["content-type"]?.startsWith("text/html") && call.service !== "s3") {
    return lacking(call, await text(reply));
  }
  const isLarge =
    status < 300 &&
    call.service === "s3" &&
    call.method === "GET" &&
    Number(headers["content-length"] ?? LARGE) >= LARGE;
  if (isLarge) return { status, headers, stream: reply };

  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk as Buffer);
  return { status, headers, body: Buffer.concat(chunks) };
}

/** moto answers a web page where it has no such operation, or where one of its own breaks. */
function lacking(call: Call, page: string): Reply {
  const what = `${call.service || "an unsigned call"} ${call.operation || `${call.method} ${call.path}`}`;
  const reason = /<title>([^<]*)/.exec(page)?.[1]?.trim() ?? "no reason given";
  return awsError(call, 501, "NotImplemented", `The sandbox does not have ${what} (moto: ${reason}).`);
}
