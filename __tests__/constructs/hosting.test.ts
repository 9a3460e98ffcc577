import { Token } from "cdktf";
import fc from "fast-check";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import {
  between,
  blockIf,
  each,
  existing,
  givenOrMade,
  hcl,
  ifGiven,
  inputs,
  json,
  KEY,
  keysMatch,
  matchesNot,
  literal,
  matches,
  type ModuleStack,
  onlyIf,
  putBlocks,
  resolveProps,
  text,
  values,
} from "../../constructs/hosting";
import { environment, module } from "../support/hosts";

interface Props {
  readonly name: string;
  readonly size?: number;
  readonly queue?: { readonly arn: string };
  readonly alarm?: { readonly hours?: number };
  readonly entries?: Readonly<Record<string, { readonly displayName: string }>>;
}

const declared = inputs<Props>()({
  name: { kind: "string", rules: [matches(/^[a-z]+$/, "must be lower-case letters")] },
  size: { kind: "number", optional: true, default: 5, rules: [between(1, 10, "things")] },
  queue: existing,
  alarm: { kind: "object", optional: true, fields: { hours: { kind: "number", optional: true, default: 24 } } },
  entries: {
    kind: "map",
    optional: true,
    default: {},
    rules: [KEY],
    of: { kind: "object", fields: { displayName: text } },
  },
});

/** Resolves props in a stack and returns them. */
function resolve(props: unknown): unknown {
  let resolved: unknown;
  environment((stack) => (resolved = resolveProps(stack, declared, props as Props)));
  return resolved;
}

/** The Terraform expression that a value becomes in a module. */
function rendered(make: (props: Props) => unknown): unknown {
  const synthesized = module<Props>("try", declared, (_stack, props) => ({ value: make(props) }));
  return (synthesized as { output: { value: { value: unknown } } }).output.value.value;
}

describe("props that are literals", () => {
  test("get their defaults, nested ones too", () => {
    expect(resolve({ name: "a", alarm: {} })).toMatchObject({ size: 5, alarm: { hours: 24 }, entries: {} });
  });

  test("that are left out and have no default stay undefined", () => {
    expect(resolve({ name: "a" })).toMatchObject({ queue: undefined, alarm: undefined });
  });

  test("are refused all at once, with the construct's path, the prop, the rule and the value", () => {
    const wrong = {
      name: "A1",
      size: 11,
      queue: { arn: "x" },
      entries: { "a b": { displayName: "x" } },
      colour: "red",
    };
    expect(() => resolve(wrong)).toThrow(
      [
        "test:",
        "  - colour: is not known here (known: alarm, entries, name, queue, size)",
        '  - name: must be lower-case letters (given: "A1")',
        "  - size: must be a whole number of things from 1 to 10 (given: 11)",
        '  - queue.arn: must be an ARN (arn:partition:service:region:account:resource) (given: "x")',
        "  - entries: must have keys of 1 to 64 letters",
      ].join("\n"),
    );
  });

  test.each([
    [{}, "name: is required"],
    [{ name: 7 }, "name: must be a string, not 7"],
    [{ name: "a", entries: [] }, "entries: must be a map, not []"],
  ])("%j is refused", (props, message) => expect(() => resolve(props)).toThrow(message));

  test("that are tokens are left to Terraform", () => {
    const token = Token.asString(hcl`var.anything`);
    expect(resolve({ name: token })).toMatchObject({ name: token });
  });
});

describe("what exists is decided by an object or a map", () => {
  const made = (name: string) => ({ name });

  test("given or made: a literal decides at synth", () => {
    const make = (given?: { arn: string }) =>
      environment((stack) => {
        givenOrMade(given, (count) => new SqsQueue(stack, "queue", { ...made("q"), count }));
      });
    expect(make()).toHaveProperty("resource.aws_sqs_queue.queue");
    expect(make({ arn: "arn:aws:sqs:eu-west-1:123456789012:q" })).not.toHaveProperty("resource");
  });

  test("given or made: a variable decides by its own nullness, never by a leaf", () => {
    const synthesized = module<Props>("try", declared, (stack, props) => ({
      arn: givenOrMade(props.queue, (count) => new SqsQueue(stack, "made", { name: "q", count })),
    }));
    expect(synthesized).toMatchObject({
      resource: { aws_sqs_queue: { made: { count: "${var.queue == null ? 1 : 0}" } } },
      output: { arn: { value: "${var.queue == null ? one(aws_sqs_queue.made[*].arn) : var.queue.arn}" } },
    });
  });

  test("only if", () => {
    const synthesized = module<Props>("try", declared, (stack, props) => {
      const queue = onlyIf(props.alarm, ({ hours }, count) => new SqsQueue(stack, "q", { delaySeconds: hours, count }));
      return { url: queue.attribute("url") };
    });
    expect(synthesized).toMatchObject({
      resource: {
        aws_sqs_queue: { q: { count: "${var.alarm != null ? 1 : 0}", delay_seconds: "${var.alarm.hours}" } },
      },
      output: { url: { value: "${one(aws_sqs_queue.q[*].url)}" } },
    });
  });

  test("each: a block per entry in an environment, for_each in a module", () => {
    const literal = environment((stack) => {
      each({ a: { displayName: "A" }, b: { displayName: "B" } }, "q", (entry, key, id, forEach) => {
        return new SqsQueue(stack, id, { name: entry.displayName, tags: { key }, forEach });
      });
    });
    expect(literal).toMatchObject({ resource: { aws_sqs_queue: { q_a: { name: "A" }, q_b: { name: "B" } } } });

    const variable = module<Props>("try", declared, (stack, props) => {
      const queues = each(props.entries ?? {}, "q", (entry, _key, id, forEach) => {
        return new SqsQueue(stack, id, { name: entry.displayName, forEach });
      });
      return { urls: queues.attribute("url") };
    });
    expect(variable).toMatchObject({
      resource: { aws_sqs_queue: { q: { for_each: "${var.entries}", name: "${each.value.display_name}" } } },
      output: { urls: { value: "${{ for k, v in aws_sqs_queue.q : k => v.url }}" } },
    });
  });

  test("blocks: static where known, dynamic where a variable decides", () => {
    const blocks = (stack: ModuleStack, props: Props) => {
      const queue = new SqsQueue(stack, "q", {});
      putBlocks(queue, "block", [{ someName: 1 }, blockIf(props.queue, ({ arn }) => ({ targetArn: arn })), undefined]);
      return {};
    };
    expect(module<Props>("try", declared, blocks)).toMatchObject({
      resource: {
        aws_sqs_queue: {
          q: {
            block: [{ some_name: 1 }],
            dynamic: {
              block: [{ for_each: "${var.queue == null ? [] : [1]}", content: { target_arn: "${var.queue.arn}" } }],
            },
          },
        },
      },
    });
  });

  test("values of a map", () => {
    expect(values({ b: { displayName: "B" }, a: { displayName: "A" } }, "displayName")).toEqual(["A", "B"]);
    expect(rendered((props) => values(props.entries ?? {}, "displayName"))).toBe(
      "${[for k, v in var.entries : v.display_name]}",
    );
  });

  test("a value that depends on something", () => {
    expect(ifGiven(undefined, () => "there", "absent")).toBe("absent");
    expect(rendered((props) => ifGiven(props.queue, ({ arn }) => json({ arn }), undefined))).toBe(
      '${var.queue == null ? null : jsonencode({"arn" = var.queue.arn})}',
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
  expect(synthesized).toHaveProperty("variable.alarm.type", "object({ hours = optional(number, 24) })");
  expect(synthesized).toHaveProperty("variable.entries.nullable", false);
});

test("a rule says the same in HCL", () => {
  expect(keysMatch(/^a$/, "x").condition("var.m")).toBe('alltrue([for key in keys(var.m) : can(regex("^a$", key))])');
  expect(matchesNot(/^(aws|ssm)/, "x").condition("var.s")).toBe('!can(regex("^(aws|ssm)", var.s))');
  expect(between(1, 3, "x").condition("var.n")).toBe("var.n >= 1 && var.n <= 3 && floor(var.n) == var.n");
});
