import { Logger } from "@aws-lambda-powertools/logger";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Context } from "aws-lambda";
import type { Readable } from "node:stream";
import { openHttps, type Opened } from "./https";
import { load, type LoadResult } from "./load";
import { describe, parseRequest, type Source } from "./request";

/** Kept back from the function's time, to abort uploads in. */
const RESERVE_MS = 10_000;

export interface Clients {
  /** For the data bucket, in the function's own Region. */
  readonly target: S3Client;
  /** For the source bucket, in any Region. */
  readonly source: S3Client;
  readonly openHttps: typeof openHttps;
}

/**
 * Loads a data set into every prefix of a bucket, at deployment (docs/architecture.md, "The dataset loader's contract").
 *
 * @throws Error the reason why it could not: Terraform shows it, and the apply fails
 */
export function createHandler(clients: Clients, logger: Logger) {
  return async (event: unknown, context: Pick<Context, "getRemainingTimeInMillis">): Promise<LoadResult> => {
    const request = parseRequest(event);
    const source = describe(request.source);
    const started = Date.now();
    const deadline = new AbortController();
    const allowed = Math.max(context.getRemainingTimeInMillis() - RESERVE_MS, 0);
    const timer = setTimeout(() => deadline.abort(outOfTime(allowed)), allowed);
    try {
      const result = await load(request, {
        s3: clients.target,
        open: (signal) => open(request.source, clients, signal),
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

async function open(source: Source, clients: Clients, signal: AbortSignal): Promise<Opened> {
  if ("url" in source) return clients.openHttps(source.url, signal);
  const { bucket, key } = source.s3;
  const { Body, ContentLength } = await clients.source.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
    abortSignal: signal,
  });
  return { body: Body as Readable, ...(ContentLength !== undefined && { bytes: ContentLength }) };
}

function outOfTime(allowed: number): Error {
  return new Error(
    `it was not done after ${Math.round(allowed / 1000)} s, and the function's time limit is near: ` +
      "raise the function's timeout or memory, or load a smaller source",
  );
}

/** S3's errors say their code in the name, and little in the message. */
function said({ name, message }: Error): string {
  return name === "Error" ? message : `${name}: ${message}`;
}

export const handler = createHandler(
  { target: new S3Client({}), source: new S3Client({ followRegionRedirects: true }), openHttps },
  new Logger(),
);
