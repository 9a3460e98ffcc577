import { block, type Body } from "./hcl/block";
import { blocksOf } from "./schema";
import type { ModuleJson, SynthesizedModule, Thing } from "./synthesize";
import { variables } from "./variables";

/** Lines of main.tf above which it is split. */
const LONG = 400;

/** The configuration files of a module, in the standard module structure. */
export function render(module: SynthesizedModule): Readonly<Record<string, string>> {
  const { definition, json, things } = module;
  const locals = json.locals ? [block("locals", json.locals, {})] : [];
  const whole = { "main.tf": file([...locals, ...things.map(written)]) };
  const outputs = Object.entries(json.output).map(([name, body]) => block(`output "${name}"`, body, {}));
  const moved = (definition.moved ?? []).map((move) =>
    block("moved", { from: `\${${move.from}}`, to: `\${${move.to}}` }, {}),
  );
  return {
    ...(lines(whole["main.tf"]) > LONG ? split(locals, things) : whole),
    "variables.tf": variables(module),
    "outputs.tf": file(outputs),
    "versions.tf": file([versions(json)]),
    ...(moved.length > 0 && { "moved.tf": file(moved) }),
  };
}

const lines = (text: string): number => text.split("\n").length;

/** A long module has a file for each of the constructs inside it. */
function split(locals: readonly string[], things: readonly Thing[]): Record<string, string> {
  const parts = new Map<string, string[]>([["main", [...locals]]]);
  for (const thing of things) {
    const part = thing.part ?? "main";
    parts.set(part, [...(parts.get(part) ?? []), written(thing)]);
  }
  return Object.fromEntries([...parts].map(([part, blocks]) => [`${part}.tf`, file(blocks)]));
}

function written(thing: Thing): string {
  const labels = thing.labels.map((label) => ` "${label}"`).join("");
  const heading = thing.heading === undefined ? "" : `# ${thing.heading}.\n\n`;
  return heading + block(`${thing.kind}${labels}`, thing.body, blocksOf(thing));
}

const file = (blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;

const versions = ({ terraform }: ModuleJson): string =>
  block("terraform", terraform as unknown as Body, { required_providers: {} });
