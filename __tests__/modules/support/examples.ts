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

/**
 * Puts an account's own values in the copy of an example, and what else the account has beside it.
 *
 * @param values what stands in the example, and what is to stand there
 * @throws Error where the example does not have one of them
 */
export function fillExample(
  folder: string,
  name: string,
  account: string,
  values: Readonly<Record<string, string>>,
): void {
  const example = path.join(folder, "examples", name);
  const file = path.join(example, "main.tf");
  let text = fs.readFileSync(file, "utf8");
  for (const [given, value] of Object.entries(values)) {
    if (!text.includes(given)) throw new Error(`${name} no longer has ${given}`);
    text = text.replaceAll(given, value);
  }
  fs.writeFileSync(file, text);
  fs.writeFileSync(path.join(example, "account.tf"), account);
}
