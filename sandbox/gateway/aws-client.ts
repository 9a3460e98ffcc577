import { buffer } from "node:stream/consumers";
import { XMLParser } from "fast-xml-parser";
import type { Call, Caller, Reply } from "../service";
import { operationOf } from "./operation";

/** An error that AWS answered. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(`${code}: ${message}`);
  }
}

type Input = Readonly<Record<string, unknown>>;

/** The API calls that the sandbox's own parts make: straight to moto, or through the gateway as somebody's. */
export class AwsClient {
  constructor(
    private readonly send: (call: Call) => Promise<Reply>,
    private readonly caller: Caller,
    private readonly region: string,
  ) {}

  /** A JSON protocol: `json("sqs", "AmazonSQS.SendMessage", { … })`. */
  async json<T>(service: string, target: string, input: Input): Promise<T> {
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": target };
    return await this.call<T>({ service, method: "POST", path: "/", headers, body: JSON.stringify(input) });
  }

  /** A REST JSON protocol: `rest("lambda", "GET", "/2015-03-31/functions/f")`. */
  async rest<T>(
    service: string,
    method: string,
    path: string,
    input?: Input,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const headers = { "content-type": "application/json", ...extra };
    const [bare = "", query = ""] = path.split("?");
    const body = input === undefined ? "" : JSON.stringify(input);
    return await this.call<T>({ service, method, path: bare, query, headers, body });
  }

  /** What S3 says of a bucket, or of an object, in headers; undefined where there is none. */
  async head(bucket: string, key = "", query = ""): Promise<Reply["headers"]> {
    const path = objectPath(bucket, key);
    const request = { service: "s3", method: "HEAD", path, query, headers: {}, body: "" };
    const { status, headers } = await this.send(this.request(request));
    return status < 300 ? headers : undefined;
  }

  /** What a bucket says of one of its settings, as XML; undefined where it has none. */
  async subresource(bucket: string, name: string): Promise<string | undefined> {
    const request = {
      service: "s3",
      method: "GET",
      path: objectPath(bucket, ""),
      query: `${name}=`,
      headers: {},
      body: "",
    };
    const { status, body } = await this.send(this.request(request));
    return status < 300 ? (body ?? "").toString() : undefined;
  }

  /** An S3 object's data. */
  async object(bucket: string, key: string): Promise<Buffer> {
    const path = objectPath(bucket, key);
    const reply = await this.send(this.request({ service: "s3", method: "GET", path, headers: {}, body: "" }));
    if (reply.status >= 300) throw errorOf(reply);
    return reply.stream ? await buffer(reply.stream) : Buffer.from(reply.body ?? "");
  }

  /** The query protocol; the answer is the content of `<ActionResult>`, its lists as arrays. */
  async query<T>(service: string, version: string, action: string, input: Input): Promise<T> {
    const body = new URLSearchParams({ Action: action, Version: version, ...flatten(input) }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    const answer = await this.call<Record<string, Record<string, T>>>({
      service,
      method: "POST",
      path: "/",
      headers,
      body,
    });
    return answer[`${action}Response`]?.[`${action}Result`] ?? ({} as T);
  }

  private async call<T>(request: Request): Promise<T> {
    const reply = await this.send(this.request(request));
    const answer = parse(reply) as Record<string, unknown>;
    if (reply.status < 300) return answer as T;
    throw errorOf(reply, answer);
  }

  private request(request: Request): Call {
    const { service } = request;
    const credential = `${this.caller.accessKeyId}/20260101/${this.region}/${service}/aws4_request`;
    const headers = {
      ...request.headers,
      host: `${service}.${this.region}.amazonaws.com`,
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
    };
    const query = new URLSearchParams(request.query);
    const body = Buffer.from(request.body);
    const { name, parameters } = operationOf({ ...request, query, headers, body });
    return {
      ...request,
      id: 0,
      query,
      headers,
      body,
      region: this.region,
      caller: this.caller,
      operation: name,
      parameters,
    };
  }
}

const objectPath = (bucket: string, key: string): string =>
  `/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;

interface Request {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The error's code and message in any of AWS's protocols. */
export function errorOf(reply: Reply, answer: unknown = parse(reply)): AwsError {
  const { ErrorResponse, Error: s3, ...json } = answer as Record<string, Record<string, unknown> | undefined>;
  const error = (ErrorResponse?.["Error"] ?? s3 ?? json) as Record<string, unknown>;
  const code = error["Code"] ?? reply.headers?.["x-amzn-errortype"] ?? error["__type"] ?? error["Type"] ?? "Unknown";
  const message = error["Message"] ?? error["message"] ?? "";
  return new AwsError(String(code).split("#").at(-1)?.split(":")[0] ?? "Unknown", String(message), reply.status);
}

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => name === "member",
});

function parse(reply: Reply): unknown {
  const body = (reply.body ?? "").toString();
  try {
    if (body.trimStart().startsWith("<")) return parser.parse(body);
    return body === "" ? {} : JSON.parse(body);
  } catch {
    return {};
  }
}

/** `{ A: [{ B: "c" }] }` as the query protocol has it: `A.member.1.B=c`. */
function flatten(input: Input, prefix = ""): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(input)) {
    const key = prefix + name;
    if (value === undefined) continue;
    if (Array.isArray(value)) {
      const members = Object.fromEntries(value.map((member: unknown, i) => [`member.${i + 1}`, member]));
      Object.assign(flat, flatten(members, `${key}.`));
    } else if (typeof value === "object" && value !== null) Object.assign(flat, flatten(value as Input, `${key}.`));
    else flat[key] = String(value);
  }
  return flat;
}
