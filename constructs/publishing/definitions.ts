import * as fs from "node:fs";
import * as path from "node:path";
import { DocComments } from "./docs";
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
  comments ??= new DocComments(CONSTRUCTS);
  const file = path.join(CONSTRUCTS, name, `${name}.ts`);
  return { props: comments.of(`${pascal(name)}Props`, file), attributes: comments.of(pascal(name), file) };
}
let comments: DocComments | undefined;

const definitionFile = (name: string): string => path.join(CONSTRUCTS, name, `${name}.module.ts`);
const pascal = (name: string): string => name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
