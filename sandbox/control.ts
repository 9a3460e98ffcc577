import type { RoleAccess } from "./authorization/access-log";
import type { Behaviour as DataZoneBehaviour } from "./datazone/behaviour";
import type { CallFilter, CallRecord } from "./gateway/call-log";
import { CONTROL_PATH, type LogLine } from "./gateway/control-api";
import type { Fault } from "./gateway/faults";
import type { Quotas } from "./service";
import type { Behaviour as SageMakerBehaviour } from "./sagemaker/behaviour";

export type { CallFilter, CallRecord, Fault, LogLine, Quotas, RoleAccess };

/** Steers and observes a running sandbox, in this process or another. */
export class Control {
  /** @param endpoint the sandbox's endpoint, `http://127.0.0.1:4566` */
  constructor(private readonly endpoint: string) {}

  async health(): Promise<{ readonly status: "ok"; readonly now: string }> {
    return await this.send("GET", "health");
  }

  /** The call log, oldest first: the latest 100,000 calls. */
  async calls(filter: CallFilter = {}): Promise<readonly CallRecord[]> {
    return await this.send("GET", `calls?${query({ ...filter })}`);
  }

  /** What functions have logged, oldest first: the latest 10,000 lines, of one function where its name is given. */
  async logs(functionName?: string): Promise<readonly LogLine[]> {
    return await this.send("GET", `logs?${query({ function: functionName })}`);
  }

  /** What roles did or were refused, by IAM's names, each once. */
  async accesses(): Promise<readonly RoleAccess[]> {
    return await this.send("GET", "accesses");
  }

  /** Makes the next calls that match fail, or answers them late, or closes their connection. */
  async inject(fault: Fault): Promise<void> {
    await this.send("POST", "faults", fault);
  }

  async clearFaults(): Promise<void> {
    await this.send("DELETE", "faults");
  }

  /** Switches the services' request rates off and on, or scales them. */
  async setQuotas(quotas: Partial<Quotas>): Promise<void> {
    await this.send("POST", "quotas", quotas);
  }

  /** Changes how services behave where that can be chosen: `{ datazone: { listingShapes: "measured" } }`. */
  async choose(behaviour: {
    readonly datazone?: Partial<DataZoneBehaviour>;
    readonly sagemaker?: Partial<SageMakerBehaviour>;
    readonly cloudtrail?: { readonly recorded: boolean };
    readonly cloudwatch?: { readonly alarmActions: "executed" | "failed" };
    readonly sns?: { readonly emailSubscriptions: "confirmed" | "pending" };
  }): Promise<void> {
    await this.send("POST", "behaviour", behaviour);
  }

  /** Skips time: what is due by then happens now. */
  async advanceClock(seconds: number): Promise<void> {
    await this.send("POST", "clock", { advanceSeconds: seconds });
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const reply = await fetch(`${this.endpoint}${CONTROL_PATH}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await reply.json()) as T & { message?: string };
    if (!reply.ok) throw new Error(`The sandbox refused ${method} ${path}: ${answer.message}`);
    return answer;
  }
}

function query(values: Record<string, string | number | undefined>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) given.set(name, String(value));
  return given.toString();
}
