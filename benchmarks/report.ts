import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../scripts/browser";
import { logLines } from "./report-records";

const USAGE = `How long a report takes to write and to open, by its number of records, in the tests' Chromium (scripts/browser.ts).

  npx tsx benchmarks/report.ts                1,000, 10,000 and 50,000 records
  npx tsx benchmarks/report.ts 10000          of this many

"Opened" is the time from the start of the navigation to the frame that shows everything, the median of 7 new pages. "Filtered" is the
time from the last letter of a search to that frame. The limit is two seconds for 10,000 records.`;

const ROOT = path.resolve(__dirname, "..");
const RUNS = 7;

const middle = (values: number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;

/** Milliseconds to open, and to filter. */
async function open(browser: Browser, url: string): Promise<readonly [opened: number, filtered: number]> {
  const page = await browser.newPage();
  const shown = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))";
  await page.goto(url);
  await page.waitForSelector("#sets");
  const opened = Number(await page.evaluate(`(${shown})()`));
  const before = Number(await page.evaluate("performance.now()"));
  await page.locator('[name="search"]').fill("customers");
  const filtered = Number(await page.evaluate(`(${shown})()`)) - before;
  await page.close();
  return [opened, filtered];
}

async function main(sizes: readonly number[]): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "report-"));
  const browser = await launchBrowser();
  try {
    for (const size of sizes) {
      const [log, file] = [path.join(folder, "log.jsonl"), path.join(folder, "report.html")];
      fs.writeFileSync(log, logLines(size, ["a".repeat(64)]).join("\n"));
      const started = performance.now();
      execFileSync("npx", ["tsx", "commands/program.ts", "report", "--no-git", "--log", log, "--out", file], {
        cwd: ROOT,
      });
      const written = performance.now() - started;
      const runs: (readonly [number, number])[] = [];
      for (let i = 0; i < RUNS; i++) runs.push(await open(browser, pathToFileURL(file).href));
      const [opened, filtered] = [0, 1].map((of) => middle(runs.map((run) => run[of]!)));
      const megabytes = (fs.statSync(file).size / 1e6).toFixed(1);
      console.log(
        `${size} records: written in ${(written / 1000).toFixed(1)} s, ${megabytes} MB, opened in ${opened!.toFixed(0)} ms, filtered in ${filtered!.toFixed(0)} ms`,
      );
    }
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true });
  }
}

const sizes = process.argv.slice(2).map(Number);
if (process.argv.includes("--help")) console.log(USAGE);
else void main(sizes.length > 0 ? sizes : [1_000, 10_000, 50_000]);
