import Table from "cli-table3";
import type { Changes } from "./deployment";

/** What a change did. */
export interface Entry {
  readonly change: string;
  readonly changes: Changes;
}

const count = (changes: Changes, ...actions: string[]): number =>
  Object.values(changes).filter((action) => actions.includes(action)).length;

/** Addresses with an action, in the order of the plan. */
export const withAction = (changes: Changes, ...actions: string[]): readonly string[] =>
  Object.keys(changes).filter((address) => actions.includes(changes[address]!));

/** What a year did, as people read it: each change, what it touched, and what was made anew or went. */
export function table(entries: readonly Entry[]): string {
  const shown = new Table({
    head: ["change", "touched", "replaced, or gone"],
    colWidths: [44, 14, 96],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  for (const { change, changes } of entries) shown.push([change, touched(changes), replaced(changes)]);
  return shown.toString();
}

function touched(changes: Changes): string {
  const counts = [
    [count(changes, "create"), "made"],
    [count(changes, "update"), "in place"],
    [count(changes, "import", "import, update"), "imported"],
    [count(changes, "move"), "moved"],
    [count(changes, "replace", "import, replace"), "replaced"],
    [count(changes, "delete"), "gone"],
  ] as const;
  const told = counts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return told.length > 0 ? told.join("\n") : "nothing";
}

/** Many of one kind are told by their number. */
function replaced(changes: Changes): string {
  const addresses = withAction(changes, "replace", "import, replace", "delete");
  if (addresses.length <= 20) return addresses.join("\n");
  return `${addresses.length}: everything`;
}
