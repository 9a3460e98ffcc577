import type { EventBridgeEvent } from "../service";
import type { Context } from "./context";

interface EventDetail {
  readonly domainId: string;
  /** Id of what the event is about, and the service's name for its type. */
  readonly id: string;
  readonly typeName: "SubscriptionRequestEntityType" | "SubscriptionEntityType" | "SubscriptionGrantEntityType";
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
        typeName: detail.typeName,
        owningProjectId: detail.owningProjectId,
        awsAccountId: context.account,
        clientToken: detail.clientToken,
      },
      data: detail.data,
    },
  };
  for (let copy = 0; copy < context.behaviour.eventCopies; copy++) context.emit(event);
}
