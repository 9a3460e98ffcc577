import { randomUUID } from "node:crypto";
import { inputOf } from "../authorization/access";
import { awsError } from "../errors";
import type { Internals } from "../internals";
import type { Call, EventBridgeEvent, Reply, Service } from "../service";
import { InvalidPattern, LONGEST_PATTERN, parsePattern } from "./pattern";
import { rulesOf, targetsOf, type Rule } from "./rules";
import { Schedule } from "./schedule";
import type { Targets, BusEvent } from "./targets";

const DEFAULT_BUS = "default";
/** A PutEvents request holds up to 10 entries of at most 1 MB together. */
const MOST_ENTRIES = 10;
const LARGEST_REQUEST = 1 << 20;
const TICK = 1000;

interface Entry {
  readonly Time?: number | string;
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: readonly string[];
  readonly EventBusName?: string;
}

/** Amazon EventBridge's buses: moto keeps rules and targets, matching and delivery are ours. */
export class EventBus implements Service {
  private readonly schedule = new Schedule();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly internals: Internals,
    private readonly targets: Targets,
  ) {
    this.timer = setInterval(() => this.tick(), TICK).unref();
  }

  async handle(call: Call): Promise<Reply | undefined> {
    if (call.service !== "events") return undefined;
    switch (call.operation) {
      case "PutEvents":
        return this.putEvents(call);
      case "PutRule":
        return await this.putRule(call);
      case "DeleteRule":
        this.schedule.delete(String(inputOf(call)["Name"]));
        return undefined;
      case "TestEventPattern": {
        const { EventPattern, Event } = inputOf(call) as { EventPattern: string; Event: string };
        return checked(call, () => json({ Result: parsePattern(EventPattern)(JSON.parse(Event)) }));
      }
      default:
        return undefined;
    }
  }

  /** Puts an event of an AWS service on the default bus. */
  emit(event: EventBridgeEvent): void {
    this.put(DEFAULT_BUS, { ...this.envelope(), ...event });
  }

  /** Runs the rules that have become due. */
  tick(): void {
    for (const { rule, at } of this.schedule.take(this.internals.now().getTime())) {
      this.inBackground(this.fire(rule, new Date(at)));
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.targets.stop();
    await Promise.resolve();
  }

  private putEvents(call: Call): Reply {
    const { Entries = [] } = inputOf(call) as { Entries?: readonly Entry[] };
    if (Entries.length === 0 || Entries.length > MOST_ENTRIES || call.body.length > LARGEST_REQUEST) {
      const message = `PutEvents takes 1 to ${MOST_ENTRIES} entries of at most ${LARGEST_REQUEST} bytes together.`;
      return awsError(call, 400, "ValidationException", message);
    }
    const results = Entries.map((entry) => {
      const refusal = refusalOf(entry);
      if (refusal) return { ErrorCode: refusal[0], ErrorMessage: refusal[1] };
      const envelope = this.envelope(entry.Time);
      this.put(entry.EventBusName?.split("/").at(-1) ?? DEFAULT_BUS, {
        ...envelope,
        source: entry.Source,
        "detail-type": entry.DetailType,
        resources: entry.Resources ?? [],
        detail: JSON.parse(entry.Detail ?? "{}") as unknown,
      });
      return { EventId: envelope.id };
    });
    return json({ FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results });
  }

  private async putRule(call: Call): Promise<Reply> {
    const { Name = "", EventPattern, ScheduleExpression } = inputOf(call) as Partial<Rule>;
    if (EventPattern !== undefined && EventPattern.length > LONGEST_PATTERN) {
      const message = `1 validation error detected: Value at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST_PATTERN}`;
      return awsError(call, 400, "ValidationException", message);
    }
    const refusal = EventPattern !== undefined && checked(call, () => (parsePattern(EventPattern), undefined));
    if (refusal) return refusal;
    const reply = await this.internals.moto(call);
    if (reply.status < 300) this.schedule.set(Name, ScheduleExpression, this.internals.now().getTime());
    return reply;
  }

  private envelope(time?: number | string) {
    const at = time === undefined ? this.internals.now() : new Date(typeof time === "number" ? time * 1000 : time);
    const { account, region } = this.internals;
    return { version: "0", id: randomUUID(), account, region, time: at.toISOString().replace(/\.\d+Z$/, "Z") };
  }

  /** Hands an event to the rules that match it, in the background: PutEvents does not wait for targets. */
  private put(bus: string, event: BusEvent): void {
    this.inBackground(this.route(bus, event));
  }

  private async route(bus: string, event: BusEvent): Promise<void> {
    const rules = await rulesOf(this.internals.aws, bus);
    const matching = rules.filter(
      ({ State, EventPattern }) =>
        State !== "DISABLED" && EventPattern !== undefined && parsePattern(EventPattern)(event),
    );
    await Promise.all(matching.map((rule) => this.deliver(rule, event)));
  }

  private async fire(name: string, at: Date): Promise<void> {
    const rule = (await rulesOf(this.internals.aws, DEFAULT_BUS)).find(({ Name }) => Name === name);
    if (!rule || rule.State === "DISABLED") return;
    await this.deliver(rule, {
      ...this.envelope(at.getTime() / 1000),
      source: "aws.events",
      "detail-type": "Scheduled Event",
      resources: [rule.Arn],
      detail: {},
    });
  }

  private async deliver(rule: Rule, event: BusEvent): Promise<void> {
    const targets = await targetsOf(this.internals.aws, rule);
    await Promise.all(targets.map((target) => this.targets.deliver(rule, target, event)));
  }

  private inBackground(work: Promise<void>): void {
    work.catch((error: Error) => {
      if (error.name !== "AbortError") process.stderr.write(`sandbox: delivery of an event: ${error.message}\n`);
    });
  }
}

function refusalOf({ Source, DetailType, Detail }: Entry): readonly [string, string] | undefined {
  if (!Source) return ["InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument."];
  if (Source.startsWith("aws.")) {
    return ["NotAuthorizedForSourceException", "Not authorized for the source."];
  }
  if (!DetailType) {
    return ["InvalidArgument", "Parameter DetailType is not valid. Reason: DetailType is a required argument."];
  }
  if (!Detail) return ["InvalidArgument", "Parameter Detail is not valid. Reason: Detail is a required argument."];
  try {
    const detail: unknown = JSON.parse(Detail);
    if (typeof detail === "object" && detail !== null && !Array.isArray(detail)) return undefined;
  } catch {
    // Refused below, as everything that is no JSON object.
  }
  return ["MalformedDetail", "Detail is malformed."];
}

function checked<T>(call: Call, action: () => T): T | Reply {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    return awsError(call, 400, "InvalidEventPatternException", error.message);
  }
}

function json(body: unknown): Reply {
  return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(body) };
}
