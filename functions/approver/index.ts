import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import { Approver } from "./approver";
import { clients } from "./clients";
import { readConfig } from "./config";

const approver = new Approver({
  config: readConfig(process.env),
  clients,
  logger: new Logger(),
  metrics: new Metrics(),
  region: process.env["AWS_REGION"] ?? "",
});

export const handler = (event: unknown, context: Context): ReturnType<Approver["handle"]> =>
  approver.handle(event, context);
