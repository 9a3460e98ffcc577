import fc from "fast-check";
import { decideRequest } from "../../commands/requests";
import { type Asset, type Facts, type Fields, known, unknown } from "../../functions/approver/facts";
import { parseSet } from "../../functions/approver/policies/set";
import { sets } from "./language";

const TERMS = ["Public", "PII", "pii"];
const names = fc.oneof(
  { weight: 9, arbitrary: fc.subarray(TERMS, { maxLength: 2 }).map(known) },
  { weight: 1, arbitrary: fc.constant(unknown("cannot be read")) },
);
const asset: fc.Arbitrary<Omit<Asset, "id">> = fc.record({
  name: fc.constantFrom("alpha", "secret").map(known),
  type: fc.constant(known("GlueTableAssetType")),
  terms: names,
  columnTerms: names,
  governed: names,
  fields: fc.constantFrom<Fields>({}, { "F.level": known("public") }).map(known),
  permissions: fc.constantFrom([], ["READ"]).map(known),
});

const request = fc
  .tuple(fc.array(asset, { minLength: 3, maxLength: 4 }), fc.boolean(), fc.constantFrom(...TERMS))
  .map(([assets, alreadySubscribed, term]): Facts => ({
    requestId: "r1",
    subscriber: {
      type: "Project",
      id: "p1",
      name: known("alpha"),
      details: known({ tags: ["stage=dev"], domainUnit: "unit" }),
    },
    publisher: { id: "p2", name: known("beta"), details: known({ tags: [], domainUnit: "unit" }) },
    requester: { id: known("u1"), details: known({ kind: "SSO", name: "maria" }) },
    assets: assets.map((one, index) => ({ ...one, id: `a${index + 1}` })),
    product: { id: "d1", name: known("alpha"), terms: known([term]) },
    alreadySubscribed,
    requestedFilters: known([]),
    answers: known({}),
    now: new Date("2026-06-01T12:00:00Z"),
  }));

/** What docs/decisions/0121 says, by the approver's own code: what the prover is told of data products is enough. */
it("what becomes of a data product is told by its assets, one by one or in pairs", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(sets, fc.array(request, { minLength: 8, maxLength: 8 }), (texts, requests) => {
      const set = parseSet(texts);
      for (const facts of requests) {
        const decide = (assets: readonly Asset[]) => decideRequest(set, { ...facts, assets }, "dev").outcome;
        const whole = decide(facts.assets);
        const each = facts.assets.map((one) => decide([one]));
        expect(whole === "approved").toBe(each.every((outcome) => outcome === "approved"));
        // Rejected: some asset by itself, and none that is left to a person whatever stands beside it.
        const rejecting = facts.assets.filter((_, index) => each[index] === "rejected");
        const rejected = rejecting.some((one) =>
          facts.assets.every((other) => decide(one === other ? [one] : [one, other]) === "rejected"),
        );
        expect(whole === "rejected").toBe(rejected);
        [whole, ...each].forEach((outcome) => seen.add(outcome));
      }
    }),
    { numRuns: 60 },
  );
  expect(seen).toEqual(new Set(["approved", "rejected", "waiting"]));
});
