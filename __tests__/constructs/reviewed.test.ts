import * as fs from "node:fs";
import * as path from "node:path";
import { definitions } from "../../constructs/publishing/definitions";
import { moduleOf } from "../support/hosts";
import { resources, type StatementBlock } from "../support/synthesized";
import reviewed from "./reviewed.json";

const EXAMPLES = path.resolve(__dirname, "../../examples");

/** A statement of a policy document, or what it is made of where only Terraform knows. */
interface Statement extends Omit<StatementBlock, "actions" | "resources"> {
  readonly at: string;
  readonly actions: readonly string[] | string;
  readonly resources?: readonly string[] | string;
}

interface Document {
  readonly statement?: readonly Statement[];
  readonly dynamic?: { readonly statement: Content | readonly Content[] };
}
interface Content {
  readonly content: Statement;
}

let statements: readonly Statement[];
let permissions: readonly (readonly [at: string, attributes: Readonly<Record<string, unknown>>])[];
let policies: readonly (readonly [at: string, policy: unknown])[];

/** Every statement that a module can make, the ones that it may leave out too. */
beforeAll(async () => {
  const modules = (await definitions()).map((definition) => [definition.name, moduleOf(definition as never)] as const);
  statements = modules.flatMap(([module, json]) => {
    const { data = {} } = json as { data?: { aws_iam_policy_document?: Readonly<Record<string, Document>> } };
    return Object.entries(data.aws_iam_policy_document ?? {}).flatMap(([name, { statement = [], dynamic }]) => {
      const optional = dynamic ? [dynamic.statement].flat() : [];
      const all = [...statement, ...optional.map(({ content }) => content)];
      return all.map((one) => ({ ...one, at: `${module}: ${name}.${one.sid}` }));
    });
  });
  permissions = modules.flatMap(([module, json]) =>
    Object.entries(resources(json, "aws_lambda_permission")).map(([name, it]) => [`${module}: ${name}`, it] as const),
  );
  policies = modules.flatMap(([module, json]) => {
    const { resource = {} } = json as { resource?: Readonly<Record<string, Readonly<Record<string, object>>>> };
    return Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, attributes]) =>
        Object.entries(attributes)
          .filter(([attribute]) =>
            ["policy", "assume_role_policy", "inline_policy", "access_policy"].includes(attribute),
          )
          .map(([attribute, policy]) => [`${module}: ${type}.${name}.${attribute}`, policy] as const),
      ),
    );
  });
});

/** Shorter, the same in every account, Region and partition, and without splats, which are no wildcards. */
const short = (text: string): string => text.replace(/\$\{data\.aws_\w+\.current\.\w+\}/g, "").replaceAll("[*]", "");
const texts = (value: readonly string[] | string | undefined): string[] => [value ?? []].flat().map(short);
const isAllowed = ({ effect }: Statement): boolean => effect !== "Deny";
const identifiers = ({ principals = [] }: Statement, type: string): string[] =>
  principals.flatMap((principal) => (principal.type === type ? texts(principal.identifiers) : []));
const hasCondition = ({ condition = [] }: Statement, ...variables: string[]): boolean =>
  condition.some(({ variable }) => variables.includes(variable));

type Found = Readonly<Record<string, readonly string[]>>;
const found = (what: (statement: Statement) => readonly string[]): Found =>
  Object.fromEntries(
    statements
      .filter(isAllowed)
      .map((one) => [one.at, what(one)] as const)
      .filter(([, all]) => all.length > 0),
  );

/** What was reviewed, without the reasons, which must be there. */
function expected(
  list: Readonly<Record<string, { readonly what: readonly string[]; readonly because: string }>>,
): Found {
  for (const [at, { because }] of Object.entries(list))
    expect([at, because]).toEqual([at, expect.stringMatching(/\w+ \w+/)]);
  return Object.fromEntries(Object.entries(list).map(([at, { what }]) => [at, what]));
}

test("every policy is made of statements, which the other tests see", () => {
  const others = policies.filter(
    ([, policy]) => !/^\$\{(.* \? )?data\.aws_iam_policy_document\.[^}?]*\.json( : null)?\}$/.test(String(policy)),
  );
  expect(others).toEqual([]);
  expect(statements.length).toBeGreaterThan(70);
});

test("each wildcard in a resource, an action or a principal that is allowed something was reviewed", () => {
  const wildcards = found((statement) => [
    ...texts(statement.resources).filter((resource) => resource.includes("*")),
    ...texts(statement.actions).filter((action) => action.includes("*")),
    ...identifiers(statement, "AWS")
      .filter((principal) => principal === "*")
      .map(() => "everyone"),
  ]);
  expect(wildcards).toEqual(expected(reviewed.wildcards));
});

test("each use of a key that is not bound to a service was reviewed", () => {
  const uses = found((statement) =>
    hasCondition(statement, "kms:ViaService") ? [] : texts(statement.actions).filter((action) => /kms:/.test(action)),
  );
  expect(uses).toEqual(expected(reviewed.keys));
});

test("each service that is let in without this account as its source was reviewed", () => {
  const services = found((statement) =>
    hasCondition(statement, "aws:SourceAccount") ? [] : identifiers(statement, "Service"),
  );
  const invocations = permissions
    .filter(([, { source_account }]) => source_account === undefined)
    .map(([at, { principal }]) => [at, [principal]] as const);
  expect({ ...services, ...Object.fromEntries(invocations) }).toEqual(expected(reviewed.services));
});

test("no example lets a service but Lambda, see above, in without this account as its source", () => {
  const files = fs.readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tf"));
  const blocks = files.flatMap((file) => {
    const text = fs.readFileSync(path.join(EXAMPLES, file), "utf8");
    return [...text.matchAll(/^ {2}statement \{\n.*?^ {2}\}/gms)].map(([block]) => [file, block] as const);
  });
  const services = blocks.filter(([, block]) =>
    /identifiers\s*=\s*\["(?!lambda)[a-z.-]+\.amazonaws\.com"\]/.test(block),
  );
  expect(services.length).toBeGreaterThan(3);
  expect(services.filter(([, block]) => !/"aws:Source(Account|Arn)"/.test(block))).toEqual([]);
});
