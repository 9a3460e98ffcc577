import { COLUMNS, type Counts } from "./faults/checker";
import { KINDS } from "./faults/kinds";
import { expected, tally } from "./faults/matrix";
import type { Mutant } from "./faults/simulation";

jest.setTimeout(300_000);

const SEED = 20260301;
const REQUESTS = 200;

it("has at least 40 kinds", () => {
  expect(new Set(KINDS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(40);
});

describe("of 200 requests of each kind, none is lost, twice, wrong, untrue or untold, but where a store would be needed", () => {
  it.each(KINDS.map((kind) => [kind.name, kind] as const))("%s", async (_, kind) => {
    expect(await tally(kind, { seed: SEED, requests: REQUESTS })).toEqual(expected(kind, 1));
  });
});

describe("the matrix would see", () => {
  const MISSED: readonly (readonly [Mutant, keyof Counts])[] = [
    ["no announcement", "untold"],
    ["no second look", "wrong"],
    ["swapped", "wrong"],
  ];

  it.each(MISSED)("%s", async (mutant, column) => {
    const totals: Record<string, number> = {};
    for (const kind of KINDS) {
      const counts = await tally(kind, { seed: SEED, requests: 20, mutant });
      for (const each of COLUMNS) totals[each] = (totals[each] ?? 0) + counts[each];
    }
    expect(totals[column]).toBeGreaterThan(0);
  });
});
