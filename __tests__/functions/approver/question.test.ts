import fc from "fast-check";
import { type Fact, type Facts, known, unknown } from "../../../functions/approver/facts";
import { fieldsOf, formsOfRequest } from "../../../functions/approver/forms";
import { Doubts, assetEntityOf, commonOf } from "../../../functions/approver/question";
import { parseSet } from "../../../functions/approver/policies/set";
import { NOW } from "./fake";

const SET = parseSet({
  p: `@id("p") permit (principal, action, resource) when {
    context.request.hasTag("Purpose.why") && resource.hasTag("A.b") && context.publisher.details.tags.isEmpty() };`,
});

const facts = (contents: Record<string, unknown>, requestedFilters: Fact<string[]> = known([])): Facts => {
  const forms = formsOfRequest(Object.entries(contents).map(([formName, content]) => ({ formName, content })));
  const fields = known(fieldsOf(forms, ["Purpose.why", "A.b", "Unasked.x"]));
  const project = { id: "p", name: known("p"), details: known({ tags: [] }) };
  const asset = {
    id: "a",
    name: known("a"),
    type: known("t"),
    terms: known([]),
    columnTerms: known([]),
    governed: known([]),
    fields,
    permissions: known([]),
  };
  return {
    requestId: "r",
    subscriber: { ...project, id: "s", type: "Project" },
    requester: { id: known("u"), details: known({ kind: "SSO", name: "maria" }) },
    publisher: project,
    assets: Array.from({ length: 10 }, () => asset),
    alreadySubscribed: false,
    requestedFilters,
    answers: fields,
    now: NOW,
  };
};

const askedOf = (given: Facts, set = SET) => {
  const doubts = new Doubts(set.references);
  const common = commonOf(given, "dev", doubts);
  const assets = given.assets.map((asset) => assetEntityOf(asset, doubts));
  return { common, assets, doubts: doubts.found, bytes: JSON.stringify([common, assets]).length };
};

it("Cedar gets the fields that policies name, and no others, however much is in the forms", () => {
  const small = { Purpose: { why: "report" }, A: { b: "c" } };
  const much = { ...small, ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`F${i}`, "x".repeat(75_000)])) };
  const fields = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`field${i}`, "x"]));
  const wide = { ...much, Purpose: { why: "report", ...fields }, Unasked: { x: "y" } };
  const { common, assets, bytes } = askedOf(facts(wide));
  expect(common.entities.at(-1)?.tags).toEqual({ "Purpose.why": "report" });
  expect(assets[0]?.tags).toEqual({ "A.b": "c" });
  expect(bytes).toBe(askedOf(facts(small)).bytes);
});

it("only a named field that is unknown is a doubt", () => {
  expect(askedOf(facts({ Purpose: { why: "report" }, Unasked: "{" })).doubts).toEqual([]);
  const { doubts } = askedOf(facts({ Purpose: "{" }));
  expect(doubts).toEqual(['request tag "Purpose.why" is unknown: the form Purpose cannot be read: not a JSON object']);
});

describe("row and column filters that are asked for", () => {
  const SEEING = parseSet({
    p: '@id("p") permit (principal, action, resource) when { context.requestedFilters.isEmpty() };',
  });

  it("are a doubt where no policy looks at them", () => {
    expect(askedOf(facts({}, known(["f1"]))).doubts).toEqual([
      "the request asks for the row and column filters f1, but no policy refers to context.requestedFilters",
    ]);
    expect(askedOf(facts({}, known(["f1"])), SEEING).doubts).toEqual([]);
    expect(askedOf(facts({})).doubts).toEqual([]);
  });

  it("are a doubt where they are unknown, whether or not a policy looks at them", () => {
    for (const set of [SET, SEEING]) {
      expect(askedOf(facts({}, unknown("?")), set).doubts).toEqual(["context.requestedFilters is unknown: ?"]);
    }
  });
});

it("policies see who asks, what for, and the time", () => {
  const { common } = askedOf(facts({}, known(["f1"])));
  expect(common.context).toMatchObject({
    requester: { id: "u", details: { kind: "SSO", name: "maria" } },
    requestedFilters: ["f1"],
    now: { __extn: { fn: "datetime", arg: NOW.toISOString() } },
  });
});

it("no content of a form that is not named changes what Cedar gets", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[B-OQ-Z]\w{0,8}$/), fc.anything()), (others) => {
      const named = { Purpose: { why: "report" } };
      expect(askedOf(facts({ ...others, ...named }))).toEqual(askedOf(facts(named)));
    }),
  );
});
