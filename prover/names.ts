import type { Model } from "z3-solver";
import type { Formula, Formulas, Text } from "./smt";
import type { Option } from "./values";

/** A set of names (glossary terms, tags, filters, permissions) that a request can have any of. */
export class Names {
  constructor(readonly label: string) {}
}

/** Names, or texts that are listed. */
export type Container = Names | readonly Option<Text>[];

const isNames = (container: Container): container is Names => container instanceof Names;

/** Something that may be in a set: a text that is compared with its members, or anything else. */
interface Element {
  readonly key: string;
  readonly text?: Text;
}

/**
 * All that can be in sets of names, as far as it can be told apart. A policy can ask of a set whether a text is in it, whether it is within
 * another, has something in common with it, or is empty. So a set is known by which of these are in it: each text that anything is
 * compared with, and, for each question about two sets, one thing more that is none of those: where the answer needs an
 * example, that is it. No request needs more to have the same answers, so a proof over these is one over all sets, of any size.
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

  /** Tells a text apart from everything else. */
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

  /** Two sets are one and the same in some case. */
  identify(when: Formula, one: Names, other: Names): void {
    this.equal.push({ when, one, other });
  }

  /** What holds of sets, and what the answers mean; once all has been asked. */
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

  /** What is in a set, in a model. Things that are none of the texts get names of their own. */
  membersOf(names: Names, model: Model<"main">): string[] {
    const values = [...this.texts.values()].map(({ text }) => this.f.value(text, model));
    const members = this.elements().flatMap((element, index) =>
      this.f.holds(this.has(names, element), model) ? [values[index] ?? fresh(index - values.length, values)] : [],
    );
    return [...new Set(members)].sort();
  }

  /** Whether a set has nothing, once all has been asked; and whether it has nothing but texts that policies name. */
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
