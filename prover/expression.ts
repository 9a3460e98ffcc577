import type { CedarValueJson, Expr } from "../functions/approver/policies/cedar";
import type { Comparison } from "./compare";
import { type Formula, type Formulas, NotTranslated, type Text, type Whole } from "./smt";
import { Extensions, boolean, checked, nameOf, whole } from "./extensions";
import type { Elements, Entity, Evaluated, Fields, KnownEntity, Option, Value } from "./values";

/** What an expression's variables stand for. */
export interface Scope {
  readonly principal: Entity;
  readonly action: Entity;
  readonly resource: Entity;
  readonly context: Value;
  /** Entities that come with the request: Cedar knows more of these than their ids. */
  readonly entities: readonly Entity[];
}

/** The members that an operator can have in Cedar's JSON; each operator has some of them. */
interface Operand {
  readonly arg: Expr;
  readonly left: Expr;
  readonly right: Expr;
  readonly attr: string | readonly string[];
  readonly pattern: readonly ("Wildcard" | { readonly Literal: string })[];
  readonly entity_type: string;
  readonly in?: Expr;
  readonly if: Expr;
  readonly then: Expr;
  readonly else: Expr;
}

/**
 * Evaluates Cedar's expressions (the JSON of policyToJson) over facts that are variables, by the language reference of
 * Cedar 4, for policies that its validator has passed. An operator that is not known here is refused, never left out.
 */
export class Evaluator {
  private readonly extensions: Extensions;

  constructor(
    private readonly f: Formulas,
    private readonly compare: Comparison,
    private readonly scope: Scope,
  ) {
    this.extensions = new Extensions(f, compare);
  }

  /** When the expression is true, and when its evaluation fails. */
  condition(expression: Expr): { readonly holds: Formula; readonly fails: Formula } {
    const { value, fails } = this.evaluate(expression);
    return { holds: this.f.all(truth(this.f, value), this.f.not(fails)), fails };
  }

  evaluate(expression: Expr): Evaluated {
    const [[operator, operand]] = Object.entries(expression) as unknown as [[string, Operand]];
    if ("Value" in expression) return this.literal(expression.Value as CedarValueJson);
    if ("Var" in expression) return this.sure(this.variable(expression.Var as string));
    if (operator === "Set") return this.listed(operand as unknown as Expr[]);
    if (operator === "Record") return this.record(operand as unknown as Record<string, Expr>);
    if (Array.isArray(operand)) {
      return this.extensions.call(
        operator,
        operand.map((argument: Expr) => [argument, this.evaluate(argument)]),
      );
    }
    switch (operator) {
      case "!":
        return this.map(operand.arg, (is) => boolean(this.f.not(truth(this.f, is))));
      case "neg":
        return this.arithmetic([operand.arg], (is) => is!.neg());
      case "+":
      case "-":
      case "*":
        return this.arithmetic([operand.left, operand.right], (one, other) => calculate(operator, one!, other!));
      case "&&":
      case "||":
        return this.lazily(operator, operand);
      case "if-then-else":
        return this.conditional(operand);
      case "<":
      case "<=":
      case ">":
      case ">=":
        return this.both(operand, (one, other) => boolean(ordered(operator, whole(one), whole(other))));
      case "==":
        return this.both(operand, (one, other) => boolean(this.compare.equal(one, other)));
      case "!=":
        return this.both(operand, (one, other) => boolean(this.f.not(this.compare.equal(one, other))));
      case "in":
        return this.both(operand, (one, other) => boolean(this.compare.isIn(one, other)));
      case "contains":
        return this.both(operand, (set, one) => boolean(this.compare.contains(set, one)));
      case "containsAll":
        return this.both(operand, (set, others) => boolean(this.compare.containsAll(set, others)));
      case "containsAny":
        return this.both(operand, (set, others) => boolean(this.compare.containsAny(set, others)));
      case "isEmpty":
        return this.map(operand.arg, (set) => boolean(this.compare.isEmpty(set)));
      case "like":
        return this.map(operand.left, (is) => boolean(this.like(is, operand.pattern)));
      case "is":
        return this.isOf(operand);
      case ".":
        return this.attribute(this.evaluate(operand.left), operand.attr as string);
      case "has":
        return this.has(operand.left, [operand.attr].flat());
      case "hasTag":
        return this.map(operand.left, (owner) => boolean(this.member(owner, "tags", nameOf(operand.right)).present));
      case "getTag":
        return this.attribute(this.evaluate(operand.left), nameOf(operand.right), "tags");
      default:
        throw new NotTranslated(`"${operator}"`);
    }
  }

  private literal(value: CedarValueJson): Evaluated {
    if (typeof value === "boolean") return this.sure(boolean(value ? this.f.yes : this.f.no));
    if (typeof value === "string") return this.sure({ kind: "string", is: this.f.text(value) });
    if (typeof value === "number") {
      if (!Number.isSafeInteger(value))
        throw new NotTranslated(`the number ${value}, which JavaScript cannot tell exactly`);
      return this.sure({ kind: "long", is: this.f.z3.Int.val(value) });
    }
    if (value !== null && "__entity" in value) {
      return this.sure({ kind: "entity", options: [{ when: this.f.yes, is: this.named(value.__entity as Named) }] });
    }
    throw new NotTranslated(JSON.stringify(value));
  }

  /** An entity that a policy names. */
  private named({ type, id }: Named): Entity {
    return { type: (name) => (name === type ? this.f.yes : this.f.no), id: this.f.text(id) };
  }

  private variable(name: string): Value {
    const { context, ...entities } = this.scope;
    if (name === "context") return context;
    const is = entities[name as "principal" | "action" | "resource"];
    return { kind: "entity", options: [{ when: this.f.yes, is }] };
  }

  private arithmetic(args: readonly Expr[], result: (...numbers: readonly Whole[]) => Whole): Evaluated {
    return checked(
      this.f,
      "long",
      args.map((argument) => this.evaluate(argument)),
      result,
    );
  }

  private lazily(operator: "&&" | "||", { left, right }: Operand): Evaluated {
    const [one, other] = [this.evaluate(left), this.evaluate(right)];
    const [a, b] = [truth(this.f, one.value), truth(this.f, other.value)];
    const goesOn = operator === "&&" ? a : this.f.not(a);
    return {
      value: boolean(operator === "&&" ? this.f.all(a, b) : this.f.any(a, b)),
      fails: this.f.any(one.fails, this.f.all(goesOn, other.fails)),
    };
  }

  private conditional(parts: Operand): Evaluated {
    const [test, then, otherwise] = [this.evaluate(parts.if), this.evaluate(parts.then), this.evaluate(parts.else)];
    const when = truth(this.f, test.value);
    return {
      value: this.compare.choose(when, then.value, otherwise.value),
      fails: this.f.any(test.fails, this.f.choose(when, then.fails, otherwise.fails)),
    };
  }

  private like(value: Value, pattern: Operand["pattern"]): Formula {
    const { z3 } = this.f;
    const anything = z3.Full(z3.Re.sort(z3.String.sort()));
    const parts = pattern.map((part) => (part === "Wildcard" ? anything : z3.Re.toRe(this.f.text(part.Literal))));
    const [only, ...others] = parts;
    if (only === undefined) return this.f.sameText(textIn(this.f, value), this.f.text(""));
    return z3.InRe(textIn(this.f, value), others.length === 0 ? only : z3.ReConcat(only, ...others)) as Formula;
  }

  private isOf({ left, entity_type, in: ancestor }: Operand): Evaluated {
    const one = this.evaluate(left);
    const holds = this.f.any(...optionsOf(one.value).map(({ when, is }) => this.f.all(when, is.type(entity_type))));
    if (!ancestor) return { value: boolean(holds), fails: one.fails };
    const other = this.evaluate(ancestor);
    return {
      value: boolean(this.f.all(holds, this.compare.isIn(one.value, other.value))),
      fails: this.f.any(one.fails, this.f.all(holds, other.fails)),
    };
  }

  private attribute({ value, fails }: Evaluated, name: string, kind: keyof KnownEntity = "fields"): Evaluated {
    const member = this.member(value, kind, name);
    return { value: member.value, fails: this.f.any(fails, this.f.not(member.present)) };
  }

  /** `x has a.b` is `x has a && x.a has b`. */
  private has(left: Expr, [name, ...rest]: readonly string[]): Evaluated {
    const { value, fails } = this.evaluate(left);
    const { present } = this.member(value, "fields", name!);
    if (rest.length === 0) return { value: boolean(present), fails };
    const further = this.has({ ".": { left, attr: name! } }, rest);
    return { value: boolean(this.f.all(present, truth(this.f, further.value))), fails };
  }

  /** An attribute or tag, and whether it is there. */
  private member(value: Value, kind: keyof KnownEntity, name: string): { present: Formula; value: Value } {
    const nothing = { present: this.f.no, value: { kind: "none" } as const };
    if (value.kind === "record") return value.fields.get(name) ?? nothing;
    return optionsOf(value).reduce<{ present: Formula; value: Value }>((before, { when, is }) => {
      const found = this.lookUp(is, kind, name);
      return {
        present: this.f.choose(when, found.present, before.present),
        value: this.compare.choose(when, found.value, before.value),
      };
    }, nothing);
  }

  /**
   * An entity that a policy names by its id has the attributes and tags of an entity of the request, if the two are the
   * same.
   */
  private lookUp(entity: Entity, kind: keyof KnownEntity, name: string): { present: Formula; value: Value } {
    const known = entity.known ? [entity] : this.scope.entities;
    const self: Value = { kind: "entity", options: [{ when: this.f.yes, is: entity }] };
    return known.reduce<{ present: Formula; value: Value }>(
      (before, candidate) => {
        const member: Fields | undefined = candidate.known?.[kind];
        const found = member?.get(name);
        if (!found) return before;
        const same = this.compare.equal(self, { kind: "entity", options: [{ when: this.f.yes, is: candidate }] });
        return {
          present: this.f.any(this.f.all(same, found.present), before.present),
          value: this.compare.choose(same, found.value, before.value),
        };
      },
      { present: this.f.no, value: { kind: "none" } },
    );
  }

  private listed(elements: readonly Expr[]): Evaluated {
    const evaluated = elements.map((element) => this.evaluate(element));
    const is: Elements = { listed: evaluated.map(({ value }) => ({ when: this.f.yes, is: value })) };
    return {
      value: { kind: "set", options: [{ when: this.f.yes, is }] },
      fails: this.f.any(...evaluated.map(({ fails }) => fails)),
    };
  }

  private record(fields: Readonly<Record<string, Expr>>): Evaluated {
    const evaluated = Object.entries(fields).map(([name, field]) => [name, this.evaluate(field)] as const);
    return {
      value: {
        kind: "record",
        fields: new Map(evaluated.map(([name, { value }]) => [name, { present: this.f.yes, value }])),
      },
      fails: this.f.any(...evaluated.map(([, { fails }]) => fails)),
    };
  }

  private map(argument: Expr, change: (value: Value) => Value): Evaluated {
    const { value, fails } = this.evaluate(argument);
    return { value: change(value), fails };
  }

  private both({ left, right }: Operand, change: (one: Value, other: Value) => Value): Evaluated {
    const [one, other] = [this.evaluate(left), this.evaluate(right)];
    return { value: change(one.value, other.value), fails: this.f.any(one.fails, other.fails) };
  }

  private sure(value: Value): Evaluated {
    return { value, fails: this.f.no };
  }
}

type Named = { readonly type: string; readonly id: string };

const truth = (f: Formulas, value: Value): Formula => (value.kind === "boolean" ? value.is : f.no);
const textIn = (f: Formulas, value: Value): Text => (value.kind === "string" ? value.is : f.text(""));
const optionsOf = (value: Value): readonly Option<Entity>[] => (value.kind === "entity" ? value.options : []);

const calculate = (operator: "+" | "-" | "*", one: Whole, other: Whole): Whole =>
  operator === "+" ? one.add(other) : operator === "-" ? one.sub(other) : one.mul(other);

const ordered = (operator: "<" | "<=" | ">" | ">=", one: Whole, other: Whole): Formula =>
  (operator === "<"
    ? one.lt(other)
    : operator === "<="
      ? one.le(other)
      : operator === ">"
        ? one.gt(other)
        : one.ge(other)) as Formula;
