import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { CHECKOV, pythonEnv } from "../../scripts/python-env";
import { ROOT, temporary } from "./support/examples";

interface Finding {
  readonly check_id: string;
  readonly resource: string;
  readonly file_abs_path: string;
  readonly check_result: { readonly suppress_comment?: string };
}
interface Report {
  readonly summary: Readonly<Record<"passed" | "failed" | "skipped" | "parsing_errors", number>>;
  readonly results: { readonly failed_checks: readonly Finding[]; readonly skipped_checks: readonly Finding[] };
}

/** What checkov says of modules/ and examples/ in a folder, without asking its maker's servers. */
async function scan(folder: string): Promise<Report> {
  const { bin } = await pythonEnv(CHECKOV);
  const args = ["--directory", ".", "--framework", "terraform", "--skip-download", "--soft-fail", "--output", "json"];
  const { stdout } = await run(path.join(bin, "checkov"), args, { cwd: folder, maxBuffer: 1 << 28 });
  return JSON.parse(stdout) as Report;
}
const run = promisify(execFile);

const folder = temporary();
beforeAll(() => {
  for (const part of ["modules", "examples"]) {
    const filter = (file: string): boolean => !/\/(\.terraform|\.venv[^/]*|tests)$/.test(file);
    fs.cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true, filter });
  }
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const SKIP = /^ *# checkov:skip=(\w+): .*\n/gm;

const configurations = (): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tf"))
    .map((file) => path.join(folder, file));

/** `<file> <type>.<name> <check>` of each finding, once however often a module is called. */
const found = (findings: readonly Finding[]): string[] => {
  const lines = findings.map(({ check_id, resource, file_abs_path }) => {
    const [type, name] = resource
      .replace(/\[.*\]$/, "")
      .split(".")
      .slice(-2);
    return `${path.relative(fs.realpathSync(folder), file_abs_path)} ${type}.${name} ${check_id}`;
  });
  return [...new Set(lines)].sort();
};

/** The same of each comment that says that a finding is meant so. */
const declared = (): string[] =>
  configurations()
    .flatMap((file) => {
      const blocks = fs.readFileSync(file, "utf8").matchAll(/^(?:resource|data) "(\w+)" "(\w+)" \{\n([^]*?)^\}/gm);
      return [...blocks].flatMap(([, type, name, body]) =>
        [...body!.matchAll(SKIP)].map(([, check]) => `${path.relative(folder, file)} ${type}.${name} ${check}`),
      );
    })
    .sort();

test("a scanner reads every file of the modules and examples, and finds nothing that is not meant so", async () => {
  const { summary, results } = await scan(folder);
  expect(found(results.failed_checks)).toEqual([]);
  expect(summary).toMatchObject({ failed: 0, parsing_errors: 0 });
  expect(summary.passed).toBeGreaterThan(500);
  const silent = results.skipped_checks.filter(
    ({ check_result }) => !/^\s*\S.{20,}\.$/.test(check_result.suppress_comment ?? ""),
  );
  expect(silent).toEqual([]);
}, 300_000);

test("what is said to be meant so is what it finds, each a comment with a reason where it stands", async () => {
  const meant = declared();
  for (const file of configurations()) fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(SKIP, ""));
  const { results } = await scan(folder);
  expect(found(results.failed_checks)).toEqual(meant);
}, 300_000);
