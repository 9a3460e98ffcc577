import type { References } from "../../functions/approver/policies/references";
import { readSet } from "../../prover/decision";
import { type Change, diff as compare } from "../../prover/diff";
import { type MakeCommand, command } from "../program/command";
import { AnswerIsNo } from "../program/exit";
import { paint } from "../program/terminal";
import type { World } from "../program/world";
import { requestOf } from "../requests";
import { type Asking, askingOptions, withProver } from "./asking";
import { SET_HELP, readSource } from "./sources";
import { describe, describeRequest } from "./words";

/** `policy diff`: which requests are decided differently after a change of policies. */
export const diff: MakeCommand = (world) =>
  askingOptions(
    command({
      usage: "diff <old> <new>",
      summary:
        "say which requests a change of policies decides differently, with examples, or prove that there are none",
      details: `Over all requests there can be, those of which something cannot be read too. The exit code is 0 where nothing changes, which is proven, and 1 where something does, or it could not be found out.

${SET_HELP}`,
      examples: ["policy diff state.json policies/prod"],
    }),
  ).action(async (old: string, given: string, options: Asking) => {
    const [before, after] = await Promise.all([readSource(old), readSource(given)]);
    const environment = options.environment ?? after.environment;
    const [oldSet, newSet] = [readSet(before.texts), readSet(after.texts)];
    const changes = await withProver(options, (prover) => compare(prover, oldSet, newSet, environment));
    const references = [oldSet.references, newSet.references];
    if (options.json) world.print(JSON.stringify(changes.map(plain), undefined, 2));
    else changes.forEach((change) => tell(change, references, world));
    if (changes.some(({ is }) => is !== "none")) throw new AnswerIsNo();
  });

function tell(change: Change, references: readonly References[], world: World): void {
  if (change.is === "none") return world.print(`${paint(world, "good", "✓")} newly ${change.newly}: nothing, proven`);
  if (change.is === "unknown") {
    return world.print(`${paint(world, "doubtful", "?")} newly ${change.newly}: could not be found out: ${change.why}`);
  }
  world.print(`${paint(world, "bad", "≠")} newly ${change.newly}, for example`);
  describeRequest(change.example, references).forEach((line) => world.print(`    ${line}`));
  world.print(`    before: ${describe(change.before)}`);
  world.print(`    after:  ${describe(change.after)}`);
}

/** As JSON; an example is an entry of a requests file. */
function plain(change: Change): object {
  if (change.is !== "some") return change;
  const { newly, is, example, before, after } = change;
  const request = requestOf(example.facts, { name: `newly ${newly}` });
  return { newly, is, request, environment: example.environment, before, after };
}
