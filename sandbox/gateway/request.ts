import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Call } from "../service";
import { NOBODY } from "./callers";
import { LARGE } from "./moto";
import { operationOf } from "./operation";

export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** Path and query of a request's target, which may be a whole URL: the sandbox is also its clients' HTTP proxy. */
export function targetOf(url: string): { readonly path: string; readonly query: URLSearchParams } {
  // No URL class: it refuses `123456789012.127.0.0.1`, which is where clients send S3 Control requests.
  const target = url.replace(/^https?:\/\/[^/?]*/i, "");
  const at = target.indexOf("?");
  const path = at < 0 ? target : target.slice(0, at);
  return { path: path || "/", query: new URLSearchParams(at < 0 ? "" : target.slice(at + 1)) };
}

/**
 * The credential scope of Signature Version 4, from the header or, in a presigned URL, the query. Version 2, which S3 alone
 * still takes and boto3 presigns with by default, has only the key.
 */
export function scopeOf(authorization: string | undefined, query: URLSearchParams): Scope {
  const second = /^AWS ([^:]+):/.exec(authorization ?? "")?.[1] ?? query.get("AWSAccessKeyId");
  if (second) return { accessKeyId: second, region: REGION_OF_VERSION_2, service: "s3" };
  const credential = /Credential=([^,\s]+)/.exec(authorization ?? "")?.[1] ?? query.get("X-Amz-Credential") ?? "";
  const [accessKeyId = "", , region = "", service = ""] = credential.split("/");
  return { accessKeyId, region, service };
}

const REGION_OF_VERSION_2 = "us-east-1";

/** Reads a request; large data of S3 objects stays in the stream. Of the caller only the key is known yet. */
export async function readCall(message: IncomingMessage, id: number): Promise<Call> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  const { path: target, query } = targetOf(message.url ?? "/");
  const scope = scopeOf(headers["authorization"], query);
  const { path, host } = inPathStyle(scope.service, headers["host"] ?? "", target);
  headers["host"] = host;
  const isStreamed = scope.service === "s3" && message.method === "PUT" && sizeOf(headers) > LARGE;
  const body = isStreamed ? Buffer.alloc(0) : await buffer(message);
  const request = { method: message.method ?? "GET", path, query, headers, body, service: scope.service };
  const { name, parameters } = operationOf(request);
  return {
    ...request,
    id,
    ...(isStreamed && { stream: message }),
    region: scope.region,
    caller: { ...NOBODY, accessKeyId: scope.accessKeyId },
    operation: name,
    parameters,
  };
}

const BUCKET =
  /^(.+?)\.(s3[.-](?!control\.)(?:[a-z0-9-]+\.)*(?:amazonaws|api)\..+|(?:127\.0\.0\.1|localhost)(?::\d+)?)$/i;

/** S3 takes a bucket's name in the host too: here it is in the path always, so that there is one way to read it. */
export function inPathStyle(service: string, host: string, path: string): { path: string; host: string } {
  const [, bucket, rest] = BUCKET.exec(host) ?? [];
  const isS3 = service === "s3" && !path.startsWith("/v20180820/");
  return isS3 && bucket !== undefined && rest !== undefined
    ? { path: `/${bucket}${path}`, host: rest }
    : { path, host };
}

function sizeOf(headers: Readonly<Record<string, string>>): number {
  if (headers["transfer-encoding"] !== undefined) return Infinity;
  return Number(headers["content-length"] ?? 0);
}
