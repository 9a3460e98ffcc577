import type { Model, Solver } from "z3-solver";
import { Decider } from "./decision";
import { type Example, exampleIn } from "./example";
import { Universe } from "./names";
import { type Wish, preferences } from "./readable";
import { AnyRequest } from "./request";
import { type Formula, Formulas, type Logic, NotTranslated, startLogic } from "./smt";

/** The answer to a question: no such request, an example of one, or unknown and why. */
export type Answer =
  | { readonly is: "none" }
  | { readonly is: "example"; readonly example: Example }
  | { readonly is: "unknown"; readonly why: string };

/** What a claim can be made about: any request, and what policy sets decide about it. */
export class Terms {
  readonly f: Formulas;
  readonly universe: Universe;
  readonly request: AnyRequest;
  readonly decider: Decider;

  /** @param tags names of the form fields and answers that policies ask about */
  constructor(
    readonly logic: Logic,
    tags: Tags,
  ) {
    this.f = new Formulas(logic);
    this.universe = new Universe(this.f);
    this.request = new AnyRequest(this.f, this.universe, tags);
    this.decider = new Decider(this.f, this.universe, this.request);
  }

  /** The formulas that hold of every request. Call it after the claim is made. */
  axioms(): Formula[] {
    return [...this.request.axioms(), ...this.universe.axioms()];
  }
}

/** Names of tags, of assets and of requests. */
export type Tags = Readonly<Record<"resource" | "request", ReadonlySet<string>>>;

/** What a question asks. */
export interface Question {
  readonly tags: Tags;
  /** The value of `context.environment`; left out: any. */
  readonly environment?: string;
  /** Says of which request an example is wanted. */
  readonly claim: (terms: Terms) => Formula;
}

/** Answers questions over all possible requests, not over samples of them. */
export class Prover {
  private constructor(
    private readonly logic: Logic,
    private readonly timeout: number,
    private readonly now: Date,
    readonly stop: () => Promise<void>,
  ) {}

  /**
   * @param timeout milliseconds that a question may take
   * @param now the time that examples are given where the time does not matter
   */
  static async start(timeout: number, now: Date): Promise<Prover> {
    const { logic, stop } = await startLogic();
    return new Prover(logic, timeout, now, stop);
  }

  /** Finds a request for which a claim holds, the shortest and plainest that there is. */
  async find(question: Question): Promise<Answer> {
    try {
      return await this.search(question);
    } catch (error) {
      if (!(error instanceof NotTranslated)) throw error;
      return { is: "unknown", why: `it cannot be translated: ${error.message}` };
    }
  }

  private async search({ tags, environment, claim }: Question): Promise<Answer> {
    const terms = new Terms(this.logic, tags);
    const { f, request, universe } = terms;
    const goal = claim(terms);
    const solver = new this.logic.Solver();
    solver.set("timeout", this.timeout);
    solver.add(goal, ...terms.axioms());
    if (environment !== undefined) solver.add(f.sameText(request.environment, f.text(environment)));
    const answer = await solver.check();
    if (answer === "unsat") return { is: "none" };
    if (answer === "unknown")
      return { is: "unknown", why: `Z3 found no answer in ${this.timeout / 1000} s (${solver.reasonUnknown()})` };
    const wishes = preferences(request, universe, f, this.now);
    const model = await improve(solver, solver.model(), wishes);
    return { is: "example", example: exampleIn(model, request, universe, f) };
  }
}

/**
 * Adds as many wishes as can be fulfilled together: earlier ones first, each in the best of its ways that is possible.
 */
async function improve(solver: Solver<"main">, model: Model<"main">, wishes: readonly Wish[]): Promise<Model<"main">> {
  if (wishes.length === 0) return model;
  solver.push();
  solver.add(...wishes.map(([best]) => best));
  if ((await solver.check()) === "sat") return solver.model();
  solver.pop();
  const [[, ...otherWays], ...others] = wishes as [Wish, ...Wish[]];
  if (others.length === 0) return await improve(solver, model, isWish(otherWays) ? [otherWays] : []);
  const half = Math.ceil(wishes.length / 2);
  return await improve(solver, await improve(solver, model, wishes.slice(0, half)), wishes.slice(half));
}

const isWish = (ways: readonly Formula[]): ways is Wish => ways.length > 0;
