import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const git = (args: readonly string[], input = ""): string[] =>
  spawnSync("git", args, { cwd: ROOT, encoding: "utf8", input }).stdout.split("\n").filter(Boolean);
const sources = (pattern: string): string[] => git(["ls-files", "--cached", "--others", "--exclude-standard", pattern]);

test("the public workflow runs what CI runs, on the supported releases of Node.js, by actions that nobody can change afterwards", () => {
  const workflow = readFileSync(path.join(ROOT, ".github/workflows/ci.yml"), "utf8");
  expect(workflow).toContain("run: bash .ci/run\n");
  expect(workflow).toContain("node: [20, 22, 24]\n");
  expect(workflow).toContain("npm audit --omit=dev");
  const actions = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
  expect(actions.length).toBeGreaterThan(5);
  expect(actions.filter((action) => !/@[0-9a-f]{40}$/.test(action!))).toEqual([]);
});

interface Project {
  readonly testMatch: readonly [string];
  readonly testPathIgnorePatterns: readonly string[];
}

test("the formatter sees every source but what is generated", () => {
  const files = ["*.ts", "*.js", "*.mjs"].flatMap(sources);
  expect(files.length).toBeGreaterThan(200);
  // prettier reads its ignore file as git does.
  const asGit = ["-c", "core.excludesFile=.prettierignore", "check-ignore", "--no-index", "--stdin"];
  expect(git(asGit, "modules/README.md\n")).toEqual(["modules/README.md"]);
  expect(git(asGit, files.join("\n"))).toEqual([]);
});

test("every test file is of exactly one kind", () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the configuration is plain JavaScript
  const { projects } = require("../../jest.config") as { projects: readonly Project[] };
  const runs = ({ testMatch: [pattern], testPathIgnorePatterns }: Project, file: string): boolean =>
    file.endsWith(pattern.replace("<rootDir>/__tests__/**/*", "")) &&
    !testPathIgnorePatterns.some((ignored) => new RegExp(ignored).test(file));
  const files = sources("__tests__/*.test.ts");
  expect(files.length).toBeGreaterThan(60);
  for (const file of files) expect([file, projects.filter((project) => runs(project, file)).length]).toEqual([file, 1]);
});
