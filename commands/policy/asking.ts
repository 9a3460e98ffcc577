import { type Command, InvalidArgumentError } from "commander";
import { Prover } from "../../prover/prover";

/** Options of every command that asks the prover about all possible requests. */
export interface Asking {
  readonly environment?: string;
  readonly timeout: number;
  readonly json?: boolean;
}

export const askingOptions = (command: Command): Command =>
  command
    .option("--environment <name>", "value of context.environment in the policies (default: the set's own, or any)")
    .option("--timeout <seconds>", "how long the prover may take for one question", seconds, 20);

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 86_400) return value;
  throw new InvalidArgumentError("It is not a number of seconds, above 0 and up to a day.");
}

/** Starts a prover, and ends it whatever happens. */
export async function withProver<T>({ timeout }: Asking, ask: (prover: Prover) => Promise<T>): Promise<T> {
  const prover = await Prover.start(timeout * 1000, new Date());
  try {
    return await ask(prover);
  } finally {
    await prover.stop();
  }
}
