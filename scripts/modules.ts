import * as fs from "node:fs";
import * as path from "node:path";
import { synthesizeAll } from "../constructs/publishing/definitions";
import { type Files, generate } from "../constructs/publishing/generate";
import { replacementDocs, replacements } from "../constructs/publishing/replacements";
import type { SynthesizedModule } from "../constructs/publishing/synthesize";
import { replacingArguments } from "./modules/replacing";
import { extractSchema, PROVIDER } from "./modules/schema";

const ROOT = path.resolve(__dirname, "..");
const MODULES = path.join(ROOT, "modules");
const USAGE = `npm run modules              generate modules/ from constructs/*/*.module.ts
npm run modules -- --check   fail where modules/ differs from what would be generated
npm run modules -- --schema  ask the AWS provider again which arguments are blocks, and which force replacement (needs Terraform)`;

async function main(options: readonly string[]): Promise<number> {
  if (options.includes("--help")) {
    console.log(USAGE);
    return 0;
  }
  const unknown = options.filter((option) => !["--check", "--schema"].includes(option));
  if (unknown.length > 0) {
    console.error(`unknown: ${unknown.join(" ")}\n\n${USAGE}`);
    return 2;
  }
  const modules = await synthesizeAll();
  if (options.includes("--schema")) return writeSchema(modules);
  const files: Files = Object.assign({}, ...(await Promise.all(modules.map(generate)))) as Files;
  const replacing = path.join(ROOT, "docs/replacing.md");
  const differences = [
    ...compare(files),
    ...(fs.existsSync(replacing) && fs.readFileSync(replacing, "utf8") === replacementDocs(modules)
      ? []
      : ["docs/replacing.md differs"]),
  ];
  if (options.includes("--check")) {
    for (const difference of differences) console.error(difference);
    if (differences.length > 0) console.error("modules/ is not what the constructs say: run npm run modules");
    return differences.length > 0 ? 1 : 0;
  }
  write(files);
  fs.writeFileSync(replacing, replacementDocs(modules));
  console.log(`${modules.length} modules, ${differences.length} files changed`);
  const undecided = replacements(modules).filter(({ happens }) => happens === undefined);
  for (const { module, argument } of undecided)
    console.error(
      `modules/${module}: a change of ${argument} replaces the resource: say in constructs/publishing/replacements.ts what happens then`,
    );
  return 0;
}

function writeSchema(modules: readonly SynthesizedModule[]): number {
  const things = modules.flatMap((module) => module.things);
  const used = (kind: "data" | "resource"): string[] =>
    things
      .filter((thing) => thing.kind === kind && !thing.labels[0]!.startsWith("terraform_"))
      .map((thing) => thing.labels[0]!);
  const file = path.join(ROOT, "constructs/publishing/schema.json");
  fs.writeFileSync(file, extractSchema({ data: used("data"), resource: used("resource") }));
  const replacing = { provider: PROVIDER, resource: replacingArguments(modules) };
  const beside = path.join(ROOT, "constructs/publishing/replacing.json");
  fs.writeFileSync(beside, `${JSON.stringify(replacing, null, 1)}\n`);
  return 0;
}

function present(): string[] {
  if (!fs.existsSync(MODULES)) return [];
  const entries = fs.readdirSync(MODULES, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(MODULES, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes(".terraform"));
}

function compare(files: Files): string[] {
  const expected = Object.entries(files).flatMap(([file, contents]) => {
    const target = path.join(MODULES, file);
    if (!fs.existsSync(target)) return [`modules/${file} is missing`];
    return fs.readFileSync(target).equals(Buffer.from(contents)) ? [] : [`modules/${file} differs`];
  });
  return [
    ...expected,
    ...present()
      .filter((file) => !(file in files))
      .map((file) => `modules/${file} is not generated`),
  ];
}

function write(files: Files): void {
  for (const file of present().filter((file) => !(file in files))) fs.rmSync(path.join(MODULES, file));
  for (const [file, contents] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(MODULES, file)), { recursive: true });
    fs.writeFileSync(path.join(MODULES, file), contents);
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    // What we throw says what is wrong. Of a mistake in a construct only the stack says where it is.
    console.error(error instanceof Error && error.constructor === Error ? error.message : error);
    process.exitCode = 1;
  },
);
