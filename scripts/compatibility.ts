import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { CDKTN, copy, renamed } from "./cdktn";
import { TSC } from "./tsc";

const USAGE = `npm run compatibility   do the constructs work with the releases around the one that is installed?

On demand, because it installs packages: its last result is in docs/publishing.md.

- cdktn (CDK Terrain, the fork of cdktf): by renaming imports only, everything type-checks and synthesizes the same (that it deploys,
  a long test holds: __tests__/deployed/cdktn.long.test.ts);
- @cdktf/provider-aws 20.1, the bindings of AWS provider 5.100: everything type-checks.`;

const ROOT = path.resolve(__dirname, "..");
const CASES = [
  {
    name: "cdktf 0.21 with the bindings of AWS provider 5.100",
    packages: ["cdktf@0.21.0", "@cdktf/provider-aws@20.1.0"],
    synth: false,
  },
  {
    name: "cdktn",
    packages: [`cdktn@${CDKTN.cdktn}`, `@cdktn/provider-aws@${CDKTN["@cdktn/provider-aws"]}`],
    synth: true,
  },
];

function check(packages: readonly string[], synth: boolean): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "compatibility-"));
  try {
    const edit = synth ? renamed : (source: string): string => source;
    copy(path.join(ROOT, "constructs"), path.join(folder, "constructs"), edit, isConstruct);
    fs.cpSync(path.join(ROOT, "dist/functions"), path.join(folder, "dist/functions"), { recursive: true });
    fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true }));
    const { devDependencies: dev, dependencies } = JSON.parse(
      fs.readFileSync(path.join(ROOT, "package.json"), "utf8"),
    ) as Record<string, Record<string, string>>;
    const others = [
      `constructs@${dependencies!["constructs"]}`,
      `typescript@${dev!["typescript"]}`,
      `@types/node@${dev!["@types/node"]}`,
    ];
    run(folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages, ...others);
    const compilerOptions = {
      ...config(),
      outDir: "out",
      rootDir: ".",
      types: ["node"],
      noEmit: false,
      incremental: false,
      tsBuildInfoFile: undefined,
    };
    fs.writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["constructs"] }));
    run(folder, "npx", "tsc", "-p", ".");
    if (synth) compare(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Synthesizes every construct as its module with the fork, and compares it with what this project synthesizes. */
function compare(folder: string): void {
  fs.writeFileSync(path.join(folder, "synthesize.js"), SYNTHESIZE);
  const there = JSON.parse(
    run(folder, "node", "synthesize.js", path.join(folder, "out/constructs"), "cdktn"),
  ) as Record<string, unknown>;
  const mine = path.join(folder, "mine");
  copy(path.join(ROOT, "constructs"), path.join(mine, "constructs"), (source) => source, isConstruct);
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(mine, "node_modules"));
  fs.cpSync(path.join(folder, "tsconfig.json"), path.join(mine, "tsconfig.json"));
  run(mine, "node", TSC, "-p", ".");
  fs.copyFileSync(path.join(folder, "synthesize.js"), path.join(mine, "synthesize.js"));
  const here = JSON.parse(run(mine, "node", "synthesize.js", path.join(mine, "out/constructs"), "cdktf")) as Record<
    string,
    unknown
  >;
  const different = Object.keys(here).filter((name) => JSON.stringify(here[name]) !== JSON.stringify(there[name]));
  if (different.length > 0) throw new Error(`synthesized differently: ${different.join(", ")}`);
  console.log(`  ${Object.keys(here).length} modules synthesize the same`);
}

const SYNTHESIZE = `
const fs = require("fs"), path = require("path");
const [, , constructs, library] = process.argv;
const { App } = require(library);
const { ModuleStack } = require(path.join(constructs, "hosting"));
const found = {};
for (const name of fs.readdirSync(constructs)) {
  const file = path.join(constructs, name, name + ".module.js");
  if (!fs.existsSync(file)) continue;
  const definition = require(file).default;
  const stack = new ModuleStack(new App({ outdir: "unused" }), name);
  const made = new definition.construct(stack, "Default", stack.variables(definition.inputs));
  for (const [attribute, value] of Object.entries(made)) {
    if (attribute !== "node" && !(attribute in (definition.parts ?? {}))) stack.output(attribute, value);
  }
  stack.prepareStack();
  const text = JSON.stringify(stack.toTerraform(), (key, value) => (key === "//" ? undefined : value));
  found[name] = JSON.parse(text);
}
console.log(JSON.stringify(found));
`;

/** The constructs and their module definitions, without what renders them. */
const isConstruct = (file: string): boolean =>
  file.endsWith(".ts") &&
  (!file.startsWith("publishing") || ["publishing/module.ts", "publishing/accepted.ts"].includes(file));

const config = (): object =>
  (JSON.parse(fs.readFileSync(path.join(ROOT, "tsconfig.json"), "utf8")) as { compilerOptions: object })
    .compilerOptions;

function run(folder: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 2 ** 28,
  });
}

if (process.argv.includes("--help")) console.log(USAGE);
for (const { name, packages, synth } of process.argv.includes("--help") ? [] : CASES) {
  try {
    console.log(name);
    check(packages, synth);
    console.log("  type-checks");
  } catch (error) {
    const { stdout = "", message } = error as { stdout?: string; message: string };
    console.error(`  FAILED: ${message.slice(0, 2000)}\n${stdout.slice(0, 4000)}`);
    process.exitCode = 1;
  }
}
