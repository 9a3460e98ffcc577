import { isNamed } from "./errors";
import { type Remaining, TIME_FOR_ONE } from "./pace";

/** Milliseconds that all calls together may wait. */
const PATIENCE = 30_000;

/** Calls again while the call is denied with the named error. */
export type Patiently = <T>(denial: string, call: () => Promise<T>) => Promise<T>;

/**
 * For the check of a first deployment: IAM is eventually consistent, and a role made a moment ago may be denied what it is allowed
 * for some seconds (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html, "Changes that I make are not always
 * immediately visible"). All calls share half a minute.
 */
export function patiently(remaining: Remaining, wait: (milliseconds: number) => Promise<unknown>): Patiently {
  let left = PATIENCE;
  return async (denial, call) => {
    for (let pause = 1_000; ; pause = Math.min(2 * pause, left)) {
      try {
        return await call();
      } catch (error) {
        if (!isNamed(error, denial) || left <= 0 || remaining() < pause + TIME_FOR_ONE) throw error;
        left -= pause;
        await wait(pause);
      }
    }
  };
}
