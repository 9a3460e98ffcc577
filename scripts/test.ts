/**
 * `npm test` and `npm run test:long`: suites of checks and tests, each in lanes side by side: some lanes mostly wait (one apply
 * takes the provider over a minute), others mostly compute. A failing step does not hide the next ones. The last step holds what all
 * sandboxes of the run answered against the docs, the last line counts the checks and tests of all suites that were asked for.
 */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { alive } from "./progress";
import { TSC } from "./tsc";

const USAGE = `npm test                   every promise: types, lint, format and all kinds of tests but long
npm run test:long          what takes minutes more
npm test -- short long     both, counted together in the last line

VERBOSE=1 shows what succeeded, too. SEED=random draws other cases for the property tests. One file: npx jest <path>. More: docs/testing.md`;

interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Where jest leaves its counts; a step without them is one check. */
  readonly report?: string;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const tests = (...projects: string[]): Step => {
  const report = path.join("dist", `jest-${projects.join("-")}.json`);
  // By itself jest would leave a core to the other lane, which mostly waits. With --ci no snapshot is written unseen.
  const args = ["--ci", "--maxWorkers=2", "--json", `--outputFile=${report}`, "--selectProjects", ...projects];
  return { name: `jest ${projects.join(" ")}`, command: "jest", args, report };
};
const step = (name: string, command: string, ...args: string[]): Step => ({ name, command, args });

const SUITES: Readonly<Record<string, readonly (readonly Step[])[]>> = {
  short: [
    [tests("sandbox")],
    [
      step("types", "node", TSC, "--project", "."),
      step("types of the report's page", "node", TSC, "--project", "commands/report/page"),
      step("lint", "eslint", "."),
      step("lint with types", "oxlint"),
      step("format", "prettier", "--check", "--log-level=warn", "."),
      tests("plan", "server", "unit"),
    ],
  ],
  long: [[tests("long")]],
};

/** A line for each operation that a sandbox of this run has answered (sandbox/gateway/call-log.ts). */
const OPERATIONS = path.resolve("dist", "operations.log");

async function run(step: Step): Promise<Counts> {
  if (step.report) fs.rmSync(step.report, { force: true });
  const started = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - started) / 1000)} s`;
  const child = spawn(step.command, step.args, {
    // The SDK's advice to use a newer Node would stand in every file's output.
    env: { ...process.env, NODE_NO_WARNINGS: "1", SANDBOX_OPERATIONS: OPERATIONS },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  let state = "";
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      if (line.startsWith("…")) state = line.slice(1);
      else output.push(line);
    });
  }
  const code = await alive(
    () => console.log(`…    ${step.name} (${seconds()})${state}`),
    () => new Promise<number | null>((resolve) => child.on("close", resolve)),
  );
  // Whole steps, so that the lanes' lines do not mix.
  console.log(`${code === 0 ? "ok  " : "FAIL"} ${step.name} (${seconds()})`);
  if (code !== 0 || process.env.VERBOSE) console.log(output.join("\n"));
  const { report } = step;
  const found = report && fs.existsSync(report) ? (JSON.parse(fs.readFileSync(report, "utf8")) as Report) : undefined;
  return counts(code === 0, found);
}

/** What of jest's report is counted. */
type Report = Readonly<
  Record<"numPassedTests" | "numFailedTests" | "numRuntimeErrorTestSuites" | "numPendingTests" | "numTodoTests", number>
>;

/**
 * What a step came to: one check where jest left no report. Whatever it was that failed, something is counted as failed, and what was
 * skipped too: nothing may be left out quietly.
 */
export function counts(succeeded: boolean, report?: Report): Counts {
  if (report === undefined) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 };
  const { numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests } = report;
  const failed = numFailedTests + numRuntimeErrorTestSuites + numPendingTests + numTodoTests;
  return { passed: report.numPassedTests, failed: succeeded ? failed : Math.max(failed, 1) };
}

async function runLane(steps: readonly Step[]): Promise<Counts[]> {
  const counted: Counts[] = [];
  for (const step of steps) counted.push(await run(step));
  return counted;
}

async function main(asked: readonly string[]): Promise<number> {
  if (asked.includes("--help")) {
    console.log(USAGE);
    return 0;
  }
  const unknown = asked.filter((name) => !(name in SUITES));
  if (unknown.length > 0) {
    console.error(`unknown: ${unknown.join(" ")} (there are: ${Object.keys(SUITES).join(", ")})`);
    return 2;
  }
  fs.mkdirSync("dist", { recursive: true });
  fs.rmSync(OPERATIONS, { force: true });
  const counted: Counts[] = [];
  for (const name of asked) counted.push(...(await Promise.all(SUITES[name]!.map(runLane))).flat());

  counted.push(await run(step("operations", "tsx", "scripts/operations.ts", OPERATIONS)));

  const sum = (field: keyof Counts): number => counted.reduce((total, counts) => total + counts[field], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") === 0 ? 0 : 1;
}

if (require.main === module) {
  const asked = process.argv.slice(2);
  void main(asked.length > 0 ? asked : ["short"]).then((code) => process.exit(code));
}
