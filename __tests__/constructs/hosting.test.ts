import { type TerraformResource, Token } from "cdktf";
import fc from "fast-check";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import {
  attributeOf,
  block,
  choose,
  compute,
  type Condition,
  each,
  either,
  ensure,
  equal,
  filled,
  given,
  hcl,
  json,
  keep,
  literal,
  lookup,
  make,
  map,
  merge,
  type ModuleStack,
  putBlocks,
  values,
} from "../../constructs/hosting";
import { existing, mapOf, number, object, optional, type Resolved, rule, text } from "../../constructs/inputs";
import { environment, module } from "../support/hosts";
import { resource } from "../support/synthesized";

const entry = object({ displayName: text(), owner: optional(existing) });
const declared = object({
  name: text(),
  size: optional(number(), 5),
  alias: optional(text()),
  queue: optional(existing),
  alarm: optional(object({ hours: optional(number(), 24), queue: optional(existing) })),
  entries: optional(mapOf(entry), {}),
  labels: optional(mapOf(text()), {}),
});
type Props = Resolved<typeof declared>;

const ARN = "arn:aws:sqs:eu-west-1:123456789012:q";
const LITERAL: Props = {
  name: "n",
  size: 5,
  alias: undefined,
  queue: undefined,
  alarm: undefined,
  entries: { b: { displayName: "B", owner: { arn: ARN } }, a: { displayName: "A", owner: undefined } },
  labels: { l: "1" },
};

/** The Terraform expression that a value becomes in a module. */
function rendered(make: (props: Props) => unknown): unknown {
  const synthesized = module<Props>("try", declared, (_stack, props) => ({ value: make(props) }));
  return (synthesized as { output: { value: { value: unknown } } }).output.value.value;
}

/** The queue that a module makes of its variables, or an environment of literals. */
const inModule = (make: (stack: ModuleStack, props: Props) => void): object =>
  module<Props>("try", declared, (stack, props) => {
    make(stack, props);
    return {};
  });
const queues = (configuration: object): object =>
  (configuration as { resource?: { aws_sqs_queue?: object } }).resource?.aws_sqs_queue ?? {};

describe("make: a resource that exists where a condition holds", () => {
  const count = (when: (props: Props) => Condition): unknown =>
    resource(
      inModule((stack, props) => make(when(props), (_it, count) => new SqsQueue(stack, "q", { count }))),
      "aws_sqs_queue",
    ).count;

  test.each<[string, (props: Props) => Condition, string]>([
    ["given", ({ queue }) => given(queue), "var.queue != null"],
    ["not given", ({ queue }) => given(queue).not, "var.queue == null"],
    ["filled", ({ entries }) => filled(entries), "length(var.entries) > 0"],
    ["empty", ({ entries }) => filled(entries).not, "length(var.entries) == 0"],
    ["equal", ({ name }) => equal(name, "x"), 'var.name == "x"'],
    ["both", ({ queue, alarm }) => given(queue).not.and(given(alarm)), "var.queue == null && var.alarm != null"],
    ["not both", ({ queue, alarm }) => given(queue).and(given(alarm)).not, "!(var.queue != null && var.alarm != null)"],
  ])("%s, in a module: Terraform counts", (_what, when, condition) => {
    expect(count(when)).toBe(`\${${condition} ? 1 : 0}`);
  });

  test.each<[string, (props: Props) => Condition, boolean]>([
    ["given", ({ queue }) => given(queue), false],
    ["not given", ({ queue }) => given(queue).not, true],
    ["filled", ({ entries }) => filled(entries), true],
    ["equal", ({ name }) => equal(name, "n"), true],
    ["both", ({ queue, entries }) => given(queue).not.and(filled(entries).not), false],
  ])("%s, in an environment: it is there or not", (_what, when, there) => {
    const configuration = environment((stack) => {
      make(when(LITERAL), (_it, count) => new SqsQueue(stack, "q", { count }));
    });
    expect(queues(configuration)).toEqual(there ? { q: {} } : {});
  });

  test("what a condition is about is handed on, and the resource's attributes are null where it is not there", () => {
    const synthesized = module<Props>("try", declared, (stack, { alarm }) => {
      const queue = make(given(alarm), ({ hours }, count) => new SqsQueue(stack, "q", { delaySeconds: hours, count }));
      return { url: queue.attribute("url") };
    });
    expect(synthesized).toMatchObject({
      resource: { aws_sqs_queue: { q: { delay_seconds: "${var.alarm.hours}" } } },
      output: { url: { value: "${one(aws_sqs_queue.q[*].url)}" } },
    });
  });

  test("what comes with it has the same count, and refers to it by its index", () => {
    const synthesized = inModule((stack, { alarm }) => {
      make(given(alarm), (_it, count) => {
        const first = new SqsQueue(stack, "first", { count });
        return new SqsQueue(stack, "second", { name: attributeOf(first, "name"), count });
      });
    });
    expect(resource(synthesized, "aws_sqs_queue", "second")).toEqual({
      count: "${var.alarm != null ? 1 : 0}",
      name: "${aws_sqs_queue.first[count.index].name}",
    });
  });
});

describe("either: what is given, or what is made in its place", () => {
  const made = (stack: ModuleStack | TerraformResource["cdktfStack"], queue: Props["queue"]) =>
    either(
      queue,
      make(given(queue).not, (_it, count) => new SqsQueue(stack, "made", { count })),
    );

  test("a variable decides by its own nullness, never by a leaf", () => {
    const synthesized = module<Props>("try", declared, (stack, { queue }) => {
      const found = made(stack, queue);
      return { arn: found!.arn, isThere: choose(given(found), "yes", "no") };
    });
    expect(synthesized).toMatchObject({
      resource: { aws_sqs_queue: { made: { count: "${var.queue == null ? 1 : 0}" } } },
      output: { arn: { value: "${var.queue == null ? one(aws_sqs_queue.made[*].arn) : var.queue.arn}" } },
    });
    expect(synthesized).toHaveProperty(
      "output.is_there.value",
      '${(var.queue != null ? var.queue : length(aws_sqs_queue.made) == 0 ? null : {"arn" = one(aws_sqs_queue.made[*].arn)}) == null ? "no" : "yes"}',
    );
  });

  test("a literal decides at synth", () => {
    const found: unknown[] = [];
    const configuration = environment((stack) => {
      found.push(made(stack, undefined), made(stack, { arn: ARN }));
    });
    expect(Object.keys(queues(configuration))).toEqual(["made"]);
    expect(found).toEqual([{ arn: expect.stringContaining("TfToken") }, { arn: ARN }]);
  });

  test("a text, or another", () => {
    expect(either(undefined, "x")).toBe("x");
    expect(either("a", "x")).toBe("a");
    expect(rendered(({ alias, name }) => either(alias, name))).toBe("${coalesce(var.alias, var.name)}");
  });
});

describe("each: a resource for each entry of a map", () => {
  const make = (stack: ModuleStack | TerraformResource["cdktfStack"], entries: Props["entries"]) =>
    each(entries, "q", ({ displayName }, key, id, forEach) => {
      return new SqsQueue(stack, id, { name: displayName, tags: { key }, forEach });
    });

  test("a block each in an environment", () => {
    const attributes: unknown[] = [];
    const configuration = environment((stack) => {
      const made = make(stack, LITERAL.entries);
      attributes.push(made.list("arn"), made.attribute("url"), made.all.length);
      expect(() => made.at("c", "arn")).toThrow("nothing was made for c, only for b, a");
      expect(made.atOrFirst("c", "arn")).toBeDefined();
    });
    expect(queues(configuration)).toMatchObject({ q_a: { name: "A" }, q_b: { name: "B" } });
    expect(attributes).toEqual([
      [expect.any(String), expect.any(String)],
      { a: expect.any(String), b: expect.any(String) },
      2,
    ]);
  });

  test("for_each in a module", () => {
    const synthesized = module<Props>("try", declared, (stack, { entries, name }) => {
      const made = make(stack, entries);
      return {
        urls: made.attribute("url"),
        list: made.list("url"),
        one: made.at(name, "url"),
        first: made.atOrFirst(name, "id"),
      };
    });
    expect(synthesized).toMatchObject({
      resource: { aws_sqs_queue: { q: { for_each: "${var.entries}", name: "${each.value.display_name}" } } },
      output: {
        urls: { value: "${{ for k, v in aws_sqs_queue.q : k => v.url }}" },
        list: { value: "${[for v in aws_sqs_queue.q : v.url]}" },
        one: { value: "${aws_sqs_queue.q[var.name].url}" },
        first: { value: "${try(aws_sqs_queue.q[var.name].id, values(aws_sqs_queue.q)[0].id)}" },
      },
    });
  });
});

describe("keep: the entries for which a condition holds", () => {
  test("one on each entry", () => {
    expect(keep(LITERAL.entries, ({ owner }) => given(owner))).toEqual({ b: LITERAL.entries.b });
    expect(keep(LITERAL.entries, ({ displayName }) => equal(displayName, "A"))).toEqual({ a: LITERAL.entries.a });
    expect(rendered(({ entries }) => keep(entries, ({ owner }) => given(owner).not))).toBe(
      "${{ for k, v in var.entries : k => v if v.owner == null }}",
    );
  });

  test("one on something else", () => {
    expect(keep(LITERAL.labels, given(LITERAL.queue))).toEqual({});
    expect(keep(LITERAL.labels, given(LITERAL.queue).not)).toEqual(LITERAL.labels);
    expect(rendered(({ entries, queue }) => keep(entries, given(queue)))).toBe(
      "${{ for k, v in var.entries : k => v if var.queue != null }}",
    );
  });

  test("a variable decides on literal entries, and a literal on a variable's", () => {
    expect(rendered(({ queue }) => keep(LITERAL.labels, given(queue)))).toBe(
      '${{ for k, v in {"l" = "1"} : k => v if var.queue != null }}',
    );
    expect(rendered(({ labels }) => keep(LITERAL.entries, filled(labels)))).toBe(
      '${{ for k, v in {"b" = {"display_name" = "B", "owner" = {"arn" = "' +
        ARN +
        '"}}, "a" = {"display_name" = "A", "owner" = null}} : k => v if length(var.labels) > 0 }}',
    );
    expect(rendered(({ labels }) => keep(labels, filled(LITERAL.entries)))).toBe("${var.labels}");
    expect(rendered(({ labels }) => keep(labels, given(LITERAL.queue)))).toEqual({});
    expect(rendered(({ queue }) => keep({ own: queue! }, (key) => given(key)))).toBe(
      '${{ for k, v in {"own" = var.queue} : k => v if v != null }}',
    );
  });

  test("what it keeps can be gone through", () => {
    const synthesized = inModule((stack, { queue }) => {
      each(keep(LITERAL.entries, given(queue)), "q", ({ displayName }, _key, id, forEach) => {
        return new SqsQueue(stack, id, { name: displayName, forEach });
      });
    });
    expect(resource(synthesized, "aws_sqs_queue").name).toBe("${each.value.display_name}");
  });
});

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

describe("mixtures of literals and variables", () => {
  /** Which of the props stay literals. */
  const mixture = fc.subarray(Object.keys(LITERAL) as Array<keyof Props>);
  const mixed = (literals: readonly (keyof Props)[], variables: Props): Props =>
    Object.fromEntries(
      (Object.keys(LITERAL) as Array<keyof Props>).map((prop) => [
        prop,
        literals.includes(prop) ? LITERAL[prop] : variables[prop],
      ]),
    ) as never;

  /** Verbs, and the props that decide what comes of each. */
  const VERBS: ReadonlyArray<[string, readonly (keyof Props)[], (props: Props) => unknown]> = [
    ["keep by another", ["labels"], (p) => keep(p.entries, filled(p.labels))],
    ["keep by each", ["entries"], (p) => keep(p.entries, ({ owner }) => given(owner))],
    ["choose", ["alarm", "size"], (p) => choose(given(p.alarm).not, p.size, 0)],
    ["choose by two", ["labels", "entries"], (p) => choose(filled(p.labels).and(filled(p.entries)), "a", "b")],
    ["map", ["entries", "name"], (p) => map(p.entries, ({ displayName }) => displayName + p.name)],
    ["lookup", ["labels"], (p) => lookup(p.labels, "l")],
    ["merge", ["labels", "name"], (p) => merge({ Name: p.name }, p.labels)],
    ["values", ["labels"], (p) => values(p.labels)],
    ["json", ["labels", "name"], (p) => json({ labels: p.labels, name: p.name })],
  ];

  test.each(VERBS)("%s: no variable that decides is ever left out", (_verb, deciding, make) => {
    fc.assert(
      fc.property(mixture, (literals) => {
        const text = JSON.stringify(rendered((variables) => make(mixed(literals, variables))));
        const left = deciding.filter((prop) => !literals.includes(prop) && !text.includes(`var.${prop}`));
        expect(left).toEqual([]);
      }),
      { numRuns: 40 },
    );
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
