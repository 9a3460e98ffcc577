import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export const ROOT = path.resolve(__dirname, "../../..");

/** A temporary folder. */
export const temporary = (): string => fs.mkdtempSync(path.join(os.tmpdir(), "modules-"));

/** The examples: complete roots in HCL. */
export const examples = (): string[] =>
  fs
    .readdirSync(path.join(ROOT, "examples"))
    .filter((name) => /-(minimal|complete)$/.test(name))
    .sort();

/**
 * Calls examples as modules from one root, so that the provider, which takes seconds to start, starts once. The examples' own
 * provider blocks are left out: region and credentials are the root's.
 *
 * @param calls arguments of each call, in HCL
 */
export function callExamples(folder: string, calls: Readonly<Record<string, Readonly<Record<string, string>>>>): void {
  // A copy, as an outsider has it: what is generated anew meanwhile changes nothing here.
  fs.cpSync(path.join(ROOT, "modules"), path.join(folder, "modules"), { recursive: true });
  for (const name of Object.keys(calls)) {
    const target = path.join(folder, "examples", name);
    fs.cpSync(path.join(ROOT, "examples", name), target, { recursive: true });
    const file = path.join(target, "main.tf");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(/^provider "aws" \{[^]*?^\}\n/m, ""));
  }
  const module = Object.fromEntries(
    Object.entries(calls).map(([name, values]) => [name, { source: `./examples/${name}`, ...values }]),
  );
  fs.writeFileSync(path.join(folder, "examples.tf.json"), JSON.stringify({ module }, null, 2));
}
