import type { References } from "../../functions/approver/policies/references";
import { type Property, loadProperties, never } from "../../prover/property";
import { type Verdict, prove as proveProperty } from "../../prover/prove";
import { readSet } from "../../prover/decision";
import { type MakeCommand, command } from "../program/command";
import { AnswerIsNo } from "../program/exit";
import { folder as inFolder } from "../program/files";
import { paint } from "../program/terminal";
import type { World } from "../program/world";
import { requestOf } from "../requests";
import { type Asking, askingOptions, withProver } from "./asking";
import { SET_HELP, type Source, beside, readSource } from "./sources";
import { describe, describeRequest } from "./words";

interface Options extends Asking {
  readonly properties?: string;
  readonly never?: readonly string[];
}

/** `policy prove`: whether properties hold for a policy set in all possible requests. */
export const prove: MakeCommand = (world) =>
  askingOptions(
    command({
      usage: "prove <set...>",
      summary: "prove that properties of policies hold for all possible requests, or give a counterexample",
      details: `A property is a policy, <id>.cedar in the folder "properties" beside the policies:
  forbid                       what it is about is never approved
  @decision("reject") forbid   what it is about is rejected
  @decision("wait") forbid     what it is about is left to a person
  permit                       what it is about is approved
  @within("<folder>") forbid   ... is never approved unless the set in the folder does
What takes too long, or cannot be translated, is not proven: exit code 1.

${SET_HELP}`,
      examples: ["policy prove policies/prod", `policy prove plan.json --never 'resource.terms.contains("PII")'`],
    }),
  )
    .option(
      "--properties <folder>",
      "folder with the properties (default: the folder properties in the policies' folder)",
      inFolder,
    )
    .option(
      "--never <condition>",
      "a Cedar condition: no request that meets it is ever approved (can be repeated)",
      also,
    )
    .action(async (given: string[], options: Options) => {
      const sources = await Promise.all(given.map(readSource));
      const asked = sources.map((source) => ({ source, properties: propertiesOf(source, options) }));
      const proofs = await withProver(options, async (prover) => {
        const all: Proof[] = [];
        for (const { source, properties } of asked) {
          const say = options.json ? () => undefined : world.print;
          say(`${source.name}: ${properties.length} ${properties.length === 1 ? "property" : "properties"}`);
          const set = readSet(source.texts);
          for (const property of properties) {
            const started = performance.now();
            const verdict = await proveProperty(prover, set, property, options.environment ?? source.environment);
            const milliseconds = Math.round(performance.now() - started);
            const proof = { set: source.name, references: set.references, property, verdict, milliseconds };
            tell(proof, { ...world, print: say });
            all.push(proof);
          }
        }
        return all;
      });
      if (options.json) world.print(JSON.stringify(proofs.map(plain), undefined, 2));
      else summarize(proofs, world);
      if (proofs.some(({ verdict }) => verdict.is !== "proven")) throw new AnswerIsNo();
    });

const also = (condition: string, before: readonly string[] = []): readonly string[] => [...before, condition];

interface Proof {
  readonly set: string;
  readonly references: References;
  readonly property: Property;
  readonly verdict: Verdict;
  readonly milliseconds: number;
}

function propertiesOf(source: Source, options: Options): Property[] {
  const folder = options.properties ?? beside(source, "properties");
  const properties = [...(folder === undefined ? [] : loadProperties(folder)), ...(options.never ?? []).map(never)];
  if (properties.length > 0) return properties;
  throw new Error(
    `There is nothing to prove about ${source.name}: no folder ${source.name}/properties is there. Give --properties or --never`,
  );
}

const WORDS = {
  proven: ["good", "✓", "proven"],
  refuted: ["bad", "✗", "not so"],
  "not proven": ["doubtful", "?", "not proven"],
} as const;

function tell({ references, property, verdict, milliseconds }: Proof, world: World): void {
  const [style, mark, word] = WORDS[verdict.is];
  const what = [property.id, property.comment].filter(Boolean).join(": ");
  world.print(`  ${paint(world, style, `${mark} ${word}`)}  ${what} ${paint(world, "quiet", `(${milliseconds} ms)`)}`);
  if (verdict.is === "not proven") world.print(`      ${verdict.why}`);
  if ("example" in verdict && verdict.example) {
    const lines = describeRequest(verdict.example, [references, property.about.references]);
    lines.forEach((line) => world.print(`      ${line}`));
  }
  if (verdict.is === "refuted") world.print(`      ${paint(world, style, describe(verdict.decision))}`);
}

function summarize(proofs: readonly Proof[], world: World): void {
  const count = (is: Verdict["is"]): number => proofs.filter(({ verdict }) => verdict.is === is).length;
  world.print(`${count("proven")} proven, ${count("refuted")} not so, ${count("not proven")} not proven`);
}

/** As JSON; an example is an entry of a requests file, to be tried by `policy test`. */
const plain = ({ set, property: { id, comment, says, within }, verdict, milliseconds }: Proof): object => ({
  set,
  property: id,
  comment,
  says,
  within: within?.folder,
  outcome: verdict.is,
  why: verdict.is === "not proven" ? verdict.why : undefined,
  request:
    "example" in verdict && verdict.example ? requestOf(verdict.example.facts, { name: `against ${id}` }) : undefined,
  environment: "example" in verdict ? verdict.example?.environment : undefined,
  decision: verdict.is === "refuted" ? verdict.decision : undefined,
  milliseconds,
});
