import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { loadPolicySet } from "../../functions/approver/policies/files";
import { readSet } from "../../prover/decision";
import { loadProperties } from "../../prover/property";
import { prove } from "../../prover/prove";
import { Prover } from "../../prover/prover";

const POLICIES = join(__dirname, "../../policies");
const SETS = readdirSync(POLICIES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const propertiesOf = (set: string) => loadProperties(join(POLICIES, set, "properties"));
const ALL = SETS.flatMap((set) => propertiesOf(set).map((property) => [set, property.id, property] as const));

let prover: Prover;
beforeAll(async () => {
  prover = await Prover.start(60_000, new Date("2026-11-26T12:00:00Z"));
});
afterAll(() => prover.stop());

it.each(SETS)("the set %s has properties", (set) => {
  expect(existsSync(join(POLICIES, set, "properties"))).toBe(true);
  expect(propertiesOf(set).length).toBeGreaterThan(0);
});

it.each(ALL)("of the set %s the property %s is proven", async (set, _, property) => {
  await expect(prove(prover, readSet(loadPolicySet(join(POLICIES, set))), property)).resolves.toEqual({ is: "proven" });
});
