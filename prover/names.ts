import type { Model } from "z3-solver";
import type { Formula, Formulas, Text } from "./smt";
import type { Option } from "./values";

/**
 * A set of names (glossary terms, tags, filters, permissions) of a request: a variable of which only the members that
 * matter are known.
 */
export class Names {
  constructor(readonly label: string) {}
}

/** A set of names, or the texts that a policy lists. */
export type Container = Names | readonly Option<Text>[];

const isNames = (container: Container): container is Names => container instanceof Names;

/** A possible member of a set: a text that something is compared with, or one that stands for all other texts. */
interface Element {
  readonly key: string;
  readonly text?: Text;
}

/**
 * All the members of sets that have to be told apart. A policy can ask of a set whether a text is in it, whether it
 * lies within another set, has a member in common with it, or is empty. So a set is described by flags, one for each
 * possible member: each text that anything is compared with, and, for each question about a whole set, one further
 * member that is none of these texts and serves as the example where the answer needs one. Other members cannot change
 * an answer, so a proof over these flags is a proof over sets of any size.
 */
export class Universe {
  private readonly texts = new Map<string, Required<Element>>();
  private readonly flags = new Map<string, Formula>();
  private readonly sets = new Map<string, Names>();
  private readonly asked = new Map<string, { readonly answer: Formula; readonly means: () => Formula }>();
  private readonly equal: { readonly when: Formula; readonly one: Names; readonly other: Names }[] = [];

  constructor(private readonly f: Formulas) {}

  /** A set that a request can have. */
  names(label: string): Names {
    const made = this.sets.get(label) ?? new Names(label);
    this.sets.set(label, made);
    return made;
  }

  /** Makes a text one of the members that are told apart. */
  register(text: Text): Required<Element> {
    const constant = this.f.constant(text);
    const key = constant === undefined ? text.sexpr() : JSON.stringify(constant);
    const element = this.texts.get(key) ?? { key, text };
    this.texts.set(key, element);
    return element;
  }

  contains(container: Container, text: Text): Formula {
    return this.has(container, this.register(text));
  }

  isEmpty(names: Names): Formula {
    return this.ask(`${names.label} is empty`, () =>
      this.f.all(...this.elements().map((element) => this.f.not(this.has(names, element)))),
    );
  }

  /** Whether all of the names are in a container. */
  within(names: Names, container: Container): Formula {
    return this.ask(`${names.label} within ${this.write(container)}`, () =>
      this.f.all(
        ...this.elements().map((element) => this.f.implies(this.has(names, element), this.has(container, element))),
      ),
    );
  }

  /** Whether two sets have something in common. */
  meets(one: Names, other: Names): Formula {
    return this.ask(`${one.label} meets ${other.label}`, () =>
      this.f.any(...this.elements().map((element) => this.f.all(this.has(one, element), this.has(other, element)))),
    );
  }

  /** Says that two sets are the same set where a formula holds. */
  identify(when: Formula, one: Names, other: Names): void {
    this.equal.push({ when, one, other });
  }

  /**
   * The formulas that must hold of the sets, and those that give the answers their meaning. Call it after the last
   * question.
   */
  axioms(): Formula[] {
    const { f } = this;
    const meanings = [...this.asked.values()].map(({ answer, means }) => f.same(answer, means()));
    const identities = this.equal.flatMap(({ when, one, other }) =>
      this.elements().map((element) => f.implies(when, f.same(this.has(one, element), this.has(other, element)))),
    );
    const texts = [...this.texts.values()];
    const alike = texts.flatMap((one, index) =>
      texts.slice(index + 1).flatMap((other) => {
        const same = f.sameText(one.text, other.text);
        if (f.isNo(same)) return [];
        return [...this.sets.values()].map((set) => f.implies(same, f.same(this.has(set, one), this.has(set, other))));
      }),
    );
    return [...meanings, ...identities, ...alike];
  }

  /** The members of a set in a solution of Z3's. Members that are none of the texts get made-up names. */
  membersOf(names: Names, model: Model<"main">): string[] {
    const values = [...this.texts.values()].map(({ text }) => this.f.value(text, model));
    const members = this.elements().flatMap((element, index) =>
      this.f.holds(this.has(names, element), model) ? [values[index] ?? fresh(index - values.length, values)] : [],
    );
    return [...new Set(members)].sort();
  }

  /**
   * Two formulas: the set is empty; it has no members but texts that policies name. Call it after the last question.
   */
  plainer(names: Names): readonly [none: Formula, familiar: Formula] {
    const without = (elements: readonly Element[]): Formula =>
      this.f.all(...elements.map((element) => this.f.not(this.has(names, element))));
    return [without(this.elements()), without(this.others())];
  }

  private has(container: Container, { key, text }: Element): Formula {
    if (!isNames(container)) {
      if (text === undefined) return this.f.no;
      return this.f.any(...container.map(({ when, is }) => this.f.all(when, this.f.sameText(is, text))));
    }
    const label = `${container.label} has ${key}`;
    const flag = this.flags.get(label) ?? this.f.flag(label);
    this.flags.set(label, flag);
    return flag;
  }

  private ask(question: string, means: () => Formula): Formula {
    const answer = this.asked.get(question)?.answer ?? this.f.flag(question);
    this.asked.set(question, { answer, means });
    return answer;
  }

  private elements(): Element[] {
    return [...this.texts.values(), ...this.others()];
  }

  private others(): Element[] {
    return [...this.asked.keys()].map((_, index) => ({ key: `#${index}` }));
  }

  private write(container: Container): string {
    if (isNames(container)) return container.label;
    return `[${container.map(({ when, is }) => `${when.sexpr()} ${is.sexpr()}`).join(", ")}]`;
  }
}

function fresh(number: number, taken: readonly string[]): string {
  const name = number === 0 ? "Something else" : `Something else ${number + 1}`;
  return taken.includes(name) ? fresh(number + 1000, taken) : name;
}
