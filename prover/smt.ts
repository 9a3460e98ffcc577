import type { Arith, Bool, Context, Expr, Model, Seq } from "z3-solver";

/** Z3 (https://github.com/Z3Prover/z3), as far as it is used here. */
export type Logic = Context<"main">;
export type Formula = Bool<"main">;
export type Text = Seq<"main">;
export type Whole = Arith<"main">;

/** Starts Z3. It runs in threads of its own, which keep the process alive: `stop` ends them. */
export async function startLogic(): Promise<{ readonly logic: Logic; readonly stop: () => Promise<void> }> {
  // Half a second, and 35 MB: only for those who ask.
  const { init, killThreads } = await import("z3-solver");
  const freed = new Freed();
  const { Context, em, Z3 } = await freed.during(init);
  const decide = Z3.solver_check_assumptions;
  Z3.solver_check_assumptions = (...args) => freed.after(() => decide(...args));
  return { logic: Context("main"), stop: () => killThreads(em) };
}

/**
 * What JavaScript no longer needs, which waits while Z3 decides something. z3-solver frees it at any time, but Z3 decides in a thread of its own and
 * locks nothing: then its lists break, and the process goes through one of them for ever.
 */
export class Freed {
  private deciding = 0;
  private readonly waiting: (() => void)[] = [];

  /** Makes something whose registries of what is to be freed wait. */
  async during<T>(make: () => Promise<T>): Promise<T> {
    const known = globalThis.FinalizationRegistry;
    const free = (one: () => void): void => void (this.deciding > 0 ? this.waiting.push(one) : one());
    globalThis.FinalizationRegistry = class<Held> extends known<Held> {
      constructor(cleanup: (held: Held) => void) {
        super((held) => free(() => cleanup(held)));
      }
    };
    try {
      return await make();
    } finally {
      globalThis.FinalizationRegistry = known;
    }
  }

  /** Decides something, and frees afterwards what has waited. */
  async after<T>(decide: () => Promise<T>): Promise<T> {
    this.deciding += 1;
    try {
      return await decide();
    } finally {
      this.deciding -= 1;
      if (this.deciding === 0) for (const free of this.waiting.splice(0)) free();
    }
  }
}

/** Builds the formulas that are needed again and again, and simplifies them where their parts are constant. */
export class Formulas {
  readonly yes: Formula;
  readonly no: Formula;
  private readonly texts = new Map<string, Text>();
  private readonly constants = new Map<Text, string>();

  constructor(readonly z3: Logic) {
    this.yes = z3.Bool.val(true);
    this.no = z3.Bool.val(false);
  }

  flag(name: string): Formula {
    return this.z3.Bool.const(name);
  }

  not(one: Formula): Formula {
    if (this.isYes(one)) return this.no;
    return this.isNo(one) ? this.yes : this.z3.Not(one);
  }

  all(...parts: readonly Formula[]): Formula {
    if (parts.some((part) => this.isNo(part))) return this.no;
    const [only, ...others] = parts.filter((part) => !this.isYes(part));
    if (only === undefined) return this.yes;
    return others.length === 0 ? only : this.z3.And(only, ...others);
  }

  any(...parts: readonly Formula[]): Formula {
    if (parts.some((part) => this.isYes(part))) return this.yes;
    const [only, ...others] = parts.filter((part) => !this.isNo(part));
    if (only === undefined) return this.no;
    return others.length === 0 ? only : this.z3.Or(only, ...others);
  }

  implies(one: Formula, other: Formula): Formula {
    return this.any(this.not(one), other);
  }

  same(one: Formula, other: Formula): Formula {
    return this.all(this.implies(one, other), this.implies(other, one));
  }

  text(value: string): Text {
    const text = this.texts.get(value) ?? this.z3.String.val(escaped(value));
    this.texts.set(value, text);
    this.constants.set(text, value);
    return text;
  }

  textNamed(name: string): Text {
    return this.z3.String.const(name);
  }

  sameText(one: Text, other: Text): Formula {
    const [a, b] = [this.constant(one), this.constant(other)];
    if (a !== undefined && b !== undefined) return a === b ? this.yes : this.no;
    return one.eq(other) as Formula;
  }

  /** The value of a text that is a constant; otherwise undefined. */
  constant(text: Text): string | undefined {
    return this.constants.get(text);
  }

  choose<T extends Formula | Text | Whole>(when: Formula, then: T, otherwise: T): T {
    if (this.isYes(when)) return then;
    if (this.isNo(when)) return otherwise;
    return this.z3.If(when, then as Expr<"main">, otherwise as Expr<"main">) as unknown as T;
  }

  isYes(formula: Formula): boolean {
    return formula === this.yes;
  }

  isNo(formula: Formula): boolean {
    return formula === this.no;
  }

  /** Whether a formula holds in a solution of Z3's (a model). */
  holds(formula: Formula, model: Model<"main">): boolean {
    return this.isYes(formula) || this.z3.isTrue(model.eval(formula, true));
  }

  /** The value of a text in a solution of Z3's (a model). */
  value(text: Text, model: Model<"main">): string {
    return this.constant(text) ?? unescaped(model.eval(text, true) as Text);
  }
}

/**
 * The last character that Z3 knows. Hardly any characters are assigned beyond it
 * (https://smt-lib.org/theories-UnicodeStrings.shtml).
 */
const LARGEST = 0x2ffff;

/** Something that cannot be translated for Z3, so that nothing can be proven about it. */
export class NotTranslated extends Error {}

/** A text in SMT-LIB's notation, which escapes all but plain characters. */
const escaped = (text: string): string =>
  [...text]
    .map((character) => {
      const code = character.codePointAt(0)!;
      if (code > LARGEST) throw new NotTranslated(`the character U+${code.toString(16)} is beyond what Z3 knows`);
      return code >= 0x20 && code < 0x7f && character !== "\\" ? character : `\\u{${code.toString(16)}}`;
    })
    .join("");

/** The JavaScript text of a constant in SMT-LIB's notation. */
const unescaped = (constant: Text): string =>
  constant.asString().replace(/\\u\{([0-9a-fA-F]+)\}/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
