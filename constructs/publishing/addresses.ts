import * as fs from "node:fs";
import * as path from "node:path";
import type { SynthesizedModule } from "./synthesize";

const FILE = path.join(__dirname, "addresses.json");

/** Addresses of each module's resources and module calls in the last release. */
const released = (): Readonly<Record<string, readonly string[]>> =>
  JSON.parse(fs.readFileSync(FILE, "utf8")) as Record<string, string[]>;

/**
 * The addresses of resources and module calls; `[*]` where there is one for each key of a map. Terraform itself moves a
 * resource between no count and a count, so both have the same address here.
 */
export const addresses = ({ things }: SynthesizedModule): string[] =>
  things
    .filter(({ kind }) => kind !== "data")
    .map(({ kind, labels, body }) => {
      const address = (kind === "module" ? ["module", ...labels] : labels).join(".");
      return body["for_each"] === undefined ? address : `${address}[*]`;
    })
    .sort();

const withoutKey = (address: string): string => address.replace(/\[.*\]$/, "");

/**
 * Which addresses of the last release are gone without a successor: people who have applied that release would lose
 * what is there.
 */
export function addressProblems(module: SynthesizedModule): string[] {
  const { name, moved = [], removed = [] } = module.definition;
  const now = addresses(module);
  const gone = (released()[name] ?? []).filter((address) => !now.includes(address));
  const explained = [...moved.map(({ from }) => from), ...removed.map(({ address }) => address)].map(withoutKey);
  return [
    ...gone
      .filter((address) => !explained.includes(withoutKey(address)))
      .map(
        (address) =>
          `${name}: ${address} of the last release is gone: add to the definition of the module where it \`moved\`, or why it was \`removed\``,
      ),
    ...moved
      .filter(({ to }) => !now.map(withoutKey).includes(withoutKey(to)))
      .map(({ to }) => `${name}: \`moved\` names ${to}, an address that nothing has`),
  ];
}

/** Writes the addresses down as those of a release. */
export function freeze(modules: readonly SynthesizedModule[]): void {
  const all = Object.fromEntries(modules.map((module) => [module.definition.name, addresses(module)]));
  fs.writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}
