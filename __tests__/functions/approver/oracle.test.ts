import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { loadPolicySet } from "../../../functions/approver/policies/files";
import { parseSet } from "../../../functions/approver/policies/set";
import { sets, textsOf } from "./oracle/policies";
import { decided, tryRandomly, worlds } from "./oracle/try";

const POLICIES = join(__dirname, "../../../policies");
const SHIPPED = readdirSync(POLICIES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

it("random requests are decided by random policies as docs/policies.md says", async () => {
  const tally = await tryRandomly(60, 10);
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(0);
});

describe("whatever changed since the request, nothing is approved that the present alone would not approve", () => {
  const never = (set: ReturnType<typeof parseSet>) =>
    fc.asyncProperty(worlds, async ({ ask, offer: { then, now }, style }) => {
      fc.pre(now.assets.length > 0);
      const { outcome } = await decided(set, ask, then, now, style);
      if (outcome === "approved") expect((await decided(set, ask, now, now, style)).outcome).toBe("approved");
    });

  it.each(SHIPPED)("by the set %s", async (name) => {
    await fc.assert(never(parseSet(loadPolicySet(join(POLICIES, name)))), { numRuns: 300 });
  });

  it("by random sets", async () => {
    await fc.assert(
      fc.asyncProperty(sets, async (policies) => fc.assert(never(parseSet(textsOf(policies))), { numRuns: 10 })),
      { numRuns: 40 },
    );
  });
});
