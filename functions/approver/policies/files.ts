import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Annotations, validateSet } from "./validate";

/**
 * Reads and checks a policy set from its folder: one policy a file, `<id>.cedar`, each with `@id("<id>")`. Other files are
 * left alone.
 *
 * @param folder for example `policies/prod`
 * @param known the annotations that they may have; by default those of policies
 * @param called what it is, in messages
 * @returns the policies' texts by their ids, as they are deployed
 * @throws an error that lists everything that is wrong as `file:line:column: reason`
 */
export function loadPolicySet(folder: string, known?: Annotations, called = "policy set"): Record<string, string> {
  const texts = readFolder(folder, called);
  const findings = validateSet(texts, known);
  if (findings.length > 0) {
    const lines = findings.map(({ policy, line, column, reason }) =>
      policy === "" ? `${folder}: ${reason}` : `${join(folder, `${policy}.cedar`)}:${line}:${column}: ${reason}`,
    );
    throw new Error(`The ${called} ${folder} is not valid:\n${lines.join("\n")}`);
  }
  return texts;
}

function readFolder(folder: string, called: string): Record<string, string> {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith(".cedar"));
    return Object.fromEntries(
      files.sort().map((file) => [file.slice(0, -".cedar".length), readFileSync(join(folder, file), "utf8")]),
    );
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const why = { ENOENT: "there is no such folder", ENOTDIR: "it is a file, not a folder" }[code] ?? message;
    throw new Error(`The ${called} ${folder} cannot be read: ${why}`, { cause: error });
  }
}
