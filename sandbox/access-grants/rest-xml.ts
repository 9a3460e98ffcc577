import { XMLParser } from "fast-xml-parser";
import { type Member, type OperationModel, type ServiceModel, shapeOf } from "../datazone/model";
import { isRecord, violations } from "../datazone/validation";
import { xml } from "../errors";
import type { Call, Reply } from "../service";
import { invalid } from "./errors";

const NAMESPACE = "http://awss3control.amazonaws.com/doc/2018-08-20/";

const parser = new XMLParser({ parseTagValue: false, trimValues: true, ignoreDeclaration: true, htmlEntities: true });

/** The input of a REST XML call by the service's model. @throws AccessGrantsError InvalidRequest with every violation */
export function parseInput(model: ServiceModel, operation: OperationModel, call: Call): Record<string, unknown> {
  if (operation.input === undefined) return {};
  const body = parseBody(call.body);
  const input: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shapeOf(model, operation.input.shape).members ?? {})) {
    const value = typed(model, member, raw(call, name, member, body));
    if (value !== undefined) input[name] = value;
  }
  const found = violations(model, operation.input.shape, input);
  if (found.length > 0) throw invalid(found.join("; "));
  return input;
}

function raw(call: Call, name: string, member: Member, body: Record<string, unknown>): unknown {
  const key = member.locationName ?? name;
  switch (member.location) {
    case "uri":
      return call.parameters[key];
    case "querystring":
      return call.query.getAll(key).length > 1 ? call.query.getAll(key) : (call.query.get(key) ?? undefined);
    case "header":
      return call.headers[key.toLowerCase()];
    default:
      return body[key];
  }
}

function parseBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const [root] = Object.values(parser.parse(body, true) as Record<string, unknown>);
    return isRecord(root) ? root : {};
  } catch {
    throw invalid("The request body is not well-formed XML.");
  }
}

/**
 * Converts text from XML, a query or a header to the type that its shape names. What cannot be converted stays text,
 * which the validation then refuses.
 */
function typed(model: ServiceModel, member: Member, value: unknown): unknown {
  if (value === undefined) return undefined;
  const shape = shapeOf(model, member.shape);
  switch (shape.type) {
    case "structure": {
      const given = value === "" ? {} : value;
      if (!isRecord(given)) return given;
      const members = Object.entries(shape.members ?? {})
        .map(([name, one]) => [name, typed(model, one, given[one.locationName ?? name])] as const)
        .filter(([, one]) => one !== undefined);
      return Object.fromEntries(members);
    }
    case "list": {
      const item = shape.member;
      if (item === undefined || value === "") return [];
      const entries = isRecord(value) ? value[item.locationName ?? "member"] : value;
      return (Array.isArray(entries) ? entries : [entries]).map((entry: unknown) => typed(model, item, entry));
    }
    case "integer":
      return /^-?\d+$/.test(String(value)) ? Number(value) : value;
    case "boolean":
      return value === "true" ? true : value === "false" ? false : value;
    default:
      return value;
  }
}

/** An operation's output as the service's model lays it out in XML. */
export function toReply(model: ServiceModel, operation: OperationModel, output: Record<string, unknown>): Reply {
  const status = operation.http.responseCode ?? 200;
  const shape = operation.output?.shape;
  if (shape === undefined || Object.keys(shapeOf(model, shape).members ?? {}).length === 0) return { status };
  const body = `<?xml version="1.0" encoding="UTF-8"?><${shape} xmlns="${NAMESPACE}">${element(model, { shape }, output)}</${shape}>`;
  return { status, headers: { "content-type": "application/xml" }, body };
}

function element(model: ServiceModel, member: Member, value: unknown): string {
  const shape = shapeOf(model, member.shape);
  if (shape.type === "structure" && isRecord(value)) {
    return Object.entries(shape.members ?? {})
      .filter(([name]) => value[name] !== undefined)
      .map(([name, one]) => tag(one.locationName ?? name, element(model, one, value[name])))
      .join("");
  }
  const item = shape.member;
  if (item !== undefined && Array.isArray(value)) {
    return value.map((entry: unknown) => tag(item.locationName ?? "member", element(model, item, entry))).join("");
  }
  return xml(value instanceof Date ? `${value.toISOString().slice(0, -5)}Z` : String(value));
}

function tag(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}
