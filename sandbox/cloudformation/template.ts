import { z } from "zod";

/** An `AWS::DataZone::ProjectMembership`, its references resolved. */
export interface Membership {
  readonly domain: string;
  readonly project: string;
  readonly designation: string;
  readonly member: { readonly userIdentifier: string } | { readonly groupIdentifier: string };
}

export interface Template {
  readonly body: string;
  /** As the query protocol has them: what is not given takes the template's default. */
  readonly parameters: Readonly<Record<string, string>>;
  /** By logical id. */
  readonly memberships: ReadonlyMap<string, Membership>;
}

/** What is wrong with a template, in CloudFormation's words: its ValidationError. */
export class TemplateError extends Error {}

const TYPE = "AWS::DataZone::ProjectMembership";

const TEMPLATE = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.coerce.string().optional() })).default({}),
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })),
});

const identifier = z.string().min(1);
const PROPERTIES = z.strictObject({
  DomainIdentifier: identifier,
  ProjectIdentifier: identifier,
  Designation: identifier,
  Member: z.union([z.strictObject({ UserIdentifier: identifier }), z.strictObject({ GroupIdentifier: identifier })]),
});

/**
 * The memberships of a JSON template; undefined for a template in another language that names none.
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
    if (!body.includes(TYPE)) return undefined;
    throw new TemplateError(`Template format error: the sandbox reads ${TYPE} from JSON templates only.`);
  }
  const { Parameters, Resources } = parsed.data;
  const defaults = Object.entries(Parameters).map(([name, { Default }]) => [name, Default] as const);
  const values: Record<string, string | undefined> = { ...Object.fromEntries(defaults), ...parameters, ...pseudo };
  const memberships = Object.entries(Resources)
    .filter(([, resource]) => resource.Type === TYPE)
    .map(([id, resource]) => [id, membership(id, resolve(resource.Properties, values))] as const);
  return { body, parameters, memberships: new Map(memberships) };
}

function membership(id: string, properties: unknown): Membership {
  const parsed = PROPERTIES.safeParse(properties);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new TemplateError(
      `Properties validation failed for resource ${id}: ${issue?.path.join("/") ?? ""}: ${issue?.message ?? ""}`,
    );
  }
  const { DomainIdentifier, ProjectIdentifier, Designation, Member } = parsed.data;
  return {
    domain: DomainIdentifier,
    project: ProjectIdentifier,
    designation: Designation,
    member:
      "UserIdentifier" in Member
        ? { userIdentifier: Member.UserIdentifier }
        : { groupIdentifier: Member.GroupIdentifier },
  };
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
