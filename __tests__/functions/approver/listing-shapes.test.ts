import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { drawnListings, writings } from "../../support/listings";
import { asset, listing, notFound, request, world } from "./fake";

const SET = "policies/dev";
const policies = Object.fromEntries(
  readdirSync(SET).map((file) => [file.replace(/\.cedar$/, ""), readFileSync(`${SET}/${file}`, "utf8")]),
);
const ALLOWED = ["Public", "Internal"];

const cases = drawnListings().chain((drawn) => fc.tuple(fc.constant(drawn), writings(drawn), writings(drawn)));

jest.setTimeout(60_000);

test("however a request and its listing are written, the shipped policies decide by what is said", async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(cases, async ([drawn, requested, listed]) => {
      const { aws, invoke } = world(policies);
      const glossaryTerms = [{ name: "Public" }];
      aws
        .on("GetSubscriptionRequestDetails", () =>
          request({}, { assetListing: asset({ forms: requested, glossaryTerms }) }),
        )
        .on("GetListing", () => listing({ forms: listed, glossaryTerms, governedGlossaryTerms: [] }))
        .on("GetProject", () => ({ id: "subscriber1", name: "dev-analytics" }))
        .on("GetGlossaryTerm", ({ identifier }) => {
          const name = drawn.terms.get(identifier as string);
          return name === undefined ? Promise.reject(notFound()) : { name };
        });
      const { outcome, why } = await invoke<{ outcome: string; why: string[] }>({
        operation: "decide",
        subscriptionRequestId: "request1",
      });
      const isHarmless = drawn.columnTermIds.every((id) => ALLOWED.includes(drawn.terms.get(id)!));
      expect({ outcome, why }).toMatchObject(
        isHarmless ? { outcome: "approved" } : { outcome: "waiting", why: ["forbidden by allowed-terms"] },
      );
      outcomes.add(outcome);
    }),
    { numRuns: 60 },
  );
  // Both kinds were drawn.
  expect([...outcomes].sort()).toEqual(["approved", "waiting"]);
});
