import { join } from "node:path";
import { adviseSet } from "../../functions/approver/policies/advice";
import type { Finding } from "../../functions/approver/policies/validate";
import { digestOf } from "../../functions/approver/policies/digest";
import { type MakeCommand, command } from "../program/command";
import { AnswerIsNo, exitCodeOf, messageOf } from "../program/exit";
import { paint } from "../program/terminal";
import type { World } from "../program/world";
import { SET_HELP, type Source, readSource } from "./sources";

/** `policy check`: validates policy sets. */
export const check: MakeCommand = (world) =>
  command({
    usage: "check <set...>",
    summary: "validate policies, and warn of what is valid but seldom meant",
    details: SET_HELP,
    examples: ["policy check policies/prod", "policy check plan.json"],
  }).action(async (given: string[], { json }: { json?: boolean }) => {
    const checked = await Promise.all(given.map(look));
    if (json) world.print(JSON.stringify(checked.map(plain), undefined, 2));
    else checked.forEach((one) => tell(one, world));
    const failed = checked.flatMap((one) => ("error" in one ? [exitCodeOf(one.cause)] : []));
    if (failed.length > 0) throw new AnswerIsNo(failed.includes(2) ? 2 : 1);
  });

type Checked = { readonly set: string } & (
  | { readonly error: string; readonly cause: unknown }
  | {
      readonly digest: string;
      readonly policies: readonly string[];
      readonly warnings: readonly (Finding & { readonly where: string })[];
    }
);

async function look(set: string): Promise<Checked> {
  try {
    const source = await readSource(set);
    const warnings = adviseSet(source.texts).map((finding) => ({ ...finding, where: whereIs(source, finding) }));
    return { set, digest: digestOf(source.texts), policies: Object.keys(source.texts), warnings };
  } catch (error) {
    return { set, error: messageOf(error), cause: error };
  }
}

const plain = (checked: Checked): object => ("error" in checked ? { set: checked.set, error: checked.error } : checked);

const whereIs = ({ folder }: Source, { policy, line, column }: Finding): string =>
  `${folder === undefined ? policy : join(folder, `${policy}.cedar`)}:${line}:${column}`;

function tell(checked: Checked, world: World): void {
  if ("error" in checked) return world.note(checked.error);
  const { set, digest, policies, warnings } = checked;
  world.print(`${set}: ${policies.length} ${policies.length === 1 ? "policy" : "policies"}, valid, digest ${digest}`);
  for (const { where, reason } of warnings)
    world.print(`  ${paint(world, "doubtful", "warning")}: ${where}: ${reason}`);
}
