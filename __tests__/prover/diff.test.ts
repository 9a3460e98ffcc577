import { readSet } from "../../prover/decision";
import { diff } from "../../prover/diff";
import { Prover } from "../../prover/prover";

let prover: Prover;
beforeAll(async () => {
  prover = await Prover.start(60_000, new Date("2026-11-26T12:00:00Z"));
});
afterAll(() => prover.stop());

const setOf = (...policies: readonly string[]) =>
  readSet(Object.fromEntries(policies.map((policy, index) => [`p${index}`, `@id("p${index}") ${policy}`])));
const permit = (condition: string) => `permit (principal, action, resource) when { ${condition} };`;
const forbid = (condition: string) => `forbid (principal, action, resource) when { ${condition} };`;
const PUBLIC = permit('resource.terms.contains("Public")');

/** What is newly so, as `before > after` of the example. */
async function changes(old: readonly string[], set: readonly string[]): Promise<Record<string, string>> {
  const all = await diff(prover, setOf(...old), setOf(...set));
  return Object.fromEntries(
    all.flatMap((change) => {
      if (change.is === "unknown") throw new Error(change.why);
      return change.is === "some" ? [[change.newly, `${change.before.outcome} > ${change.after.outcome}`]] : [];
    }),
  );
}

it.each<[string, readonly string[], readonly string[], Record<string, string>]>([
  ["the same, written another way", [PUBLIC], [permit('resource.terms.containsAll(["Public"]) && true')], {}],
  [
    "the same, in two policies",
    [permit('resource.terms.containsAny(["a", "b"])')],
    ["a", "b"].map((term) => permit(`resource.terms.contains("${term}")`)),
    {},
  ],
  ["more", [PUBLIC], [PUBLIC, permit('resource.terms.contains("Internal")')], { approved: "waiting > approved" }],
  ["less", [permit("true")], [PUBLIC], { waiting: "approved > waiting" }],
  [
    "rejections",
    [PUBLIC],
    [PUBLIC, `@decision("reject") ${forbid("context.alreadySubscribed")}`],
    { rejected: "approved > rejected", waiting: "" },
  ],
  ["a rejection less", [`@decision("reject") ${forbid("true")}`], [forbid("true")], { waiting: "rejected > waiting" }],
  [
    "other rows",
    [permit("true")],
    [`@assetScope("f1") ${permit("true")}`],
    { "approved with other filters": "approved > approved", waiting: "approved > waiting" },
  ],
])("says what a change decides otherwise: %s", async (name, old, set, expected) => {
  const found = await changes(old, set);
  if (name !== "rejections") return expect(found).toEqual(expected);
  // Of waiting ones, too, whichever the example is.
  expect(found["rejected"]).toMatch(/^(approved|waiting) > rejected$/);
  expect(Object.keys(found)).toEqual(["rejected"]);
});

it("counts what cannot be read: a set that looks at more waits more often", async () => {
  const looks = permit(
    'resource.terms.contains("Public") || principal has details.domainUnit && resource.terms.contains("Public")',
  );
  const [, , waiting] = await diff(prover, setOf(PUBLIC), setOf(looks));
  expect(waiting).toMatchObject({ is: "some", before: { outcome: "approved" }, after: { outcome: "waiting" } });
  expect(waiting).toMatchObject({ example: { facts: { subscriber: { details: { unknown: expect.any(String) } } } } });
});

it("counts data products: a rejected asset takes the others with it, one more cannot change it", async () => {
  const rejects = (condition: string) => `@decision("reject") ${forbid(condition)}`;
  const old = [permit("true"), rejects('resource.terms.contains("a")'), forbid('resource.terms.contains("b")')];
  const set = [permit("true"), rejects('resource.terms.contains("a")'), rejects('resource.terms.contains("b")')];
  expect(await changes(old, set)).toEqual({ rejected: "waiting > rejected" });
});
