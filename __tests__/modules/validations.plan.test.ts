import * as fs from "node:fs";
import * as path from "node:path";
import { succeed, terraform } from "../support/terraform";
import { ROOT, temporary } from "./support/examples";

/**
 * The validation tests that ship with the modules, against their variables alone: without resources there is no provider to
 * start, so that all of them take seconds.
 */
const folder = temporary();
const MODULES = fs.readdirSync(path.join(ROOT, "modules"));

afterAll(() => fs.rmSync(folder, { recursive: true }));

beforeAll(async () => {
  for (const name of MODULES) {
    const target = path.join(folder, name);
    fs.mkdirSync(target);
    fs.copyFileSync(path.join(ROOT, "modules", name, "variables.tf"), path.join(target, "variables.tf"));
    const tests = fs.readFileSync(path.join(ROOT, "modules", name, "tests/validations.tftest.hcl"), "utf8");
    const alone = tests
      .replace(/^mock_provider [^]*?^\}\n/m, "")
      .replace(/^run ("[^"]+") \{\n/gm, 'run $1 {\n  module {\n    source = "./' + name + '"\n  }\n\n');
    fs.writeFileSync(path.join(folder, `${name}.tftest.hcl`), alone);
  }
  fs.writeFileSync(path.join(folder, "main.tf"), "locals {}\n"); // init leaves an empty folder alone
  await succeed(folder, "init");
}, 60_000);

test("every validation refuses what breaks it, and right inputs pass", async () => {
  const results = (await terraform(folder, "test", "-json")).output.split("\n").flatMap((line): string[] => {
    const said = line.startsWith("{")
      ? (JSON.parse(line) as { test_run?: { path: string; run: string; status: string; progress?: string } })
      : {};
    const run = said.test_run;
    return run && run.progress === "complete"
      ? [`${path.basename(run.path, ".tftest.hcl")}: ${run.run} ${run.status}`]
      : [];
  });
  const expected = MODULES.flatMap((name) => {
    const text = fs.readFileSync(path.join(folder, `${name}.tftest.hcl`), "utf8");
    return [...text.matchAll(/^run "(\w+)"/gm)].map(([, run]) => `${name}: ${run} pass`);
  });
  expect(results.sort()).toEqual(expected.sort());
}, 300_000);

test.each(MODULES)("%s: every validation block has a run", (name) => {
  const variables = fs.readFileSync(path.join(ROOT, "modules", name, "variables.tf"), "utf8");
  const tests = fs.readFileSync(path.join(ROOT, "modules", name, "tests/validations.tftest.hcl"), "utf8");
  const validations = [...variables.matchAll(/^ {2}validation \{$/gm)].length;
  expect([...tests.matchAll(/^ {2}expect_failures = /gm)]).toHaveLength(validations);
});
