// The execution environment of one function version: loads the handler once, then handles one event at a time.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { Worker } from "node:worker_threads";

// Ends with the sandbox, even in the middle of a busy handler: standard input then closes.
new Worker(`require("node:fs").readSync(0, Buffer.alloc(1)); process.kill(process.pid, "SIGKILL");`, {
  eval: true,
}).unref();

// The sandbox's clock can be ahead of the machine's: the function sees the sandbox's.
const RealDate = Date;
let ahead = 0;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + ahead);
    else super(...parts);
  }
  static now() {
    return RealDate.now() + ahead;
  }
};

const [folder, handlerName] = process.argv.slice(2);
const { send } = process;
const END = "\0end";
/** Says how it went, and after it on standard output that everything logged has been written. */
const tell = (message, then) => {
  send.call(process, message, then);
  process.stdout.write(`${END}\n`);
};
// The function sees neither the channel nor its variables.
process.send = undefined;
const isJson = process.env.AWS_LAMBDA_LOG_FORMAT === "JSON";
const context = { awsRequestId: undefined };

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const lowest = Math.max(0, LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL ?? "TRACE"));
for (const [method, level] of Object.entries({ trace: 0, debug: 1, log: 2, info: 2, warn: 3, error: 4 })) {
  console[method] = (...parts) => {
    if (isJson && level < lowest) return;
    const timestamp = new Date().toISOString();
    const message = format(...parts);
    const line = isJson
      ? JSON.stringify({ timestamp, level: LEVELS[level], requestId: context.awsRequestId, message })
      : `${timestamp}\t${context.awsRequestId}\t${LEVELS[level]}\t${message.replaceAll("\n", "\r")}`;
    process.stdout.write(`${line}\n`);
  };
}

function failure(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

async function load() {
  const at = handlerName.lastIndexOf(".");
  const [module, name] = [handlerName.slice(0, at), handlerName.slice(at + 1)];
  const file = [".js", ".mjs", ".cjs"].map((ending) => join(folder, module + ending)).find(existsSync);
  if (file === undefined) {
    const error = new Error(`Error: Cannot find module '${module}'`);
    error.name = "Runtime.ImportModuleError";
    throw error;
  }
  const exports = await import(pathToFileURL(file).href);
  const handler = exports[name] ?? exports.default?.[name];
  if (typeof handler === "function") return handler;
  const error = new Error(`${handlerName} is undefined or not exported`);
  error.name = "Runtime.HandlerNotFound";
  throw error;
}

function call(handler, event, context) {
  if (handler.length < 3) return handler(event, context);
  return new Promise((resolve, reject) => {
    handler(event, context, (error, result) => (error == null ? resolve(result) : reject(error)));
  });
}

let handler;
process.on("message", async ({ event, now, remaining, ...given }) => {
  ahead = now - RealDate.now();
  const deadline = now + remaining;
  Object.assign(context, given, {
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  });
  try {
    const result = await call(handler, JSON.parse(event), context);
    tell({ result: JSON.stringify(result) ?? "null" });
  } catch (error) {
    console.error("Invoke Error", JSON.stringify(failure(error)));
    tell({ error: failure(error) });
  }
});
process.on("unhandledRejection", (reason) => {
  console.error("Unhandled Promise Rejection", JSON.stringify(failure(reason)));
  tell({ error: { ...failure(reason), errorType: "Runtime.UnhandledPromiseRejection" }, isFatal: true }, () =>
    process.exit(128),
  );
});
process.on("uncaughtException", (error) => {
  console.error("Uncaught Exception", JSON.stringify(failure(error)));
  tell({ error: failure(error), isFatal: true }, () => process.exit(129));
});

try {
  handler = await load();
  tell({ ready: true });
} catch (error) {
  console.error("Uncaught Exception", JSON.stringify(failure(error)));
  tell({ initError: failure(error) }, () => process.exit(1));
}
