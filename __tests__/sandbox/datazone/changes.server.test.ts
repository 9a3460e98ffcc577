import {
  CreateAssetRevisionCommand,
  CreateDataProductCommand,
  CreateDataProductRevisionCommand,
  CreateListingChangeSetCommand,
  CreateProjectCommand,
  type EntityType,
  GetAssetCommand,
  GetListingCommand,
  GetSubscriptionRequestDetailsCommand,
  ListSubscriptionRequestsCommand,
  ListSubscriptionsCommand,
} from "@aws-sdk/client-datazone";
import { type Zone, accept, createProject, publish, request, startZone } from "./zone";

jest.setTimeout(30_000);

let zone: Zone;
let domainIdentifier: string;
let producers: string;
let consumers: string;
let administration: string;

beforeAll(async () => {
  zone = await startZone({ behaviour: { transferDelay: 30 } });
  ({ domainIdentifier } = zone);
  producers = await createProject(zone, "producer");
  consumers = await createProject(zone, "consumer");
  const made = await zone
    .as("steward")
    .send(new CreateProjectCommand({ domainIdentifier, name: "administration", projectCategory: "ADMIN" }));
  administration = made.id ?? "";
});
afterAll(() => zone.stop());

const producer = () => zone.as("producer");

const publishAgain = (entityIdentifier: string, entityType: EntityType, entityRevision?: string) =>
  producer().send(
    new CreateListingChangeSetCommand({
      domainIdentifier,
      entityIdentifier,
      entityType,
      entityRevision,
      action: "PUBLISH",
    }),
  );

const revise = (identifier: string, name: string) =>
  producer().send(new CreateAssetRevisionCommand({ domainIdentifier, identifier, name }));

const listing = (identifier: string, listingRevision?: string) =>
  producer().send(new GetListingCommand({ domainIdentifier, identifier, listingRevision }));

const details = async (identifier: string) =>
  (await zone.as().send(new GetSubscriptionRequestDetailsCommand({ domainIdentifier, identifier })))
    .subscribedListings?.[0];

async function createProduct(...assetIds: string[]): Promise<string> {
  const items = assetIds.map((identifier) => ({ itemType: "ASSET" as const, identifier }));
  const product = await producer().send(
    new CreateDataProductCommand({ domainIdentifier, owningProjectIdentifier: producers, name: "sales", items }),
  );
  return product.id ?? "";
}

describe("a data product", () => {
  test("lists its assets as listings, each with the revision that was listed when the product was", async () => {
    const [one, two] = [await publish(zone, producers), await publish(zone, producers)];
    await revise(one.assetId, "orders 2");
    await publishAgain(one.assetId, "ASSET");
    const product = await createProduct(one.assetId, two.assetId);
    const { listingId = "" } = await publishAgain(product, "DATA_PRODUCT");
    const items = [
      { listingId: one.listingId, listingRevision: "2" },
      { listingId: two.listingId, listingRevision: "1" },
    ];
    expect((await listing(listingId)).item?.dataProductListing?.items).toEqual(items);

    await revise(two.assetId, "orders 3");
    await publishAgain(two.assetId, "ASSET");
    expect((await listing(listingId)).item?.dataProductListing?.items).toEqual(items);
    expect((await listing(two.listingId)).listingRevision).toBe("2");
    expect((await listing(two.listingId, "1")).name).toBe("orders");
  });

  test("that is published publishes what it holds and was not", async () => {
    const { assetId } = await publish(zone, producers);
    const draft = await revise(assetId, "draft");
    await producer().send(
      new CreateListingChangeSetCommand({
        domainIdentifier,
        entityIdentifier: assetId,
        entityType: "ASSET",
        action: "UNPUBLISH",
      }),
    );
    const { listingId = "" } = await publishAgain(await createProduct(assetId), "DATA_PRODUCT");
    const [item] = (await listing(listingId)).item?.dataProductListing?.items ?? [];
    expect(item?.listingRevision).toBe("2");
    expect(await listing(item?.listingId ?? "")).toMatchObject({ status: "ACTIVE", name: draft.name });
  });

  test("and its assets can be published anew while a request waits, which says what it was made for", async () => {
    const [one, two] = [await publish(zone, producers), await publish(zone, producers)];
    const product = await createProduct(one.assetId);
    const { listingId = "" } = await publishAgain(product, "DATA_PRODUCT");
    const waiting = await request(zone, "consumer", consumers, listingId);
    const before = await details(waiting);

    await revise(one.assetId, "one anew");
    await publishAgain(one.assetId, "ASSET");
    await producer().send(
      new CreateDataProductRevisionCommand({
        domainIdentifier,
        identifier: product,
        name: "sales and more",
        items: [one, two].map(({ assetId }) => ({ itemType: "ASSET", identifier: assetId })),
      }),
    );
    await publishAgain(product, "DATA_PRODUCT");
    expect(await details(waiting)).toEqual(before);
    expect(before).toMatchObject({
      revision: "1",
      item: { productListing: { assetListings: [{ entityId: one.assetId, entityRevision: "1" }] } },
    });
    expect(await listing(listingId)).toMatchObject({
      listingRevision: "2",
      name: "sales and more",
      item: {
        dataProductListing: {
          items: [
            { listingId: one.listingId, listingRevision: "2" },
            { listingId: two.listingId, listingRevision: "1" },
          ],
        },
      },
    });
  });
});

test("only the latest revision can be published", async () => {
  const { assetId } = await publish(zone, producers);
  await revise(assetId, "second");
  await expect(publishAgain(assetId, "ASSET", "1")).rejects.toMatchObject({ name: "ValidationException" });
  expect((await publishAgain(assetId, "ASSET", "2")).listingRevision).toBe("2");
});

describe("an asset that is given to another project", () => {
  interface Transfer {
    readonly revision: string;
    readonly ownershipTransfer: { readonly status: string };
  }
  const give = (role: string, assetId: string, targetProjectIdentifier: string) =>
    zone.call<Transfer>(role, "PATCH", `/assets/${assetId}`, { targetProjectIdentifier });
  const raw = (assetId: string) =>
    zone.call<{ ownershipTransfer?: { status: string }; owningProjectId: string; revision: string }>(
      "root",
      "GET",
      `/assets/${assetId}`,
    );
  const toDecide = async (role: string, approverProjectId: string) => {
    const list = new ListSubscriptionRequestsCommand({ domainIdentifier, approverProjectId, status: "PENDING" });
    return (await zone.as(role).send(list)).items?.map(({ id }) => id);
  };

  test("takes the requests that wait for it, and its subscriptions, along; others decide then", async () => {
    const { assetId, listingId } = await publish(zone, producers);
    const decided = await request(zone, "consumer", consumers, listingId);
    await accept(zone, "producer", decided);
    const waiting = await request(zone, "consumer", consumers, listingId);

    // Long enough for what is refused meanwhile, on any machine.
    zone.service.behaviour.transferDelay = 3_000;
    const given = await give("producer", assetId, administration);
    expect(given).toMatchObject({ revision: "2", ownershipTransfer: { status: "IN_PROGRESS" } });
    await expect(revise(assetId, "meanwhile")).rejects.toMatchObject({ name: "ConflictException" });
    await expect(publishAgain(assetId, "ASSET")).rejects.toMatchObject({ name: "ConflictException" });
    await expect(give("producer", assetId, administration)).rejects.toMatchObject({ name: "ConflictException" });
    expect((await details(waiting))?.ownerProjectId).toBe(producers);

    await zone.service.settled();
    zone.service.behaviour.transferDelay = 30;
    expect(await raw(assetId)).toMatchObject({
      ownershipTransfer: { status: "SUCCEEDED", sourceProjectId: producers, targetProjectId: administration },
      owningProjectId: administration,
    });
    expect(await details(waiting)).toMatchObject({
      ownerProjectId: administration,
      ownerProjectName: "administration",
    });
    expect(await details(decided)).toMatchObject({ ownerProjectId: producers });
    expect((await listing(listingId)).item?.assetListing?.owningProjectId).toBe(administration);
    const subscriptions = await zone
      .as("steward")
      .send(new ListSubscriptionsCommand({ domainIdentifier, approverProjectId: administration }));
    expect(subscriptions.items?.map(({ subscribedListing }) => subscribedListing?.id)).toEqual([listingId]);
    expect(await toDecide("steward", administration)).toContain(waiting);
    expect(await toDecide("producer", producers)).not.toContain(waiting);
    await expect(accept(zone, "producer", waiting)).rejects.toMatchObject({ name: "AccessDeniedException" });
    expect((await accept(zone, "steward", waiting)).status).toBe("ACCEPTED");
  });

  test("stays where it is where that fails, and can then be changed again", async () => {
    zone.service.behaviour.transfers = "FAILED";
    const { assetId } = await publish(zone, producers);
    await give("producer", assetId, administration);
    await zone.service.settled();
    zone.service.behaviour.transfers = "SUCCEEDED";
    expect(await raw(assetId)).toMatchObject({
      ownershipTransfer: { status: "FAILED" },
      owningProjectId: producers,
      revision: "1",
    });
    await revise(assetId, "again");
  });

  test("is given by its owners only, and from or to the administration project only", async () => {
    const { assetId } = await publish(zone, producers);
    await expect(give("stranger", assetId, administration)).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(give("producer", assetId, consumers)).rejects.toThrow(/administration project/);
    await expect(give("producer", assetId, producers)).rejects.toThrow(/already/);
    await expect(give("producer", assetId, "nowhere")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await give("producer", assetId, administration);
    await zone.service.settled();
    await give("steward", assetId, consumers);
    await zone.service.settled();
    const asset = await zone.as("consumer").send(new GetAssetCommand({ domainIdentifier, identifier: assetId }));
    expect(asset.owningProjectId).toBe(consumers);
  });
});

test("everything exchanged is as botocore's model has it", async () => {
  expect(zone.exchanges.length).toBeGreaterThan(60);
  expect(await zone.departures()).toEqual([]);
});
