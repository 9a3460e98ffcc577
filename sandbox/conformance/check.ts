import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pythonEnv } from "../../scripts/python-env";
import type { Exchange } from "./record";

/** Where the exchanges depart from botocore's models of the services: one line each, none where they do not. */
export async function departures(exchanges: Iterable<Exchange>): Promise<string[]> {
  const { python } = await pythonEnv();
  const check = spawn(python, [join(__dirname, "check.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(check, "exit");
  check.stdin.end([...exchanges].map((exchange) => `${JSON.stringify(exchange)}\n`).join(""));
  const output = await text(check.stdout);
  const [status] = (await ended) as [number | null];
  if (status !== 0 && status !== 1) throw new Error(`check.py ended with status ${status}.`);
  return output.split("\n").filter((line) => line !== "");
}
