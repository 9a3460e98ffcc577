import { spawnSync } from "node:child_process";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const git = (args: readonly string[], input = ""): string[] =>
  spawnSync("git", args, { cwd: ROOT, encoding: "utf8", input }).stdout.split("\n").filter(Boolean);
const sources = (pattern: string): string[] => git(["ls-files", "--cached", "--others", "--exclude-standard", pattern]);

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
