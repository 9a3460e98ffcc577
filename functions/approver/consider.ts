import type { Domain, RequestDetails } from "./datazone";
import { type Asked, type Decision, decide } from "./decide";
import { evaluate } from "./evaluate";
import type { Fact, Facts, Unreadable } from "./facts";
import { readListing, refersToListing } from "./listing";
import type { PolicySet } from "./policies/set";
import { readRequest } from "./read";

/** What was decided, and on what. */
export interface Considered {
  readonly decision: Decision;
  readonly facts: Facts | Unreadable;
}

/** What a request is considered with. */
export interface Considering {
  readonly set: PolicySet;
  readonly domain: Domain;
  readonly environment: string;
  readonly now: Date;
}

/**
 * Decides a request by the present. Where what the request says would be approved, or the listing alone says what policies refer to,
 * the listing is read, once, and the decision is made again on what is listed now. Nothing is read for what waits, or is rejected,
 * in any case. Between this look and the acceptance the listing can still change: DataZone has no acceptance on a condition.
 *
 * @throws the error of a call that may pass
 */
export async function consider(details: RequestDetails, considering: Considering): Promise<Considered> {
  const { set, domain, environment, now } = considering;
  const said = await readRequest(details, set.references, domain, now);
  const first = judge(set, said, environment);
  if ("unreadable" in said || !refersToListing(set.references, said)) return first;
  if (first.decision.outcome !== "approved" && !first.awaitsListing) return first;
  return judge(set, await readListing(details, said, set.references, domain), environment);
}

/** All that the policies refer to about a request, the listing too: what a preflight tries. */
export async function readEverything(
  details: RequestDetails,
  { set, domain, now }: Omit<Considering, "environment">,
): Promise<Facts | Unreadable> {
  const said = await readRequest(details, set.references, domain, now);
  if ("unreadable" in said || !refersToListing(set.references, said)) return said;
  return readListing(details, said, set.references, domain);
}

/** What the policies decide on the facts, and whether that hangs on the listing, which has not been read. */
export function judge(
  set: PolicySet,
  facts: Facts | Unreadable,
  environment: string,
): Considered & { readonly awaitsListing: boolean } {
  const evaluations = evaluate(set, facts, environment);
  const asked =
    "unreadable" in facts
      ? NOTHING
      : { inProduct: facts.product !== undefined, filters: valueOf(facts.requestedFilters) };
  // An asset that is sure to wait makes the others wait with it.
  const settled = evaluations.filter(({ awaitsListing }) => !awaitsListing);
  const decision = decide(set, settled, asked);
  const awaitsListing = settled.length < evaluations.length && (settled.length === 0 || decision.outcome !== "waiting");
  return { decision, facts, awaitsListing };
}

const NOTHING: Asked = { inProduct: false, filters: [] };

const valueOf = (filters: Fact<readonly string[]>): readonly string[] => ("value" in filters ? filters.value : []);
