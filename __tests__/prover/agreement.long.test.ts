import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { loadPolicySet } from "../../functions/approver/policies/files";
import { type Logic, startLogic } from "../../prover/smt";
import { type Tally, agree } from "./agreement";
import { sets } from "./language";

const POLICIES = join(__dirname, "../../policies");
const SHIPPED = readdirSync(POLICIES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

const none = (): Tally => ({ approved: 0, rejected: 0, waiting: 0, product: 0, doubt: 0, error: 0 });
const add = (sum: Tally, tally: Tally): void => {
  for (const what of Object.keys(sum) as (keyof Tally)[]) sum[what] += tally[what];
};

const inAll = none();
let logic: Logic;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ logic, stop } = await startLogic());
});
afterAll(async () => {
  const compared = inAll.approved + inAll.rejected + inAll.waiting;
  process.stdout.write(`${compared} requests on which both agreed: ${JSON.stringify(inAll)}\n`);
  await stop();
});

/** 10,000 requests in all, every outcome among them, doubts and errors too. */
it.each(SHIPPED)(
  "1,000 random requests are decided by the set %s as the prover says",
  async (name) => {
    const tally = await agree(logic, loadPolicySet(join(POLICIES, name)), 1_000, 3);
    add(inAll, tally);
    expect(tally.waiting).toBeGreaterThan(0);
    if (name !== "kill-switch") expect(tally.approved).toBeGreaterThan(0);
    expect(tally.product).toBeGreaterThan(0);
  },
  300_000,
);

it("6,000 random requests are decided by random sets as the prover says", async () => {
  const sum = none();
  await fc.assert(
    fc.asyncProperty(sets, fc.integer(), async (texts, seed) => {
      const tally = await agree(logic, texts, 60, seed);
      add(sum, tally);
      add(inAll, tally);
    }),
    { numRuns: 100 },
  );
  for (const count of Object.values(sum)) expect(count).toBeGreaterThan(0);
}, 1_500_000);
