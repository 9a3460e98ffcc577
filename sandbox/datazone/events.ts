import type { EventBridgeEvent } from "../service";
import { type Context, callerProfile } from "./context";
import type { Domain } from "./store";

interface EventDetail {
  readonly domainId: string;
  /** Id of what the event is about, and the service's name for its type. */
  readonly id: string;
  readonly typeName?: "SubscriptionRequestEntityType" | "SubscriptionEntityType" | "SubscriptionGrantEntityType";
  /** The SUBSCRIBING project, also where the publishing one has acted. */
  readonly owningProjectId: string | undefined;
  readonly user: string;
  readonly clientToken?: string | undefined;
  readonly data: unknown;
}

/**
 * An event as a domain sends it to the default bus of its account.
 * https://docs.aws.amazon.com/datazone/latest/userguide/working-with-events-and-notifications.html
 */
export function send(context: Context, detailType: string, detail: EventDetail): void {
  const event: EventBridgeEvent = {
    source: "aws.datazone",
    "detail-type": detailType,
    resources: [],
    detail: {
      version: "655",
      metadata: {
        domain: detail.domainId,
        user: detail.user,
        id: detail.id,
        version: "1",
        ...(detail.typeName && { typeName: detail.typeName }),
        owningProjectId: detail.owningProjectId,
        awsAccountId: context.account,
        clientToken: detail.clientToken,
      },
      data: detail.data,
      ...(!SHOWN.includes(detailType) && { sandbox: "shape not documented" }),
    },
  };
  context.emit(event);
}

/** The types whose detail somebody has shown. Of the others the sandbox's detail is a guess, and says so. */
const SHOWN = ["Subscription Request Created", "Subscription Created"];

/** An event of which nothing but the name is documented: it says what it is about, and who did it. */
export function sendUndocumented(context: Context, detailType: string, domain: Domain, id: string): void {
  const user = callerProfile(context, domain).id;
  send(context, detailType, { domainId: domain.id, id, owningProjectId: undefined, user, data: {} });
}
