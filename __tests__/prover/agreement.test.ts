import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { validateSet } from "../../functions/approver/policies/validate";
import { loadPolicySet } from "../../functions/approver/policies/files";
import { type Logic, startLogic } from "../../prover/smt";
import { agree } from "./agreement";
import { CONDITIONS, sets } from "./language";

const POLICIES = join(__dirname, "../../policies");
const SHIPPED = readdirSync(POLICIES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

let logic: Logic;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ logic, stop } = await startLogic());
});
afterAll(() => stop());

it("every condition passes the check, so that nothing is tried in vain", () => {
  for (const condition of CONDITIONS) {
    expect([
      condition,
      validateSet({ p: `@id("p") permit (principal, action, resource) when { ${condition} };` }),
    ]).toEqual([condition, []]);
  }
});

it.each(CONDITIONS)("the prover and the approver agree about %s", async (condition) => {
  const policy = `@id("p") permit (principal, action, resource) when { ${condition} };`;
  await agree(logic, { p: policy }, 2, 1);
});

it.each(SHIPPED)("and about random requests, by the set %s", async (name) => {
  const tally = await agree(logic, loadPolicySet(join(POLICIES, name)), 12, 2);
  expect(tally.waiting).toBeGreaterThan(0);
  expect(tally.product).toBeGreaterThan(0);
});

it("and about random requests, by random sets", async () => {
  await fc.assert(
    fc.asyncProperty(sets, fc.integer(), async (texts, seed) => void (await agree(logic, texts, 4, seed))),
    { numRuns: 3 },
  );
});
