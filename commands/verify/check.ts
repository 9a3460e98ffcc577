import type { Acted } from "./act";
import type { Clients } from "./clients";
import type { Targets } from "./targets";

/** What came of a check. What was seen is said in words of its own: never a name, an id or a text of the account's. */
export interface Finding {
  readonly outcome: "as expected" | "differs" | "not tried";
  readonly seen: string;
}

export const asExpected = (seen: string): Finding => ({ outcome: "as expected", seen });
export const differs = (seen: string): Finding => ({ outcome: "differs", seen });
export const notTried = (why: string): Finding => ({ outcome: "not tried", seen: why });

/** What a check looks at. */
export interface Account {
  readonly targets: Targets;
  readonly aws: Clients;
  /** What was made to be looked at; nothing without --act. */
  readonly acted?: Acted;
}

/** One thing that only a real account can prove. Expected is what the sandbox plays; a check changes nothing. */
export interface Check {
  /** As the README lists it. */
  readonly id: string;
  readonly asks: string;
  readonly run: (account: Account) => Promise<Finding>;
}

/** Runs checks, one after the other. What AWS refuses or does not answer was not tried, and the others still are. */
export async function runChecks(
  checks: readonly Check[],
  account: Account,
  before: (check: Check) => void = () => undefined,
): Promise<(Finding & Pick<Check, "id" | "asks">)[]> {
  const findings = [];
  for (const { id, asks, run } of checks) {
    before({ id, asks, run });
    findings.push({ id, asks, ...(await run(account).catch((error: unknown) => notTried(reasonOf(error)))) });
  }
  return findings;
}

/** Only the error's code: messages name what they are about. */
export const reasonOf = (error: unknown): string => {
  const { name = "an error" } = error as { name?: string };
  const isDenial = /AccessDenied|Unauthorized|Forbidden/.test(name);
  return isDenial ? `the credentials of the shell may not (${name})` : `AWS answered ${name}`;
};

/** What is not there any more, as the services say it. */
export const GONE = [
  "ResourceNotFoundException",
  "QueueDoesNotExist",
  "AWS.SimpleQueueService.NonExistentQueue",
  "NoSuchAccessGrantError",
  "NoSuchAccessGrant",
];
/** Lets errors of these names pass. */
export const unless =
  (names: readonly string[]) =>
  (error: unknown): undefined => {
    if (!names.includes((error as Error).name)) throw error;
  };
export const unlessGone = unless(GONE);
