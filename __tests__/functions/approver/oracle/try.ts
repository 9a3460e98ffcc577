import type { DataZoneClient } from "@aws-sdk/client-datazone";
import fc from "fast-check";
import { consider } from "../../../../functions/approver/consider";
import { Domain, type RequestDetails } from "../../../../functions/approver/datazone";
import type { Decision } from "../../../../functions/approver/decide";
import { type PolicySet, parseSet } from "../../../../functions/approver/policies/set";
import { DOMAIN, NOW } from "../fake";
import { decideOrWait } from "./expected";
import { sets, textsOf } from "./policies";
import { type Ask, type Offer, type Style, asks, detailsOf, offers, serviceOf, styles } from "./worlds";

/** What the approver decides about a request for what was on offer then, now that it is another. */
export async function decided(set: PolicySet, ask: Ask, then: Offer, now: Offer, style: Style): Promise<Decision> {
  const domain = new Domain(serviceOf(ask, now, style) as unknown as DataZoneClient, DOMAIN);
  const details = detailsOf(ask, then, style) as RequestDetails;
  return (await consider(details, { set, domain, environment: "dev", now: NOW })).decision;
}

export const worlds = fc.record({ ask: asks, offer: offers, style: styles });

/** How often each outcome came up. */
export type Tally = Record<Decision["outcome"], number>;

/**
 * Decides random requests by random policy sets, and holds each decision against the oracle's.
 *
 * @param perSet requests decided by each set: parsing one takes longer than deciding by it
 */
export async function tryRandomly(numRuns: number, perSet: number): Promise<Tally> {
  const tally: Tally = { approved: 0, rejected: 0, waiting: 0 };
  const property = fc.asyncProperty(
    sets,
    fc.array(worlds, { minLength: perSet, maxLength: perSet }),
    async (policies, all) => {
      const set = parseSet(textsOf(policies));
      for (const { ask, offer, style } of all) {
        const { outcome, policies: deciding, assetScope } = await decided(set, ask, offer.then, offer.now, style);
        const actual =
          outcome === "waiting"
            ? { outcome }
            : { outcome, policies: deciding, ...(outcome === "approved" && { assetScope }) };
        expect(actual).toEqual(decideOrWait(policies, ask, offer.then, offer.now));
        tally[outcome] += 1;
      }
    },
  );
  await fc.assert(property, { numRuns });
  return tally;
}
