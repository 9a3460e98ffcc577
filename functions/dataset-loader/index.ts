import { Logger } from "@aws-lambda-powertools/logger";
import { S3Client } from "@aws-sdk/client-s3";
import type { Context } from "aws-lambda";
import { openHttps } from "./https";
import { load, type LoadResult } from "./load";
import { describe, parseRequest } from "./request";
import { sourceOf, type SourceClients } from "./source";

/** Time kept back from the function's limit, in which uploads are aborted. */
const RESERVE_MS = 10_000;

export interface Clients extends SourceClients {
  /** For the data bucket, in the function's own Region. */
  readonly target: S3Client;
}

/**
 * Loads the data set that the function is configured with into every prefix of a bucket, at deployment
 * (docs/architecture.md, "The dataset loader's contract"). Whoever invokes it cannot choose what is loaded.
 *
 * @param configuration as JSON
 * @throws Error the reason why it could not: Terraform shows it, and the apply fails
 */
export function createHandler(configuration: string | undefined, clients: Clients, logger: Logger) {
  return async (
    event: unknown,
    context: Pick<Context, "getRemainingTimeInMillis" | "invokedFunctionArn">,
  ): Promise<LoadResult> => {
    if (JSON.stringify(event) !== "{}") {
      throw new Error("The dataset loader takes no input but {}: what it loads is its configuration.");
    }
    const request = parseRequest(configuration);
    const source = describe(request.source);
    const started = Date.now();
    const deadline = new AbortController();
    const allowed = Math.max(context.getRemainingTimeInMillis() - RESERVE_MS, 0);
    const timer = setTimeout(() => deadline.abort(outOfTime(allowed)), allowed);
    try {
      const account = context.invokedFunctionArn.split(":")[4]!;
      const result = await load(request, {
        s3: clients.target,
        source: sourceOf(request, clients, account),
        signal: deadline.signal,
      });
      logger.info("loaded", { source, bucket: request.bucket, ...result, milliseconds: Date.now() - started });
      return result;
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      const failure = new Error(`Cannot load ${source} into s3://${request.bucket}: ${said(reason)}`, {
        cause: reason,
      });
      logger.error("not loaded", failure);
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  };
}

function outOfTime(allowed: number): Error {
  return new Error(
    `it was not done after ${Math.round(allowed / 1000)} s, and the function's time limit is near: ` +
      "raise the function's timeout or memory, or load a smaller source",
  );
}

/** An error's text: S3's errors have their code in the name, and little in the message. */
function said({ name, message }: Error): string {
  return name === "Error" ? message : `${name}: ${message}`;
}

export const handler = createHandler(
  process.env.DATASET,
  { target: new S3Client({}), source: new S3Client({ followRegionRedirects: true }), openHttps },
  new Logger(),
);
