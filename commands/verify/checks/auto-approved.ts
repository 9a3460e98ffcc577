import { type Check, asExpected, differs, notTried } from "../check";
import { eventOf } from "../events";

/** The rule takes a missing key, false and null; true is what the service approves by itself. */
export const autoApproved: Check = {
  id: "auto-approved",
  asks: "what the event of a request says of automatic approval, where there is none",
  run: async ({ acted }) => {
    const found = eventOf(acted, "Subscription Request Created");
    if ("outcome" in found) return found;
    const data = found.event.detail.data ?? {};
    if (!("autoApproved" in data)) return asExpected("it leaves autoApproved out");
    const { autoApproved: said } = data;
    if (said !== false && said !== null) return notTried("the service approved the request by itself");
    return differs(`it says autoApproved: ${JSON.stringify(said)}`);
  },
};
