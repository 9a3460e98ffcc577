import { COLUMNS, type Counts, count } from "./checker";
import { type Kind, type Options, Simulation } from "./simulation";

/** Runs a kind, and counts. */
export const tally = async (kind: Kind, options: Options): Promise<Counts> =>
  count(await new Simulation(kind, options).run());

/** The columns that are 0 whatever happens; those of which a row says why they cannot be are at least so many. */
export const expected = ({ cannot = {} }: Kind, least: number): object =>
  Object.fromEntries(COLUMNS.map((column) => [column, column in cannot ? atLeast(least) : 0]));

const atLeast = (least: number): object => ({
  asymmetricMatch: (value: number) => value >= least,
  toString: () => `at least ${least}`,
});
