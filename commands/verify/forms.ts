import { GetListingCommand, ListSubscriptionRequestsCommand, SearchListingsCommand } from "@aws-sdk/client-datazone";
import { type Account, unlessGone } from "./check";

/** How many listings are looked at, at most. */
const ENOUGH = 10;

/** The forms of some listings of the domain: those of the throwaway asset, and of what was asked for last, or is listed. */
export async function listedForms({ aws: { datazone }, targets, acted }: Account): Promise<Record<string, unknown>[]> {
  const domainIdentifier = targets.approver.domainId;
  const { items = [] } = await datazone.send(new ListSubscriptionRequestsCommand({ domainIdentifier, maxResults: 50 }));
  const asked = items.flatMap(({ subscribedListings }) => subscribedListings ?? []).map(({ id }) => id);
  const found = await datazone.send(new SearchListingsCommand({ domainIdentifier, maxResults: ENOUGH }));
  const listed = (found.items ?? []).map(({ assetListing }) => assetListing?.listingId);
  const own = acted && "made" in acted.catalog ? [acted.catalog.made.listingId] : [];
  const ids = [...new Set([...own, ...asked, ...listed])].filter((id) => id !== undefined).slice(0, ENOUGH);
  const forms: Record<string, unknown>[] = [];
  for (const identifier of ids) {
    // What was asked for once may be gone.
    const listing = await datazone.send(new GetListingCommand({ domainIdentifier, identifier })).catch(unlessGone);
    const text = listing?.item?.assetListing?.forms;
    if (text !== undefined) forms.push(asObject(text) ?? {});
  }
  return forms;
}

/** Entries that are no metadata forms: flattened fields, lists of ids, the counter of subscribers. */
const OTHERS = /\.|^hasAttached$|^__|^ListingSubscriberCountFormType$/;

/** The metadata forms among a listing's entries, by how they are written. */
export function shapesOf(forms: Record<string, unknown>): { readonly text: number; readonly object: number } {
  const metadata = Object.entries(forms).flatMap(([name, form]) => (OTHERS.test(name) ? [] : [form]));
  const text = metadata.filter((form) => typeof form === "string" && asObject(form) !== undefined).length;
  return { text, object: metadata.filter((form) => typeof form === "object" && form !== null).length };
}

/** An object, or JSON text of one. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = typeof value === "string" ? JSON.parse(value) : value;
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** How many of each: `3 as JSON text, 1 as objects`. */
export const inWords = ({ text, object }: { readonly text: number; readonly object: number }): string =>
  `${text} as JSON text, ${object} as objects`;
