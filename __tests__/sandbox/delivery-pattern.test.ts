import fc from "fast-check";
import { parsePattern } from "../../sandbox/delivery/pattern";

const matches = (pattern: object, event: unknown) => parsePattern(JSON.stringify(pattern))(event);

/** The rule that the product deploys, and the event that a domain emits. */
const RULE = {
  source: ["aws.datazone"],
  "detail-type": ["Subscription Request Created"],
  detail: {
    metadata: { domain: ["dzd_one"] },
    data: {
      status: ["PENDING"],
      autoApproved: [{ exists: false }, false],
      subscribedListings: { ownerProjectId: ["publisher", "other"] },
    },
  },
};
const event = (data: object = {}) => ({
  source: "aws.datazone",
  "detail-type": "Subscription Request Created",
  detail: {
    metadata: { domain: "dzd_one" },
    data: { status: "PENDING", subscribedListings: [{ id: "l", ownerProjectId: "publisher" }], ...data },
  },
});

describe("the product's own rule", () => {
  test.each([
    ["a request without autoApproved", event(), true],
    ["a request that is not auto-approved", event({ autoApproved: false }), true],
    ["a request that the service approves itself", event({ autoApproved: true }), false],
    ["a request to another publisher", event({ subscribedListings: [{ ownerProjectId: "stranger" }] }), false],
    ["a request with no listing", event({ subscribedListings: [] }), false],
    ["one already decided", event({ status: "ACCEPTED" }), false],
  ])("%s", (_, given, expected) => expect(matches(RULE, given)).toBe(expected));
});

// From the examples in EventBridge's documentation of comparison operators and arrays.
test.each<[object, unknown, boolean]>([
  [{ a: [null] }, { a: null }, true],
  [{ a: [""] }, { a: "" }, true],
  [{ a: ["x"] }, { a: ["y", "x"] }, true],
  [{ a: ["x"] }, { a: { x: 1 } }, false],
  [{ a: [1] }, { a: "1" }, false],
  [{ a: [{ prefix: "eu-" }] }, { a: "eu-west-1" }, true],
  [{ a: [{ prefix: { "equals-ignore-case": "EU-" } }] }, { a: "eu-west-1" }, true],
  [{ a: [{ suffix: ".png" }] }, { a: "x.PNG" }, false],
  [{ a: [{ suffix: { "equals-ignore-case": ".png" } }] }, { a: "x.PNG" }, true],
  [{ a: [{ "equals-ignore-case": "ALICE" }] }, { a: "alice" }, true],
  [{ a: [{ "anything-but": "x" }] }, { a: "y" }, true],
  [{ a: [{ "anything-but": ["x", "y"] }] }, { a: "y" }, false],
  [{ a: [{ "anything-but": [1] }] }, {}, false],
  [{ a: [{ "anything-but": { prefix: "init" } }] }, { a: "initial" }, false],
  [{ a: [{ "anything-but": { suffix: ["s", "t"] } }] }, { a: "last" }, false],
  [{ a: [{ "anything-but": { wildcard: "*/lib/*" } }] }, { a: "/usr/lib/x" }, false],
  [{ a: [{ "anything-but": { "equals-ignore-case": ["X"] } }] }, { a: "z" }, true],
  [{ a: [{ numeric: [">", 0, "<=", 5] }] }, { a: 5 }, true],
  [{ a: [{ numeric: [">", 0, "<=", 5] }] }, { a: 0 }, false],
  [{ a: [{ numeric: ["=", 5] }] }, { a: "5" }, false],
  [{ a: [{ cidr: "10.0.0.0/24" }] }, { a: "10.0.0.255" }, true],
  [{ a: [{ cidr: "10.0.0.0/24" }] }, { a: "10.0.1.0" }, false],
  [{ a: [{ cidr: "2001:db8::/32" }] }, { a: "2001:db8::1" }, true],
  [{ a: [{ exists: true }] }, { a: null }, true],
  [{ a: [{ exists: true }] }, { a: { b: 1 } }, false],
  [{ a: { b: [{ exists: false }] } }, { a: {} }, true],
  [{ a: { b: [{ exists: false }] } }, {}, true],
  [{ a: [{ wildcard: "dir/*/file.*" }] }, { a: "dir/one/two/file.txt" }, true],
  [{ a: [{ wildcard: "a\\*b" }] }, { a: "axb" }, false],
  [{ a: [{ wildcard: "a\\*b" }] }, { a: "a*b" }, true],
  [{ $or: [{ a: [1] }, { b: [2] }] }, { a: 0, b: 2 }, true],
  [{ c: [3], $or: [{ a: [1] }, { b: [2] }] }, { a: 1 }, false],
  [{ d: { $or: [{ a: [1] }, { b: [2] }] } }, { d: { a: 1 } }, true],
  // Fields named together are met by one and the same element of an array.
  [{ l: { a: [1], b: [2] } }, { l: [{ a: 1, b: 2 }] }, true],
  [{ l: { a: [1], b: [2] } }, { l: [{ a: 1 }, { b: 2 }] }, false],
])("%j over %j is %s", (pattern, given, expected) => expect(matches(pattern, given)).toBe(expected));

test.each([
  ["[]", /not an object/],
  ["{", /not JSON/],
  ["{}", /Empty pattern/],
  ['{"a":[]}', /Empty arrays/],
  ['{"a":{}}', /Empty objects/],
  ['{"a":"x"}', /"a" must be an object or an array/],
  ['{"a":[{"like":"x"}]}', /Unrecognized match type like/],
  ['{"a":[{"numeric":["~",1]}]}', /numeric at a/],
  ['{"a":[{"cidr":"10.0.0.0/99"}]}', /cidr at a/],
  ['{"a":[{"exists":"yes"}]}', /exists at a/],
  ['{"a":[{"wildcard":"a**"}]}', /wildcard at a/],
  ['{"a":[{"anything-but":{"numeric":["=",1]}}]}', /anything-but at a/],
  [JSON.stringify({ a: ["x".repeat(2048)] }), /over 2048 characters/],
])("%s is refused", (text, reason) => expect(() => parsePattern(text)).toThrow(reason));

describe("properties", () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const name = fc.stringMatching(/^[a-z]{1,3}$/).filter((key) => key !== "__proto__");
  const nested = fc.letrec<{ object: object; value: unknown }>((tie) => ({
    object: fc.dictionary(name, tie("value"), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    value: fc.oneof({ maxDepth: 3 }, leaf, tie("object")),
  }));
  const exactly = (value: unknown): unknown =>
    typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, exactly(inner)]))
      : [value];

  test("every event matches the pattern that spells it out, whatever else it holds", () =>
    fc.assert(
      fc.property(nested.object, fc.string(), (given, more) => {
        expect(matches(exactly(given) as object, { ...given, LARGER: more })).toBe(true);
      }),
    ));

  test("a pattern that asks for one thing more does not match", () =>
    fc.assert(
      fc.property(nested.object, leaf, (given, value) => {
        expect(matches({ ...(exactly(given) as object), MISSING: [value] }, given)).toBe(false);
      }),
    ));

  test("of one leaf, anything-but is the opposite of equals, and prefix and suffix are of wildcard", () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[a-c]{0,4}$/), fc.stringMatching(/^[a-c]{1,3}$/), (value, operand) => {
        const of = (test: unknown) => matches({ a: [test] }, { a: value });
        expect(of({ "anything-but": operand })).toBe(!of(operand));
        expect(of({ prefix: operand })).toBe(of({ wildcard: `${operand}*` }));
        expect(of({ suffix: operand })).toBe(of({ wildcard: `*${operand}` }));
      }),
    ));

  test("an array matches where one of its elements does; $or where one alternative does", () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 })),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1 }),
        (values, wanted) => {
          const expected = values.some((value) => wanted.includes(value));
          expect(matches({ a: wanted }, { a: values })).toBe(expected);
          expect(matches({ $or: wanted.map((one) => ({ a: [one] })) }, { a: values })).toBe(expected);
        },
      ),
    ));
});
