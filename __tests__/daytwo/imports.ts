import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../modules/support/examples";
import type { Resource } from "./state";

const operations = (): string => fs.readFileSync(path.join(ROOT, "docs", "operations.md"), "utf8");

/** What docs/operations.md says an import block names a resource by: a pattern of attributes, by its type. */
export function documentedIds(): ReadonlyMap<string, string> {
  const rows = [...operations().matchAll(/^\| (`aws_.*`) \| `(.*)` \|/gm)];
  return new Map(
    rows.flatMap(([, types, id]) => [...types!.matchAll(/aws_\w+/g)].map(([type]) => [type, id!] as const)),
  );
}

/** The import block of a resource, as the docs say. */
export function importBlock({ address, type, values }: Resource, ids: ReadonlyMap<string, string>): string {
  const id = ids.get(type)!.replace(/<(\w+)>/g, (_, attribute: string) => String(values[attribute]));
  return `import {\n  to = ${address}\n  id = ${JSON.stringify(id)}\n}\n`;
}

export const isDomain = ({ type }: Resource): boolean => type === "aws_sagemaker_domain";

/** The documented commands that import a domain, for another address and id. @throws Error where the docs have none */
export function domainImport(address: string, id: string): string {
  const commands = /^```sh\n(terraform import [^]*?)^```/m.exec(operations())?.[1];
  if (commands === undefined) throw new Error("docs/operations.md does not say any more how a domain is imported");
  const [example] = /'[^']+' d-\w+/.exec(commands) ?? [];
  if (example === undefined) throw new Error("the import of a domain in docs/operations.md has another form");
  return commands.replace(example, `'${address}' ${id}`);
}

/** The first resource of each type, in the environment and behind each call of a module. */
export function firstOfEachType(all: readonly Resource[]): readonly Resource[] {
  const first = new Map<string, Resource>();
  for (const one of all) {
    const kind = `${/^module\.\w+/.exec(one.address)?.[0] ?? "own"} ${one.type}`;
    if (!first.has(kind)) first.set(kind, one);
  }
  return [...first.values()];
}
