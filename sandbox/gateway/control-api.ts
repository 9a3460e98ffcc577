import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { RoleAccess } from "../authorization/access-log";
import type { Clock } from "../clock";
import type { Quotas, Reply } from "../service";
import type { CallLog } from "./call-log";
import { FAULT, type Faults } from "./faults";
import { targetOf } from "./request";

export const CONTROL_PATH = "/_sandbox/";

/** One line that a function has written, or that its execution environment has written about it. */
export interface LogLine {
  readonly time: string;
  readonly function: string;
  readonly version: string;
  readonly message: string;
}

export interface Controlled {
  readonly log: CallLog;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly setQuotas: (quotas: Quotas) => void;
  /** Changes how a service behaves. */
  readonly choose: (service: string, changes: unknown) => void;
  readonly functionLogs: () => readonly LogLine[];
  readonly accesses: () => readonly RoleAccess[];
}

const QUOTAS = z.strictObject({ enabled: z.boolean().default(true), scale: z.number().positive().default(1) });
const BEHAVIOUR = z.record(z.string(), z.unknown());
const CLOCK = z.strictObject({ advanceSeconds: z.number().nonnegative() });

/** What steers and observes the sandbox itself, beside the AWS it plays. */
export function controlApi(sandbox: Controlled): (message: IncomingMessage) => Promise<Reply | undefined> {
  const routes: Record<string, (query: URLSearchParams, input: unknown) => unknown> = {
    "GET health": () => ({ status: "ok", now: sandbox.clock.now().toISOString() }),
    "GET calls": (query) =>
      sandbox.log.find({
        since: Number(query.get("since") ?? 0),
        service: query.get("service") ?? undefined,
        operation: query.get("operation") ?? undefined,
      }),
    "GET logs": (query) => {
      const name = query.get("function");
      return sandbox.functionLogs().filter((line) => name === null || line.function === name);
    },
    "GET accesses": () => sandbox.accesses(),
    "POST faults": (_, input) => sandbox.faults.add(FAULT.parse(input)),
    "DELETE faults": () => sandbox.faults.clear(),
    "POST quotas": (_, input) => sandbox.setQuotas(QUOTAS.parse(input)),
    "POST behaviour": (_, input) => {
      for (const [service, changes] of Object.entries(BEHAVIOUR.parse(input))) sandbox.choose(service, changes);
    },
    "POST clock": (_, input) => {
      sandbox.clock.advance(CLOCK.parse(input).advanceSeconds);
      return { now: sandbox.clock.now().toISOString() };
    },
  };

  return async (message) => {
    const { path, query } = targetOf(message.url ?? "/");
    if (!path.startsWith(CONTROL_PATH)) return undefined;
    const route = routes[`${message.method} ${path.slice(CONTROL_PATH.length)}`];
    if (!route) return json(404, { message: `There is ${Object.keys(routes).join(", ")} under ${CONTROL_PATH}.` });
    try {
      const body = await text(message);
      return json(200, route(query, body === "" ? {} : JSON.parse(body)) ?? {});
    } catch (error) {
      return json(400, { message: error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message });
    }
  };
}

function json(status: number, body: unknown): Reply {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
