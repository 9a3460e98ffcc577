/**
 * `npm test`: every check of the project in two lanes side by side. The sandbox lane mostly waits (one apply takes the
 * provider over a minute), the other mostly computes. A failing step does not hide the next ones. The last line counts
 * the tests.
 */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Where jest leaves its counts. */
  readonly report?: string;
}

const jest = (...projects: string[]): Step => {
  const report = path.join("dist", `jest-${projects.join("-")}.json`);
  // By itself jest would leave a core to the other lane, which mostly waits.
  const args = ["--ci", "--maxWorkers=2", "--json", `--outputFile=${report}`, "--selectProjects", ...projects];
  return { name: `jest ${projects.join(" ")}`, command: "jest", args, report };
};
const step = (name: string, command: string, ...args: string[]): Step => ({ name, command, args });

const BUILD = step("build", "tsx", "functions/build.ts");
const SHORT: readonly (readonly Step[])[] = [
  [jest("sandbox")],
  [
    step("types", "tsc", "--project", "."),
    step("lint", "eslint", "."),
    step("format", "prettier", "--check", "--log-level=warn", "."),
    jest("unit"),
    jest("plan", "server"),
  ],
];
const LONG: readonly (readonly Step[])[] = [[jest("long")]];
const LANES = process.argv[2] === "long" ? LONG : SHORT;

async function run(step: Step): Promise<boolean> {
  const started = Date.now();
  const child = spawn(step.command, step.args, {
    // The SDK's advice to use a newer Node would stand in every file's output.
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  // Whole steps, so that the lanes' lines do not mix.
  console.log(`${code === 0 ? "ok  " : "FAIL"} ${step.name} (${Math.round((Date.now() - started) / 1000)} s)`);
  if (code !== 0 || process.env.VERBOSE) console.log(output);
  return code === 0;
}

async function runLane(steps: readonly Step[]): Promise<boolean> {
  let succeeded = true;
  for (const step of steps) succeeded = (await run(step)) && succeeded;
  return succeeded;
}

async function main(): Promise<number> {
  const steps = LANES.flat();
  fs.mkdirSync("dist", { recursive: true });
  for (const { report } of steps) if (report) fs.rmSync(report, { force: true });

  const succeeded = (await run(BUILD)) && (await Promise.all(LANES.map(runLane))).every(Boolean);
  const reports = steps.flatMap(({ report }) =>
    report && fs.existsSync(report) ? [JSON.parse(fs.readFileSync(report, "utf8")) as Record<string, number>] : [],
  );
  const count = (field: string): number => reports.reduce((sum, report) => sum + (report[field] ?? 0), 0);
  const passed = count("numPassedTests");
  const failed = count("numFailedTests");
  const skipped = count("numPendingTests");
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
  // A skipped test is a failure here: nothing may be left out quietly.
  return succeeded && passed > 0 && !skipped ? 0 : 1;
}

void main().then((code) => process.exit(code));
