import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../modules/support/examples";

/** What docs/operations.md says. */
export const operations = (): string => fs.readFileSync(path.join(ROOT, "docs", "operations.md"), "utf8");

/** The commands that it shows in a block that begins so. */
export function documentedCommands(beginning: string): string {
  const blocks = [...operations().matchAll(/```sh\n([^`]*)```/g)].map(([, commands]) => commands!);
  const found = blocks.find((commands) => commands.startsWith(beginning));
  if (found === undefined) throw new Error(`docs/operations.md shows no commands that begin with ${beginning}`);
  return found;
}
