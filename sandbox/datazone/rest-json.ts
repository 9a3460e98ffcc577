import { awsError } from "../errors";
import type { Call, Reply } from "../service";
import { type ApiError, invalid } from "./errors";
import { type OperationModel, type ServiceModel, shapeOf } from "./model";
import { isRecord, violations } from "./validation";

/** A call's input by the model. @throws ApiError ValidationException with every violation */
export function parseInput(model: ServiceModel, operation: OperationModel, call: Call): Record<string, unknown> {
  if (operation.input === undefined) return {};
  const input: Record<string, unknown> = {};
  const body = parseBody(call.body);
  for (const [name, member] of Object.entries(shapeOf(model, operation.input.shape).members ?? {})) {
    const key = member.locationName ?? name;
    const values = call.query.getAll(key);
    const value =
      member.location === "uri"
        ? call.parameters[key]
        : member.location === "querystring"
          ? values.length === 0
            ? undefined
            : fromQuery(model, member.shape, values)
          : member.location === "header"
            ? call.headers[key.toLowerCase()]
            : body[key];
    if (value !== undefined && value !== null) input[name] = value;
  }
  const found = violations(model, operation.input.shape, input);
  if (found.length > 0) {
    throw invalid(`${found.length} validation error${found.length > 1 ? "s" : ""} detected: ${found.join("; ")}`);
  }
  return input;
}

function parseBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    if (isRecord(parsed)) return parsed;
  } catch {
    // Falls through to the same answer as for a body that is JSON, but no object.
  }
  throw invalid("The request body is not a JSON object.");
}

function fromQuery(model: ServiceModel, shapeName: string, values: readonly string[]): unknown {
  const shape = shapeOf(model, shapeName);
  const [first = ""] = values;
  switch (shape.type) {
    case "list":
      return values;
    case "boolean":
      return first === "true" ? true : first === "false" ? false : first;
    case "integer":
    case "long":
      return /^-?\d+$/.test(first) ? Number(first) : first;
    default:
      return first;
  }
}

/** The reply to an operation that worked. What the output's shape does not name is left out. */
export function renderOutput(model: ServiceModel, operation: OperationModel, output: unknown): Reply {
  const status = operation.http.responseCode ?? 200;
  const body =
    operation.output && status !== 204 ? JSON.stringify(rendered(model, operation.output.shape, output)) : "";
  return { status, headers: { "content-type": "application/json" }, body };
}

function rendered(model: ServiceModel, shapeName: string, value: unknown): unknown {
  const shape = shapeOf(model, shapeName);
  if (value === undefined || value === null) return shape.type === "structure" ? {} : undefined;
  if (value instanceof Date) return shape.timestampFormat === "iso8601" ? value.toISOString() : value.getTime() / 1000;
  if (shape.type === "structure" && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(shape.members ?? {})
        .filter(([name]) => value[name] !== undefined)
        .map(([name, member]) => [member.locationName ?? name, rendered(model, member.shape, value[name])]),
    );
  }
  if (shape.type === "list" && Array.isArray(value)) {
    const { member } = shape;
    return member ? value.map((entry) => rendered(model, member.shape, entry)) : value;
  }
  if (shape.type === "map" && isRecord(value)) {
    const member = shape.value;
    if (!member) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, rendered(model, member.shape, entry)]));
  }
  return value;
}

/** The reply to an operation that failed. */
export function renderError(model: ServiceModel, operation: OperationModel, error: ApiError, call: Call): Reply {
  const modelled = (operation.errors ?? []).map(({ shape }) => shape);
  // Where an operation has no error for something missing, the service answers AccessDeniedException.
  const code = modelled.includes(error.code)
    ? error.code
    : error.code === "ResourceNotFoundException"
      ? "AccessDeniedException"
      : "ValidationException";
  return awsError(call, shapeOf(model, code).error?.httpStatusCode ?? 400, code, error.message);
}
