import fc from "fast-check";
import { loadPolicySet } from "../../../functions/approver/policies/files";
import { drawnListings, writings } from "../../support/listings";
import { asset, listing, notFound, request, world } from "./fake";

const cases = drawnListings().chain((drawn) =>
  fc.record({ drawn: fc.constant(drawn), requested: writings(drawn), listed: writings(drawn), isParsed: fc.boolean() }),
);

jest.setTimeout(60_000);

test.each([
  ["dev", ["Public", "Internal"]],
  ["prod", ["Public"]],
])("however a request and its listing are written, the policies %s decide by what is said", async (set, allowed) => {
  const policies = loadPolicySet(`policies/${set}`);
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(cases, async ({ drawn, requested, listed, isParsed }) => {
      const { aws, invoke } = world(policies);
      const glossaryTerms = [{ name: "Public" }];
      aws
        .on("GetSubscriptionRequestDetails", () =>
          request({}, { assetListing: asset({ forms: requested, glossaryTerms }) }),
        )
        .on("GetListing", () =>
          listing({
            forms: isParsed ? (JSON.parse(listed) as object) : listed,
            glossaryTerms,
            governedGlossaryTerms: [],
          }),
        )
        .on("GetProject", () => ({ id: "subscriber1", name: "dev-analytics" }))
        .on("GetGlossaryTerm", ({ identifier }) => {
          const name = drawn.terms.get(identifier as string);
          return name === undefined ? Promise.reject(notFound()) : { name };
        });
      const { outcome, why } = await invoke<{ outcome: string; why: string[] }>({
        operation: "decide",
        subscriptionRequestId: "request1",
      });
      const isHarmless = drawn.columnTermIds.every((id) => allowed.includes(drawn.terms.get(id)!));
      expect({ outcome, why }).toMatchObject(
        isHarmless ? { outcome: "approved" } : { outcome: "waiting", why: ["forbidden by allowed-terms"] },
      );
      outcomes.add(outcome);
    }),
    { numRuns: 40 },
  );
  // Both kinds were drawn.
  expect([...outcomes].sort()).toEqual(["approved", "waiting"]);
});
