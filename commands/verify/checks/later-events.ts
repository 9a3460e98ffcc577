import { type Check, asExpected, differs } from "../check";
import { eventOf } from "../events";

/** Who is meant is found by the ids of request and publishing project, wherever in the event they are. */
export const laterEvents: Check = {
  id: "later-events",
  asks: "whether the events after a decision name the request and the publishing project",
  run: async ({ acted }) => {
    const found = eventOf(acted, "Subscription Request Accepted");
    if ("outcome" in found) return found;
    const text = JSON.stringify(found.event.detail);
    const names = acted && "made" in acted.catalog && text.includes(acted.catalog.made.projectId);
    return names ? asExpected("they name both") : differs("they name the request alone");
  },
};
