import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../modules/support/examples";

// docs/upgrading.md says what is new since the baseline, and what goes: each resource, in the row of its module.

const read = (...parts: string[]): string => fs.readFileSync(path.join(ROOT, ...parts), "utf8");

const frozen = JSON.parse(read("constructs", "publishing", "addresses.json")) as Record<string, readonly string[]>;
const rows = new Map(
  [...read("docs", "upgrading.md").matchAll(/^\| ([a-z-]+) \|(.*)$/gm)].map(([, module, row]) => [module!, row!]),
);

const resources = (module: string): string[] =>
  fs
    .readdirSync(path.join(ROOT, "modules", module))
    .filter((file) => file.endsWith(".tf"))
    .flatMap((file) => [...read("modules", module, file).matchAll(/^resource "(\w+)" "(\w+)"/gm)])
    .map(([, type, name]) => `${type}.${name}`);

const changes = Object.entries(frozen).map(([module, addresses]) => {
  const before = new Set(addresses.map((address) => address.replace(/\[.*/, "")));
  const now = new Set(resources(module));
  const gone = [...before].filter((address) => !address.startsWith("module.") && !now.has(address));
  return { module, changed: [...[...now].filter((address) => !before.has(address)), ...gone] };
});

test.each(changes.filter(({ changed }) => changed.length > 0))("$module", ({ module, changed }) => {
  const row = rows.get(module) ?? "";
  // The type is said once where several names of it follow one another.
  const unsaid = changed.filter((address) => {
    const [type, name] = address.split(".") as [string, string];
    return !row.includes(type) || !new RegExp(`\\.${name}[\\[\`]`).test(row);
  });
  expect(unsaid).toEqual([]);
});

test("no module is in the table that has not changed", () => {
  const unchanged = changes.filter(({ changed }) => changed.length === 0).map(({ module }) => module);
  expect(unchanged.filter((module) => rows.has(module))).toEqual([]);
});
