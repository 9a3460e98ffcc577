import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { packModules } from "../../scripts/release/pack";
import { ROOT, temporary } from "../modules/support/examples";
import { succeed } from "../support/terraform";

/** The release's archive, as the repository that a Terraform registry would read. */
const folder = temporary();
const repository = path.join(folder, "terraform-aws-sagemaker-data-access");
const names = fs.readdirSync(path.join(ROOT, "modules"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

beforeAll(() => {
  const archive = packModules("1.2.3", folder);
  fs.mkdirSync(repository);
  execFileSync("tar", ["-xzf", archive, "-C", repository]);
  const git = (...args: string[]): Buffer =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: repository });
  git("init", "--quiet");
  git("add", "--all", "--force");
  git("commit", "--quiet", "--message", "1.2.3");
  git("tag", "v1.2.3");
});

test("has the layout of a registry's repository: a root module that makes nothing, modules and examples", () => {
  const root = fs.readdirSync(repository).filter((name) => name !== ".git");
  const files = ["CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md", "main.tf", "versions.tf"];
  expect(root.sort()).toEqual([...files, "examples", "modules", "policies"].sort());
  expect(fs.readdirSync(path.join(repository, "modules"))).toEqual(names);
  expect(fs.readdirSync(path.join(repository, "examples")).sort()).toEqual(
    names.flatMap((name) => [`${name}-complete`, `${name}-minimal`]).sort(),
  );
  const readme = fs.readFileSync(path.join(repository, "README.md"), "utf8");
  expect(names.filter((name) => !readme.includes(`(modules/${name}/README.md)`))).toEqual([]);
});

test("is the same bytes for the same files", () => {
  const [first, second] = ["a", "b"].map((name) => fs.readFileSync(packModules("1.2.3", path.join(folder, name))));
  expect(second!.equals(first!)).toBe(true);
});

test("every module, those that call neighbours too, is had by a git address that names a release", async () => {
  const root = path.join(folder, "root");
  fs.mkdirSync(root);
  const source = (name: string): string => `git::file://${repository}//modules/${name}?ref=v1.2.3`;
  const module = Object.fromEntries(names.map((name) => [name, { source: source(name) }]));
  const whole = { source: `git::file://${repository}?ref=v1.2.3` };
  fs.writeFileSync(path.join(root, "main.tf.json"), JSON.stringify({ module: { ...module, whole } }));
  await succeed(root, "get");
  const got = JSON.parse(fs.readFileSync(path.join(root, ".terraform/modules/modules.json"), "utf8")) as {
    Modules: ReadonlyArray<{ Key: string; Dir: string }>;
  };
  const keys = got.Modules.map(({ Key }) => Key);
  expect(keys).toEqual(
    expect.arrayContaining([...names, "whole", "subscription-approval.approver", "studio-access.studio"]),
  );
  for (const { Dir } of got.Modules.slice(1)) expect(fs.existsSync(path.join(root, Dir, "versions.tf"))).toBe(true);
}, 60_000);
