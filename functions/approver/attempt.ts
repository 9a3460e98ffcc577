import { describeError, isPermanent } from "./errors";
import { type Fact, known, unknown } from "./facts";

/** Reads a fact; a failure that does not pass by itself (denied, not found) makes it unknown, another throws. */
export async function attempt<T>(operation: string, read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await read());
  } catch (error) {
    if (!isPermanent(error)) throw error;
    return unknown(`${operation} failed with ${describeError(error)}`);
  }
}
