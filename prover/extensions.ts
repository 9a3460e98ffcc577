import type { Expr } from "../functions/approver/policies/cedar";
import type { Comparison } from "./compare";
import { type Formula, type Formulas, NotTranslated, type Whole } from "./smt";
import { CONVERSIONS, DAY, LEAST, MOST, datetimeOf, durationOf } from "./time";
import type { Evaluated, Option, Value } from "./values";

/** An argument of a function, as the policy writes it and as it was evaluated. */
type Argument = readonly [written: Expr, evaluated: Evaluated];

/** Decimals and IP addresses can only be literals: no fact of a request is one. */
const CONSTANTS = ["decimal", "ip"];
const OF_CONSTANTS = [
  ...["lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"],
  ...["isIpv4", "isIpv6", "isLoopback", "isMulticast", "isInRange"],
];

/** Cedar's extension functions. Times become numbers in formulas; about other constants Cedar itself is asked. */
export class Extensions {
  constructor(
    private readonly f: Formulas,
    private readonly compare: Comparison,
  ) {}

  call(name: string, args: readonly Argument[]): Evaluated {
    const [[written, first]] = args as [Argument];
    const evaluated = args.map(([, one]) => one);
    if (name === "datetime" || name === "duration") return this.instant(name, written);
    if (CONSTANTS.includes(name)) {
      const is = { [name]: [written] } as Expr;
      return { value: { kind: "constant", options: [{ when: this.f.yes, is }] }, fails: this.f.no };
    }
    if (OF_CONSTANTS.includes(name)) return this.ofConstants(name, evaluated);
    const unit = CONVERSIONS.get(name);
    if (unit !== undefined) return checked(this.f, "long", [first], (is) => this.truncated(is!, unit));
    const day = this.f.z3.Int.val(DAY);
    switch (name) {
      case "toTime":
        return checked(this.f, "duration", [first], (is) => is!.mod(day));
      case "toDate":
        return checked(this.f, "datetime", [first], (is) => is!.sub(is!.mod(day)));
      case "offset":
        return checked(this.f, "datetime", evaluated, (is, by) => is!.add(by!));
      case "durationSince":
        return checked(this.f, "duration", evaluated, (is, since) => is!.sub(since!));
      default:
        throw new NotTranslated(`"${name}"`);
    }
  }

  /** A literal date or duration in milliseconds. Cedar is asked whether it takes the literal for the same number. */
  private instant(name: "datetime" | "duration", argument: Expr): Evaluated {
    const literal = nameOf(argument);
    const milliseconds = name === "datetime" ? datetimeOf(literal) : durationOf(literal);
    const written = { [name]: [argument] };
    const since = { durationSince: [written, { datetime: [{ Value: "1970-01-01" }] }] };
    const left = name === "datetime" ? since : written;
    const right = { duration: [{ Value: `${milliseconds}ms` }] };
    if (!this.f.isYes(this.compare.holds({ "==": { left, right } } as unknown as Expr))) {
      throw new NotTranslated(`${name}("${literal}")`);
    }
    return { value: { kind: name, is: this.f.z3.Int.val(milliseconds) }, fails: this.f.no };
  }

  /** The result of a function for each constant that its arguments can be, as Cedar itself gives it. */
  private ofConstants(name: string, args: readonly Evaluated[]): Evaluated {
    const options = args.map(({ value }) => (value.kind === "constant" ? value.options : []));
    const combined = options.reduce<Option<Expr[]>[]>(
      (all, of) =>
        all.flatMap((before) =>
          of.map(({ when, is }) => ({ when: this.f.all(before.when, when), is: [...before.is, is] })),
        ),
      [{ when: this.f.yes, is: [] }],
    );
    const holds = combined.map(({ when, is }) => this.f.all(when, this.compare.holds({ [name]: is } as Expr)));
    return { value: boolean(this.f.any(...holds)), fails: this.f.any(...args.map(({ fails }) => fails)) };
  }

  /** Towards zero, as Cedar divides. */
  private truncated(is: Whole, by: bigint): Whole {
    const unit = this.f.z3.Int.val(by);
    return this.f.choose(is.ge(0) as Formula, is.div(unit), is.neg().div(unit).neg());
  }
}

/** A number computed from others. Its evaluation fails where the result needs more than 64 bits. */
export function checked(
  f: Formulas,
  kind: "long" | "datetime" | "duration",
  args: readonly Evaluated[],
  result: (...numbers: readonly Whole[]) => Whole,
): Evaluated {
  const is = result(...args.map(({ value }) => whole(value)));
  const overflow = f.any(is.lt(LEAST) as Formula, is.gt(MOST) as Formula);
  return { value: { kind, is }, fails: f.any(...args.map(({ fails }) => fails), overflow) };
}

export const boolean = (is: Formula): Value => ({ kind: "boolean", is });

export function whole(value: Value): Whole {
  if (value.kind === "long" || value.kind === "datetime" || value.kind === "duration") return value.is;
  throw new NotTranslated(`a ${value.kind} where a number is expected`);
}

/** @throws where it is not a literal text */
export function nameOf(expression: Expr): string {
  if ("Value" in expression && typeof expression.Value === "string") return expression.Value;
  throw new NotTranslated(`${JSON.stringify(expression)} where a literal is expected`);
}
