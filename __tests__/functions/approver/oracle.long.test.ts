import { tryRandomly } from "./oracle/try";

it("twenty thousand random requests are decided by random policies as docs/policies.md says", async () => {
  const tally = await tryRandomly(1_000, 21);
  const { approved, rejected, waiting } = tally;
  console.log(`decided as the oracle says: ${approved} approved, ${rejected} rejected, ${waiting} waiting`);
  expect(approved + rejected + waiting).toBeGreaterThanOrEqual(20_000);
  expect(Math.min(approved, rejected)).toBeGreaterThan(500);
}, 600_000);
