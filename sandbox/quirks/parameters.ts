import { inputOf } from "../authorization/access";
import { awsError } from "../errors";
import type { Call, Reply, Service } from "../service";

/** Standard parameters hold 4,096 characters, advanced ones 8,192; moto takes any size. */
const LIMITS: Readonly<Record<string, number>> = { Standard: 4096, Advanced: 8192 };

/** Parameter Store's size limits. https://docs.aws.amazon.com/general/latest/gr/ssm.html */
export const parameters: Service = {
  handle: (call: Call): Promise<Reply | undefined> => Promise.resolve(refuseLarge(call)),
};

function refuseLarge(call: Call): Reply | undefined {
  if (call.service !== "ssm" || call.operation !== "PutParameter") return undefined;
  const { Value = "", Tier = "Standard" } = inputOf(call) as { Value?: string; Tier?: string };
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
