import { documentedCommands, operations } from "./documented";
import type { Resource } from "./state";

/** What docs/operations.md says an import block names a resource by: a pattern of attributes, by its type. */
export function documentedIds(): ReadonlyMap<string, string> {
  const rows = [...operations().matchAll(/^\| (`aws_.*`) \| `(.*)` \|/gm)];
  return new Map(
    rows.flatMap(([, types, id]) => [...types!.matchAll(/aws_\w+/g)].map(([type]) => [type, id!] as const)),
  );
}

/** The import block of a resource, as the docs say: what it does not have, as a permission of a whole function a qualifier, is left out. */
export function importBlock({ address, type, values }: Resource, ids: ReadonlyMap<string, string>): string {
  const part = (_: string, sign: string, attribute: string): string =>
    values[attribute] ? sign + String(values[attribute]) : "";
  const id = ids.get(type)!.replace(/(\W?)<(\w+)>/g, part);
  return `import {\n  to = ${address}\n  id = ${JSON.stringify(id)}\n}\n`;
}

/** The documented commands that import a Studio domain, for this one. */
export const domainImport = ({ address, values }: Resource): string =>
  documentedCommands("terraform import").replace(/import '.*' d-\w+/, `import '${address}' ${String(values["id"])}`);

/** The documented commands that say where the text of an imported parameter is. */
export const parametersImported = (): string => documentedCommands("terraform state pull");
