import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataZoneClient } from "@aws-sdk/client-datazone";
import fc from "fast-check";
import { htmlOf } from "../../commands/report/html";
import type { Report } from "../../commands/report/model";
import { digestOf } from "../../functions/approver/policies/digest";
import { loadPolicySet } from "../../functions/approver/policies/files";
import {
  DOMAIN,
  FakeAws,
  PERMIT_ALL,
  PUBLISHER,
  batch,
  event,
  request,
  throttled,
  world,
  type World,
} from "../functions/approver/fake";
import { ran } from "./run";

const folder = mkdtempSync(join(tmpdir(), "report-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
/** The log of worlds, one after the other, a minute a line, as a file. */
function logOf(...worlds: readonly World[]): string {
  const lines = worlds
    .flatMap(({ logs }) => logs)
    .map((line, minute) =>
      JSON.stringify({
        ...line,
        timestamp: new Date(Date.parse("2026-03-01T12:00:00Z") + minute * 60_000).toISOString(),
      }),
    );
  const file = join(folder, `${files++}.log`);
  writeFileSync(file, lines.join("\n"));
  return file;
}

const report = async (...args: string[]): Promise<Report> => {
  const { out, err } = await ran(["report", "--no-git", "--json", ...args]);
  if (out.length === 0) throw new Error(err);
  return JSON.parse(out.join("\n")) as Report;
};

const decide = (id: string, more: object = {}) => ({ operation: "decide", subscriptionRequestId: id, ...more });

/** A world in which each request is what its id says. */
function told(): World {
  const w = world({
    some: '@id("some") @comment("Fine.") permit (principal, action, resource) when { resource.name == "Sales" };',
  });
  w.aws
    .on("GetUserProfile", () => ({ details: { sso: { username: "maria" } } }))
    .on("GetSubscriptionRequestDetails", ({ identifier }) => {
      const [subscribedListing] = (request() as { subscribedListings: object[] }).subscribedListings;
      const named = {
        subscribedListings: [{ ...subscribedListing, name: identifier === "waits" ? "Other" : "Sales" }],
      };
      const byPerson = {
        status: "REJECTED",
        reviewerId: "user9",
        decisionComment: "SECRET",
        updatedAt: new Date("2026-03-01T11:45:00Z"),
      };
      return request({ id: identifier, ...named, ...(identifier === "person" && byPerson) });
    });
  return w;
}
const personDecided = {
  source: "aws.datazone",
  "detail-type": "Subscription Request Rejected",
  detail: {
    metadata: { domain: DOMAIN, id: "person", user: "user9" },
    data: { reviewerId: "user9", subscribedListings: [{ ownerProjectId: PUBLISHER }] },
  },
};

describe("what was decided", () => {
  it("is there once, by policy and by hand; dry runs, repeats and reminders are not counted", async () => {
    const w = told();
    await w.invoke(decide("policy", { dryRun: true }));
    w.aws.on("Publish", throttled());
    await w.invoke(batch(event({ id: "policy" })));
    w.aws.on("Publish", () => ({}));
    await w.invoke(batch(event({ id: "policy" })));
    await w.invoke(batch(personDecided, personDecided));
    await w.invoke(decide("waits"));
    await w.invoke(decide("waits"));
    await w.invoke(batch(event({ id: "left" }, { autoApproved: true })));
    const made = await report("--log", logOf(w));
    expect(made.decided).toEqual([
      expect.objectContaining({
        id: "policy",
        outcome: "approved",
        policies: ["some"],
        at: "2026-03-01T12:00:00.000Z",
      }),
      expect.objectContaining({
        id: "person",
        outcome: "rejected",
        policies: [],
        person: "user9",
        at: "2026-03-01T11:45:00.000Z",
      }),
    ]);
    expect(made.decided[0]).not.toHaveProperty("person");
    expect(made.decided[1]).not.toHaveProperty("set");
    expect(made.waiting).toEqual([
      expect.objectContaining({
        id: "waits",
        listing: { id: "listing1", name: "Other" },
        project: { id: PUBLISHER, name: "Sales team" },
        since: "2026-03-01T11:30:00.000Z",
        why: [expect.stringContaining("no policy")],
      }),
    ]);
    expect(made.notCounted).toEqual({ dryRuns: 1, repeats: 2, waiting: 2, left: 1, unreadable: 0 });
    expect(JSON.stringify(made)).not.toContain("SECRET");
  });

  it("does not wait any more where it was left alone later, or decided", async () => {
    const w = told();
    await w.invoke(decide("waits"));
    w.aws.on("GetSubscriptionRequestDetails", () =>
      request({ id: "waits", status: "ACCEPTED", reviewerId: "user9", decisionComment: "SECRET" }),
    );
    await w.invoke(decide("waits"));
    expect(await report("--log", logOf(w))).toMatchObject({ decided: [], waiting: [] });
  });

  it("says how many records it could not understand, and has the rest", async () => {
    const w = told();
    await w.invoke(decide("policy"));
    const file = logOf(w);
    writeFileSync(
      file,
      `${readFileSync(file, "utf8")}\n{"message":"decision","decision":{"outcome":"?"}}\n{"message":"decision",\nnothing`,
    );
    const { out, err } = await ran(["report", "--no-git", "--json", "--log", file]);
    expect(JSON.parse(out.join("\n"))).toMatchObject({ decided: [{ id: "policy" }], notCounted: { unreadable: 2 } });
    expect(err).toBe("2 records could not be understood, and are not in the report");
  });
});

describe("the domain", () => {
  const summary = (id: string, status: string, more: object = {}) => ({
    id,
    status,
    createdBy: "user1",
    createdAt: new Date("2026-03-01T11:00:00Z"),
    updatedAt: new Date("2026-03-01T11:30:00Z"),
    requestReason: "SECRET",
    subscribedListings: [{ id: "listing1", name: "Sales", ownerProjectId: PUBLISHER, ownerProjectName: "Sales team" }],
    subscribedPrincipals: [{ project: { id: "subscriber1", name: "dev-analytics" } }],
    ...more,
  });

  it("says what really waits, and what was decided that no record has", async () => {
    const w = told();
    await w.invoke(decide("policy"));
    await w.invoke(decide("waits"));
    await w.invoke(decide("waits2"));
    const requests = [
      summary("waits", "PENDING"),
      summary("new", "PENDING"),
      summary("policy", "ACCEPTED", { decisionComment: "[sales 0123456789ab] some: Fine." }),
      summary("hand", "ACCEPTED", { reviewerId: "user9", decisionComment: "SECRET" }),
      summary("other", "REJECTED", { reviewerId: "role1", decisionComment: "[pricing 0123456789ab] no: Never." }),
      summary("old", "REJECTED", { updatedAt: new Date("2025-01-01T00:00:00Z") }),
    ];
    const aws = new FakeAws().on("ListSubscriptionRequests", ({ status, nextToken }) => {
      const all = requests.filter((one) => one.status === status);
      const start = Number(nextToken ?? 0);
      return { items: all.slice(start, start + 1), ...(start + 1 < all.length && { nextToken: `${start + 1}` }) };
    });
    const dataZone = () => Promise.resolve(aws as unknown as DataZoneClient);
    const args = ["report", "--no-git", "--json", "--log", logOf(w), "--domain", DOMAIN, "--since", "2026-01-01"];
    const { out } = await ran(args, { dataZone });
    const made = JSON.parse(out.join("\n")) as Report;
    expect(made.decided.map(({ id, person, policies }) => [id, person, policies])).toEqual([
      ["policy", undefined, ["some"]],
      ["waits2", undefined, ["some"]],
      ["hand", "user9", []],
      ["other", undefined, ["no"]],
    ]);
    expect(made.waiting.map(({ id, why }) => [id, why])).toEqual([
      ["waits", [expect.stringContaining("no policy")]],
      ["new", ["no record says why"]],
    ]);
    expect(JSON.stringify(made)).not.toContain("SECRET");
    expect([...new Set(aws.names())]).toEqual(["ListSubscriptionRequests"]);
  });
});

describe("the policies' texts", () => {
  it("come from the log, from sets that are given, and from the git history; where they are nowhere, that is said", async () => {
    const [one, two] = [loadPolicySet("policies/prod"), { all: PERMIT_ALL }].map(digestOf) as [string, string];
    const record = (policySet: string, id: string) =>
      JSON.stringify({
        message: "decision",
        timestamp: "2026-03-01T12:00:00Z",
        decision: { subscriptionRequestId: id, outcome: "approved", policies: ["x"], policySet },
      });
    const lines = [
      record(one, "a"),
      record(two, "b"),
      record("f".repeat(64), "c"),
      JSON.stringify({ message: "policy", policySet: two, policy: "all", text: PERMIT_ALL }),
      // Not what its digest says: somebody else's words.
      JSON.stringify({ message: "policy", policySet: "f".repeat(64), policy: "all", text: "forged" }),
    ];
    const file = join(folder, "sets.log");
    writeFileSync(file, lines.join("\n"));
    const { sets } = await report("--log", file, "--policies", "policies/prod");
    expect(sets).toEqual([
      { digest: two, texts: { all: PERMIT_ALL }, where: "the log" },
      { digest: one, texts: loadPolicySet("policies/prod"), where: "policies/prod" },
      { digest: "f".repeat(64) },
    ]);
  });
});

describe("the file", () => {
  const EMPTY: Report = {
    madeAt: "2026-03-01T12:00:00.000Z",
    sources: [],
    decided: [],
    waiting: [],
    sets: [],
    notCounted: { dryRuns: 0, repeats: 0, waiting: 0, left: 0, unreadable: 0 },
  };
  const DATA = /<script type="application\/json" id="report">(.*?)<\/script>/s;

  it("is written, and says what is in it", async () => {
    const w = told();
    await w.invoke(decide("policy"));
    const file = join(folder, "report.html");
    const { code, out } = await ran(["report", "--no-git", "--log", logOf(w), "--out", file]);
    expect([code, out]).toEqual([0, [`${file}: 1 decisions, 0 waiting`]]);
    expect(JSON.parse(DATA.exec(readFileSync(file, "utf8"))![1]!)).toMatchObject({ decided: [{ id: "policy" }] });
  });

  it("lets its own script and styles run and nothing else, and fetches nothing", () => {
    const html = htmlOf(EMPTY);
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const [, style] = /<style>(.*?)<\/style>/s.exec(html)!;
    const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text!);
    expect(scripts).toHaveLength(1);
    expect(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]).toBe(
      `default-src 'none'; style-src ${hash(style!)}; script-src ${hash(scripts[0]!)}; base-uri 'none'; form-action 'none'`,
    );
    expect(html).not.toMatch(/\b(?:src|href)=|url\((?!#)|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  it("holds whatever names there are, and no name ends its data", () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "</SCRIPT >",
        "\u2028",
        "&lt;",
        "]]>",
        "<img src=x onerror=alert(1)>",
      ),
    );
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1 }), (names) => {
        const html = htmlOf({ ...EMPTY, sources: names });
        const plain = htmlOf(EMPTY);
        const [, data] = DATA.exec(html)!;
        expect((JSON.parse(data!) as Report).sources).toEqual(names);
        // All else is as it is without them.
        expect(html.replace(DATA, "")).toBe(plain.replace(DATA, ""));
        expect(data).not.toContain("<");
      }),
      { numRuns: 30 },
    );
  });

  it("is refused where nothing says what to report on", async () => {
    expect(await ran(["report"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("Give --log, --log-group or --domain"),
    });
  });
});
