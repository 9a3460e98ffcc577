/** Attributes and blocks of a resource or data source. */
export type Attributes = Readonly<Record<string, unknown>>;

interface Configuration {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
}

/** The resources of a type in Terraform JSON, by their names. */
export const resources = (configuration: object, type: string): Readonly<Record<string, Attributes>> =>
  (configuration as Configuration).resource?.[type] ?? {};

/** The one resource of a type whose name ends so. @throws Error where there is none, or more than one. */
export function resource(configuration: object, type: string, name = ""): Attributes {
  const found = Object.entries(resources(configuration, type)).filter(([key]) => key.endsWith(name));
  if (found.length !== 1) throw new Error(`${found.length} resources ${type}.*${name}`);
  return found[0]![1];
}

/** The one data source of a type whose name ends so. @throws Error where there is none, or more than one. */
export function dataSource(configuration: object, type: string, name: string): Attributes {
  const found = Object.entries((configuration as Configuration).data?.[type] ?? {}).filter(([key]) =>
    key.endsWith(name),
  );
  if (found.length !== 1) throw new Error(`${found.length} data sources ${type}.*${name}`);
  return found[0]![1];
}

/** A statement of an IAM policy document. */
export interface StatementBlock {
  readonly sid: string;
  readonly effect?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals?: ReadonlyArray<{ readonly type: string; readonly identifiers: readonly string[] }>;
  readonly condition?: ReadonlyArray<{
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }>;
}

/** The statements of the policy document whose name ends so, by their sid; the optional ones of a module are not among them. */
export function statements(configuration: object, name: string): Readonly<Record<string, StatementBlock>> {
  const blocks = dataSource(configuration, "aws_iam_policy_document", name)["statement"] as readonly StatementBlock[];
  return Object.fromEntries(blocks.map((block) => [block.sid, block]));
}

/** All resources' addresses. */
export const addresses = (configuration: object): string[] =>
  Object.entries((configuration as Configuration).resource ?? {}).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );

/** Addresses of all that is there before a resource and destroyed only after it, by references and `depends_on`, however far. */
export function comesAfter(configuration: object, address: string): string[] {
  const { resource = {}, data = {} } = configuration as Configuration;
  const bodies = new Map<string, Attributes>([
    ...blocksOf(resource).map(([type, name, body]) => [`${type}.${name}`, body] as const),
    ...blocksOf(data).map(([type, name, body]) => [`data.${type}.${name}`, body] as const),
  ]);
  const seen = new Set<string>();
  const visit = (from: string): void => {
    const named = JSON.stringify(bodies.get(from)).match(/\b(data\.)?\w+\.\w+/g) ?? [];
    for (const to of named.filter((name) => bodies.has(name) && !seen.has(name))) {
      seen.add(to);
      visit(to);
    }
  };
  visit(address);
  return [...seen];
}

const blocksOf = (types: Readonly<Record<string, Readonly<Record<string, Attributes>>>>) =>
  Object.entries(types).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]) => [type, name, body] as const),
  );
