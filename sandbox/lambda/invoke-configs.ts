import { awsError } from "../errors";
import type { Internals } from "../internals";
import type { Call, Reply } from "../service";
import { functionArn, functionName } from "./names";

/** How a function's asynchronous invocations are retried, and where their outcome goes. */
export interface InvokeConfig {
  readonly FunctionArn: string;
  /** Epoch seconds. */
  readonly LastModified: number;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: {
    readonly OnSuccess?: { readonly Destination?: string };
    readonly OnFailure?: { readonly Destination?: string };
  };
}

/**
 * The event invoke configurations, one for each function and qualifier. moto does not tell qualifiers apart, and never
 * shows an update.
 */
export class InvokeConfigs {
  private readonly configs = new Map<string, InvokeConfig>();

  constructor(private readonly internals: Internals) {}

  /** The configuration that holds for what was invoked; one is for exactly one qualifier. */
  find(arn: string): InvokeConfig | undefined {
    return this.configs.get(arn.endsWith(":$LATEST") ? arn : qualified(arn));
  }

  handle(call: Call): Reply | undefined {
    if (!call.operation.includes("FunctionEventInvokeConfig")) return undefined;
    const asked = functionName(call.parameters["FunctionName"] ?? "", call.query.get("Qualifier"));
    const key = qualified(functionArn(this.internals.region, asked));
    const current = this.configs.get(key);
    switch (call.operation) {
      case "PutFunctionEventInvokeConfig":
        return this.put(key, {}, call);
      case "UpdateFunctionEventInvokeConfig":
        return current ? this.put(key, current, call) : missing(call, key);
      case "GetFunctionEventInvokeConfig":
        return current ? json(200, current) : missing(call, key);
      case "DeleteFunctionEventInvokeConfig":
        return this.configs.delete(key) ? { status: 204 } : missing(call, key);
      case "ListFunctionEventInvokeConfigs": {
        const own = [...this.configs.values()].filter(
          ({ FunctionArn }) => functionName(FunctionArn).name === asked.name,
        );
        return json(200, { FunctionEventInvokeConfigs: own });
      }
      default:
        return undefined;
    }
  }

  private put(key: string, current: Partial<InvokeConfig>, call: Call): Reply {
    const given = JSON.parse(call.body.toString()) as Partial<InvokeConfig>;
    const config = { ...current, ...given, FunctionArn: key, LastModified: this.internals.now().getTime() / 1000 };
    this.configs.set(key, config);
    return json(200, config);
  }
}

/** An ARN without a qualifier means `$LATEST`, and says so in these configurations. */
function qualified(arn: string): string {
  return arn.split(":").length === 7 ? `${arn}:$LATEST` : arn;
}

function missing(call: Call, arn: string): Reply {
  const message = `The function ${arn} doesn't have an EventInvokeConfig`;
  return awsError(call, 404, "ResourceNotFoundException", message);
}

function json(status: number, body: unknown): Reply {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
