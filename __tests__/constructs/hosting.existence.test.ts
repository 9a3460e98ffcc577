import type { TerraformResource } from "cdktf";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import {
  attributeOf,
  choose,
  type Condition,
  each,
  either,
  equal,
  filled,
  given,
  keep,
  make,
  type ModuleStack,
} from "../../constructs/hosting";
import { environment, module } from "../support/hosts";
import { resource } from "../support/synthesized";
import { ARN, declared, inModule, LITERAL, type Props, rendered } from "./hosting-fixtures";

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
      '${(var.queue != null ? var.queue : one([for v in aws_sqs_queue.made : {"arn" = v.arn}])) == null ? "no" : "yes"}',
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
