import { inputOf } from "../authorization/access";
import { awsError } from "../errors";
import type { Call, Reply, Service } from "../service";

/** Standard parameters hold 4,096 characters, advanced ones 8,192; moto takes any size. */
const LIMITS: Readonly<Record<string, number>> = { Standard: 4096, Advanced: 8192 };

/** The first part of a path counts, in any case. */
const RESERVED = /^\/?(?:aws|ssm)/i;

/** What Parameter Store refuses: reserved names, nested parameters, sizes. https://docs.aws.amazon.com/general/latest/gr/ssm.html */
export const parameters: Service = {
  handle: (call: Call): Promise<Reply | undefined> =>
    Promise.resolve(call.service === "ssm" && call.operation === "PutParameter" ? refusal(call) : undefined),
};

function refusal(call: Call): Reply | undefined {
  const {
    Name = "",
    Value = "",
    Tier = "Standard",
  } = inputOf(call) as { Name?: string; Value?: string; Tier?: string };
  if (RESERVED.test(Name)) {
    return awsError(
      call,
      400,
      "ValidationException",
      `Parameter name: can't be prefixed with "aws" or "ssm": ${Name}.`,
    );
  }
  if (/\{\{[^]*\}\}/.test(Value)) {
    const reason = "Parameter value can't nest another parameter. Do not use {{}} in the value.";
    return awsError(call, 400, "ValidationException", reason);
  }
  const size = Buffer.byteLength(Value);
  const tier = Tier === "Intelligent-Tiering" ? "Advanced" : Tier;
  const limit = LIMITS[tier] ?? 4096;
  if (size <= limit) return undefined;
  const message =
    tier === "Standard"
      ? "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier."
      : "Advanced tier parameters support a maximum parameter value of 8192 characters.";
  return awsError(call, 400, "ValidationException", message);
}
