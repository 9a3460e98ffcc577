import { readdirSync } from "node:fs";
import { join } from "node:path";
import { validateSet } from "../../functions/approver/policies/validate";
import { loadPolicySet } from "../../functions/approver/policies/files";
import { type ReadSet, readSet } from "../../prover/decision";
import { diff } from "../../prover/diff";
import { type Property, loadProperties } from "../../prover/property";
import { prove } from "../../prover/prove";
import { Prover } from "../../prover/prover";
import { mutantsOf } from "./mutants";

const POLICIES = join(__dirname, "../../policies");
const SETS = readdirSync(POLICIES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

let prover: Prover;
beforeAll(async () => {
  prover = await Prover.start(60_000, new Date("2026-11-26T12:00:00Z"));
});
afterAll(() => prover.stop());

type Fate = "refused" | "refuted" | "the same" | "survived";

/** What becomes of a mutant: the check refuses it, a property does not hold of it, or it is proven to decide everything as before. */
async function fateOf(
  texts: Readonly<Record<string, string>>,
  properties: readonly Property[],
  original: ReadSet,
): Promise<Fate> {
  if (validateSet(texts).length > 0) return "refused";
  const mutant = readSet(texts);
  for (const property of properties) if ((await prove(prover, mutant, property)).is === "refuted") return "refuted";
  const changes = await diff(prover, original, mutant);
  return changes.every(({ is }) => is === "none") ? "the same" : "survived";
}

/** Mutants that decide every request as the set does, which is proven. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  "approve-all": [],
  // What else could permit data of other terms, allowed-terms forbids.
  dev: ["low-sensitivity: containsAny turned round", "low-sensitivity: an element more"],
  // Nothing is permitted anyway.
  "kill-switch": ["kill-switch: only users"],
  // Who is no project is rejected anyway.
  prod: ["public-data: any principal"],
};

it.each(SETS)(
  "no mutant of the set %s survives its properties",
  async (name) => {
    const texts = loadPolicySet(join(POLICIES, name));
    const properties = loadProperties(join(POLICIES, name, "properties"));
    const fates: Record<Fate, string[]> = { refused: [], refuted: [], "the same": [], survived: [] };
    for (const mutant of mutantsOf(texts))
      fates[await fateOf(mutant.texts, properties, readSet(texts))].push(mutant.name);
    expect(fates.survived).toEqual([]);
    expect(fates["the same"]).toEqual(SAME[name]);
    expect(fates.refuted.length).toBeGreaterThan(fates.refused.length);
  },
  600_000,
);
