import type { Decision } from "../../functions/approver/decide";
import { parseSet } from "../../functions/approver/policies/set";
import { type MakeCommand, command } from "../program/command";
import { AnswerIsNo } from "../program/exit";
import { paint } from "../program/terminal";
import type { World } from "../program/world";
import { type NamedRequest, decideRequest, readRequests } from "../requests";
import { SET_HELP, environmentOf, readSource } from "./sources";
import { describe } from "./words";

/** `policy test`: what sets would decide about the requests of a file. */
export const test: MakeCommand = (world) =>
  command({
    usage: "test <requests.json> <set...>",
    summary: "say what would become of the requests of a file, by which policies, and whether that is as expected",
    details: `A request's "expect" is approved, rejected or waiting, or an object of these by environment; where it is not so, the exit code is 1.
The format of the file: docs/policies.md, an example: examples/requests/ten.json.

${SET_HELP}`,
    examples: [
      "policy test examples/requests/ten.json policies/dev policies/prod",
      "policy test requests.json plan.json --environment prod",
    ],
  })
    .option(
      "--environment <name>",
      "value of context.environment in the policies (default: the set's own, or the name of its folder)",
    )
    .action(async (file: string, given: string[], { environment, json }: { environment?: string; json?: boolean }) => {
      const requests = readRequests(file);
      const sources = await Promise.all(given.map(readSource));
      const sets = sources.map((source) => ({
        name: source.name,
        environment: environmentOf(source, environment),
        set: parseSet(source.texts),
      }));
      const tested = requests.map((request) => ({
        request: request.name,
        decisions: sets.map(({ name, environment, set }) => {
          const decision = decideRequest(set, request.facts, environment);
          return { set: name, environment, ...decision, ...expected(request, environment) };
        }),
      }));
      if (json) world.print(JSON.stringify(tested, undefined, 2));
      else tell(tested, world);
      if (tested.some(({ decisions }) => decisions.some(isWrong))) throw new AnswerIsNo();
    });

type Outcome = Decision["outcome"];
interface Expected {
  readonly expected?: Outcome;
  /** The request says what to expect, but of other environments. */
  readonly expectsElsewhere?: true;
}
type Tried = Decision & Expected & { readonly set: string; readonly environment: string };

function expected({ expect }: NamedRequest, environment: string): Expected {
  if (typeof expect !== "object") return { expected: expect };
  return Object.hasOwn(expect, environment) ? { expected: expect[environment] } : { expectsElsewhere: true };
}

const isWrong = ({ expected, outcome }: Tried): boolean => expected !== undefined && expected !== outcome;

function tell(
  tested: readonly { readonly request: string; readonly decisions: readonly Tried[] }[],
  world: World,
): void {
  const all = tested.flatMap(({ decisions }) => decisions);
  const width = Math.max(...all.map(({ set }) => set.length));
  for (const { request, decisions } of tested) {
    world.print(request);
    for (const decision of decisions) {
      const mark =
        decision.expected === undefined
          ? decision.expectsElsewhere
            ? paint(world, "doubtful", `  (nothing expected for ${decision.environment})`)
            : ""
          : isWrong(decision)
            ? paint(world, "bad", `  ✗ expected ${decision.expected}`)
            : paint(world, "good", "  ✓");
      world.print(`  ${decision.set.padEnd(width)}  ${describe(decision)}${mark}`);
    }
  }
  const said = all.filter(({ expected }) => expected !== undefined);
  const wrong = said.filter(isWrong).length;
  const elsewhere = all.filter(({ expectsElsewhere }) => expectsElsewhere);
  const environments = [...new Set(elsewhere.map(({ environment }) => environment))].join(", ");
  if (said.length + elsewhere.length === 0) return;
  const others = elsewhere.length > 0 ? `, ${elsewhere.length} without an expectation for ${environments}` : "";
  world.print(`${said.length - wrong} as expected, ${wrong} not${others}`);
}
