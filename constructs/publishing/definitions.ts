import * as fs from "node:fs";
import * as path from "node:path";
import { AttributeDocs } from "./attribute-docs";
import { Sources } from "./docs";
import { InputDocs } from "./input-docs";
import type { ModuleDefinition } from "./module";
import { type ConstructDocs, synthesize, type SynthesizedModule } from "./synthesize";

const CONSTRUCTS = path.resolve(__dirname, "..");

/** The definitions `constructs/<name>/<name>.module.ts`, by name. */
export async function definitions(): Promise<ModuleDefinition[]> {
  const names = fs.readdirSync(CONSTRUCTS).filter((name) => fs.existsSync(definitionFile(name)));
  const imported = names.map(async (name) => {
    const { default: definition } = (await import(definitionFile(name))) as { default: ModuleDefinition };
    if (definition.name !== name) throw new Error(`${definitionFile(name)} calls the module ${definition.name}`);
    return definition;
  });
  return Promise.all(imported);
}

/** Every module as Terraform JSON. */
export async function synthesizeAll(): Promise<SynthesizedModule[]> {
  return (await definitions()).map((definition) => synthesize(definition, docsOf(definition.name)));
}

/** The doc comments of a construct by its module's name: what variables and outputs are described by. */
export function docsOf(name: string): ConstructDocs {
  comments ??= read();
  const file = path.join(CONSTRUCTS, name, `${name}.ts`);
  const camel = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const pascal = camel.charAt(0).toUpperCase() + camel.slice(1);
  return { props: comments.inputs.of(`${camel}Inputs`, file), attributes: comments.attributes.of(pascal, file) };
}

let comments: { readonly inputs: InputDocs; readonly attributes: AttributeDocs } | undefined;
function read(): NonNullable<typeof comments> {
  const sources = new Sources(CONSTRUCTS);
  const inputs = new InputDocs(sources);
  return { inputs, attributes: new AttributeDocs(sources, inputs) };
}

const definitionFile = (name: string): string => path.join(CONSTRUCTS, name, `${name}.module.ts`);
