import type { Domain, RequestDetails } from "./datazone";
import { type Asked, type Decision, decide } from "./decide";
import { evaluate } from "./evaluate";
import type { Fact, Facts, Unreadable } from "./facts";
import { readListing, refersToListing } from "./listing";
import type { PolicySet } from "./policies/set";
import { readRequest } from "./read";

/** A decision, and the facts that it was made on. */
export interface Considered {
  readonly decision: Decision;
  readonly facts: Facts | Unreadable;
}

/** What is needed to decide a request. */
export interface Considering {
  readonly set: PolicySet;
  readonly domain: Domain;
  readonly environment: string;
  readonly now: Date;
}

/**
 * Decides a request on what is true now, in up to two steps. First on what the request says. If that would approve it, or if policies refer to
 * facts that only the listing has, the listing is read once, and the decision is made again on what is listed now. The listing is not read
 * when the request waits or is rejected in any case. The listing can still change before the acceptance: DataZone has no conditional accept.
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

/** Reads everything that the policies refer to about a request, including the listing. The self-check uses it. */
export async function readEverything(
  details: RequestDetails,
  { set, domain, now }: Omit<Considering, "environment">,
): Promise<Facts | Unreadable> {
  const said = await readRequest(details, set.references, domain, now);
  if ("unreadable" in said || !refersToListing(set.references, said)) return said;
  return readListing(details, said, set.references, domain);
}

/** The policies' decision on the facts, and whether it depends on the listing, which has not been read. */
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
  // If one asset waits in any case, the whole request does.
  const settled = evaluations.filter(({ awaitsListing }) => !awaitsListing);
  const decision = decide(set, settled, asked);
  const awaitsListing = settled.length < evaluations.length && (settled.length === 0 || decision.outcome !== "waiting");
  return { decision, facts, awaitsListing };
}

const NOTHING: Asked = { inProduct: false, filters: [] };

const valueOf = (filters: Fact<readonly string[]>): readonly string[] => ("value" in filters ? filters.value : []);
