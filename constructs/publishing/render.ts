import { block, type Body } from "./hcl/block";
import type { Accepted, ModuleDefinition } from "./module";
import { blocksOf } from "./schema";
import type { ModuleJson, SynthesizedModule, Thing } from "./synthesize";
import { variables } from "./variables";

/** Lines of main.tf above which it is split. */
const LONG = 400;

/** The configuration files of a module, in the standard module structure. */
export function render(module: SynthesizedModule): Readonly<Record<string, string>> {
  const { definition, json, things } = module;
  const locals = json.locals ? [block("locals", json.locals, {})] : [];
  const write = (thing: Thing): string => written(thing, acceptedAt(definition, thing));
  const whole = { "main.tf": file([...locals, ...things.map(write)]) };
  const outputs = Object.entries(json.output).map(([name, body]) => block(`output "${name}"`, body, {}));
  const moved = (definition.moved ?? []).map((move) =>
    block("moved", { from: `\${${move.from}}`, to: `\${${move.to}}` }, {}),
  );
  return {
    ...(lines(whole["main.tf"]) > LONG ? split(locals, things, write) : whole),
    "variables.tf": variables(module),
    "outputs.tf": file(outputs),
    "versions.tf": file([versions(json)]),
    ...(moved.length > 0 && { "moved.tf": file(moved) }),
  };
}

const lines = (text: string): number => text.split("\n").length;

/** A long module has a file for each of the constructs inside it. */
function split(
  locals: readonly string[],
  things: readonly Thing[],
  write: (thing: Thing) => string,
): Record<string, string> {
  const parts = new Map<string, string[]>([["main", [...locals]]]);
  for (const thing of things) {
    const part = thing.part ?? "main";
    parts.set(part, [...(parts.get(part) ?? []), write(thing)]);
  }
  return Object.fromEntries([...parts].map(([part, blocks]) => [`${part}.tf`, file(blocks)]));
}

/** The accepted findings of a definition that are about a thing. */
function acceptedAt({ accepted = [] }: ModuleDefinition, thing: Thing): readonly Accepted[] {
  const address = [...(thing.kind === "data" ? ["data"] : []), ...thing.labels].join(".");
  return accepted.filter(({ at }) => at === address);
}

/**
 * A block, with comments at its beginning for the findings that checkov is to skip, which is where checkov reads them.
 */
function written(thing: Thing, accepted: readonly Accepted[]): string {
  const labels = thing.labels.map((label) => ` "${label}"`).join("");
  const heading = thing.heading === undefined ? "" : `# ${thing.heading}.\n\n`;
  const [first, ...rest] = block(`${thing.kind}${labels}`, thing.body, blocksOf(thing)).split("\n");
  const skips = accepted.map(({ check, why }) => `  # checkov:skip=${check}: ${why}.`);
  return heading + [first, ...(skips.length > 0 ? [...skips, ""] : []), ...rest].join("\n");
}

const file = (blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;

const versions = ({ terraform }: ModuleJson): string =>
  block("terraform", terraform as unknown as Body, { required_providers: {} });
