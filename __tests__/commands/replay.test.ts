import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  DataZoneClient,
  GetListingCommandOutput,
  GetProjectCommandOutput,
  GetSubscriptionRequestDetailsCommandOutput,
  SubscriptionRequestSummary,
} from "@aws-sdk/client-datazone";
import { FakeAws, denied, notFound } from "../functions/approver/fake";
import { type Ran, ran } from "./run";

/** What a fake answers of an answer: names and types are those of the SDK; report.server.test.ts has the SDK parse answers. */
type Part<T> = T extends Date | string | number | boolean
  ? T
  : T extends readonly (infer I)[]
    ? readonly Part<I>[]
    : { readonly [K in keyof T]?: Part<T[K]> };

const MADE = new Date("2026-03-01T12:00:00Z");
const DECIDED = (minute: number) => new Date(MADE.getTime() + minute * 60_000);

interface Asked {
  readonly terms?: readonly string[];
  readonly governed?: readonly string[];
  readonly status?: "ACCEPTED" | "REJECTED";
  readonly decisionComment?: string;
  readonly project?: string;
}

/** A domain with requests that were decided, the last one first; their reasons and answers are secret. */
function domain(requests: Readonly<Record<string, Asked>>): FakeAws {
  const all = Object.entries(requests).map(([id, asked], index) => ({ id, asked, updatedAt: DECIDED(100 - index) }));
  const of = (id: unknown) => all.find((one) => one.id === id)!;
  return new FakeAws()
    .on("ListSubscriptionRequests", ({ status }): Part<{ items: SubscriptionRequestSummary[] }> => ({
      items: all
        .filter(({ asked }) => (asked.status ?? "ACCEPTED") === status)
        .map(({ id, updatedAt }) => ({ id, updatedAt })),
    }))
    .on("GetSubscriptionRequestDetails", ({ identifier }): Part<GetSubscriptionRequestDetailsCommandOutput> => {
      const { asked, updatedAt } = of(identifier);
      return {
        id: String(identifier),
        status: asked.status ?? "ACCEPTED",
        createdAt: MADE,
        updatedAt,
        createdBy: "user1",
        reviewerId: "reviewer1",
        requestReason: "a secret reason",
        decisionComment: asked.decisionComment ?? "a secret comment",
        metadataForms: [{ formName: "Why", content: JSON.stringify({ text: "a secret answer" }) }],
        subscribedPrincipals: [{ project: { id: asked.project ?? "subscriber1", name: "marketing" } }],
        subscribedListings: [
          {
            id: `listing-${String(identifier)}`,
            revision: "3",
            name: "Orders",
            ownerProjectId: "publisher1",
            ownerProjectName: "sales",
            item: {
              assetListing: {
                entityId: "asset1",
                entityType: "GlueTableAssetType",
                glossaryTerms: (asked.terms ?? []).map((name) => ({ name })),
                forms: "{}",
              },
            },
          },
        ],
      };
    })
    .on("GetListing", ({ identifier, listingRevision }): Part<GetListingCommandOutput> => {
      const { asked } = of(String(identifier).replace("listing-", ""));
      const terms = (names: readonly string[] = []) => names.map((name) => ({ name }));
      const [then, now] = [terms(asked.governed), terms(["PII"])];
      return {
        id: String(identifier),
        listingRevision: String(listingRevision),
        name: "Orders",
        status: "INACTIVE",
        item: {
          assetListing: {
            assetId: "asset1",
            assetType: "GlueTableAssetType",
            owningProjectId: "publisher1",
            forms: "{}",
            glossaryTerms: terms(asked.terms),
            governedGlossaryTerms: listingRevision === "3" ? then : now,
          },
        },
      };
    })
    .on("GetProject", ({ identifier }): Part<GetProjectCommandOutput> => ({
      id: String(identifier),
      name: "marketing",
      resourceTags: [{ key: "stage", value: "dev" }],
      lastUpdatedAt: identifier === "changed" ? DECIDED(1) : DECIDED(-1),
    }));
}

const replay = (aws: FakeAws, set: string, ...options: string[]): Promise<Ran> =>
  ran(["policy", "replay", set, "--domain", "dzd_abc", ...options], {
    dataZone: () => Promise.resolve(aws as unknown as DataZoneClient),
  });

const would = async (aws: FakeAws, set: string): Promise<string[]> =>
  (JSON.parse((await replay(aws, set, "--json")).out.join("\n")) as { would: { outcome: string } }[]).map(
    ({ would: { outcome } }) => outcome,
  );

const SIX = {
  one: {
    terms: ["Public"],
    decisionComment: "[approvals-prod 0123456789ab] public-data: Public data is approved for reading.",
  },
  two: { terms: ["Public", "PII"] },
  three: { terms: ["Public"], status: "REJECTED" },
} as const;

it("says what was decided, by whom, and what the set would have", async () => {
  const { code, out } = await replay(domain(SIX), "policies/prod");
  expect(code).toBe(0);
  expect(out.map((line) => line.split(/ {2,}/))).toEqual([
    ["request", "made", "listing", "subscriber", "was", "would be"],
    ["one", "2026-03-01", "Orders", "marketing", "approved by approvals-prod: public-data", "approved by public-data"],
    ["two", "2026-03-01", "Orders", "marketing", "approved by a person (reviewer1)", "waiting by allowed-terms"],
    ["three", "2026-03-01", "Orders", "marketing", "rejected by a person (reviewer1)", "approved by public-data"],
    ["1 the same, 2 otherwise, 0 undecidable"],
  ]);
});

it("reads only, at a pace, and no more than is asked for", async () => {
  const aws = domain(SIX);
  const waits: number[] = [];
  const dataZone = () => Promise.resolve(aws as unknown as DataZoneClient);
  await ran(["policy", "replay", "policies/prod", "--domain", "dzd_abc", "--last", "2"], {
    dataZone,
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  expect(aws.names().filter((name) => !/^(Get|List)/.test(name))).toEqual([]);
  expect(aws.count("GetSubscriptionRequestDetails")).toBe(2);
  // Every call but the first few waits for its turn, a quarter of a second after the one before.
  expect(waits.length).toBeGreaterThanOrEqual(aws.calls.length - 2);
  expect(Math.max(...waits)).toBeGreaterThan(200 * (aws.calls.length - 3));
});

describe("it decides by what was then", () => {
  it("the listing by the revision that was asked for, whether it is there now or not", async () => {
    expect(await would(domain({ one: { terms: ["Public"], governed: [] } }), "policies/prod")).toEqual(["approved"]);
    expect(await would(domain({ one: { terms: ["Public"], governed: ["PII"] } }), "policies/prod")).toEqual([
      "waiting",
    ]);
  });

  it("and what is not known any more is undecidable: a project that has changed, or a revision that is gone", async () => {
    const changed = domain({ one: { project: "changed" }, two: {} });
    expect(await would(changed, "policies/dev")).toEqual(["undecidable", "approved"]);
    expect(await would(domain({ one: {} }).on("GetProject", denied()), "policies/dev")).toEqual(["undecidable"]);
    expect(await would(domain({ one: { terms: ["Public"] } }).on("GetListing", notFound()), "policies/prod")).toEqual([
      "undecidable",
    ]);
    // Where the set does not look at it, it is no matter.
    expect(await would(changed, "policies/approve-all")).toEqual(["approved", "approved"]);
  });

  it("and why is said", async () => {
    const { out } = await replay(domain({ one: { project: "changed" } }), "policies/dev", "--json");
    expect(JSON.parse(out.join("\n"))).toMatchObject([
      {
        would: {
          why: [
            expect.stringMatching(
              /principal\.details is unknown.*not known any more: project changed has changed since/,
            ),
          ],
        },
      },
    ]);
  });
});

it("what may pass by itself ends it, and is told", async () => {
  const aws = domain(SIX).on("GetSubscriptionRequestDetails", new Error("time out"));
  expect(await replay(aws, "policies/prod")).toMatchObject({ code: 1, err: "time out" });
});

it("exports the requests, without anything that requesters wrote, for `policy test`", async () => {
  const folder = mkdtempSync(join(tmpdir(), "replay-"));
  const file = join(folder, "requests.json");
  const { err, out } = await replay(domain(SIX), "policies/prod", "--export", file);
  expect(err).toBe(`${file}: 3 requests`);
  expect(readFileSync(file, "utf8") + out.join("\n")).not.toMatch(/secret/);
  const { out: tested } = await ran(["policy", "test", file, "policies/prod"]);
  expect(tested).toEqual([
    "one",
    "  policies/prod  approved by public-data  ✓",
    "two",
    "  policies/prod  waiting by allowed-terms  ✗ expected approved",
    "three",
    "  policies/prod  approved by public-data  ✗ expected rejected",
    "1 as expected, 2 not",
  ]);
  rmSync(folder, { recursive: true });
});
