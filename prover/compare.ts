import type { EntityUidJson, Expr } from "../functions/approver/policies/cedar";
import * as cedar from "../functions/approver/policies/cedar";
import { type Container, Names, type Universe } from "./names";
import { type Formula, type Formulas, NotTranslated, type Text } from "./smt";
import type { Elements, Entity, Fields, Option, Value } from "./values";

/** Compares two values as Cedar does, and chooses between values that depend on a formula. */
export class Comparison {
  constructor(
    private readonly f: Formulas,
    private readonly universe: Universe,
  ) {}

  /** `then` where the formula holds, otherwise `otherwise`. */
  choose(when: Formula, then: Value, otherwise: Value): Value {
    const { f } = this;
    if (f.isYes(when) || otherwise.kind === "none") return then;
    if (f.isNo(when) || then.kind === "none") return otherwise;
    if (then.kind === "boolean" && otherwise.kind === "boolean")
      return { kind: "boolean", is: f.choose(when, then.is, otherwise.is) };
    if (then.kind === "string" && otherwise.kind === "string")
      return { kind: "string", is: f.choose(when, then.is, otherwise.is) };
    if (isNumber(then) && isNumber(otherwise)) return { kind: then.kind, is: f.choose(when, then.is, otherwise.is) };
    if (then.kind === "entity" && otherwise.kind === "entity")
      return { kind: "entity", options: this.either(when, then.options, otherwise.options) };
    if (then.kind === "set" && otherwise.kind === "set")
      return { kind: "set", options: this.either(when, then.options, otherwise.options) };
    if (then.kind === "constant" && otherwise.kind === "constant")
      return { kind: "constant", options: this.either(when, then.options, otherwise.options) };
    if (then.kind === "record" && otherwise.kind === "record")
      return { kind: "record", fields: this.eitherFields(when, then.fields, otherwise.fields) };
    throw new NotTranslated(`a value that is a ${then.kind} or a ${otherwise.kind}`);
  }

  equal(one: Value, other: Value): Formula {
    const { f } = this;
    if (one.kind === "boolean" && other.kind === "boolean") return f.same(one.is, other.is);
    if (one.kind === "string" && other.kind === "string") return f.sameText(one.is, other.is);
    if (isNumber(one) && isNumber(other)) return one.kind === other.kind ? (one.is.eq(other.is) as Formula) : f.no;
    if (one.kind === "entity" && other.kind === "entity")
      return this.pairs(one.options, other.options, (a, b) => this.sameEntity(a, b));
    if (one.kind === "set" && other.kind === "set")
      return f.all(this.containsAll(one, other), this.containsAll(other, one));
    if (one.kind === "record" && other.kind === "record") return this.sameFields(one.fields, other.fields);
    if (one.kind === "constant" && other.kind === "constant")
      return this.pairs(one.options, other.options, (left, right) => this.holds({ "==": { left, right } }));
    return f.no;
  }

  /** Entities have no parents here, so `in` is `==`. */
  isIn(one: Value, other: Value): Formula {
    return other.kind === "set" ? this.contains(other, one) : this.equal(one, other);
  }

  contains(set: Value, value: Value): Formula {
    return this.inSet(set, (elements) => {
      if (!(elements instanceof Names)) {
        return this.f.any(...elements.listed.map(({ when, is }) => this.f.all(when, this.equal(is, value))));
      }
      return value.kind === "string" ? this.universe.contains(elements, value.is) : this.f.no;
    });
  }

  containsAll(set: Value, others: Value): Formula {
    return this.inSet(others, (elements) => {
      if (!(elements instanceof Names)) {
        return this.f.all(...elements.listed.map(({ when, is }) => this.f.implies(when, this.contains(set, is))));
      }
      return this.inSet(set, (container) => this.universe.within(elements, this.texts(container)));
    });
  }

  containsAny(set: Value, others: Value): Formula {
    return this.inSet(others, (elements) => {
      if (!(elements instanceof Names)) {
        return this.f.any(...elements.listed.map(({ when, is }) => this.f.all(when, this.contains(set, is))));
      }
      return this.inSet(set, (container) =>
        container instanceof Names
          ? this.universe.meets(container, elements)
          : this.f.any(
              ...container.listed.map(({ when, is }) =>
                this.f.all(when, this.contains({ kind: "set", options: [{ when: this.f.yes, is: elements }] }, is)),
              ),
            ),
      );
    });
  }

  isEmpty(set: Value): Formula {
    return this.inSet(set, (elements) =>
      elements instanceof Names
        ? this.universe.isEmpty(elements)
        : this.f.not(this.f.any(...elements.listed.map(({ when }) => when))),
    );
  }

  /** Cedar's own answer about an expression without variables. */
  holds(expression: Expr): Formula {
    const all = { op: "All" as const };
    const policy = { effect: "permit" as const, principal: all, action: all, resource: all };
    const answer = cedar.isAuthorized({
      principal: NOBODY,
      action: NOBODY,
      resource: NOBODY,
      context: {},
      entities: [],
      policies: { staticPolicies: { policy: { ...policy, conditions: [{ kind: "when", body: expression }] } } },
    });
    if (answer.type === "failure" || answer.response.diagnostics.errors.length > 0) {
      throw new NotTranslated(`Cedar gives no answer for ${JSON.stringify(expression)}`);
    }
    return answer.response.decision === "allow" ? this.f.yes : this.f.no;
  }

  /** Whether `holds` is true of the two values that are chosen: of one of the first options and one of the second. */
  pairs<T>(one: readonly Option<T>[], other: readonly Option<T>[], holds: (a: T, b: T) => Formula): Formula {
    return this.f.any(...one.flatMap((a) => other.map((b) => this.f.all(a.when, b.when, holds(a.is, b.is)))));
  }

  private sameEntity(one: Entity, other: Entity): Formula {
    if (one === other) return this.f.yes;
    const types = TYPES.map((type) => this.f.all(one.type(type), other.type(type)));
    return this.f.all(this.f.any(...types), this.f.sameText(one.id, other.id));
  }

  private sameFields(one: Fields, other: Fields): Formula {
    const names = [...new Set([...one.keys(), ...other.keys()])];
    return this.f.all(
      ...names.map((name) => {
        const [a, b] = [one.get(name), other.get(name)];
        const there = this.f.all(a?.present ?? this.f.no, b?.present ?? this.f.no);
        const same = a && b ? this.equal(a.value, b.value) : this.f.no;
        const absent = this.f.not(this.f.any(a?.present ?? this.f.no, b?.present ?? this.f.no));
        return this.f.any(absent, this.f.all(there, same));
      }),
    );
  }

  private inSet(set: Value, holds: (elements: Elements) => Formula): Formula {
    if (set.kind !== "set") return this.f.no;
    return this.f.any(...set.options.map(({ when, is }) => this.f.all(when, holds(is))));
  }

  private texts(elements: Elements): Container {
    if (elements instanceof Names) return elements;
    return elements.listed.flatMap(({ when, is }): Option<Text>[] => {
      if (is.kind !== "string") return [];
      this.universe.register(is.is);
      return [{ when, is: is.is }];
    });
  }

  private either<T>(when: Formula, then: readonly Option<T>[], otherwise: readonly Option<T>[]): Option<T>[] {
    const { f } = this;
    const under = (condition: Formula, options: readonly Option<T>[]) =>
      options.map((option) => ({ ...option, when: f.all(condition, option.when) }));
    return [...under(when, then), ...under(f.not(when), otherwise)];
  }

  private eitherFields(when: Formula, then: Fields, otherwise: Fields): Fields {
    const names = [...new Set([...then.keys(), ...otherwise.keys()])];
    return new Map(
      names.map((name) => {
        const [a, b] = [then.get(name), otherwise.get(name)];
        const present = this.f.choose(when, a?.present ?? this.f.no, b?.present ?? this.f.no);
        const none: Value = { kind: "none" };
        return [name, { present, value: this.choose(when, a?.value ?? none, b?.value ?? none) }];
      }),
    );
  }
}

const NOBODY = { type: "Nobody", id: "" } satisfies EntityUidJson;

/** The types of entities in policies/datazone.cedarschema. */
export const TYPES = ["Project", "User", "Group", "IamPrincipal", "Asset", "Request", "Action"].map(
  (type) => `DataZone::${type}`,
);

type Numeric = Extract<Value, { readonly kind: "long" | "datetime" | "duration" }>;
const isNumber = (value: Value): value is Numeric => ["long", "datetime", "duration"].includes(value.kind);
