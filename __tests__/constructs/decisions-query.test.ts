import { DECISIONS_QUERY } from "../../constructs/approver/decisions-query";
import {
  DOMAIN,
  PUBLISHER,
  batch,
  delivery,
  event,
  request,
  throttled,
  world,
  type World,
} from "../functions/approver/fake";
import { type LogEvent, answerOf } from "../support/insights";

const REJECTS = '@id("no") @decision("reject") forbid (principal, action, resource) when { resource.name == "Sales" };';

/** The log of worlds, one after the other, as text. */
const logOf = (...worlds: readonly World[]): LogEvent[] =>
  worlds
    .flatMap(({ logs }) => logs)
    .map(({ level, message, ...more }, index) => ({
      timestamp: 1_000 + index,
      message: JSON.stringify({ level, message, timestamp: "2026-03-01T12:00:00.000Z", service: "sales", ...more }),
    }));

const asked = (events: readonly LogEvent[]): unknown[] =>
  answerOf(DECISIONS_QUERY, events).map((row) => [
    row["decision.subscriptionRequestId"],
    row["decision.outcome"],
    row["decision.decidedBy"] ?? row["decision.policies.0"],
  ]);

const decide = (more: object = {}): object => ({ operation: "decide", subscriptionRequestId: "request1", ...more });
const personDecided = {
  source: "aws.datazone",
  "detail-type": "Subscription Request Rejected",
  detail: {
    metadata: { domain: DOMAIN, id: "request1", user: "user9" },
    data: { reviewerId: "user9", subscribedListings: [{ ownerProjectId: PUBLISHER }] },
  },
};

/** A world in which the request was decided with a comment, or by a person. */
function decided(answer: object): World {
  const w = world();
  w.aws
    .on("GetUserProfile", () => ({ details: { sso: { username: "maria" } } }))
    .on("GetSubscriptionRequestDetails", () => request({ updatedAt: new Date("2026-03-01T11:45:00Z"), ...answer }));
  return w;
}

describe("who approved what", () => {
  it("has a decision by policy once, whatever is repeated", async () => {
    const w = world();
    w.aws.on("Publish", throttled());
    await w.invoke(batch(event()));
    w.aws.on("Publish", () => ({}));
    await w.invoke(delivery(event(), 2));
    const comment = String(w.aws.inputs("AcceptSubscriptionRequest")[0]!["decisionComment"]);
    w.aws.on("GetSubscriptionRequestDetails", () => request({ status: "ACCEPTED", decisionComment: comment }));
    await w.invoke(batch(event()));
    const events = logOf(w);
    expect(events.filter(({ message }) => message.includes('"outcome":"approved"')).length).toBeGreaterThan(2);
    expect(asked(events)).toEqual([["request1", "approved", "all"]]);
  });

  it("has rejections too", async () => {
    const w = world({ no: REJECTS });
    await w.invoke(batch(event()));
    expect(asked(logOf(w))).toEqual([["request1", "rejected", "no"]]);
  });

  it("has no dry run, also where a name looks like one", async () => {
    const dry = world();
    await dry.invoke(decide({ dryRun: true }));
    expect(asked(logOf(dry))).toEqual([]);
    const named = world();
    const [subscribedListing] = (request() as { subscribedListings: object[] }).subscribedListings;
    const subscribedListings = [{ ...subscribedListing, name: 'x","dryRun":true,"' }];
    named.aws.on("GetSubscriptionRequestDetails", () => request({ subscribedListings }));
    await named.invoke(decide());
    expect(asked(logOf(dry, named))).toEqual([["request1", "approved", "all"]]);
  });

  it("has nothing that waits, failed or was left alone", async () => {
    const waits = world({ some: '@id("some") permit (principal, action, resource) when { false };' });
    await waits.invoke(decide());
    const failed = world();
    failed.aws.on("GetSubscriptionRequestDetails", Object.assign(new Error(), { name: "AccessDeniedException" }));
    await failed.invoke(decide()).catch(() => undefined);
    const left = world();
    await left.invoke(batch(event({}, { autoApproved: true })));
    expect(asked(logOf(waits, failed, left))).toEqual([]);
  });

  it("has what people decided, with who it was, once, whenever the event comes", async () => {
    const w = decided({ status: "REJECTED", reviewerId: "user9", decisionComment: "my own words" });
    await w.invoke(batch(personDecided, personDecided));
    expect(asked(logOf(w))).toEqual([["request1", "rejected", "user9"]]);
  });

  it("has a decision whose own record was lost, by its repeat", async () => {
    const w = decided({ status: "ACCEPTED", decisionComment: "[sales 0123456789ab] all: All good." });
    await w.invoke(batch(event()));
    expect(asked(logOf(w))).toEqual([["request1", "approved", "all"]]);
  });

  it("finds its fields however many assets a data product has", async () => {
    const w = world();
    const assetListings = Array.from({ length: 300 }, (_, i) => ({ entityId: `asset${i}` }));
    const item = { productListing: { entityId: "product1", assetListings } };
    const [subscribedListing] = (request() as { subscribedListings: object[] }).subscribedListings;
    w.aws.on("GetSubscriptionRequestDetails", () =>
      request({ status: "REJECTED", reviewerId: "user9", subscribedListings: [{ ...subscribedListing, item }] }),
    );
    w.aws.on("GetUserProfile", () => ({ details: { sso: { username: "maria" } } }));
    await w.invoke(batch(personDecided));
    const [row] = answerOf(DECISIONS_QUERY, logOf(w));
    expect(row).toMatchObject({ "decision.project.name": "Sales team", "decision.requester.id": "user1" });
    expect(row).toHaveProperty(["decision.decidedBy"], "user9");
  });
});
