import { z } from "zod";

import { type Described, TYPES } from "./types";

/** A resource of DataZone in a template. */
export interface Resource extends Described {
  readonly type: string;
}

export interface Template {
  readonly body: string;
  /** Parameters by name, as the query protocol gives them; those left out take the template's default. */
  readonly parameters: Readonly<Record<string, string>>;
  /** By logical id. */
  readonly resources: ReadonlyMap<string, Resource>;
}

/** What is wrong with a template, in CloudFormation's words: its ValidationError. */
export class TemplateError extends Error {}

const TEMPLATE = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.coerce.string().optional() })).default({}),
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })),
});

/**
 * The DataZone resources of a JSON template; undefined for a template in another language that has none.
 *
 * @param pseudo values of pseudo parameters, such as `AWS::Region`
 * @throws TemplateError
 */
export function readTemplate(
  body: string,
  parameters: Readonly<Record<string, string>>,
  pseudo: Readonly<Record<string, string>>,
): Template | undefined {
  const parsed = TEMPLATE.safeParse(parseJson(body));
  if (!parsed.success) {
    const type = Object.keys(TYPES).find((name) => body.includes(name));
    if (!type) return undefined;
    throw new TemplateError(`Template format error: the sandbox reads ${type} from JSON templates only.`);
  }
  const { Parameters, Resources } = parsed.data;
  const defaults = Object.entries(Parameters).map(([name, { Default }]) => [name, Default] as const);
  const values: Record<string, string | undefined> = { ...Object.fromEntries(defaults), ...parameters, ...pseudo };
  const resources = Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    const properties = TYPES[Type];
    return properties ? [[id, { type: Type, ...read(properties, id, resolve(Properties, values)) }] as const] : [];
  });
  return { body, parameters, resources: new Map(resources) };
}

function read(type: z.ZodType<Described>, id: string, properties: unknown): Described {
  const parsed = type.safeParse(properties);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TemplateError(
    `Properties validation failed for resource ${id}: ${issue?.path.join("/") ?? ""}: ${issue?.message ?? ""}`,
  );
}

/** Replaces each `{ "Ref": name }` by the value of that parameter. */
function resolve(value: unknown, values: Readonly<Record<string, string | undefined>>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, values));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [[name, reference] = []] = entries;
  if (entries.length === 1 && name === "Ref" && typeof reference === "string") {
    const resolved = values[reference];
    if (resolved === undefined) throw new TemplateError(`Template format error: Unresolved reference [${reference}].`);
    return resolved;
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, resolve(inner, values)]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
