import { decideRequest } from "../../commands/requests";
import type { Decision } from "../../functions/approver/decide";
import { readSet } from "../../prover/decision";
import { exampleIn } from "../../prover/example";
import { Terms } from "../../prover/prover";
import type { Formula, Logic } from "../../prover/smt";
import { drawRequest, drawing, poolOf } from "./assignments";

/** How often each outcome came up, and what else did. */
export type Tally = Record<Decision["outcome"] | "product" | "doubt" | "error", number>;

/**
 * Draws requests, and holds what the prover's formulas say of each against what the approver decides about it.
 *
 * @returns what came up, so that a test sees that it is not always the same
 */
export async function agree(
  logic: Logic,
  texts: Readonly<Record<string, string>>,
  runs: number,
  seed: number,
): Promise<Tally> {
  const tally: Tally = { approved: 0, rejected: 0, waiting: 0, product: 0, doubt: 0, error: 0 };
  const set = readSet(texts);
  const terms = new Terms(logic, {
    resource: set.references.tags("resource"),
    request: set.references.tags("request"),
  });
  const { f, request, universe, decider } = terms;
  const { approved, rejected, waiting, filters } = decider.decide(set);
  const pool = poolOf(Object.values(texts));
  const draw = drawing(seed);
  const solver = new logic.Solver();
  [...pool.named, ...pool.near].forEach((text) => universe.register(f.text(text)));
  solver.add(...terms.axioms());
  for (let run = 0; run < runs; run++) {
    solver.push();
    solver.add(...drawRequest(terms, pool, draw));
    expect(await solver.check()).toBe("sat");
    const model = solver.model();
    const { facts, environment } = exampleIn(model, request, universe, f);
    const decision = decideRequest(set, facts, environment);
    const says = (formula: Formula): boolean => f.holds(formula, model);
    const outcome = says(approved) ? "approved" : says(rejected) ? "rejected" : "waiting";
    if (outcome !== decision.outcome || says(waiting) !== (outcome === "waiting")) {
      throw new Error(
        `the prover says ${outcome}, the approver ${JSON.stringify({ decision, texts, facts, environment }, undefined, 1)}`,
      );
    }
    if (outcome === "approved") {
      const given = filters.kind === "set" ? filters.options.filter(({ when }) => says(when)) : [];
      const ids = given.flatMap(({ is }) =>
        "label" in is
          ? universe.membersOf(is, model)
          : is.listed.map(({ is: one }) => (one.kind === "string" ? f.constant(one.is) : undefined)),
      );
      expect(new Set(ids)).toEqual(new Set(decision.assetScope));
    }
    tally[outcome] += 1;
    if (facts.product) tally.product += 1;
    if (decision.why.some((reason) => reason.includes("is unknown"))) tally.doubt += 1;
    if (decision.why.some((reason) => reason.includes("could not be evaluated"))) tally.error += 1;
    solver.pop();
  }
  return tally;
}
