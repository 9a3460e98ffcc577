import { type TerraformResource, Token } from "cdktf";
import fc from "fast-check";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import {
  block,
  choose,
  compute,
  ensure,
  filled,
  given,
  hcl,
  json,
  literal,
  lookup,
  map,
  merge,
  type ModuleStack,
  putBlocks,
  values,
} from "../../constructs/hosting";
import { rule } from "../../constructs/inputs";
import { environment, module } from "../support/hosts";
import { resource } from "../support/synthesized";
import { declared, inModule, LITERAL, type Props, rendered } from "./hosting-fixtures";

describe("choose: a value that depends on a condition", () => {
  test("a literal decides at synth", () => {
    expect(choose(given(LITERAL.queue), "there")).toBeUndefined();
    expect(choose(given(LITERAL.queue), "there", () => "absent")).toBe("absent");
    expect(choose(filled(LITERAL.labels), ({ l }) => ({ l }))).toEqual({ l: "1" });
  });

  test.each<[string, (props: Props) => unknown, string]>([
    [
      "a text or another",
      ({ queue }) => choose(given(queue), ({ arn }) => arn, "none"),
      'var.queue == null ? "none" : var.queue.arn',
    ],
    [
      "a text or none",
      ({ queue }) => choose(given(queue), ({ arn }) => json({ arn })),
      'var.queue == null ? null : jsonencode({"arn" = var.queue.arn})',
    ],
    ["a flag", ({ queue }) => choose(given(queue).not, true), "var.queue == null ? true : null"],
    [
      "a number",
      ({ alarm, size }) => choose(given(alarm), ({ hours }) => hours, size),
      "var.alarm == null ? var.size : var.alarm.hours",
    ],
    [
      "an object in an object",
      ({ alarm }) => choose(given(alarm), ({ queue }) => queue),
      "(var.alarm == null ? null : var.alarm.queue)",
    ],
    [
      "an object made of one",
      ({ alarm }) => choose(given(alarm), ({ hours }) => ({ inHours: hours })),
      '(var.alarm == null ? null : {"in_hours" = var.alarm.hours})',
    ],
    [
      "a field of that",
      ({ alarm }) => choose(given(alarm), ({ hours }) => ({ inHours: hours }))!.inHours,
      "var.alarm.hours",
    ],
  ])("%s, in a module", (_what, value, expression) => expect(rendered(value)).toBe(`\${${expression}}`));
});

describe("block: a nested block that may not be there", () => {
  const blocks = (stack: ModuleStack | TerraformResource["cdktfStack"], { queue, entries }: Props) =>
    putBlocks(new SqsQueue(stack, "q", {}), "block", [
      { someName: 1 },
      block(given(queue), ({ arn }) => ({ targetArn: arn })),
      block(given(queue).not, { none: true }),
      block(filled(entries), { some: true }),
    ]);

  test("dynamic where a variable decides", () => {
    expect(resource(inModule(blocks), "aws_sqs_queue")).toEqual({
      block: [{ some_name: 1 }],
      dynamic: {
        block: [
          { for_each: "${var.queue == null ? [] : [1]}", content: { target_arn: "${var.queue.arn}" } },
          { for_each: "${var.queue == null ? [1] : []}", content: { none: true } },
          { for_each: "${length(var.entries) == 0 ? [] : [1]}", content: { some: true } },
        ],
      },
    });
  });

  test("static where it is known", () => {
    const configuration = environment((stack) => blocks(stack, LITERAL));
    expect(resource(configuration, "aws_sqs_queue")).toEqual({
      block: [{ some_name: 1 }, { none: true }, { some: true }],
    });
  });

  test("of a type inside another block", () => {
    const configuration = inModule((stack, { queue }) => {
      putBlocks(new SqsQueue(stack, "q", {}), "outer.inner", [block(given(queue), { some: true })]);
    });
    expect(resource(configuration, "aws_sqs_queue")).toHaveProperty("outer.dynamic.inner");
  });
});

describe("map, values, lookup, merge, compute", () => {
  test("by JavaScript where everything is known", () => {
    expect(map(LITERAL.entries, ({ displayName }, key) => ({ both: key + displayName }))).toEqual({
      a: { both: "aA" },
      b: { both: "bB" },
    });
    expect(map(["a", "b"], (item) => `${item}!`)).toEqual(["a!", "b!"]);
    expect(values(LITERAL.entries, "displayName")).toEqual(["A", "B"]);
    expect(values(LITERAL.labels)).toEqual(["1"]);
    expect(lookup({ x: "1" }, "x")).toBe("1");
    expect(lookup({ x: ["1"] }, "x")).toEqual(["1"]);
    expect(() => lookup({ x: "1" }, "y")).toThrow("there is no y, only x");
    expect(merge({ Name: "a", b: "1" }, { Name: "mine" })).toEqual({ Name: "mine", b: "1" });
  });

  test.each<[string, (props: Props) => unknown, string]>([
    [
      "a map of objects",
      ({ entries }) => map(entries, ({ displayName }) => ({ itsName: displayName })),
      '{ for key, entry in var.entries : key => {"its_name" = entry.display_name} }',
    ],
    [
      "a map of texts",
      ({ entries }) => map(entries, ({ displayName }, key) => `${key}-${displayName}`),
      '{ for key, entry in var.entries : key => "${key}-${entry.display_name}" }',
    ],
    [
      "a list",
      ({ labels }) => map(values(labels), (label) => `${label}!`),
      '[for item in values(var.labels) : "${item}!"]',
    ],
    ["a field of each", ({ entries }) => values(entries, "displayName"), "[for k, v in var.entries : v.display_name]"],
    ["a table and a variable key", ({ name }) => lookup({ x: "1" }, name), '{"x" = "1"}[var.name]'],
    ["a variable table", ({ labels }) => lookup(labels, "x"), 'var.labels["x"]'],
    ["a table of lists", ({ name }) => lookup({ x: ["1"] }, name), '{"x" = ["1"]}[var.name]'],
    ["tags over a name", ({ labels, name }) => merge({ Name: name }, labels), 'merge({"Name" = var.name}, var.labels)'],
    [
      "a text",
      ({ name }) =>
        compute(
          name,
          (known) => known,
          (unknown) => hcl`lower(${unknown})`,
        ),
      "lower(var.name)",
    ],
    [
      "a number",
      ({ size }) =>
        compute(
          size,
          (n) => n * 2,
          (n) => hcl`${n} * 2`,
        ),
      "var.size * 2",
    ],
  ])("by Terraform where there is a variable in it: %s", (_what, value, expression) => {
    expect(rendered(value)).toBe(`\${${expression}}`);
  });

  test("an expression that does not say what its entries are is refused", () => {
    const untyped = Token.asAny(hcl`module.other.entries`) as never;
    expect(() => map(untyped, () => "x")).toThrow("an expression whose entries have no known type");
  });
});

describe("ensure: a rule where neither synth nor a validation can check it", () => {
  const SHORT = rule.atMostLong(3, "name: too long");
  const relation = rule.relation<{ readonly name: string; readonly labels: Readonly<Record<string, string>> }>({
    about: "labels",
    says: "one must have the name as key",
    problems: ({ name, labels }) => (name in labels ? [] : ["labels: lacks one"]),
    condition: (props) => `contains(keys(${props}.labels), ${props}.name)`,
    broken: { labels: {} },
  });
  const lifecycle = (make: (queue: SqsQueue, props: Props) => void): unknown =>
    resource(
      inModule((stack, props) => make(new SqsQueue(stack, "q", {}), props)),
      "aws_sqs_queue",
    ).lifecycle;

  test("a known value is refused at synth", () => {
    const synth = (name: string) => () => environment((stack) => ensure(new SqsQueue(stack, "q", {}), name, SHORT));
    expect(synth("abc")).not.toThrow();
    expect(synth("abcd")).toThrow("test:\n  - name: too long");
  });

  test("a value with a variable in it gets a precondition", () => {
    expect(lifecycle((queue, { name }) => ensure(queue, `x-${name}`, SHORT))).toEqual({
      precondition: [{ condition: '${length("x-${var.name}") <= 3}', error_message: "name: too long" }],
    });
  });

  test("props of which some are variables get a precondition, those that are all variables have their validation", () => {
    expect(lifecycle((queue, props) => ensure(queue, { ...props, labels: { l: "1" } }, relation))).toEqual({
      precondition: [
        {
          condition: '${contains(keys({"l" = "1"}), var.name)}',
          error_message: "labels: one must have the name as key.",
        },
      ],
    });
    expect(lifecycle((queue, props) => ensure(queue, props, relation))).toBeUndefined();
  });
});

describe("text that Terraform reads as a template", () => {
  /** What Terraform makes of a template without interpolations. */
  const unescaped = (template: string): string => template.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");

  test("literals survive as JSON and as text", () => {
    const nasty = fc.string({ unit: fc.constantFrom("$", "{", "}", "%", '"', "\\", "a", "\n") });
    fc.assert(
      fc.property(nasty, (value) => {
        expect(JSON.parse(unescaped(json({ value })))).toEqual({ value });
        expect(unescaped(literal(value))).toBe(value);
      }),
    );
  });

  test("a literal beside a token cannot end the expression", () => {
    expect(rendered((props) => json({ [`k"`]: `"); file("x`, arn: props.name, both: `${props.name}-"x` }))).toBe(
      '${jsonencode({"k\\"" = "\\"); file(\\"x", "arn" = var.name, "both" = "${var.name}-\\"x"})}',
    );
  });
});

describe("addresses", () => {
  test("are the construct path, without hashes", () => {
    const synthesized = environment((stack) => new SqsQueue(stack, "my-queue", {}));
    expect(synthesized).toHaveProperty("resource.aws_sqs_queue.my_queue");
  });

  test("two paths that would be one address are refused", () => {
    const both = () =>
      environment((stack) => {
        new SqsQueue(stack, "a-b", {});
        new SqsQueue(stack, "a_b", {});
      });
    expect(both).toThrow(/test\/a_b and test\/a-b would both have the address aws_sqs_queue.a_b: rename one of them/);
  });
});

test("a module has neither provider nor backend, and typed variables", () => {
  const synthesized = module<Props>("try", declared, () => ({}));
  expect(synthesized).not.toHaveProperty("provider");
  expect(synthesized).not.toHaveProperty("terraform.backend");
  expect(synthesized).toHaveProperty("variable.queue.type", "object({ arn = string })");
  expect(synthesized).toHaveProperty("variable.entries.nullable", false);
});
