import * as fs from "node:fs";
import * as path from "node:path";
import { succeed, terraform } from "../support/terraform";
import { ROOT, temporary } from "./support/examples";

/** The tests of the READMEs' promises that ship with modules, as a consumer runs them; all in one run of Terraform. */
const folder = temporary();
const shipped = fs.readdirSync(path.join(ROOT, "modules")).filter((name) => {
  return fs.existsSync(path.join(ROOT, "modules", name, "tests/promises.tftest.hcl"));
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

beforeAll(async () => {
  fs.symlinkSync(path.join(ROOT, "modules"), path.join(folder, "modules"));
  for (const name of shipped) {
    const tests = fs.readFileSync(path.join(ROOT, "modules", name, "tests/promises.tftest.hcl"), "utf8");
    const elsewhere = tests.replace(
      /^run ("[^"]+") \{\n/gm,
      `run $1 {\n  module {\n    source = "./modules/${name}"\n  }\n\n`,
    );
    fs.writeFileSync(path.join(folder, `${name}.tftest.hcl`), elsewhere);
  }
  fs.writeFileSync(path.join(folder, "main.tf"), "locals {}\n"); // init leaves an empty folder alone
  await succeed(folder, "init");
}, 60_000);

test("every promise holds", async () => {
  const { code, output } = await terraform(folder, "test");
  expect(output).toMatch(/Success! \d+ passed, 0 failed\./);
  expect(code).toBe(0);
}, 300_000);
