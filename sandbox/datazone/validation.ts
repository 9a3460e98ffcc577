import { type ServiceModel, type Shape, shapeOf } from "./model";

/** What is wrong with a value by the model: required members, types, enums, patterns, lengths, ranges. Empty: nothing. */
export function violations(model: ServiceModel, shapeName: string, value: unknown, path = ""): string[] {
  const shape = shapeOf(model, shapeName);
  const failed = (constraint: string) => [`Value at '${path}' failed to satisfy constraint: Member must ${constraint}`];
  switch (shape.type) {
    case "structure":
      if (shape.document) return [];
      return isRecord(value) ? structureViolations(model, shape, value, path) : failed("be an object");
    case "map":
      if (!isRecord(value)) return failed("be an object");
      return [
        ...sizeViolations(shape, Object.keys(value).length, "length", failed),
        ...Object.entries(value).flatMap(([key, entry]) => [
          ...(shape.key ? violations(model, shape.key.shape, key, `${path}.key`) : []),
          ...(shape.value ? violations(model, shape.value.shape, entry, `${path}.${key}`) : []),
        ]),
      ];
    case "list": {
      const { member } = shape;
      if (!Array.isArray(value)) return failed("be a list");
      return [
        ...sizeViolations(shape, value.length, "length", failed),
        ...(member
          ? value.flatMap((entry, index) => violations(model, member.shape, entry, `${path}.${index + 1}.member`))
          : []),
      ];
    }
    case "string":
      return typeof value === "string" ? stringViolations(shape, value, failed) : failed("be a string");
    case "boolean":
      return typeof value === "boolean" ? [] : failed("be a boolean");
    case "integer":
    case "long":
      return Number.isInteger(value) ? sizeViolations(shape, Number(value), "value", failed) : failed("be an integer");
    case "float":
    case "double":
      return typeof value === "number" ? sizeViolations(shape, value, "value", failed) : failed("be a number");
    case "timestamp":
    case "blob":
      return typeof value === "string" || typeof value === "number" ? [] : failed(`be a ${shape.type}`);
  }
}

type Failed = (constraint: string) => string[];

function structureViolations(
  model: ServiceModel,
  shape: Shape,
  value: Record<string, unknown>,
  path: string,
): string[] {
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const members = Object.entries(shape.members ?? {});
  const given = members.filter(([name]) => isGiven(value[name]));
  return [
    ...(shape.required ?? [])
      .filter((name) => !isGiven(value[name]))
      .map((name) => `Value at '${at(name)}' failed to satisfy constraint: Member must not be null`),
    ...(shape.union && given.length !== 1
      ? [`Value at '${path}' failed to satisfy constraint: Member must have exactly one of its members set`]
      : []),
    ...given.flatMap(([name, member]) => violations(model, member.shape, value[name], at(name))),
  ];
}

function stringViolations(shape: Shape, value: string, failed: Failed): string[] {
  return [
    ...sizeViolations(shape, [...value].length, "length", failed),
    ...(shape.enum && !shape.enum.includes(value) ? failed(`satisfy enum value set: [${shape.enum.join(", ")}]`) : []),
    ...(shape.pattern && !pattern(shape.pattern).test(value)
      ? failed(`satisfy regular expression pattern: ${shape.pattern}`)
      : []),
  ];
}

function sizeViolations(shape: Shape, size: number, what: string, failed: Failed): string[] {
  if (shape.min !== undefined && size < shape.min) {
    return failed(`have ${what} greater than or equal to ${shape.min}`);
  }
  return shape.max !== undefined && size > shape.max ? failed(`have ${what} less than or equal to ${shape.max}`) : [];
}

const patterns = new Map<string, RegExp>();

/** The model's patterns are Java's, and match the whole value. */
function pattern(source: string): RegExp {
  let compiled = patterns.get(source);
  if (compiled === undefined) {
    const whole = `^(?:${source})$`;
    // Only expressions with the flag `u` know \p{...}; only those without it accept a backslash that is not needed.
    compiled = source.includes("\\p{") ? new RegExp(whole, "u") : new RegExp(whole);
    patterns.set(source, compiled);
  }
  return compiled;
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
