import { block, Body } from "./hcl/block";
import { blocksOf } from "./schema";
import { ModuleJson, SynthesizedModule } from "./synthesize";
import { variables } from "./variables";

/** The configuration files of a module, in the standard module structure. */
export function render(module: SynthesizedModule): Readonly<Record<string, string>> {
  const { definition, json, things } = module;
  const main = [
    ...(json.locals ? [block("locals", json.locals, {})] : []),
    ...things.map((thing) => {
      const labels = thing.labels.map((label) => ` "${label}"`).join("");
      return block(`${thing.kind}${labels}`, thing.body, blocksOf(thing));
    }),
  ];
  const outputs = Object.entries(json.output).map(([name, body]) => block(`output "${name}"`, body, {}));
  const moved = (definition.moved ?? []).map((move) =>
    block("moved", { from: `\${${move.from}}`, to: `\${${move.to}}` }, {}),
  );
  return {
    "main.tf": file(main),
    "variables.tf": variables(module),
    "outputs.tf": file(outputs),
    "versions.tf": file([versions(json)]),
    ...(moved.length > 0 && { "moved.tf": file(moved) }),
  };
}

const file = (blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;

const versions = ({ terraform }: ModuleJson): string =>
  block("terraform", terraform as unknown as Body, { required_providers: {} });
