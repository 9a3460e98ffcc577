import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

/** What names an operation in a request. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly service: string;
}

export interface Operation {
  readonly name: string;
  /** Members of the path, decoded: `{ domainIdentifier: "dzd_…" }`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Names the operation of a request: from its header, its form or, for REST, botocore's model of the service. */
export function operationOf(request: Request): Operation {
  // A REST service takes no notice of the other protocols' names: whoever sends one too must not be taken at their word.
  if (isRest(request)) return restOperation(request) ?? NONE;
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return { name: target.slice(target.lastIndexOf(".") + 1), parameters: {} };

  const rpc = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(request.path);
  if (rpc?.[1] !== undefined) return { name: rpc[1], parameters: {} };

  if (request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    const action = new URLSearchParams(request.body.toString()).get("Action");
    if (action !== null) return { name: action, parameters: {} };
  }
  const action = request.query.get("Action");
  if (action !== null) return { name: action, parameters: {} };
  return NONE;
}

const NONE: Operation = { name: "", parameters: {} };

const isRest = (request: Request): boolean => routes(modelOf(request)).length > 0;

function modelOf({ service, path }: Request): string {
  return service === "s3" && path.startsWith("/v20180820/") ? "s3control" : service;
}

function restOperation(request: Request): Operation | undefined {
  const found = routes(modelOf(request))
    .filter((route) => route.method === request.method)
    .map((route) => ({ route, match: route.path.exec(request.path) }))
    .filter(({ route, match }) => match !== null && isSatisfied(route, request))
    .sort((a, b) => b.route.weight - a.route.weight)[0];
  if (!found) return undefined;
  const values = Object.entries(found.match?.groups ?? {}).map(([name, value]) => [name, decode(value)]);
  return { name: found.route.name, parameters: Object.fromEntries(values) };
}

function isSatisfied(route: Route, { query, headers }: Request): boolean {
  return (
    route.query.every(([name, value]) => query.has(name) && (value === "" || query.get(name) === value)) &&
    route.requiredQuery.every((name) => query.has(name)) &&
    route.requiredHeaders.every((name) => headers[name] !== undefined)
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  /** What the model's URI itself says: `?list-type=2`. */
  readonly query: readonly (readonly [string, string])[];
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
  /** How specific the route is: of several that match, the one that asks for the most is taken. */
  readonly weight: number;
}

interface Model {
  readonly metadata: { readonly protocol: string };
  readonly operations: Readonly<
    Record<string, { http: { method: string; requestUri: string }; input?: { shape: string } }>
  >;
  readonly shapes: Readonly<
    Record<string, { required?: string[]; members?: Record<string, { location?: string; locationName?: string }> }>
  >;
}

const known = new Map<string, readonly Route[]>();

function routes(service: string): readonly Route[] {
  const kept = known.get(service);
  if (kept) return kept;
  const model = load(service);
  const made = model?.metadata.protocol.startsWith("rest") ? Object.entries(model.operations).map(route(model)) : [];
  known.set(service, made);
  return made;
}

const route =
  (model: Model) =>
  ([name, { http, input }]: [string, Model["operations"][string]]): Route => {
    const [path = "", query = ""] = http.requestUri.split("?");
    const shape = input && model.shapes[input.shape];
    const required = (location: string) =>
      (shape?.required ?? [])
        .filter((member) => shape?.members?.[member]?.location === location)
        .map((member) => shape?.members?.[member]?.locationName ?? member);
    const literals = [...new URLSearchParams(query)];
    const requiredQuery = required("querystring");
    const requiredHeaders = required("header").map((header) => header.toLowerCase());
    return {
      name,
      method: http.method,
      path: pattern(path),
      query: literals,
      requiredQuery,
      requiredHeaders,
      weight: 10 * (literals.length + requiredQuery.length + requiredHeaders.length) + path.split(/\/(?!\{)/).length,
    };
  };

function pattern(uri: string): RegExp {
  const source = uri
    .replace(/[.()*]/g, "\\$&")
    .replace(/\{(\w+)\+\}/g, "(?<$1>.+)")
    .replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return new RegExp(`^${source}/?$`);
}

function load(service: string): Model | undefined {
  const data = botocoreData();
  if (!/^[\w-]+$/.test(service) || data === undefined || !existsSync(join(data, service))) return undefined;
  const version = readdirSync(join(data, service)).sort().at(-1) ?? "";
  return JSON.parse(gunzipSync(readFileSync(join(data, service, version, "service-2.json.gz"))).toString()) as Model;
}

function botocoreData(): string | undefined {
  const lib = resolve(__dirname, "../../.venv/lib");
  const python = existsSync(lib) ? readdirSync(lib).find((name) => name.startsWith("python3.")) : undefined;
  return python && join(lib, python, "site-packages", "botocore", "data");
}
