import * as os from "node:os";
import * as path from "node:path";
import { App, TerraformDataSource, TerraformModule, TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { Heading, ModuleStack } from "../hosting";
import { type AnyInput, relationsOf, snake } from "../inputs";
import type { Doc, Docs } from "./docs";
import type { Body } from "./hcl/block";
import { mapTexts, withLocals } from "./locals";
import type { ModuleDefinition } from "./module";
import { relationBlock, type Validation, validations } from "./validation";

type Named<T> = Readonly<Record<string, T>>;

/** Terraform JSON of a module. */
export interface ModuleJson {
  readonly terraform: { readonly required_version: string; readonly required_providers: Named<Body> };
  readonly variable: Named<Body>;
  readonly output: Named<Body>;
  readonly locals?: Body;
  readonly data?: Named<Named<Body>>;
  readonly resource?: Named<Named<Body>>;
  readonly module?: Named<Body>;
}

/** A resource, data source or module call. */
export interface Thing {
  readonly kind: "data" | "resource" | "module";
  /** The labels of its block. */
  readonly labels: readonly string[];
  readonly body: Body;
  /** The construct, inside the module's own construct, that makes it: in a long module the name of its file. */
  readonly part?: string;
  /** The heading that stands above it in the file, if it is the first thing below one. */
  readonly heading?: string;
}

/**
 * A module as Terraform JSON, with its resources, data sources and module calls in the order in which the construct
 * makes them.
 */
export interface SynthesizedModule {
  readonly definition: ModuleDefinition;
  readonly json: ModuleJson;
  readonly things: readonly Thing[];
  /** The doc comments of the props. */
  readonly docs: Docs;
}

/** The doc comments of a construct. */
export interface ConstructDocs {
  readonly props: Docs;
  readonly attributes: Docs;
}

/**
 * Makes a module's Terraform JSON, with descriptions from the doc comments and validations from the inputs' rules.
 *
 * @throws Error where a variable or an output has no description.
 */
export function synthesize(
  definition: ModuleDefinition,
  { props: docs, attributes }: ConstructDocs,
): SynthesizedModule {
  const stack = stackOf(new App({ outdir: path.join(os.tmpdir(), "unused") }), definition, attributes);
  stack.prepareStack();
  const json = JSON.parse(JSON.stringify(stack.toTerraform())) as ModuleJson;
  const module = withLocals({
    ...json,
    variable: Object.fromEntries(
      inputsOf(definition).map(([name, input]) =>
        documented(json, docs, name, input, relationsAbout(definition, name)),
      ),
    ),
  });
  const said = mapTexts(module, (text, key) => (key === "error_message" ? inSnakeCase(text) : text));
  return { definition, json: said, things: inOrder(stack, thingsOf(said)), docs };
}

/** The stack of a module: its inputs as variables, its construct, and its outputs. */
export function stackOf<P>(app: App, definition: ModuleDefinition<P>, attributes: Docs): ModuleStack {
  const stack = new ModuleStack(app, definition.name);
  const props = stack.variables<P>(definition.inputs);
  const construct = new definition.construct(stack, "Default", props) as unknown as Named<unknown>;
  for (const { name, value, doc } of outputsOf(definition, construct, attributes)) {
    if (!doc.text) throw new Error(`the attribute ${name} has no doc comment: it is the description of an output`);
    const absent = doc.optional ? " Null where there is none." : "";
    stack.output(name, value, escaped(describe(doc) + absent));
  }
  return stack;
}

interface Output {
  readonly name: string;
  readonly value: unknown;
  readonly doc: Doc;
}

/** The attributes of a construct. In place of an attribute that is a part stand the part's attributes. */
function outputsOf(
  { parts = {}, keptInside = {} }: Pick<ModuleDefinition, "parts" | "keptInside">,
  construct: Named<unknown>,
  attributes: Docs,
): Output[] {
  return Object.entries(attributes).flatMap(([part, doc]): Output[] => {
    const prefix = parts[part];
    if (prefix === undefined) return [{ name: part, value: construct[part], doc }];
    const inner = construct[part] as Named<unknown>;
    const passedOn = Object.entries(doc.fields).filter(([name]) => keptInside[`${part}.${name}`] === undefined);
    return passedOn.map(([name, of]) => ({
      name: prefix === "" ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1),
      value: inner[name],
      doc: prefix === "" ? of : { ...of, text: of.text && `${doc.text.replace(/\.$/, "")}: ${of.text}` },
    }));
  });
}

export const inputsOf = (definition: ModuleDefinition): Array<[string, AnyInput]> =>
  Object.entries(definition.inputs.fields as Readonly<Record<string, AnyInput>>);

/** The rules between props, as validations of the variable that each rule is about. */
const relationsAbout = ({ inputs }: ModuleDefinition, prop: string): Validation[] =>
  relationsOf(inputs)
    .filter(({ about }) => (about as string) === prop)
    .map((relation) => relationBlock(relation, "var", `${snake(prop)}:`));

function documented(
  json: ModuleJson,
  docs: Docs,
  prop: string,
  input: AnyInput,
  relations: readonly Validation[],
): [string, Body] {
  const doc = docs[prop];
  if (!doc?.text) throw new Error(`the prop ${prop} has no doc comment: it is the description of a variable`);
  const name = snake(prop);
  const rules = [...validations(prop, input), ...relations];
  const { nullable, ...rest } = json.variable[name]!;
  const declared = nullable === false ? { ...rest, nullable } : rest;
  return [name, { ...declared, description: escaped(describe(doc)), ...(rules.length > 0 && { validation: rules }) }];
}

const escaped = (text: string): string => text.replace(/\$\{/g, "$$${").replace(/%\{/g, "%%{");

/** A doc comment with the props' names as Terraform has them. */
export function describe({ text, otherwise }: Doc): string {
  const all = otherwise === undefined ? text : `${text} Default: ${otherwise}.`;
  return all.replace(/`([^`]*)`/g, (_, code: string) => `\`${terraform(code)}\``);
}

const inSnakeCase = (text: string): string =>
  text.replace(/(?<![A-Za-z:/.$])[a-z]+([A-Z][a-z]+)+(?![A-Za-z(])/g, snake);

/** Props' names in snake_case, `{ key: value }` as `{ key = value }`. */
const terraform = (code: string): string => inSnakeCase(code).replace(/([{,] ?)([\w-]+): /g, "$1$2 = ");

function thingsOf(json: ModuleJson): Thing[] {
  const typed = (kind: "data" | "resource"): Thing[] =>
    Object.entries(json[kind] ?? {}).flatMap(([type, named]) =>
      Object.entries(named).map(([name, body]) => ({ kind, labels: [type, name], body })),
    );
  const calls = Object.entries(json.module ?? {}).map(([name, body]): Thing => ({
    kind: "module",
    labels: [name],
    body,
  }));
  return [...typed("data"), ...typed("resource"), ...calls];
}

/**
 * First what is shared by the stack (account, Region), then the order of the construct tree, so that a policy stands
 * before the resource that it is for.
 */
function inOrder(stack: ModuleStack, things: readonly Thing[]): Thing[] {
  const byAddress = new Map(things.map((thing) => [[thing.kind, ...thing.labels].join("."), thing]));
  const all = stack.node.findAll();
  const shared = all.filter(({ node }) => node.scope === stack);
  let heading: string | undefined;
  const ordered = [...shared, ...all.filter((construct) => !shared.includes(construct))].flatMap((construct) => {
    if (construct instanceof Heading) heading = construct.text;
    const thing = byAddress.get(addressOf(construct) ?? "");
    if (!thing) return [];
    const part = partOf(stack, construct);
    const placed = { ...thing, ...(part !== undefined && { part }), ...(heading !== undefined && { heading }) };
    heading = undefined;
    return [placed];
  });
  if (ordered.length !== things.length)
    throw new Error(`${stack.node.id}: a resource, data source or module call belongs to no construct`);
  return ordered;
}

function addressOf(construct: IConstruct): string | undefined {
  if (construct instanceof TerraformModule) return `module.${construct.friendlyUniqueId}`;
  if (!(construct instanceof TerraformResource || construct instanceof TerraformDataSource)) return undefined;
  const kind = construct instanceof TerraformResource ? "resource" : "data";
  return `${kind}.${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
}

/** The construct inside the module's that a construct belongs to. */
function partOf(stack: ModuleStack, construct: IConstruct): string | undefined {
  const [outer, part] = construct.node.scopes.slice(stack.node.scopes.length);
  return outer?.node.id === "Default" && part !== construct ? part?.node.id : undefined;
}
