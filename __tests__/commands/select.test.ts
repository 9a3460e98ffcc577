import fc from "fast-check";
import type { Decided, Report } from "../../commands/report/model";
import {
  EVERYTHING,
  KINDS,
  byPerson,
  byPolicy,
  byProject,
  count,
  duration,
  longestWaits,
  overTime,
  select,
  total,
} from "../../commands/report/select";

const time = fc
  .integer({ min: 0, max: 1_000 })
  .map((hours) => new Date(Date.UTC(2026, 0, 1) + hours * 7 * 3_600_000).toISOString());
const decided: fc.Arbitrary<Decided> = fc
  .record({
    id: fc.constantFrom("r1", "r2", "R3"),
    domain: fc.constant("d"),
    environment: fc.constant("prod"),
    project: fc.constantFrom({ id: "p1", name: "Sales" }, { id: "p2" }),
    requester: fc.constantFrom(undefined, { id: "user1" }),
    requestedAt: fc.option(time, { nil: undefined }),
    outcome: fc.constantFrom("approved", "rejected"),
    at: time,
    policies: fc.constantFrom(["a"], ["a", "b"], []),
  })
  .map((one) => (one.policies.length === 0 ? { ...one, person: "user9" } : one));
const all = fc.array(decided, { maxLength: 40 });

const reportOf = (of: readonly Decided[]): Report => ({
  madeAt: "2027-01-01T00:00:00.000Z",
  sources: [],
  decided: of,
  waiting: [],
  sets: [],
  notCounted: { dryRuns: 0, repeats: 0, waiting: 0, left: 0, unreadable: 0 },
});
const sum = (lines: readonly { counts: ReturnType<typeof count> }[]): number =>
  lines.reduce((all, { counts }) => all + total(counts), 0);

test("time has every decision once, in periods without gaps, and no more than asked for unless by month", () => {
  fc.assert(
    fc.property(all, fc.integer({ min: 1, max: 80 }), (all, most) => {
      const { unit, periods } = overTime(all, most);
      expect(sum(periods)).toBe(all.length);
      if (unit !== "month") expect(periods.length).toBeLessThanOrEqual(most);
      const starts = periods.map(({ start }) => start);
      expect(starts).toEqual([...new Set(starts)].sort());
      const lengths = new Set(
        starts.slice(1).map((start, i) => (Date.parse(start) - Date.parse(starts[i]!)) / 86_400_000),
      );
      expect(
        [...lengths].every((days) => ({ day: [1], week: [7], month: [28, 29, 30, 31] })[unit].includes(days)),
      ).toBe(true);
    }),
  );
});

test("a week begins on Monday, whatever day it is in UTC", () => {
  const of = (at: string) => ({ ...reportOf([]), at, outcome: "approved" }) as unknown as Decided;
  const { unit, periods } = overTime(
    [of("2026-03-01T23:59:59Z"), of("2026-03-02T00:00:00Z"), of("2026-03-20T00:00:00Z")],
    5,
  );
  expect([unit, periods.map(({ start, counts }) => [start, total(counts)])]).toEqual([
    "week",
    [
      ["2026-02-23", 1],
      ["2026-03-02", 1],
      ["2026-03-09", 0],
      ["2026-03-16", 1],
    ],
  ]);
});

test("projects have every decision once, people those by hand, policies those that they decided", () => {
  fc.assert(
    fc.property(all, (all) => {
      expect(sum(byProject(all))).toBe(all.length);
      expect(sum(byPerson(all))).toBe(all.filter(({ person }) => person).length);
      expect(sum(byPolicy(all))).toBe(all.reduce((sum, { policies }) => sum + policies.length, 0));
      const counted = byProject(all).map(({ counts }) => total(counts));
      expect(counted).toEqual([...counted].sort((one, other) => other - one));
      expect(KINDS.map((kind) => count(all)[kind]).reduce((one, other) => one + other)).toBe(all.length);
    }),
  );
});

test("filters leave what fits all of them, the newest first", () => {
  const filters = fc.record({
    from: fc.constantFrom("", "2026-03-01"),
    to: fc.constantFrom("", "2026-08-01"),
    outcome: fc.constantFrom("" as const, "approved" as const, "rejected" as const),
    by: fc.constantFrom("" as const, "policy" as const, "person" as const),
    project: fc.constantFrom("", "p1"),
    policy: fc.constantFrom("", "b"),
    search: fc.constantFrom("", "r3", "SALES", "user1", "user9", " r1 ", "nothing"),
  });
  const found: Record<string, RegExp> = {
    r3: /r3/i,
    SALES: /sales/i,
    user1: /user1"/,
    user9: /user9/,
    " r1 ": /"r1"/,
    nothing: /nothing/,
  };
  fc.assert(
    fc.property(all, filters, (all, filter) => {
      const { from, to, outcome, by, project, policy, search } = filter;
      const expected = all.filter(
        (one) =>
          (!from || new Date(one.at) >= new Date(from)) &&
          (!to || new Date(one.at) < new Date(Date.parse(to) + 86_400_000)) &&
          (!outcome || one.outcome === outcome) &&
          (!by || (by === "person") === (one.person !== undefined)) &&
          (!project || one.project.id === project) &&
          (!policy || one.policies.includes(policy)) &&
          (!search || found[search]!.test(JSON.stringify(one))),
      );
      const chosen = select(reportOf(all), filter).decided;
      expect(new Set(chosen)).toEqual(new Set(expected));
      expect(chosen.map(({ at }) => at)).toEqual(
        expected
          .map(({ at }) => at)
          .sort()
          .reverse(),
      );
    }),
  );
});

test("what waits is found by the same, from the day it was asked for, the longest first", () => {
  const waiting = ["2026-03-03", "2026-03-01", "2026-03-02"].map((since) => ({
    ...{
      id: `r${since}`,
      domain: "d",
      environment: "prod",
      project: { id: "p1" },
      why: [],
      policies: [],
      isFailed: false,
    },
    since: `${since}T12:00:00Z`,
  }));
  const of = (filter: object) =>
    select({ ...reportOf([]), waiting }, { ...EVERYTHING, ...filter }).waiting.map(({ id }) => id);
  expect(of({})).toEqual(["r2026-03-01", "r2026-03-02", "r2026-03-03"]);
  expect(of({ from: "2026-03-02", project: "p1" })).toEqual(["r2026-03-02", "r2026-03-03"]);
  expect(of({ project: "p2" })).toEqual([]);
});

test("the longest waits come first, and none is guessed", () => {
  fc.assert(
    fc.property(all, (all) => {
      const waits = longestWaits(all).map(({ milliseconds }) => milliseconds);
      expect(waits).toHaveLength(all.filter(({ requestedAt }) => requestedAt).length);
      expect(waits).toEqual([...waits].sort((one, other) => other - one));
      expect(waits.every((wait) => wait >= 0)).toBe(true);
    }),
  );
});

test.each([
  [40, "40 ms"],
  [1_999, "1 s"],
  [119_000, "119 s"],
  [120_000, "2 min"],
  [7_200_000, "2 h"],
  [2 * 86_400_000, "2 days"],
])("%d ms are %s", (milliseconds, said) => expect(duration(milliseconds)).toBe(said));
