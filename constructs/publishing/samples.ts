import { type AnyInput, checkProps, isRelation, type Rule, snake } from "../inputs";
import { tokenize } from "./hcl/tokens";

/** Values that suit the usual rules; valid ones come first. */
const RIGHT_TEXTS = [
  ...[
    "example",
    "dzd_example",
    "arn:aws:iam::123456789012:role/example",
    "/",
    "123456789012",
    "us-east-1",
    "us-east-1a",
  ],
  ...[
    "kms:us-east-1:123456789012:key/example",
    "iam::123456789012:policy/example",
    "sqs:us-east-1:123456789012:example",
  ].map((arn) => `arn:aws:${arn}`),
  ...[
    "sns:us-east-1:123456789012:example",
    "events:us-east-1:123456789012:rule/example",
    "sso:::instance/ssoins-1",
  ].map((arn) => `arn:aws:${arn}`),
  ...["arn:aws:s3:us-east-1:123456789012:access-grants/default", "subnet-1", "sg-1", "vpc-1", "eipalloc-1"],
  ...["10.0.0.0/16", "10.0.1.0/24", "s3://example-data/", "example-data", "Product/*", "Product/", "abalone.csv"],
  ...["rate(15 minutes)", "https://example.com/data.csv", "0".repeat(64), "vpc-0123456789abcdef0", "ml.t3.medium"],
];
const WRONG_TEXTS = [
  ...["not valid!", "", " ", "../", "*", "aws-example", "{{example}}", "0".repeat(130), "0".repeat(5000)],
];
const RIGHT_NUMBERS = [1, 2, 3, 10, 60, 365, 900, 3600];
const WRONG_NUMBERS = [-1, 0, 0.5, 1e9];
const COUNTS = [2, 51, 101, 1001];

/** Inputs of which exactly one rule is broken. */
export interface BrokenInput {
  /** The prop. */
  readonly prop: string;
  /** The rule. */
  readonly says: string;
  /** The value as Terraform takes it: attributes in snake_case. */
  readonly value: unknown;
}

/** Valid and invalid values of inputs, found by asking their rules. */
export class Samples {
  /** @param further values to try, by path: `locations.scope` */
  constructor(private readonly further: Readonly<Record<string, readonly unknown[]>> = {}) {}

  /**
   * A valid value, with the required fields only.
   *
   * @throws Error where no sample keeps the rules
   */
  valid(prop: string, input: AnyInput): unknown {
    return terraform(input, this.right(input, prop));
  }

  /** The same value as the construct takes it, in camelCase. */
  prop(prop: string, input: AnyInput): unknown {
    return this.right(input, prop);
  }

  /**
   * An invalid value for each rule of an input and of its fields and entries.
   *
   * @throws Error where no sample breaks a rule
   */
  broken(prop: string, input: AnyInput): BrokenInput[] {
    return this.breaks(input, prop).map(({ says, value }) => ({ prop, says, value: terraform(input, value) }));
  }

  private right(input: AnyInput, path: string): unknown {
    const found = this.candidates(input, path).find((value) =>
      (input.rules ?? []).every((rule) => holds(rule, value, input)),
    );
    if (found === undefined)
      throw new Error(`${path}: no sample keeps its rules; add some to the definition's samples`);
    return found;
  }

  private candidates(input: AnyInput, path: string): unknown[] {
    const further = (this.further[path] ?? []).filter((value) => fits(input, value));
    const named = (input.rules ?? []).flatMap(mentioned);
    switch (input.kind) {
      case "string":
        return [...further, ...named, ...RIGHT_TEXTS];
      case "number":
        return [...further, ...named.map(Number).filter(Number.isFinite), ...RIGHT_NUMBERS];
      case "bool":
        return [...further, true, false];
      case "list":
        return [...further, [], [this.right(input.of!, path)]];
      case "map":
        return [...further, {}, { example: this.right(input.of!, path) }];
      default:
        return [...further, this.required(input, path)];
    }
  }

  private required(input: AnyInput, path: string): Record<string, unknown> {
    const fields = Object.entries(input.fields!).filter(
      ([, { optional, default: value }]) => !optional && value === undefined,
    );
    return Object.fromEntries(fields.map(([name, field]) => [name, this.right(field, `${path}.${name}`)]));
  }

  private breaks(input: AnyInput, path: string): Array<{ says: string; value: unknown }> {
    const rules = input.rules ?? [];
    const own = rules.map((rule) => {
      if (isRelation(rule))
        return {
          says: `${path}.${rule.about} ${rule.says}`,
          value: { ...(this.right(input, path) as object), ...rule.broken },
        };
      const wrong = this.wrongs(input, path).filter((value) => !holds(rule, value, input));
      const onlyThis = wrong.find((value) => rules.every((other) => other === rule || holds(other, value, input)));
      const value = onlyThis ?? wrong[0];
      if (value === undefined) throw new Error(`${path}: no sample breaks the rule "${rule.says}"; add one`);
      return { says: `${path} ${rule.says}`, value };
    });
    if (input.fields) {
      const inside = Object.entries(input.fields).flatMap(([name, field]) =>
        this.breaks(field, `${path}.${name}`).map(({ says, value }) => ({ says, name, value })),
      );
      const base = inside.length > 0 ? (this.right(input, path) as object) : {};
      return [...own, ...inside.map(({ says, name, value }) => ({ says, value: { ...base, [name]: value } }))];
    }
    if (!input.of) return own;
    const inside = this.breaks(input.of, path);
    return [
      ...own,
      ...inside.map(({ says, value }) => ({ says, value: input.kind === "list" ? [value] : { example: value } })),
    ];
  }

  /** Values that may break a rule on the input as a whole. */
  private wrongs(input: AnyInput, path: string): unknown[] {
    const candidates = this.candidates(input, path);
    if (input.kind === "string") return [...WRONG_TEXTS, ...candidates];
    if (input.kind === "number") return [...WRONG_NUMBERS, ...candidates];
    if (!input.of) return candidates;
    const entries = input.of.kind === "string" ? WRONG_TEXTS : [];
    const right = this.right(input.of, path);
    const many = COUNTS.map((count) => Array.from({ length: count }, (_, i) => [`example-${i}`, right] as const));
    if (input.kind === "list")
      return [...candidates, ...entries.map((item) => [item]), ...many.map((some) => some.map(([, v]) => v))];
    return [
      ...candidates,
      { "not a key!": right },
      { "aws:example": right },
      ...entries.map((item) => ({ example: item })),
      ...many.map((some) => Object.fromEntries(some)),
    ];
  }
}

/** Whether Terraform would take a value for an input's type. A map and its entries have the same path. */
function fits(input: AnyInput, value: unknown): boolean {
  if (input.kind === "list") return Array.isArray(value) && value.every((item) => fits(input.of!, item));
  if (input.kind !== "map" && input.kind !== "object")
    return typeof value === (input.kind === "bool" ? "boolean" : input.kind);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (input.kind === "map") return Object.values(value).every((item) => fits(input.of!, item));
  return Object.entries(value).every(([name, item]) => name in input.fields! && fits(input.fields![name]!, item));
}

/** Texts and numbers in a rule's condition: one of them often keeps the rule. */
const mentioned = (rule: Rule<unknown>): string[] =>
  tokenize(rule.condition("value")).flatMap((token) => {
    if (token.kind === "number") return [token.text];
    return token.kind === "string" && token.parts.length === 1 ? [String(token.parts[0])] : [];
  });

function holds(rule: Rule<unknown>, value: unknown, input: AnyInput): boolean {
  try {
    return rule.holds(isRelation(rule) ? checkProps<AnyInput>(input, value as never).value : value);
  } catch {
    return false;
  }
}

/** The value under Terraform's names. */
export function terraform(input: AnyInput, value: unknown): unknown {
  if (input.kind === "list") return (value as unknown[]).map((item) => terraform(input.of!, item));
  const renamed = (entries: object, name: (key: string) => string, of: (key: string) => AnyInput): unknown =>
    Object.fromEntries(Object.entries(entries).map(([key, item]) => [name(key), terraform(of(key), item)]));
  if (input.kind === "map")
    return renamed(
      value as object,
      (key) => key,
      () => input.of!,
    );
  if (input.kind === "object") return renamed(value as object, snake, (key) => input.fields![key]!);
  return value;
}
