/**
 * The last step of `npm test`: compares the operations that the sandbox answered in the whole run with the table of
 * docs/sandbox-operations.md. Each of them needs a row, which says how far it is known that AWS answers so.
 */
import * as fs from "node:fs";

const USAGE = `npx tsx scripts/operations.ts <file>   what docs/sandbox-operations.md lacks of a file with a line "<service> <operation>" for each

The last step of npm test, which writes dist/operations.log.`;

/** How far it is known that AWS answers as the sandbox does. */
export const KNOWLEDGE = ["documented", "measured by others", "by the model", "our reading"] as const;

export interface Row {
  readonly service: string;
  readonly operations: readonly string[];
  readonly knowledge: string;
}

/** The rows of the table: | `service` | `Operation` `Operation` … | who answers | knowledge | difference |. */
export function rowsOf(markdown: string): Row[] {
  return markdown.split("\n").flatMap((line) => {
    const [, service = "", operations = "", , knowledge = ""] = line.split("|").map((cell) => cell.trim());
    const names = /^`([a-z0-9-]+)`$/.exec(service);
    return names ? [{ service: names[1]!, operations: quoted(operations), knowledge }] : [];
  });
}

const quoted = (cell: string): string[] => [...cell.matchAll(/`([A-Za-z0-9]+)`/g)].map(([, name]) => name!);

/** The operations that were called and have no row, a line each, sorted. */
export function complaints(table: string, log: string): string[] {
  const called = [...new Set(log.split("\n").filter(Boolean))];
  if (called.length === 0) return ["No operation was called: has any sandbox run?"];
  const known = new Set(
    rowsOf(table).flatMap(({ service, operations }) => operations.map((name) => `${service} ${name}`)),
  );
  return called
    .filter((operation) => !known.has(operation))
    .map((operation) => `${TABLE} lacks ${operation}`)
    .sort();
}

const TABLE = "docs/sandbox-operations.md";

if (require.main === module && process.argv.includes("--help")) console.log(USAGE);
else if (require.main === module) {
  const [file = ""] = process.argv.slice(2);
  const found = complaints(fs.readFileSync(TABLE, "utf8"), fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");
  for (const complaint of found) console.error(complaint);
  process.exitCode = found.length === 0 ? 0 : 1;
}
