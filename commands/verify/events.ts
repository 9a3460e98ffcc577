import type { Acted, Event } from "./act";
import { type Finding, differs, notTried } from "./check";

/** The event of the throwaway request, of a type; or what there is to say instead. */
export function eventOf(acted: Acted | undefined, type: string): { readonly event: Event } | Finding {
  if (!acted) return notTried("only with --act");
  if ("failed" in acted.catalog) return notTried(`nothing could be made to look at: ${acted.catalog.failed}`);
  const { events, requestId } = acted.catalog.made;
  const event = events.find((one) => one["detail-type"] === type && JSON.stringify(one.detail).includes(requestId));
  return event ? { event } : differs(`no event "${type}" has come`);
}
