import { randomUUID } from "node:crypto";
import { z } from "zod";
import { parsePattern } from "../delivery/pattern";
import { awsError } from "../errors";
import type { Internals } from "../internals";
import type { Call, Reply, Service } from "../service";
import { functionArn, functionName } from "./names";

const SETTINGS = z.object({
  BatchSize: z.int().min(1).max(10_000).optional(),
  MaximumBatchingWindowInSeconds: z.int().min(0).max(300).optional(),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).optional(),
  ScalingConfig: z.object({ MaximumConcurrency: z.int().min(2).max(1000).optional() }).optional(),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })).optional() }).optional(),
  Enabled: z.boolean().optional(),
  FunctionName: z.string().optional(),
  EventSourceArn: z.string().optional(),
  Tags: z.record(z.string(), z.string()).optional(),
});
type Settings = z.infer<typeof SETTINGS>;

/** An event source mapping, as the Lambda API answers it. */
export interface Mapping extends Omit<Settings, "Enabled" | "FunctionName" | "Tags"> {
  readonly UUID: string;
  readonly EventSourceMappingArn: string;
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
  readonly BatchSize: number;
  readonly MaximumBatchingWindowInSeconds: number;
  readonly State: "Enabled" | "Disabled";
  readonly StateTransitionReason: string;
  /** Epoch seconds. */
  readonly LastModified: number;
}

export interface Polled {
  /** Begins to poll for a mapping; the function returned ends it. */
  readonly start: (mapping: Mapping) => () => void;
  /** The role that the mapped function polls with. */
  readonly roleOf: (functionArn: string) => Promise<string>;
}

/** Event source mappings from queues. All of them are ours: moto would run the functions itself, in Docker. */
export class Mappings implements Service {
  private readonly mappings = new Map<string, Mapping>();
  private readonly tags = new Map<string, Readonly<Record<string, string>>>();
  private readonly polls = new Map<string, () => void>();

  constructor(
    private readonly internals: Internals,
    private readonly polled: Polled,
  ) {}

  async handle(call: Call): Promise<Reply | undefined> {
    if (call.service !== "lambda") return undefined;
    const { UUID = "", Resource = "" } = call.parameters;
    if (Resource.includes(":event-source-mapping:")) return this.handleTags(call, Resource);
    if (call.operation === "CreateEventSourceMapping") return await this.create(call);
    if (call.operation === "ListEventSourceMappings") return this.list(call);
    if (!call.operation.endsWith("EventSourceMapping")) return undefined;

    const current = this.mappings.get(UUID);
    if (!current) {
      return awsError(call, 404, "ResourceNotFoundException", "The resource you requested does not exist.");
    }
    switch (call.operation) {
      case "UpdateEventSourceMapping":
        return this.put(202, { ...current, ...this.changed(SETTINGS.parse(JSON.parse(call.body.toString()))) });
      case "DeleteEventSourceMapping":
        this.end(UUID);
        this.mappings.delete(UUID);
        this.tags.delete(current.EventSourceMappingArn);
        return json(202, { ...current, State: "Deleting" });
      default:
        return json(200, current);
    }
  }

  async stop(): Promise<void> {
    for (const UUID of this.mappings.keys()) this.end(UUID);
    await Promise.resolve();
  }

  private async create(call: Call): Promise<Reply> {
    const settings = SETTINGS.parse(JSON.parse(call.body.toString()));
    const { EventSourceArn = "", FunctionName = "", Tags } = settings;
    if (!EventSourceArn.includes(":sqs:")) {
      return awsError(call, 501, "NotImplemented", `The sandbox maps queues to functions, not ${EventSourceArn}.`);
    }
    const refusal = (await this.refusal(call, EventSourceArn, FunctionName)) ?? invalidFilter(call, settings);
    if (refusal) return refusal;

    const UUID = randomUUID();
    const arn = `arn:aws:lambda:${this.internals.region}:${this.internals.account}:event-source-mapping:${UUID}`;
    if (Tags) this.tags.set(arn, Tags);
    return this.put(202, {
      UUID,
      EventSourceMappingArn: arn,
      EventSourceArn,
      FunctionArn: this.arnOf(FunctionName),
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      State: "Enabled",
      StateTransitionReason: "USER_INITIATED",
      LastModified: 0,
      ...this.changed(settings),
    });
  }

  /** As on AWS, a function whose role cannot read the queue gets no mapping. */
  private async refusal(call: Call, queue: string, function_: string): Promise<Reply | undefined> {
    const role = await this.polled.roleOf(this.arnOf(function_));
    const caller = { ...call.caller, accessKeyId: "", arn: role, roleArn: role };
    for (const operation of ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"]) {
      const access = { action: `sqs:${operation}`, resource: queue };
      if ((await this.internals.authorizer.refusalInService(caller, access, this.internals.region)) === undefined)
        continue;
      const message = `The provided execution role does not have permissions to call ${operation} on SQS`;
      return awsError(call, 400, "InvalidParameterValueException", message);
    }
    return undefined;
  }

  private changed(settings: Settings): Partial<Mapping> {
    const { Enabled, FunctionName, BatchSize, MaximumBatchingWindowInSeconds } = settings;
    const { FunctionResponseTypes, ScalingConfig, FilterCriteria } = settings;
    const given = {
      BatchSize,
      MaximumBatchingWindowInSeconds,
      FunctionResponseTypes,
      ScalingConfig,
      FilterCriteria,
      FunctionArn: FunctionName === undefined ? undefined : this.arnOf(FunctionName),
      State: Enabled === undefined ? undefined : Enabled ? "Enabled" : "Disabled",
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  }

  private put(status: number, mapping: Mapping): Reply {
    const kept = { ...mapping, LastModified: this.internals.now().getTime() / 1000 };
    this.end(mapping.UUID);
    this.mappings.set(mapping.UUID, kept);
    if (kept.State === "Enabled") this.polls.set(mapping.UUID, this.polled.start(kept));
    return json(status, kept);
  }

  private end(UUID: string): void {
    this.polls.get(UUID)?.();
    this.polls.delete(UUID);
  }

  private list({ query }: Call): Reply {
    const [source, function_] = [query.get("EventSourceArn"), query.get("FunctionName")];
    const EventSourceMappings = [...this.mappings.values()].filter(
      ({ EventSourceArn, FunctionArn }) =>
        (source === null || EventSourceArn === source) && (function_ === null || FunctionArn === this.arnOf(function_)),
    );
    return json(200, { EventSourceMappings });
  }

  private handleTags(call: Call, arn: string): Reply {
    const current = this.tags.get(arn) ?? {};
    if (call.operation === "ListTags") return json(200, { Tags: current });
    if (call.operation === "TagResource") {
      const { Tags } = JSON.parse(call.body.toString()) as { Tags: Record<string, string> };
      this.tags.set(arn, { ...current, ...Tags });
    } else {
      const gone = call.query.getAll("tagKeys");
      this.tags.set(arn, Object.fromEntries(Object.entries(current).filter(([key]) => !gone.includes(key))));
    }
    return { status: 204 };
  }

  private arnOf(given: string): string {
    return functionArn(this.internals.region, functionName(given));
  }
}

function invalidFilter(call: Call, { FilterCriteria }: Settings): Reply | undefined {
  try {
    for (const { Pattern } of FilterCriteria?.Filters ?? []) parsePattern(Pattern);
    return undefined;
  } catch (error) {
    return awsError(call, 400, "InvalidParameterValueException", `Invalid filter pattern: ${(error as Error).message}`);
  }
}

function json(status: number, body: unknown): Reply {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
