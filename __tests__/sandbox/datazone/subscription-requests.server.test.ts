import {
  AcceptSubscriptionRequestCommand,
  CreateAssetFilterCommand,
  CreateSubscriptionRequestCommand,
  DeleteSubscriptionRequestCommand,
  GetSubscriptionRequestDetailsCommand,
  GetUserProfileCommand,
  ListSubscriptionGrantsCommand,
  ListSubscriptionRequestsCommand,
  ListSubscriptionsCommand,
  RejectSubscriptionRequestCommand,
  type S3Permission,
  type SubscribedListing,
} from "@aws-sdk/client-datazone";
import fc from "fast-check";
import { type Zone, accept, addMember, createProject, publish, request, roleArn, startZone, termsForm } from "./zone";

jest.setTimeout(30_000);

let zone: Zone;
let publisher: string;
let subscriber: string;
let listing: string;

beforeAll(async () => {
  zone = await startZone({ behaviour: { autoApprovalDelay: 20 } });
  publisher = await createProject(zone, "producer");
  subscriber = await createProject(zone, "consumer");
  ({ listingId: listing } = await publish(zone, publisher));
  await addMember(zone, publisher, "approver", "PROJECT_CONTRIBUTOR");
  await addMember(zone, publisher, "viewer", "PROJECT_CATALOG_VIEWER");
});
afterEach(() => {
  zone.events.length = 0;
  zone.quotas = { enabled: false, scale: 1 };
});
afterAll(() => zone.stop());

const details = (identifier: string, role = "approver") =>
  zone.as(role).send(new GetSubscriptionRequestDetailsCommand({ domainIdentifier: zone.domainIdentifier, identifier }));

const reject = (identifier: string, role = "approver") =>
  zone.as(role).send(new RejectSubscriptionRequestCommand({ domainIdentifier: zone.domainIdentifier, identifier }));

describe("a request", () => {
  test("is announced as pending, with subscriber and publisher where the service puts them", async () => {
    const id = await request(zone, "consumer", subscriber, listing);

    const [event] = await zone.sent("Subscription Request Created");
    expect(event).toMatchObject({
      metadata: {
        domain: zone.domainIdentifier,
        id,
        owningProjectId: subscriber,
        awsAccountId: "123456789012",
        typeName: "SubscriptionRequestEntityType",
        version: "1",
        clientToken: expect.any(String) as string,
      },
      data: {
        status: "PENDING",
        subscribedListings: [{ id: listing, ownerProjectId: publisher, version: "1" }],
        subscribedPrincipals: [{ id: subscriber, type: "PROJECT" }],
      },
    });
    expect(event?.data).not.toHaveProperty("autoApproved");
    expect(event?.metadata["user"]).toBe(event?.data["requesterId"]);
    expect(zone.events.every(({ source }) => source === "aws.datazone")).toBe(true);
    const { status, reviewerId } = await details(id);
    expect({ status, reviewerId }).toEqual({ status: "PENDING" });
  });

  test("carries a copy of what the listing was", async () => {
    const { assetId, listingId } = await publish(zone, publisher, { forms: [termsForm("YES")] });
    const id = await request(zone, "consumer", subscriber, listingId);

    const asset = (await details(id)).subscribedListings?.[0]?.item?.assetListing;
    expect(asset).toMatchObject({ entityId: assetId, entityRevision: "1", entityType: "GlueTableAssetType" });
    expect(JSON.parse(asset?.forms ?? "")).toMatchObject({ SubscriptionTermsForm: '{"approvalRequired":"YES"}' });
  });

  test("becomes a subscription and a grant when it is accepted, in the approver's name", async () => {
    const id = await request(zone, "consumer", subscriber, listing);
    const accepted = await accept(zone, "approver", id, "[rules] fine");

    expect(accepted).toMatchObject({ id, status: "ACCEPTED", decisionComment: "[rules] fine" });
    const { domainIdentifier } = zone;
    const reviewer = await zone
      .as()
      .send(new GetUserProfileCommand({ domainIdentifier, userIdentifier: accepted.reviewerId }));
    expect(reviewer.details?.iam?.arn).toBe(roleArn("approver"));

    const subscriptions = await zone
      .as("consumer")
      .send(new ListSubscriptionsCommand({ domainIdentifier, subscriptionRequestIdentifier: id }));
    expect(subscriptions.items).toHaveLength(1);
    expect(subscriptions.items?.[0]).toMatchObject({ status: "APPROVED", subscriptionRequestId: id });
    const grants = await zone
      .as("consumer")
      .send(new ListSubscriptionGrantsCommand({ domainIdentifier, subscriptionId: subscriptions.items?.[0]?.id }));
    expect(grants.items?.map(({ status }) => status)).toEqual(["COMPLETED"]);

    await zone.service.settled();
    expect(zone.events.map((event) => event["detail-type"])).toEqual([
      "Subscription Request Created",
      "Subscription Request Accepted",
      "Subscription Created",
      "Subscription Grant Requested",
      "Subscription Grant Completed",
    ]);
    const [created] = await zone.sent("Subscription Created");
    expect(created?.data).toMatchObject({
      subscribedListing: { id: listing, ownerProjectId: publisher },
      subscribedPrincipal: { id: subscriber, type: "PROJECT" },
    });
  });

  test("is rejected for good, without a subscription", async () => {
    const id = await request(zone, "consumer", subscriber, listing);
    await reject(id);

    const { domainIdentifier } = zone;
    const rejected = await details(id, "consumer");
    const reviewer = await zone
      .as()
      .send(new GetUserProfileCommand({ domainIdentifier, userIdentifier: roleArn("approver") }));
    expect(rejected).toMatchObject({ status: "REJECTED", reviewerId: reviewer.id });
    const list = new ListSubscriptionRequestsCommand({ domainIdentifier, approverProjectId: publisher });
    const { items = [] } = await zone.as("approver").send(list);
    expect(items.find((item) => item.id === id)?.reviewerId).toBe(reviewer.id);
    expect(await zone.sent("Subscription Request Rejected")).toHaveLength(1);
    expect(await zone.sent("Subscription Created")).toHaveLength(0);
  });

  test.each(["ConflictException", "ValidationException"] as const)("is decided once: then %s", async (error) => {
    zone.service.behaviour.secondDecision = error;
    const id = await request(zone, "consumer", subscriber, listing);
    await accept(zone, "approver", id);

    await expect(accept(zone, "approver", id)).rejects.toMatchObject({ name: error });
    await expect(reject(id)).rejects.toMatchObject({ name: error });
    expect((await details(id)).status).toBe("ACCEPTED");
    expect(await zone.sent("Subscription Request Accepted")).toHaveLength(1);
    zone.service.behaviour.secondDecision = "ConflictException";
  });

  test("that two decide at once is decided by one of them", async () => {
    const id = await request(zone, "consumer", subscriber, listing);
    const decisions = await Promise.allSettled([accept(zone, "approver", id), reject(id, "producer")]);
    expect(decisions.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("that its subscriber withdraws is gone", async () => {
    const id = await request(zone, "consumer", subscriber, listing);
    const withdraw = new DeleteSubscriptionRequestCommand({ domainIdentifier: zone.domainIdentifier, identifier: id });
    await zone.as("consumer").send(withdraw);

    await expect(details(id)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect(await zone.sent("Subscription Request Deleted")).toHaveLength(1);
  });

  test("sent twice with one client token is one request", async () => {
    const command = () =>
      new CreateSubscriptionRequestCommand({
        domainIdentifier: zone.domainIdentifier,
        subscribedPrincipals: [{ project: { identifier: subscriber } }],
        subscribedListings: [{ identifier: listing }],
        requestReason: "once",
        clientToken: "token-1",
      });
    const [first, second] = [await zone.as("consumer").send(command()), await zone.as("consumer").send(command())];

    expect(second.id).toBe(first.id);
    expect(await zone.sent("Subscription Request Created")).toHaveLength(1);
  });

  test("says which answers it carries in a list, and their content only in its details", async () => {
    const { domainIdentifier } = zone;
    const { id } = await zone.as("consumer").send(
      new CreateSubscriptionRequestCommand({
        domainIdentifier,
        subscribedPrincipals: [{ project: { identifier: subscriber } }],
        subscribedListings: [{ identifier: listing }],
        requestReason: "with answers",
        metadataForms: [
          { formName: "Purpose", typeIdentifier: "amazon.datazone.PurposeFormType", content: '{"use":"x"}' },
        ],
      }),
    );
    const { items = [] } = await zone
      .as("approver")
      .send(new ListSubscriptionRequestsCommand({ domainIdentifier, approverProjectId: publisher, maxResults: 50 }));

    const summary = items.find((item) => item.id === id);
    expect(summary?.metadataFormsSummary).toEqual([
      { formName: "Purpose", typeName: "amazon.datazone.PurposeFormType", typeRevision: "1" },
    ]);
    expect(summary).not.toHaveProperty("metadataForms");
    expect((await details(id ?? "")).metadataForms?.[0]?.content).toBe('{"use":"x"}');
  });
});

describe("what the service approves by itself", () => {
  const expectOwnApproval = async (id: string) => {
    const [event] = await zone.sent("Subscription Request Created");
    expect(event?.data).toMatchObject({ autoApproved: true, status: "PENDING" });
    const { status, reviewerId } = await details(id);
    expect({ status, reviewerId }).toEqual({ status: "ACCEPTED", reviewerId: "SYSTEM" });
    expect(await zone.sent("Subscription Created")).toHaveLength(1);
  };

  test("is an asset that needs no approval: PENDING first, ACCEPTED soon", async () => {
    const { listingId } = await publish(zone, publisher, { forms: [termsForm("NO")] });
    await expectOwnApproval(await request(zone, "consumer", subscriber, listingId));
  });

  test("is a requester who is a member of both projects", async () => {
    await addMember(zone, publisher, "both", "PROJECT_CATALOG_VIEWER");
    await addMember(zone, subscriber, "both", "PROJECT_CONTRIBUTOR");
    await expectOwnApproval(await request(zone, "both", subscriber, listing));
  });

  test("is nothing that a person has decided meanwhile", async () => {
    zone.service.behaviour.autoApprovalDelay = 1_500;
    const { listingId } = await publish(zone, publisher, { forms: [termsForm("NO")] });
    const id = await request(zone, "consumer", subscriber, listingId);
    await reject(id);
    await zone.service.settled();
    zone.service.behaviour.autoApprovalDelay = 20;
    expect((await details(id)).status).toBe("REJECTED");
  });

  test("is never what the account's administrator asks for: nobody made it a member", async () => {
    const id = await request(zone, "root", subscriber, listing);
    await zone.service.settled();
    expect((await details(id)).status).toBe("PENDING");
  });
});

describe("events may", () => {
  afterEach(() =>
    Object.assign(zone.service.behaviour, { eventCopies: 1, notAutoApproved: "absent", eventItems: false }),
  );

  test("come twice, say autoApproved: false, and carry the item", async () => {
    Object.assign(zone.service.behaviour, { eventCopies: 2, notAutoApproved: "false", eventItems: true });
    await request(zone, "consumer", subscriber, listing);
    const [first, second] = await zone.sent("Subscription Request Created");
    expect(second).toEqual(first);
    expect(first?.data).toMatchObject({
      autoApproved: false,
      subscribedListings: [{ item: { assetListing: { entityType: "GlueTableAssetType" } } }],
    });
  });

  test("come in another order, or not at all", async () => {
    zone.service.behaviour.eventOrder = "reversed";
    await accept(zone, "approver", await request(zone, "consumer", subscriber, listing));
    await zone.service.settled();
    expect(zone.events.map((event) => event["detail-type"])).toEqual([
      "Subscription Grant Completed",
      "Subscription Grant Requested",
      "Subscription Created",
      "Subscription Request Accepted",
      "Subscription Request Created",
    ]);
    zone.events.length = 0;
    Object.assign(zone.service.behaviour, { eventOrder: "as sent", eventCopies: 0 });
    await request(zone, "consumer", subscriber, listing);
    await zone.service.settled();
    expect(zone.events).toEqual([]);
  });

  test("say that a grant failed although the request was accepted", async () => {
    zone.service.behaviour.grants = "GRANT_FAILED";
    await accept(zone, "approver", await request(zone, "consumer", subscriber, listing));
    zone.service.behaviour.grants = "COMPLETED";
    expect(await zone.sent("Subscription Grant Failed")).toHaveLength(1);
    expect(await zone.sent("Subscription Grant Completed")).toHaveLength(0);
  });
});

describe("only members decide", () => {
  const DENIED = {
    name: "AccessDeniedException",
    $metadata: expect.objectContaining({ httpStatusCode: 403 }) as object,
  };

  test.each(["consumer", "viewer", "stranger"])("not %s", async (role) => {
    const id = await request(zone, "consumer", subscriber, listing);
    await expect(accept(zone, role, id)).rejects.toMatchObject(DENIED);
    await expect(reject(id, role)).rejects.toMatchObject(DENIED);
    expect((await details(id)).status).toBe("PENDING");
  });

  test.each(["producer", "approver", "root"])("but %s", async (role) => {
    const id = await request(zone, "consumer", subscriber, listing);
    expect((await accept(zone, role, id)).status).toBe("ACCEPTED");
  });

  test("and only those who have to do with a request see it", async () => {
    const id = await request(zone, "consumer", subscriber, listing);
    await expect(details(id, "stranger")).rejects.toMatchObject(DENIED);
    expect((await details(id, "consumer")).id).toBe(id);
    const { domainIdentifier } = zone;
    const list = new ListSubscriptionRequestsCommand({ domainIdentifier, approverProjectId: publisher });
    await expect(zone.as("consumer").send(list)).rejects.toMatchObject(DENIED);
    const visible = await zone.as("stranger").send(new ListSubscriptionRequestsCommand({ domainIdentifier }));
    expect(visible.items).toEqual([]);
  });

  test("and nobody asks in the name of another project", async () => {
    await expect(request(zone, "stranger", subscriber, listing)).rejects.toMatchObject(DENIED);
  });
});

test("permissions are those asked for, until others are accepted", async () => {
  const { domainIdentifier } = zone;
  const { assetId, listingId } = await publish(zone, publisher);
  const permissions = (...s3: S3Permission[]) => [{ assetId, permissions: { s3 } }];
  const asked = await zone.as("consumer").send(
    new CreateSubscriptionRequestCommand({
      domainIdentifier,
      subscribedPrincipals: [{ project: { identifier: subscriber } }],
      subscribedListings: [{ identifier: listingId }],
      requestReason: "to write",
      assetPermissions: permissions("READ", "WRITE"),
    }),
  );
  const given = (output: { subscribedListings?: SubscribedListing[] | undefined }) =>
    output.subscribedListings?.[0]?.item?.assetListing?.permissions?.s3;
  expect(given(asked)).toEqual(["READ", "WRITE"]);
  const accepted = await zone.as("approver").send(
    new AcceptSubscriptionRequestCommand({
      domainIdentifier,
      identifier: asked.id,
      assetPermissions: permissions("READ"),
    }),
  );
  expect(given(accepted)).toEqual(["READ"]);
});

describe("filters", () => {
  const filtered = (identifier: string, assetId: string, filterIds: string[]) =>
    zone.as("approver").send(
      new AcceptSubscriptionRequestCommand({
        domainIdentifier: zone.domainIdentifier,
        identifier,
        assetScopes: [{ assetId, filterIds }],
      }),
    );

  test("narrow what is accepted to the asset's own", async () => {
    const { assetId, listingId } = await publish(zone, publisher);
    const filter = await zone.as("producer").send(
      new CreateAssetFilterCommand({
        domainIdentifier: zone.domainIdentifier,
        assetIdentifier: assetId,
        name: "public columns",
        configuration: { columnConfiguration: { includedColumnNames: ["id"] } },
      }),
    );
    const id = await request(zone, "consumer", subscriber, listingId);
    await expect(filtered(id, assetId, ["missing"])).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(filtered(id, "other", [filter.id ?? ""])).rejects.toMatchObject({ name: "ValidationException" });
    const six = Array.from({ length: 6 }, () => filter.id ?? "");
    await expect(filtered(id, assetId, six)).rejects.toMatchObject({ name: "ValidationException" });

    const accepted = await filtered(id, assetId, [filter.id ?? ""]);
    expect(accepted.subscribedListings?.[0]?.item?.assetListing?.assetScope?.filterIds).toEqual([filter.id]);
  });
});

test("pages hold every request once, in order, whatever their size", async () => {
  const own = await createProject(zone, "producer");
  const { listingId } = await publish(zone, own);
  const ids: string[] = [];
  for (let index = 0; index < 12; index++) {
    // Several requests share a moment.
    zone.time += index % 3 === 0 ? 1_000 : 0;
    ids.push(await request(zone, "consumer", subscriber, listingId));
  }
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom("ASCENDING" as const, "DESCENDING" as const),
      async (maxResults, sortOrder) => {
        const seen: { id?: string | undefined; updatedAt?: Date | undefined }[] = [];
        let nextToken: string | undefined;
        do {
          const page = await zone.as("producer").send(
            new ListSubscriptionRequestsCommand({
              domainIdentifier: zone.domainIdentifier,
              approverProjectId: own,
              status: "PENDING",
              maxResults,
              sortOrder,
              nextToken,
            }),
          );
          expect(page.items?.length).toBeLessThanOrEqual(maxResults);
          seen.push(...(page.items ?? []));
          ({ nextToken } = page);
        } while (nextToken !== undefined);
        expect(seen.map(({ id }) => id).sort()).toEqual([...ids].sort());
        const times = seen.map(({ updatedAt }) => Number(updatedAt));
        expect(times).toEqual([...times].sort((a, b) => (sortOrder === "ASCENDING" ? a - b : b - a)));
      },
    ),
    { numRuns: 15 },
  );
});

test("a request that is decided between two pages shifts none of the others", async () => {
  const own = await createProject(zone, "producer");
  const { listingId } = await publish(zone, own);
  const ids: string[] = [];
  for (let index = 0; index < 4; index++) ids.push(await request(zone, "consumer", subscriber, listingId));
  const query = {
    domainIdentifier: zone.domainIdentifier,
    approverProjectId: own,
    status: "PENDING" as const,
    maxResults: 2,
  };
  const first = await zone.as("producer").send(new ListSubscriptionRequestsCommand(query));
  await accept(zone, "producer", first.items?.[0]?.id ?? "");
  const second = await zone
    .as("producer")
    .send(new ListSubscriptionRequestsCommand({ ...query, nextToken: first.nextToken }));
  const seen = [...(first.items ?? []), ...(second.items ?? [])].map(({ id }) => id);
  expect(seen.sort()).toEqual([...ids].sort());
});

describe("quotas", () => {
  const burst = async (count: number) => {
    const list = new ListSubscriptionRequestsCommand({ domainIdentifier: zone.domainIdentifier });
    const outcomes = await Promise.allSettled(Array.from({ length: count }, () => zone.as("approver").send(list)));
    const throttled = outcomes.filter(({ status }) => status === "rejected");
    for (const outcome of throttled) {
      expect(outcome).toMatchObject({
        reason: { name: "ThrottlingException", $metadata: { httpStatusCode: 429 } },
      });
    }
    return count - throttled.length;
  };

  test("are the service's, and refill with time", async () => {
    zone.quotas = { enabled: true, scale: 1 };
    zone.time += 10_000;
    expect(await burst(12)).toBe(8);
    zone.time += 250;
    expect(await burst(5)).toBe(2);
  });

  test("can be scaled and switched off while it runs", async () => {
    zone.quotas = { enabled: true, scale: 0.25 };
    zone.time += 10_000;
    expect(await burst(5)).toBe(2);
    zone.quotas = { enabled: false, scale: 1 };
    expect(await burst(20)).toBe(20);
  });

  test("do not limit what has none", async () => {
    zone.quotas = { enabled: true, scale: 1 };
    const get = new GetUserProfileCommand({
      domainIdentifier: zone.domainIdentifier,
      userIdentifier: roleArn("approver"),
    });
    await Promise.all(Array.from({ length: 30 }, () => zone.as("approver").send(get)));
  });
});

test("everything exchanged is as botocore's model has it", async () => {
  expect(zone.exchanges.length).toBeGreaterThan(150);
  expect(await zone.departures()).toEqual([]);
});
