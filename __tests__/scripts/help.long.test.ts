import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

// Whoever does not know what a command does asks it, and must not start it thereby.

const ROOT = path.resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

/** What package.json's scripts run of ours. */
const named = Object.values((JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts)
  .flatMap((script) => script.split(" && "))
  .flatMap((command) => /^(?:tsx|node) (\S+\.(?:ts|mjs))/.exec(command)?.[1] ?? []);
/** And whatever else can be run: what looks at its arguments, or whether it was started. */
const others = ["scripts", "commands", "benchmarks", "functions"].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith(".ts") && /process\.argv|require\.main/.test(read(path.join(folder, file))))
    .map((file) => path.join(folder, file)),
);
// commands/run.ts hands arguments on, and is not run.
const SCRIPTS = [...new Set([...named, ...others])].filter((file) => file !== "commands/run.ts").sort();

test("the scripts are found", () => {
  expect(SCRIPTS).toEqual(
    expect.arrayContaining([
      "benchmarks/growth.ts",
      "commands/program.ts",
      "functions/build.ts",
      "sandbox/serve.ts",
      "sandbox/walkthrough/index.ts",
      "scripts/preflight.mjs",
      "scripts/test.ts",
    ]),
  );
  expect(SCRIPTS.length).toBeGreaterThanOrEqual(18);
});

test.concurrent.each(SCRIPTS)(
  "%s says how it is used, and does nothing else",
  async (file) => {
    const started = await promisify(execFile)(process.execPath, ["--import", "tsx", file, "--help"], {
      cwd: ROOT,
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
    });
    expect(started.stderr).toBe("");
    expect(started.stdout).toMatch(/npm |npx tsx |node |Usage: /);
  },
  60_000,
);
