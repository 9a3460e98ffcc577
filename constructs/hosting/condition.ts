import { type IResolvable, TerraformCount, Token } from "cdktf";
import { hcl } from "./expression";

/**
 * Whether something is to exist: known at synth (an environment), or a question for Terraform (a module). Conditions
 * are on objects and maps, never on a single text or number, because that can be a token in both hosts.
 */
export class Condition<T = unknown> {
  private constructor(
    /** The value that the condition is about, for code that runs where it holds. */
    readonly it: T,
    /** The answer at synth; undefined where only Terraform knows it. */
    readonly known: boolean | undefined,
    /** The condition as an expression, and its opposite. */
    readonly holds: IResolvable,
    private readonly fails: IResolvable,
    /** Which of the two expressions is simpler to read. */
    private readonly simpler: "holds" | "fails",
  ) {}

  static given<T extends object>(thing: T | undefined): Condition<T> {
    const known = isVariable(thing) ? undefined : thing !== undefined;
    return new Condition(thing as T, known, hcl`${thing} != null`, hcl`${thing} == null`, "fails");
  }

  static filled<T extends object>(map: T): Condition<T> {
    const known = isVariable(map) ? undefined : Object.keys(map).length > 0;
    return new Condition(map, known, hcl`length(${map}) > 0`, hcl`length(${map}) == 0`, "fails");
  }

  static equal<T extends string>(value: T, other: string): Condition<T> {
    const known = Token.isUnresolved(value) ? undefined : value === other;
    return new Condition(value, known, hcl`${value} == ${other}`, hcl`${value} != ${other}`, "holds");
  }

  get not(): Condition<T> {
    const known = this.known === undefined ? undefined : !this.known;
    return new Condition(this.it, known, this.fails, this.holds, this.simpler === "holds" ? "fails" : "holds");
  }

  and(other: Condition): Condition<T> {
    if (this.known === true) return new Condition(this.it, other.known, other.holds, other.fails, other.simpler);
    if (this.known === false || other.known === true) return this;
    if (other.known === false) return new Condition(this.it, false, other.holds, other.fails, other.simpler);
    const both = hcl`${this.holds} && ${other.holds}`;
    return new Condition(this.it, undefined, both, hcl`!(${both})`, "holds");
  }

  /** `condition ? then : otherwise`, in the wording that is simpler to read. */
  choose(then: unknown, otherwise: unknown): IResolvable {
    return this.simpler === "fails"
      ? hcl`${this.fails} ? ${otherwise} : ${then}`
      : hcl`${this.holds} ? ${then} : ${otherwise}`;
  }

  /** The `count` of a resource that exists where the condition holds. */
  get count(): TerraformCount {
    return TerraformCount.of(Token.asNumber(hcl`${this.holds} ? 1 : 0`));
  }
}

/** Whether JavaScript cannot look into a value: it is a variable of a module, or an expression. */
export const isVariable = (thing: unknown): boolean => Token.isUnresolved(thing);

/** The condition that an object is given. */
export const given = Condition.given;
/** The condition that a map has entries. */
export const filled = Condition.filled;
/** The condition that a text equals another one. Terraform must know the text when it plans. */
export const equal = Condition.equal;
