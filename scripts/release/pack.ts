import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { PACKED_SCRIPT, pageScript } from "../../commands/report/html";
import { TSC } from "../tsc";
import { DOCUMENTS, closeLinks, packageReadme } from "./documents";

const ROOT = path.resolve(__dirname, "../..");

interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly license: string;
  readonly engines: object;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The folders with the program's code; the policy sets go with them. */
const PROGRAM = ["commands", "functions", "prover"];

/**
 * Packs the npm package: the constructs as JavaScript (CommonJS, as CDKTF projects are) with types, one entry point for
 * each construct, the functions' bundles, the program with the policy sets, and the documents that go with them. The sandbox, the tests and the
 * publishing are not in it.
 *
 * @returns the package's file, below `folder`
 */
export function packPackage(version: string, folder: string): string {
  const stage = path.join(folder, "npm");
  fs.rmSync(stage, { recursive: true, force: true });
  fs.mkdirSync(stage, { recursive: true });
  const names = constructs();
  const entries = names.map((name) => `constructs/${name}/${name}.ts`);
  compile([...entries, "constructs/hosting/index.ts", "commands/program.ts"], stage);
  const script = path.join(stage, "commands/report", PACKED_SCRIPT);
  fs.mkdirSync(path.dirname(script), { recursive: true });
  fs.writeFileSync(script, pageScript());
  fs.cpSync(path.join(ROOT, "policies"), path.join(stage, "policies"), { recursive: true });
  for (const name of names) entryPoint(stage, name, `./constructs/${name}/${name}`);
  entryPoint(stage, "hosting", "./constructs/hosting/index");
  fs.mkdirSync(path.join(stage, "dist/functions"), { recursive: true });
  const bundles = fs
    .readdirSync(path.join(ROOT, "dist/functions"))
    .filter((file) => /\.(zip|cdx\.json|notices\.txt)$/.test(file));
  for (const file of bundles)
    fs.copyFileSync(path.join(ROOT, "dist/functions", file), path.join(stage, "dist/functions", file));
  for (const file of ["LICENSE", "CHANGELOG.md", "examples/requests/ten.json", ...Object.keys(DOCUMENTS)])
    fs.cpSync(path.join(ROOT, file), path.join(stage, file));
  fs.writeFileSync(path.join(stage, "README.md"), packageReadme(version, names));
  closeLinks(stage);
  fs.writeFileSync(path.join(stage, "package.json"), `${JSON.stringify(manifest(version, stage), null, 2)}\n`);
  const options = ["pack", "--json", "--pack-destination", folder];
  const [{ filename }] = JSON.parse(
    execFileSync("npm", options, { cwd: stage, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  ) as [{ filename: string }];
  return path.join(folder, filename);
}

const constructs = (): string[] =>
  fs
    .readdirSync(path.join(ROOT, "constructs"))
    .filter((name) => fs.existsSync(path.join(ROOT, "constructs", name, `${name}.module.ts`)));

function manifest(version: string, stage: string): object {
  const { name, description, license, engines, dependencies } = JSON.parse(
    fs.readFileSync(path.join(ROOT, "package.json"), "utf8"),
  ) as Manifest;
  return {
    name,
    version,
    description,
    license,
    engines,
    bin: { [name]: "commands/program.js" },
    dependencies: Object.fromEntries(packagesOf(stage).map((used) => [used, versionOf(used, dependencies)])),
    peerDependencies: peersOf(dependencies),
    // Someone who only runs the program does not need the packages that the constructs need.
    peerDependenciesMeta: Object.fromEntries(
      Object.keys(peersOf(dependencies)).map((peer) => [peer, { optional: true }]),
    ),
  };
}

const peersOf = (dependencies: Manifest["dependencies"]): Record<string, string> => ({
  "@cdktf/provider-aws": ">=20.1.0 <22.0.0",
  cdktf: `^${dependencies["cdktf"]}`,
  constructs: "^10.4.2",
});

/** The packages that the program loads. */
function packagesOf(stage: string): string[] {
  const files = PROGRAM.flatMap((part) =>
    fs
      .readdirSync(path.join(stage, part), { recursive: true, encoding: "utf8" })
      .map((file) => path.join(stage, part, file)),
  );
  const loaded = files
    .filter((file) => file.endsWith(".js"))
    .flatMap((file) => [...fs.readFileSync(file, "utf8").matchAll(/require\("((?:@[^/"]+\/)?[^./"][^/"]*)/g)])
    .map(([, name]) => name!);
  return [...new Set(loaded)].filter((name) => !name.startsWith("node:")).sort();
}

function versionOf(name: string, dependencies: Manifest["dependencies"]): string {
  const version = dependencies[name];
  if (version === undefined)
    throw new Error(`the program loads ${name}, which is not in "dependencies" of package.json`);
  return version;
}

function compile(files: readonly string[], stage: string): void {
  const config = {
    extends: path.join(ROOT, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      incremental: false,
      tsBuildInfoFile: null,
      declaration: true,
      rootDir: ROOT,
      types: ["node"],
      typeRoots: [path.join(ROOT, "node_modules/@types")],
      outDir: stage,
    },
    include: [],
    files: files.map((file) => path.join(ROOT, file)),
  };
  const file = path.join(stage, "tsconfig.json");
  fs.writeFileSync(file, JSON.stringify(config));
  execFileSync(process.execPath, [TSC, "-p", file], { cwd: ROOT, stdio: "inherit" });
  fs.rmSync(file);
}

/** The entry point `sagemaker-data-access/<name>`: importing one construct loads no other. */
function entryPoint(stage: string, name: string, target: string): void {
  fs.writeFileSync(path.join(stage, `${name}.js`), `"use strict";\nmodule.exports = require("${target}");\n`);
  fs.writeFileSync(path.join(stage, `${name}.d.ts`), `export * from "${target}";\n`);
}

/**
 * Packs the modules in the layout that a Terraform registry wants of a repository, so that archive, git and registry
 * sources work (`…//modules/approver`): the modules, the examples of each, the policy sets, and a root module that
 * makes nothing. The same files give the same bytes.
 *
 * @returns the archive's file, below `folder`
 */
export function packModules(version: string, folder: string): string {
  const stage = path.join(folder, "registry");
  fs.rmSync(stage, { recursive: true, force: true });
  const wanted = (file: string): boolean => !/\/\.terraform$/.test(file);
  for (const part of ["modules", "policies", ...examples()])
    fs.cpSync(path.join(ROOT, part), path.join(stage, part), { recursive: true, filter: wanted });
  for (const file of ["LICENSE", "CHANGELOG.md", "SECURITY.md"])
    fs.copyFileSync(path.join(ROOT, file), path.join(stage, file));
  fs.writeFileSync(path.join(stage, "README.md"), rootReadme(version));
  closeLinks(stage);
  fs.copyFileSync(path.join(ROOT, "modules/approver/versions.tf"), path.join(stage, "versions.tf"));
  fs.writeFileSync(path.join(stage, "main.tf"), "# This root module makes nothing: call the modules in modules/.\n");
  const file = path.join(folder, `terraform-aws-sagemaker-data-access-${version}.tar.gz`);
  const tar = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0", "--mode=u=rwX,go=rX"];
  execFileSync("tar", [...tar, "-C", stage, "-I", "gzip -n", "-cf", file, "."]);
  return file;
}

const examples = (): string[] =>
  fs
    .readdirSync(path.join(ROOT, "examples"))
    .filter((name) => /-(minimal|complete)$/.test(name))
    .map((name) => path.join("examples", name));

function rootReadme(version: string): string {
  const summary = (name: string): string =>
    /^# .*\n\n(.*)$/m.exec(fs.readFileSync(path.join(ROOT, "modules", name, "README.md"), "utf8"))![1]!;
  const rows = constructs().map((name) => `| [${name}](modules/${name}/README.md) | ${summary(name)} |`);
  return `# SageMaker data access, Terraform modules ${version}

Who may subscribe to data in Amazon DataZone (start with subscription-approval), and who may read and write which S3 prefix from SageMaker
Studio (start with studio-access). This root module makes nothing: call the modules below it, \`//modules/<name>\`.

| module | what it makes |
|---|---|
${rows.join("\n")}

\`examples/\` has a minimal and a complete root for each, \`policies/\` approval policies to start from and their schema.
`;
}
