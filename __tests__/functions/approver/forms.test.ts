import fc from "fast-check";
import { columnTermsOf, fieldsOf, formsOfListing, formsOfRequest } from "../../../functions/approver/forms";
import type { Fact } from "../../../functions/approver/facts";
import { MAXIMUM_FIELD_LENGTH, MAXIMUM_JSON_LENGTH } from "../../../functions/approver/limits";

/** The field of a listing's forms; undefined where it is absent. */
const field = (forms: unknown, name: string): Fact<string> | undefined => {
  const read = formsOfListing(forms);
  return "unknown" in read ? read : fieldsOf(read.value, [name])[name];
};

/** A live listing has entries of all these kinds beside one another. */
const LIVE = {
  GlueTableForm: '{"tableName":"sales","columns":[{"columnName":"id"}]}',
  Classification: '{"level":"public","score":3,"tags":["a"],"none":null,"deep":{"x":1}}',
  Plain: { level: "public" },
  "AwsConfigurationForm.region": "eu-west-1",
  "AwsConfigurationForm.accountId": "111122223333",
  hasAttached: '["id1","id2"]',
  __DataZoneGlossaryTerms: '["t1","t1"]',
  ListingSubscriberCountFormType: { subscriberCount: 4 },
  Empty: "",
  Null: null,
  NullText: "null",
  Broken: "{",
  Number: 3,
};

describe.each([
  ["JSON text", JSON.stringify(LIVE)],
  ["parsed already", LIVE],
])("a field of forms that are %s", (_, forms) => {
  it.each([
    ["Classification.level", "public"],
    ["Plain.level", "public"],
    ["Classification.score", "3"],
    ["Classification.tags", '["a"]'],
    ["Classification.deep", '{"x":1}'],
    ["AwsConfigurationForm.region", "eu-west-1"],
    ["ListingSubscriberCountFormType.subscriberCount", "4"],
  ])("%s is %s", (name, value) => {
    expect(field(forms, name)).toEqual({ value });
  });

  it.each([
    "Classification.none",
    "Classification.missing",
    "Missing.level",
    "Empty.x",
    "Null.x",
    "NullText.x",
    "level",
  ])("%s is absent", (name) => {
    expect(field(forms, name)).toBeUndefined();
  });

  it.each(["Broken.level", "Number.level", "hasAttached.level", "__DataZoneGlossaryTerms.0"])(
    "%s is unknown, because of its own entry",
    (name) => {
      expect(field(forms, name)).toHaveProperty("unknown");
    },
  );
});

it.each(["{", "[]", "3", '"text"', "nonsense"])("forms that are %s are unknown as a whole", (forms) => {
  expect(formsOfListing(forms)).toEqual({ unknown: expect.stringContaining("not a JSON object") });
});

it.each([undefined, null, "", " ", "null", "{}", {}])("forms that are %j are none", (forms) => {
  expect(formsOfListing(forms)).toEqual({ value: new Map() });
});

it("a field that occurs twice with different content is unknown where the two differ", () => {
  const flattened = { "A.b": "secret", A: '{"b":"public"}' };
  expect(field(flattened, "A.b")).toEqual({ unknown: "the form field A.b occurs twice with different content" });
  expect(field({ ...flattened, A: '{"b":"secret"}' }, "A.b")).toEqual({ value: "secret" });
  expect(field({ A: { "B.level": "secret" }, "A.B": { level: "public" } }, "A.B.level")).toHaveProperty("unknown");
  const answers = (...contents: string[]) =>
    fieldsOf(formsOfRequest(contents.map((content) => ({ formName: "A", content }))), ["A.b"])["A.b"];
  expect(answers('{"b":"x"}', '{"b":"y"}')).toHaveProperty("unknown");
  expect(answers('{"b":"x"}', '{"b":"x","c":"y"}')).toEqual({ value: "x" });
  expect(answers('{"b":null}', '{"b":"x"}')).toHaveProperty("unknown");
  expect(answers('{"b":"x"}', "nonsense")).toHaveProperty("unknown");
});

it.each(["__proto__", "constructor", "hasOwnProperty", "toString", "Ünïcôde 表"])(
  "a form and a field called %s are any other",
  (name) => {
    const forms = `{"${name}":{"${name}":"x"}}`;
    const read = formsOfListing(forms);
    const fields = "value" in read ? fieldsOf(read.value, [`${name}.${name}`]) : {};
    expect(Object.entries(fields)).toEqual([[`${name}.${name}`, { value: "x" }]]);
    expect(field("{}", `${name}.${name}`)).toBeUndefined();
    expect(field('{"a":{}}', `a.${name}`)).toBeUndefined();
  },
);

describe("what is too much is unknown", () => {
  it("a field that is longer than can be matched against patterns", () => {
    expect(field({ A: { b: "x".repeat(MAXIMUM_FIELD_LENGTH) } }, "A.b")).toHaveProperty("value");
    expect(field({ A: { b: "x".repeat(MAXIMUM_FIELD_LENGTH + 1) } }, "A.b")).toHaveProperty("unknown");
    expect(field({ A: { b: ["x".repeat(MAXIMUM_FIELD_LENGTH)] } }, "A.b")).toHaveProperty("unknown");
  });

  it("JSON text that is too long to parse, of a listing or of an answer", () => {
    expect(field(`{"A":{"b":"c"},"D":"${"x".repeat(MAXIMUM_JSON_LENGTH)}"}`, "A.b")).toHaveProperty("unknown");
    const long = { formName: "Long", content: `{"b":"${"x".repeat(MAXIMUM_JSON_LENGTH)}"}` };
    const fields = fieldsOf(formsOfRequest([long, { formName: "A", content: '{"b":"c"}' }]), ["A.b", "Long.b"]);
    expect(fields).toEqual({ "A.b": { value: "c" }, "Long.b": { unknown: expect.stringMatching(/longer than/) } });
  });

  it("what is nested deeper than the stack", () => {
    const deep = `{"A":{"b":${"[".repeat(200_000)}${"]".repeat(200_000)},"c":"d"}}`;
    expect(field(deep, "A.b")).toHaveProperty("unknown");
    expect(field(deep, "A.c")).toEqual({ value: "d" });
    const columns = `{"ColumnBusinessMetadataForm":{"b":${"[".repeat(200_000)}${"]".repeat(200_000)}}}`;
    const read = formsOfListing(columns);
    expect("value" in read && columnTermsOf(read.value)).toEqual({ value: [] });
  });
});

describe("the glossary terms of columns", () => {
  const terms = (forms: object) => {
    const read = formsOfListing(forms);
    return "unknown" in read ? read : columnTermsOf(read.value);
  };
  const SHOP = { BusinessGlossaryTermForm: { name: "Shop" }, amazonmetadata: { entityId: "a1b2c3d4e5f6g7" } };
  const columns = (...glossaryTerms: unknown[]) => ({
    columnsBusinessMetadata: [{ columnIdentifier: "c", glossaryTerms }],
  });

  it.each<[string, unknown, unknown[]]>([
    ["ids or names", columns("t1", "Shop"), [{ nameOrId: "t1" }, { nameOrId: "Shop" }]],
    ["objects with a name", columns({ name: "Shop", id: "t1" }), [{ name: "Shop" }]],
    ["objects with an id", columns({ id: "t1" }), [{ id: "t1" }]],
    ["resolved terms", columns(SHOP), [{ name: "Shop" }]],
    [
      "resolved terms without a name",
      columns({ BusinessGlossaryTermForm: {}, amazonmetadata: { entityId: "t1" } }),
      [{ id: "t1" }],
    ],
    ["resolved terms as text", columns({ BusinessGlossaryTermForm: '{"name":"Shop"}' }), [{ name: "Shop" }]],
    ["a list as text", { columnsBusinessMetadata: JSON.stringify([{ glossaryTerms: [SHOP] }]) }, [{ name: "Shop" }]],
    [
      "none",
      { columnsBusinessMetadata: [{ columnIdentifier: "a" }, { glossaryTerms: null }, { glossaryTerms: [] }] },
      [],
    ],
  ])("%s", (_, content, expected) => {
    expect(terms({ ColumnBusinessMetadataForm: content })).toEqual({ value: expected });
    expect(terms({ ColumnBusinessMetadataForm: JSON.stringify(content) })).toEqual({ value: expected });
  });

  it("are found in flattened parts of the form, too", () => {
    const part = { "ColumnBusinessMetadataForm.columnsBusinessMetadata": JSON.stringify([{ glossaryTerms: [SHOP] }]) };
    expect(terms(part)).toEqual({ value: [{ name: "Shop" }] });
    expect(terms({ "ColumnBusinessMetadataForm.glossaryTerms": '["Shop"]' })).toEqual({
      value: [{ nameOrId: "Shop" }],
    });
    expect(terms({ "ColumnBusinessMetadataForm.glossaryTerms": "Shop" })).toHaveProperty("unknown");
    expect(terms({ "ColumnBusinessMetadataForm.revision": "7" })).toEqual({ value: [] });
  });

  it.each<[string, unknown]>([
    ["numbers", columns(7)],
    ["null", columns(null)],
    ["objects with neither name nor id", columns({})],
    ["an empty name", columns({ name: "" })],
    ["a name that is no text", columns({ name: 7, id: "t1" })],
    ["text instead of a list", { columnsBusinessMetadata: [{ glossaryTerms: "PII" }] }],
    ["a form that is a list", [{ glossaryTerms: ["PII"] }]],
    ["a form that is no JSON", "nonsense"],
    ["one that is not understood beside one that is", columns("Shop", {})],
  ])("are unknown for %s", (_, content) => {
    expect(terms({ ColumnBusinessMetadataForm: content })).toHaveProperty("unknown");
  });

  it("are not spoiled by other entries", () => {
    expect(terms({ ...LIVE, ColumnBusinessMetadataForm: columns("Shop") })).toEqual({ value: [{ nameOrId: "Shop" }] });
  });
});

it("one entry never changes what another says", () => {
  const content = fc.oneof(fc.json(), fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue());
  const name = fc.stringMatching(/^[B-Z]\w{0,8}(\.\w{1,5})?$/);
  fc.assert(
    fc.property(fc.dictionary(name, content), (others) => {
      expect(field(JSON.stringify({ ...others, "A.b": "x", A: { c: "y" } }), "A.b")).toEqual({ value: "x" });
      expect(field(JSON.stringify({ ...others, A: '{"c":"y"}' }), "A.c")).toEqual({ value: "y" });
    }),
  );
});
