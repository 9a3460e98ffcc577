import * as fs from "node:fs";
import * as path from "node:path";
import { PropDocs } from "./docs";
import type { ModuleDefinition } from "./module";
import { synthesize, type SynthesizedModule } from "./synthesize";

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
  const docs = new PropDocs(CONSTRUCTS);
  return (await definitions()).map((definition) => {
    const file = path.join(CONSTRUCTS, definition.name, `${definition.name}.ts`);
    return synthesize(definition, docs.of(`${pascal(definition.name)}Props`, file));
  });
}

const definitionFile = (name: string): string => path.join(CONSTRUCTS, name, `${name}.module.ts`);
const pascal = (name: string): string => name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
