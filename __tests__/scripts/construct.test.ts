import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { TSC } from "../../scripts/tsc";
import { ROOT, temporary } from "../modules/support/examples";

// What npm run construct begins with works as it is: a contributor changes something that type-checks, publishes and is tested.

/** No construct is ever called so: those that there are get copied. */
const NAME = "begun-by-its-test";
const folder = temporary();
const run = (...command: string[]): string =>
  execFileSync(process.execPath, command, { cwd: folder, encoding: "utf8", stdio: "pipe" });
const tsx = require.resolve("tsx/cli");

beforeAll(() => {
  for (const part of [
    "constructs",
    "scripts",
    "examples",
    "modules",
    "policies",
    "docs",
    "dist/functions",
    "__tests__/support",
  ])
    fs.cpSync(path.join(ROOT, part), path.join(folder, part), {
      recursive: true,
      filter: (file) => !/\/(\.venv[^/]*|\.terraform)$/.test(file),
    });
  for (const file of ["package.json", "tsconfig.json", ".prettierrc.json"])
    fs.copyFileSync(path.join(ROOT, file), path.join(folder, file));
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  run(tsx, "scripts/construct.ts", NAME);
}, 120_000);
afterAll(() => fs.rmSync(folder, { recursive: true }));

test("it type-checks, is formatted and becomes a module", () => {
  const files = [`constructs/${NAME}`, `__tests__/constructs/${NAME}.test.ts`];
  run(require.resolve("prettier/bin/prettier.cjs"), "--check", ...files);
  const config = {
    extends: "./tsconfig.json",
    include: files,
    compilerOptions: { noEmit: true, incremental: false, tsBuildInfoFile: null },
  };
  fs.writeFileSync(path.join(folder, "tsconfig.new.json"), JSON.stringify(config));
  run(TSC, "-p", "tsconfig.new.json");
  expect(run(tsx, "scripts/modules.ts")).toMatch(/^\d+ modules, 7 files changed/);
  expect(fs.readdirSync(path.join(folder, "modules", NAME)).sort()).toEqual(
    ["README.md", "main.tf", "outputs.tf", "tests", "variables.tf", "versions.tf"].sort(),
  );
}, 120_000);

test("constructs may know what it needs, and it is not begun twice", () => {
  const architecture = fs.readFileSync(path.join(folder, "docs/architecture.md"), "utf8");
  expect(architecture).toMatch(
    new RegExp(`^\\| \`constructs/approver\`, \`constructs/${NAME}\`, .* \\| \`constructs/inputs\`, `, "m"),
  );
  expect(() => run(tsx, "scripts/construct.ts", NAME)).toThrow(/is there already: nothing was written/);
  expect(() => run(tsx, "scripts/construct.ts", "Audit")).toThrow(/must be lower-case words/);
});
