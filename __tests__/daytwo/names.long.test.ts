import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../modules/support/examples";
import { Baseline } from "./baseline";

// Long, because it needs the whole history of the project, as the year does.

/** Names of a module's variables or outputs. */
const namesIn = (modules: string, module: string, kind: "variable" | "output"): string[] =>
  fs
    .readdirSync(path.join(modules, module))
    .filter((file) => file.endsWith(".tf"))
    .flatMap((file) => [
      ...fs.readFileSync(path.join(modules, module, file), "utf8").matchAll(new RegExp(`^${kind} "(\\w+)"`, "gm")),
    ])
    .map(([, name]) => name!);

test("docs/upgrading.md and its README name every output that a module has no longer; no variable is gone", () => {
  const baseline = new Baseline();
  try {
    const before = baseline.modules;
    const goneFrom = (module: string, kind: "variable" | "output"): string[] => {
      const now = namesIn(path.join(ROOT, "modules"), module, kind);
      return namesIn(before, module, kind).filter((name) => !now.includes(name));
    };
    const modules = fs.readdirSync(before);
    expect(modules.flatMap((module) => goneFrom(module, "variable"))).toEqual([]);
    const outputs = modules.map((module) => [module, goneFrom(module, "output")] as const);
    const upgrading = (module: string): string =>
      fs.readFileSync(path.join(ROOT, "modules", module, "README.md"), "utf8").split("## Upgrading")[1]!;
    expect(
      outputs.flatMap(([module, names]) => names.filter((name) => !upgrading(module).includes(`\`${name}\``))),
    ).toEqual([]);
    const gone = outputs.flatMap(([, names]) => names);
    expect(gone.length).toBeGreaterThan(0);
    const text = fs.readFileSync(path.join(ROOT, "docs/upgrading.md"), "utf8");
    // A composition passes the outputs of its parts on, with a prefix.
    expect(gone.filter((name) => !text.includes(`\`${name.replace(/^event_rule_/, "")}\``))).toEqual([]);
  } finally {
    baseline.remove();
  }
});
