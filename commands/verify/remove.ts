import {
  CancelSubscriptionCommand,
  CreateListingChangeSetCommand,
  DeleteAssetCommand,
  DeleteProjectCommand,
  DeleteSubscriptionRequestCommand,
  ListProjectsCommand,
  ListSubscriptionsCommand,
} from "@aws-sdk/client-datazone";
import { DeleteRuleCommand, RemoveTargetsCommand } from "@aws-sdk/client-eventbridge";
import { DeleteAccessGrantCommand, paginateListAccessGrants } from "@aws-sdk/client-s3-control";
import { DeleteQueueCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "./clients";
import type { Entry, Kind, Ledger, Place } from "./ledger";
import { GONE, reasonOf, unless, unlessGone } from "./check";

type Remove = (aws: Clients, entry: Entry, place: Place) => Promise<unknown>;

/** How each thing is removed: by its id, or by its name where a crash came between. */
const REMOVE: Readonly<Record<Kind, Remove>> = {
  queue: async ({ sqs }, { name }) => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    return await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  },
  rule: async ({ events }, { name }) => {
    await events.send(new RemoveTargetsCommand({ Rule: name, Ids: [name] })).catch(unlessGone);
    return await events.send(new DeleteRuleCommand({ Name: name }));
  },
  // With all that is in it: what a crash left without an id there.
  project: async ({ datazone }, { id, name }, { domainId: domainIdentifier }) => {
    const known = id ?? (await datazone.send(new ListProjectsCommand({ domainIdentifier, name }))).items?.[0]?.id;
    if (known === undefined) return;
    return await datazone.send(
      new DeleteProjectCommand({ domainIdentifier, identifier: known, skipDeletionCheck: true }),
    );
  },
  asset: async ({ datazone }, { id }, { domainId: domainIdentifier }) => {
    if (id === undefined) return;
    const listing = { entityIdentifier: id, entityType: "ASSET", action: "UNPUBLISH" } as const;
    await datazone.send(new CreateListingChangeSetCommand({ domainIdentifier, ...listing })).catch(unlessGone);
    return await datazone.send(new DeleteAssetCommand({ domainIdentifier, identifier: id }));
  },
  request: async ({ datazone }, { id }, { domainId: domainIdentifier }) =>
    id === undefined
      ? undefined
      : await datazone
          .send(new DeleteSubscriptionRequestCommand({ domainIdentifier, identifier: id }))
          // Decided ones stay as a record, as they do of everybody's.
          .catch(unless(["ConflictException", "ValidationException", ...GONE])),
  subscription: async ({ datazone }, { name }, { domainId: domainIdentifier }) => {
    const of = { domainIdentifier, subscriptionRequestIdentifier: name, status: "APPROVED" } as const;
    const { items = [] } = await datazone.send(new ListSubscriptionsCommand(of));
    for (const { id: identifier } of items)
      await datazone.send(new CancelSubscriptionCommand({ domainIdentifier, identifier }));
  },
  grant: async ({ s3control }, { id, name }, { account: AccountId }) => {
    const ids = id === undefined ? [] : [id];
    if (id === undefined)
      for await (const page of paginateListAccessGrants({ client: s3control }, { AccountId, GrantScope: name }))
        ids.push(...(page.AccessGrantsList ?? []).map(({ AccessGrantId }) => AccessGrantId!));
    for (const AccessGrantId of ids) await s3control.send(new DeleteAccessGrantCommand({ AccountId, AccessGrantId }));
  },
};

/**
 * Removes all that a ledger knows, the latest first, and the ledger once nothing is left.
 *
 * @returns what could not be removed, and why; the ledger stays then
 */
export async function removeAll(aws: Clients, ledger: Ledger): Promise<string[]> {
  const left: string[] = [];
  for (const entry of ledger.entries()) {
    try {
      await REMOVE[entry.kind](aws, entry, ledger.place).catch(unlessGone);
    } catch (error) {
      left.push(`${entry.kind} ${entry.id ?? entry.name}: ${reasonOf(error)}`);
    }
  }
  if (left.length === 0) ledger.end();
  return left;
}
