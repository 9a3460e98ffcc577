import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decideRequest } from "../../commands/requests";
import type { Facts } from "../../functions/approver/facts";
import { readSet } from "../../prover/decision";
import { loadProperties, never } from "../../prover/property";
import { type Verdict, prove } from "../../prover/prove";
import { Prover } from "../../prover/prover";

const NOW = new Date("2026-11-26T12:00:00Z");

let prover: Prover;
beforeAll(async () => {
  prover = await Prover.start(60_000, NOW);
});
afterAll(() => prover.stop());

/** Policies by their bodies; each gets an id. */
const setOf = (...policies: readonly string[]) =>
  readSet(Object.fromEntries(policies.map((policy, index) => [`p${index}`, `@id("p${index}") ${policy}`])));
const permit = (condition: string) => `permit (principal, action, resource) when { ${condition} };`;
const forbid = (condition: string) => `forbid (principal, action, resource) when { ${condition} };`;
const neverApproved = (condition: string, ...policies: readonly string[]) =>
  prove(prover, setOf(...policies), never(condition));

/** The example of what is refuted, which the approver approves. */
function refuted(verdict: Verdict): Facts {
  if (verdict.is !== "refuted") throw new Error(JSON.stringify(verdict));
  expect(verdict.decision.outcome).toBe("approved");
  return verdict.example.facts;
}

describe("a counterexample", () => {
  it("is short, plain, and approved by the approver", async () => {
    const set = setOf(permit("true"));
    const facts = refuted(await prove(prover, set, never('resource.governed.contains("PII")')));
    expect(decideRequest(set, facts, "prod").outcome).toBe("approved");
    expect(facts).toEqual({
      requestId: "request-1",
      subscriber: {
        type: "Project",
        id: "subscriber-1",
        name: { value: "analytics" },
        details: { value: { tags: [] } },
      },
      publisher: { id: "publisher-1", name: { value: "sales" }, details: { value: { tags: [] } } },
      requester: { id: { value: "user-1" }, details: { value: { kind: "SSO", name: "maria" } } },
      assets: [
        {
          id: "asset-1",
          name: { value: "Orders" },
          type: { value: "GlueTableAssetType" },
          terms: { value: [] },
          columnTerms: { value: [] },
          governed: { value: ["PII"] },
          permissions: { value: [] },
          fields: { value: {} },
        },
      ],
      alreadySubscribed: false,
      requestedFilters: { value: [] },
      answers: { value: {} },
      now: NOW,
    });
  });

  it.each<[string, string, (facts: Facts) => unknown, unknown]>([
    [
      "a term that nobody names",
      '!["Public"].containsAll(resource.terms)',
      ({ assets: [asset] }) => asset!.terms,
      { value: [expect.stringMatching(/^Something else/)] },
    ],
    ["who asks", "principal is DataZone::IamPrincipal", ({ subscriber }) => subscriber.type, "IamPrincipal"],
    [
      "a pattern",
      'resource.name like "sec*et"',
      ({ assets: [asset] }) => asset!.name,
      { value: expect.stringMatching(/^sec.*et$/) },
    ],
    ["an id", 'resource == DataZone::Asset::"a1"', ({ assets: [asset] }) => asset!.id, "a1"],
    [
      "a field",
      'resource.hasTag("F.level") && resource.getTag("F.level") != "public"',
      ({ assets: [asset] }) => asset!.fields,
      { value: { "F.level": { value: "something" } } },
    ],
    [
      "an answer",
      'context.request.hasTag("F.a") && context.request.getTag("F.a") == "yes"',
      ({ answers }) => answers,
      { value: { "F.a": { value: "yes" } } },
    ],
    [
      "a data product",
      'context has product && context.product.terms.contains("PII")',
      ({ product }) => product?.terms,
      { value: ["PII"] },
    ],
    ["a time", 'context.now > datetime("2030-01-01")', ({ now }) => now > new Date("2030-01-01"), true],
    ["a time of the day", 'context.now.toTime() > duration("23h")', ({ now }) => now.getUTCHours(), 23],
    [
      "an optional attribute",
      "principal has details.domainUnit",
      ({ subscriber: { details } }) => details,
      { value: { domainUnit: "something", tags: [] } },
    ],
    [
      "one's own project",
      "principal == context.publisher",
      ({ subscriber, publisher }) => subscriber.id === publisher.id,
      true,
    ],
    [
      "who made it",
      'context.requester.details.kind == "IAM"',
      ({ requester: { details } }) => details,
      { value: { kind: "IAM", name: "maria" } },
    ],
    [
      "letters of any script",
      'resource.name == "\\u{e9} \\\\ \\"x"',
      ({ assets: [asset] }) => asset!.name,
      { value: 'é \\ "x' },
    ],
  ])("tells %s", async (_, condition, of, expected) => {
    expect(of(refuted(await neverApproved(condition, permit("true"))))).toEqual(expected);
  });
});

describe("what the approver makes of policies is known", () => {
  const proven = { is: "proven" };

  it("a forbid wins, and what fails, or cannot be read, is a person's", async () => {
    await expect(
      neverApproved("context.alreadySubscribed", permit("true"), forbid("context.alreadySubscribed")),
    ).resolves.toEqual(proven);
    // It overflows after the year 9999 less 292 years, where Cedar alone would skip the forbid.
    const overflows = 'context.now.offset(duration("106500000000d")) < datetime("1970-01-01")';
    const far = 'context.now > datetime("2999-01-01")';
    expect((await neverApproved(far, permit("true"))).is).toBe("refuted");
    await expect(
      neverApproved(far, permit("true"), forbid(overflows.replace("106500000000d", "106751991000d"))),
    ).resolves.toEqual(proven);
  });

  it("requested filters wait where no policy looks at them", async () => {
    const filters = "!context.requestedFilters.isEmpty()";
    await expect(neverApproved(filters, permit("true"))).resolves.toEqual(proven);
    expect((await neverApproved(filters, permit('context.requestedFilters.contains("f1")'))).is).toBe("refuted");
  });

  it("permits with other asset filters wait, and so does a data product with any", async () => {
    const scoped = (scope: string, condition: string) => `@assetScope("${scope}") ${permit(condition)}`;
    const both = [scoped("f1", 'resource.terms.contains("a")'), scoped("f2", 'resource.terms.contains("b")')];
    await expect(neverApproved('resource.terms.containsAll(["a", "b"])', ...both)).resolves.toEqual(proven);
    expect((await neverApproved('resource.terms.contains("a")', ...both)).is).toBe("refuted");
    await expect(neverApproved("context has product", ...both)).resolves.toEqual(proven);
  });

  it("a data product is approved as a whole: no asset of it is like that, whatever the others are", async () => {
    const only = permit('resource.terms.contains("Public")');
    await expect(neverApproved('context has product && !resource.terms.contains("Public")', only)).resolves.toEqual(
      proven,
    );
  });

  it("the attributes of an entity that a policy names are known only if it comes with the request", async () => {
    const named = 'DataZone::Project::"p1".name == "alpha"';
    await expect(
      neverApproved('!(principal is DataZone::Project) && context.publisher != DataZone::Project::"p1"', permit(named)),
    ).resolves.toEqual(proven);
  });
});

describe("what is not proven is not said to be", () => {
  it("what takes too long", async () => {
    const impatient = await Prover.start(200, NOW);
    // Nobody knows whether 114 is a sum of three cubes.
    const [a, b] = [
      "context.now.toTime().toMilliseconds()",
      'context.now.durationSince(datetime("1970-01-01")).toSeconds()',
    ];
    const hard = permit(`${a} * ${a} * ${a} - ${b} * ${b} * ${b} == 114`);
    const verdict = await prove(impatient, setOf(hard), never("true"));
    await impatient.stop();
    expect(verdict).toEqual({ is: "not proven", why: expect.stringMatching(/^Z3 found no answer in 0\.2 s/) });
  });

  it.each([
    [
      "a number that JavaScript cannot tell",
      "context.now.toTime().toMilliseconds() * 9223372036854775807 > 1",
      /the number 9223372036854776000/,
    ],
    ["a letter beyond Z3's", 'resource.name == "\\u{e0001}"', /U\+e0001 is beyond what Z3 knows/],
  ])("%s", async (_, condition, why) => {
    await expect(neverApproved("true", permit(condition))).resolves.toEqual({
      is: "not proven",
      why: expect.stringMatching(why),
    });
  });

  it("a property that no request is about, or that fails", async () => {
    await expect(neverApproved('context.now.toTime() > duration("24h")', permit("true"))).resolves.toMatchObject({
      is: "not proven",
      why: expect.stringMatching(/about no possible request/),
    });
    const fails = 'context.now.offset(duration("106751991000d")) < datetime("1970-01-01")';
    await expect(neverApproved(fails, permit("true"))).resolves.toMatchObject({
      is: "not proven",
      why: expect.stringMatching(/property itself fails/),
    });
  });
});

describe("properties in files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "properties-"));
    mkdirSync(join(folder, "narrow"));
    writeFileSync(join(folder, "narrow", "p.cedar"), `@id("p") ${permit('resource.terms.contains("Public")')}`);
    mkdirSync(join(folder, "properties"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (text: string) => {
    writeFileSync(join(folder, "properties", "p.cedar"), `@id("p") ${text}`);
    return loadProperties(join(folder, "properties"))[0]!;
  };
  const outcome = async (text: string, ...policies: readonly string[]) =>
    (await prove(prover, setOf(...policies), read(text))).is;

  it.each<[string, string, readonly string[], readonly string[]]>([
    [
      "never approved",
      forbid('resource.terms.contains("PII")'),
      [permit('["Public"].containsAll(resource.terms)')],
      [permit("true")],
    ],
    [
      "approved, if all can be read and no filters are asked for",
      permit("context.requestedFilters.isEmpty()"),
      [permit("true")],
      [permit("true"), forbid("context.alreadySubscribed")],
    ],
    [
      "rejected",
      `@decision("reject") ${forbid("context.requestedFilters.isEmpty()")}`,
      [`@decision("reject") ${forbid("true")}`],
      [forbid("true")],
    ],
    [
      "left to a person",
      `@decision("wait") ${forbid("true")}`,
      [forbid("true")],
      [`@decision("reject") ${forbid("true")}`],
    ],
    [
      "within another set",
      `@within("../narrow") ${forbid("true")}`,
      [permit('resource.terms == ["Public"]')],
      [permit('resource.terms.containsAny(["Public", "Internal"])')],
    ],
  ])("say what is %s", async (_, property, so, otherwise) => {
    expect(await outcome(property, ...so)).toBe("proven");
    expect(await outcome(property, ...otherwise)).toBe("refuted");
  });

  it.each([
    [
      `@decision("reject") ${permit("true")}`,
      /@decision\("reject"\) on a permit: it can only be "reject" or "wait", on a forbid/,
    ],
    [`@decision("accept") ${forbid("true")}`, /@decision\("accept"\) on a forbid: it can only/],
    [
      `@within("../narrow") ${permit("true")}`,
      /@within\("\.\.\/narrow"\) names the folder of a policy set, on a forbid/,
    ],
    [`@within("../narrow") @decision("wait") ${forbid("true")}`, /@within\("\.\.\/narrow"\) names the folder/],
    [`@within("../nowhere") ${forbid("true")}`, /nowhere cannot be read/],
    [
      `@severity("high") ${forbid("true")}`,
      /@severity\("high"\) is unknown; known are @id, @comment, @decision, @within/,
    ],
    [forbid("resource.nope"), /attribute `nope`/],
  ])("are refused where they are not one: %s", (text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });
});
