import { Token } from "cdktf";
import fc from "fast-check";
import { hcl, type ModuleStack } from "../../constructs/hosting";
import {
  existing,
  flag,
  listOf,
  mapOf,
  number,
  object,
  optional,
  type PropsOf,
  resolveProps,
  rule,
  take,
  text,
  typeConstraint,
} from "../../constructs/inputs";
import { environment, module } from "../support/hosts";

const declared = object(
  {
    name: text(rule.matches(/^[a-z]+$/, "must be lower-case letters")),
    size: optional(number(rule.between(1, 10, "things")), 5),
    queue: optional(existing.queue),
    alarm: optional(object({ hours: optional(number(), 24), loud: optional(flag(), false) })),
    entries: optional(mapOf(object({ displayName: text() }), rule.key), {}),
    zones: optional(listOf(text(), rule.atLeast(1, "zone"))),
  },
  rule.relation<{ readonly name: string; readonly entries: Readonly<Record<string, object>> }>({
    about: "entries",
    says: "no entry has the name's key",
    problems: ({ name, entries }) => (name in entries ? [`entries.${name}: must not be called like the name`] : []),
    condition: (props) => `!contains(keys(${props}.entries), ${props}.name)`,
    broken: { name: "a", entries: { a: { displayName: "a" } } },
  }),
);
type Props = PropsOf<typeof declared>;

/** Resolves props in a stack and returns them. */
function resolve(props: unknown): unknown {
  let resolved: unknown;
  environment((stack) => (resolved = resolveProps(stack, declared, props as Props)));
  return resolved;
}

describe("props that are literals", () => {
  test("get their defaults, nested ones too", () => {
    expect(resolve({ name: "a", alarm: {} })).toEqual({
      name: "a",
      size: 5,
      queue: undefined,
      alarm: { hours: 24, loud: false },
      entries: {},
      zones: undefined,
    });
  });

  test("are refused all at once, with the construct's path, the prop, the rule and the value", () => {
    const wrong = {
      name: "A1",
      size: 11,
      queue: { arn: "x" },
      entries: { "a b": { displayName: "x" } },
      zones: [],
      colour: "red",
    };
    expect(() => resolve(wrong)).toThrow(
      [
        "test:",
        "  - colour: is not a known prop; known here: alarm, entries, name, queue, size, zones",
        '  - name: must be lower-case letters (given: "A1")',
        "  - size: must be a whole number of things from 1 to 10 (given: 11)",
        '  - queue.arn: must be the ARN of a standard queue (arn:partition:sqs:region:account:name) (given: "x")',
        "  - entries: must have keys of 1 to 64 letters",
      ].join("\n"),
    );
    expect(() => resolve(wrong)).toThrow("  - zones: must have at least 1 zone (given: [])");
  });

  test.each([
    [{}, "name: is required"],
    [{ name: 7 }, "name: must be a string, not 7"],
    [{ name: "a", entries: [] }, "entries: must be a map, not []"],
    [{ name: "a", alarm: { loud: "yes" } }, 'alarm.loud: must be a bool, not "yes"'],
    [{ name: "a", entries: { a: { displayName: "x" } } }, "test:\n  - entries.a: must not be called like the name"],
  ])("%j is refused", (props, message) => expect(() => resolve(props)).toThrow(message));

  test("that are tokens are left to Terraform", () => {
    const token = Token.asString(hcl`var.anything`);
    expect(resolve({ name: token })).toMatchObject({ name: token });
  });
});

test("a field that is named once has a type, a default and a place in Terraform's type", () => {
  const given: Props = { name: "a" };
  // @ts-expect-error a required field is missing
  const missing: Props = { size: 5 };
  // @ts-expect-error a field of another type
  const wrong: Props = { name: "a", alarm: { hours: "24" } };
  expect([given, missing, wrong]).toHaveLength(3);
  expect(typeConstraint(declared)).toBe(
    "object({ name = string, size = optional(number, 5), queue = optional(object({ arn = string })), " +
      "alarm = optional(object({ hours = optional(number, 24), loud = optional(bool, false) })), " +
      "entries = optional(map(object({ display_name = string })), {}), zones = optional(list(string)) })",
  );
});

test("take: the declared fields, of literals and of a variable", () => {
  const fields = object({ displayName: text() }).fields;
  expect(take(fields, { displayName: "x", other: 1 } as { displayName: string })).toEqual({ displayName: "x" });
  const synthesized = module<{ readonly one: { readonly displayName: string } }>(
    "try",
    object({ one: object({ displayName: text() }) }),
    (_stack: ModuleStack, { one }) => take(fields, one),
  );
  expect(synthesized).toHaveProperty("output.display_name.value", "${var.one.display_name}");
});

describe("rules", () => {
  test("say the same in HCL", () => {
    expect(rule.keysMatch(/^a$/, "x").condition("var.m")).toBe(
      'alltrue([for key in keys(var.m) : can(regex("^a$", key))])',
    );
    expect(rule.matchesNot(/^(aws|ssm)/, "x").condition("var.s")).toBe('!can(regex("^(aws|ssm)", var.s))');
    expect(rule.between(1, 3, "x").condition("var.n")).toBe("var.n >= 1 && var.n <= 3 && floor(var.n) == var.n");
    expect(rule.exactlyOne("one", "otherOne").condition("var.o")).toBe(
      "(var.o.one == null) != (var.o.other_one == null)",
    );
    expect(rule.atMostLong(3, "x").condition("var.t")).toBe("length(var.t) <= 3");
  });

  test("exactly one of two is neither none nor both", () => {
    const { holds } = rule.exactlyOne("a", "b");
    fc.assert(
      fc.property(fc.record({ a: fc.constant(1), b: fc.constant(2) }, { requiredKeys: [] }), (value) => {
        expect(holds(value)).toBe(Object.keys(value).length === 1);
      }),
    );
  });
});
