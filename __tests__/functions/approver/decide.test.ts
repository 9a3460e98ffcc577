import fc from "fast-check";
import { MAXIMUM_COMMENT, decisionComment } from "../../../functions/approver/comment";
import { decide } from "../../../functions/approver/decide";
import { type Evaluation, evaluate } from "../../../functions/approver/evaluate";
import { type Asset, type Facts, known, unknown } from "../../../functions/approver/facts";
import { type PolicySet, parseSet } from "../../../functions/approver/policies/set";

const says = (asset: string, permits: string[], forbids: string[] = [], doubts: string[] = []): Evaluation => ({
  asset,
  permits,
  forbids,
  doubts,
});

const WHOLE = { inProduct: false, filters: [] };
const IN_PRODUCT = { inProduct: true, filters: [] };

const SET = parseSet({
  plain: '@id("plain") @comment("Fine.") permit (principal, action, resource);',
  other: '@id("other") permit (principal, action, resource);',
  rows: '@id("rows") @assetScope("f2, f1") @comment("Rows.") permit (principal, action, resource);',
  "same-rows": '@id("same-rows") @assetScope("f1,f2") permit (principal, action, resource);',
  "other-rows": '@id("other-rows") @assetScope("f3") permit (principal, action, resource);',
  person: '@id("person") forbid (principal, action, resource);',
  never: '@id("never") @decision("reject") @comment("No.") forbid (principal, action, resource);',
  "never-ever": '@id("never-ever") @decision("reject") forbid (principal, action, resource);',
});
const PERMITS = ["plain", "other", "rows", "same-rows", "other-rows"];
const FORBIDS = ["person", "never", "never-ever"];

describe("one asset", () => {
  it.each([
    [
      "a permit approves",
      says("a", ["plain"]),
      { outcome: "approved", policies: ["plain"], comments: ["Fine."], assetScope: [] },
    ],
    [
      "no match waits",
      says("a", []),
      { outcome: "waiting", policies: [], why: ["no policy permits access to asset a"] },
    ],
    [
      "a forbid waits",
      says("a", [], ["person"]),
      { outcome: "waiting", policies: ["person"], why: ["forbidden by person"] },
    ],
    [
      "a rejecting forbid rejects",
      says("a", [], ["never"]),
      { outcome: "rejected", policies: ["never"], comments: ["No."], why: [] },
    ],
    ["rejecting forbids reject", says("a", [], ["never", "never-ever"]), { outcome: "rejected" }],
    [
      "one forbid that does not reject makes it wait",
      says("a", [], ["never", "person"]),
      { outcome: "waiting", policies: ["never", "person"] },
    ],
    [
      "a doubt waits, whatever else is said",
      says("a", ["plain"], ["never"], ["?"]),
      { outcome: "waiting", policies: [], why: ["?"] },
    ],
    ["a scope is accepted with", says("a", ["rows"]), { outcome: "approved", assetScope: ["f1", "f2"] }],
    [
      "the same scope twice is one, in any order",
      says("a", ["rows", "same-rows"]),
      { outcome: "approved", assetScope: ["f1", "f2"] },
    ],
    [
      "different scopes wait",
      says("a", ["rows", "other-rows"]),
      { outcome: "waiting", why: [expect.stringMatching(/different asset filters/)] },
    ],
    ["a scope beside none waits", says("a", ["plain", "rows"]), { outcome: "waiting", policies: ["plain", "rows"] }],
  ])("%s", (_, evaluation, decision) => {
    expect(decide(SET, [evaluation], WHOLE)).toMatchObject(decision);
  });

  it("is accepted with the filters that are asked for where the permits name none, and with theirs where they do", () => {
    const asked = { inProduct: false, filters: ["r1"] };
    expect(decide(SET, [says("a", ["plain"])], asked).assetScope).toEqual(["r1"]);
    expect(decide(SET, [says("a", ["rows"])], asked).assetScope).toEqual(["f1", "f2"]);
  });

  it("has the gravest severity of the deciding policies", () => {
    const set = parseSet({
      a: '@id("a") @severity("low") permit (principal, action, resource);',
      b: '@id("b") @severity("critical") permit (principal, action, resource);',
      c: '@id("c") permit (principal, action, resource);',
    });
    expect(decide(set, [says("x", ["a", "b", "c"])], WHOLE).severity).toBe("critical");
    expect(decide(set, [says("x", ["a", "c"])], WHOLE).severity).toBe("low");
    expect(decide(set, [says("x", ["c"])], WHOLE).severity).toBeUndefined();
    expect(decide(set, [says("x", ["a"], [], ["?"])], WHOLE).severity).toBeUndefined();
  });

  it("none at all waits", () => {
    expect(decide(SET, [], WHOLE)).toMatchObject({ outcome: "waiting", why: ["no policy permits it"] });
  });
});

describe("a data product", () => {
  it.each([
    [
      "is accepted where every asset is permitted",
      [says("a", ["plain"]), says("b", ["other"])],
      { outcome: "approved", policies: ["other", "plain"] },
    ],
    [
      "waits where one asset is not",
      [says("a", ["plain"]), says("b", [])],
      { outcome: "waiting", why: ["no policy permits access to asset b"] },
    ],
    [
      "waits where one asset is forbidden",
      [says("a", ["plain"]), says("b", [], ["person"])],
      { outcome: "waiting", policies: ["person"] },
    ],
    [
      "waits where one asset is in doubt",
      [says("a", ["plain"]), says("b", [], [], ["?"])],
      { outcome: "waiting", why: ["?"] },
    ],
    [
      "waits where one asset is in doubt and another rejected",
      [says("a", [], ["never"]), says("b", [], [], ["?"])],
      { outcome: "waiting" },
    ],
    ["waits where a scope would be needed", [says("a", ["rows"]), says("b", ["rows"])], { outcome: "waiting" }],
    ["waits for a scope even with a single asset", [says("a", ["rows"])], { outcome: "waiting" }],
  ])("%s", (_, evaluations, decision) => {
    expect(decide(SET, evaluations, IN_PRODUCT)).toMatchObject(decision);
  });
});

it("accepts only what is permitted everywhere without doubt or forbid, and rejects only by forbids that say so", () => {
  const evaluation = fc
    .record({
      asset: fc.constantFrom("a", "b"),
      permits: fc.subarray(PERMITS),
      forbids: fc.subarray(FORBIDS),
      doubts: fc.subarray(["?"]),
    })
    // Cedar names permits or forbids, never both.
    .map((one) => (one.forbids.length > 0 ? { ...one, permits: [] } : one));
  fc.assert(
    fc.property(fc.array(evaluation, { maxLength: 4 }), fc.boolean(), (evaluations, inProduct) => {
      const { outcome, assetScope } = decide(SET, evaluations, { inProduct, filters: [] });
      const all = (key: "permits" | "forbids" | "doubts") => evaluations.flatMap((one) => one[key] as string[]);
      if (outcome === "approved") {
        expect([...all("doubts"), ...all("forbids")]).toEqual([]);
        expect(evaluations.length).toBeGreaterThan(0);
        expect(evaluations.every(({ permits }) => permits.length > 0)).toBe(true);
        if (inProduct) expect(assetScope).toEqual([]);
      }
      if (outcome === "rejected") {
        expect(all("doubts")).toEqual([]);
        expect(all("forbids").length).toBeGreaterThan(0);
        expect(all("forbids")).not.toContain("person");
      }
    }),
  );
});

describe("the decision comment", () => {
  const digest = "0123456789abcdef".repeat(4);

  it("starts with name and digest, then the deciding ids, then their comments", () => {
    const decision = decide(SET, [says("a", ["plain", "other"])], WHOLE);
    expect(decisionComment("sales", digest, decision)).toBe("[sales 0123456789ab] other, plain: Fine.");
    expect(decisionComment("sales", digest, decide(SET, [says("a", ["other"])], WHOLE))).toBe(
      "[sales 0123456789ab] other",
    );
  });

  it("is cut at 4,096, and never inside a character", () => {
    for (const padding of ["", "x"]) {
      const comment = decisionComment("sales", digest, {
        ...decide(SET, [says("a", ["plain"])], WHOLE),
        comments: [padding + "😀".repeat(3000)],
      });
      expect(comment.length).toBeLessThanOrEqual(MAXIMUM_COMMENT);
      expect(comment.length).toBeGreaterThan(MAXIMUM_COMMENT - 2);
      expect(comment).toMatch(/^\[sales 0123456789ab\] plain: x?(😀)+$/u);
    }
  });
});

describe("evaluation", () => {
  const asset = (change: Partial<Asset> = {}): Asset => ({
    id: "asset1",
    name: known("Sales"),
    type: known("Glue"),
    terms: known(["Public"]),
    columnTerms: known([]),
    governed: known([]),
    fields: known({}),
    permissions: known(["READ"]),
    ...change,
  });
  const facts = (change: Partial<Facts> = {}): Facts => ({
    requestId: "request1",
    subscriber: {
      type: "Project",
      id: "s",
      name: known("dev-a"),
      details: known({ tags: ["stage=dev"], domainUnit: "unit1" }),
    },
    publisher: { id: "p", name: known("sales"), details: known({ tags: [], domainUnit: "unit1" }) },
    assets: [asset()],
    requester: { id: known("user1"), details: known({ kind: "SSO", name: "maria" }) },
    requestedFilters: known([]),
    now: new Date("2026-03-01T12:00:00Z"),
    alreadySubscribed: false,
    answers: known({}),
    ...change,
  });
  const when = (condition: string, scope = "principal, action, resource"): PolicySet =>
    parseSet({ p: `@id("p") permit (${scope}) when { ${condition} };` });
  const PROJECT = "principal is DataZone::Project, action, resource";
  const permitted = (set: PolicySet, given: Facts, environment = "dev"): boolean =>
    evaluate(set, given, environment).every(({ permits, doubts }) => permits.length > 0 && doubts.length === 0);

  it.each([
    ['context.environment == "dev"', true],
    ['context.environment == "prod"', false],
    ['resource.terms.contains("Public")', true],
    ['context.publisher.name == "sales"', true],
    ['context.publisher == DataZone::Project::"p"', true],
    ['resource == DataZone::Asset::"asset1"', true],
    ['context.permissions == ["READ"]', true],
    ["context.alreadySubscribed", false],
    ["context has product", false],
    ['resource.hasTag("Classification.level")', false],
    ['context.request.hasTag("Purpose.why")', false],
    ['resource.name == "Sales" && resource.type == "Glue"', true],
  ])("sees the request: %s is %s", (condition, expected) => {
    expect(permitted(when(condition), facts())).toBe(expected);
  });

  it.each([
    ['principal.name like "dev-*"', true],
    ['principal.details.tags.contains("stage=dev")', true],
    [
      "principal.details has domainUnit && context.publisher.details has domainUnit && principal.details.domainUnit == context.publisher.details.domainUnit",
      true,
    ],
    ["principal.details has profile", false],
  ])("sees the subscribing project: %s is %s", (condition, expected) => {
    expect(permitted(when(condition, PROJECT), facts())).toBe(expected);
  });

  it("sees users, groups and IAM principals", () => {
    const subscriber = (type: "User" | "Group" | "IamPrincipal", name: string) =>
      facts({ subscriber: { type, id: "x", name: known(name), details: unknown("") } });
    expect(
      permitted(
        when('principal.name == "maria"', "principal is DataZone::User, action, resource"),
        subscriber("User", "maria"),
      ),
    ).toBe(true);
    expect(
      permitted(
        when('principal.name == "team"', "principal is DataZone::Group, action, resource"),
        subscriber("Group", "team"),
      ),
    ).toBe(true);
    const arn = "arn:aws:iam::111122223333:role/r";
    expect(
      permitted(
        when(`principal.arn == "${arn}"`, "principal is DataZone::IamPrincipal, action, resource"),
        subscriber("IamPrincipal", arn),
      ),
    ).toBe(true);
    expect(permitted(when("true", PROJECT), subscriber("User", "maria"))).toBe(false);
  });

  it("sees form fields and answers, and the data product", () => {
    const given = facts({
      assets: [asset({ fields: known({ "Classification.level": known("public") }) })],
      answers: known({ "Purpose.why": known("report") }),
      product: { id: "p1", name: known("360"), terms: known(["PII"]) },
    });
    expect(
      permitted(
        when('resource.hasTag("Classification.level") && resource.getTag("Classification.level") == "public"'),
        given,
      ),
    ).toBe(true);
    expect(
      permitted(
        when('context.request.hasTag("Purpose.why") && context.request.getTag("Purpose.why") == "report"'),
        given,
      ),
    ).toBe(true);
    expect(
      permitted(
        when('context has product && context.product.terms.contains("PII") && context.product.name == "360"'),
        given,
      ),
    ).toBe(true);
  });

  it("of a project that asks for its own data works", () => {
    const own = { id: "p", name: known("sales"), details: known({ tags: [] }) };
    expect(
      permitted(
        when('principal == context.publisher && principal.name == "sales"', PROJECT),
        facts({ subscriber: { type: "Project", ...own }, publisher: own }),
      ),
    ).toBe(true);
  });

  it("of a project that asks for its own data takes what is known of it as publisher, and doubts what is not", () => {
    const set = parseSet({
      yes: '@id("yes") permit (principal, action, resource);',
      no: '@id("no") forbid (principal, action, resource) when { context.publisher.details.tags.contains("closed") };',
    });
    const own = { id: "p", name: known("sales") };
    const subscriber = { ...own, type: "Project" as const, details: unknown("not read") };
    const closed = { ...own, details: known({ tags: ["closed"] }) };
    expect(evaluate(set, facts({ subscriber, publisher: closed }), "dev")[0]?.forbids).toEqual(["no"]);
    const denied = { ...own, details: unknown("denied") };
    expect(evaluate(set, facts({ subscriber, publisher: denied }), "dev")[0]?.doubts).toEqual([
      "publisher.details is unknown: denied",
    ]);
  });

  it("looks at each asset of a product", () => {
    const given = facts({ assets: [asset(), asset({ id: "asset2", terms: known([]) })] });
    expect(evaluate(when('resource.terms.contains("Public")'), given, "dev")).toEqual([
      says("asset1", ["p"]),
      says("asset2", []),
    ]);
  });

  it("has a doubt about a request of which nothing can be told", () => {
    expect(evaluate(when("true"), { unreadable: "nonsense" }, "dev")).toEqual([says("", [], [], ["nonsense"])]);
  });

  it("takes an evaluation error for a doubt, though Cedar allows", () => {
    const set = parseSet({
      yes: '@id("yes") permit (principal, action, resource);',
      boom: '@id("boom") forbid (principal, action, resource) when { resource.getTag("missing") == "x" };',
    });
    const [evaluation] = evaluate(set, facts(), "dev");
    expect(evaluation?.doubts).toEqual([expect.stringMatching(/^boom could not be evaluated/)]);
    expect(decide(set, [evaluation!], WHOLE).outcome).toBe("waiting");
  });

  /** Every fact that can be unknown, a policy that refers to it, and how to make it unknown. */
  const subscriber = facts().subscriber;
  const publisher = facts().publisher;
  const gone = unknown("denied");
  const UNKNOWABLE: [string, string, Partial<Facts>][] = [
    [
      "principal.name",
      'principal is DataZone::Project && principal.name == "x"',
      { subscriber: { ...subscriber, name: gone } },
    ],
    [
      "principal.details",
      'principal is DataZone::Project && principal.details.tags.contains("x")',
      { subscriber: { ...subscriber, details: gone } },
    ],
    [
      "principal.details",
      "principal is DataZone::Project && principal.details has profile",
      { subscriber: { ...subscriber, details: gone } },
    ],
    [
      "principal.details",
      'principal is DataZone::Project && principal has details.profile && principal.details.profile == "x"',
      { subscriber: { ...subscriber, details: gone } },
    ],
    ["publisher.name", 'context.publisher.name == "x"', { publisher: { ...publisher, name: gone } }],
    ["publisher.details", "context.publisher.details.tags.isEmpty()", { publisher: { ...publisher, details: gone } }],
    ["publisher.details", "context has publisher.details.profile", { publisher: { ...publisher, details: gone } }],
    ["resource.name", 'resource.name == "x"', { assets: [asset({ name: gone })] }],
    ["resource.type", 'resource.type like "*S3*"', { assets: [asset({ type: gone })] }],
    ["resource.terms", 'resource.terms.contains("x")', { assets: [asset({ terms: gone })] }],
    ["resource.columnTerms", 'resource.columnTerms.contains("x")', { assets: [asset({ columnTerms: gone })] }],
    ["resource.governed", 'resource.governed.contains("x")', { assets: [asset({ governed: gone })] }],
    ["resource.tags", 'resource.hasTag("a.b")', { assets: [asset({ fields: gone })] }],
    ["context.permissions", 'context.permissions.contains("WRITE")', { assets: [asset({ permissions: gone })] }],
    ["request.tags", 'context.request.hasTag("a.b")', { answers: gone }],
    [
      "product.terms",
      'context has product && context.product.terms.contains("x")',
      { product: { id: "x", name: known("x"), terms: gone } },
    ],
    [
      "product.terms",
      'context has product && context.product == { id: "x", name: "x", terms: ["x"] }',
      { product: { id: "x", name: known("x"), terms: gone } },
    ],
    [
      "product.name",
      'context has product && context.product.name == "x"',
      { product: { id: "x", name: gone, terms: known([]) } },
    ],
  ];

  it.each(UNKNOWABLE)("%s unknown leaves the request to a person where a policy says %s", (fact, condition, change) => {
    const set = parseSet({
      yes: '@id("yes") permit (principal, action, resource);',
      no: `@id("no") forbid (principal, action, resource) when { ${condition} };`,
    });
    const evaluations = evaluate(set, facts(change), "dev");
    expect(evaluations[0]?.doubts).toEqual([`${fact} is unknown: denied`]);
    expect(decide(set, evaluations, WHOLE).outcome).toBe("waiting");
  });

  it("unknown facts that no policy refers to change nothing", () => {
    const nothing = UNKNOWABLE.reduce<Partial<Facts>>(
      (all, [, , change]) => ({ ...all, ...change, product: undefined }),
      {},
    );
    const blank = {
      ...nothing,
      assets: [
        {
          ...asset(),
          name: gone,
          type: gone,
          terms: gone,
          columnTerms: gone,
          governed: gone,
          fields: gone,
          permissions: gone,
        },
      ],
    };
    expect(permitted(when('context.environment == "dev"'), facts(blank))).toBe(true);
  });

  it("never approves what a forbid would stop, whichever facts are unknown", () => {
    fc.assert(
      fc.property(
        fc.subarray(
          UNKNOWABLE.map((_, index) => index),
          { minLength: 1 },
        ),
        fc.subarray(UNKNOWABLE.map((_, index) => index)),
        (referred, lost) => {
          const set = parseSet({
            yes: '@id("yes") permit (principal, action, resource);',
            ...Object.fromEntries(
              referred.map((i) => [
                `no${i}`,
                `@id("no${i}") forbid (principal, action, resource) when { ${UNKNOWABLE[i]![1]} };`,
              ]),
            ),
          });
          const change = lost.reduce<Partial<Facts>>((all, i) => ({ ...all, ...UNKNOWABLE[i]![2] }), {});
          const { outcome } = decide(set, evaluate(set, facts(change), "dev"), WHOLE);
          const [last] = lost.slice(-1);
          if (last !== undefined && referred.includes(last)) expect(outcome).toBe("waiting");
        },
      ),
      { numRuns: 60 },
    );
  });
});
