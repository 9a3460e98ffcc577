import * as datazone from "@aws-sdk/client-datazone";
import {
  CreateAssetRevisionCommand,
  CreateDataProductCommand,
  CreateDataProductRevisionCommand,
  CreateGlossaryCommand,
  CreateGlossaryTermCommand,
  CreateListingChangeSetCommand,
  CreateProjectCommand,
  type EntityType,
  type FormInput,
} from "@aws-sdk/client-datazone";
import { type Zone, addMember, createProject, publish, request, startZone } from "../../sandbox/datazone/zone";
import { loadPolicySet } from "../../../functions/approver/policies/files";
import { world } from "./fake";

/** The approver with the shipped policies, and a role that is a contributor, before the sandbox's Amazon DataZone. */

jest.setTimeout(60_000);

const SET = "policies/prod";
const policies = loadPolicySet(SET);
const USED = [
  "GetSubscriptionRequestDetails",
  "GetListing",
  "GetProject",
  "GetGlossaryTerm",
  "GetUserProfile",
] as const;

describe.each(["measured", "plain"] as const)("with listings written as %s", (shapes) => {
  let zone: Zone;
  let domainIdentifier: string;
  let publisher: string;
  let consumers: string;
  let administration: string;
  let terms: Record<"Public" | "Confidential", string>;
  const producer = () => zone.as("producer");

  beforeAll(async () => {
    zone = await startZone({ behaviour: { listingShapes: shapes, requestShapes: shapes, transferDelay: 10 } });
    ({ domainIdentifier } = zone);
    publisher = await createProject(zone, "producer");
    consumers = await createProject(zone, "consumer");
    await addMember(zone, publisher, "approver", "PROJECT_CONTRIBUTOR");
    const admin = { domainIdentifier, name: "administration", projectCategory: "ADMIN" };
    administration = (await zone.as("steward").send(new CreateProjectCommand(admin))).id ?? "";
    const glossary = { domainIdentifier, owningProjectIdentifier: publisher, name: "Sensitivity" };
    const { id: glossaryIdentifier } = await producer().send(new CreateGlossaryCommand(glossary));
    const term = async (name: string) => {
      const made = await producer().send(new CreateGlossaryTermCommand({ domainIdentifier, glossaryIdentifier, name }));
      return made.id ?? "";
    };
    terms = { Public: await term("Public"), Confidential: await term("Confidential") };
  });
  afterAll(() => zone.stop());

  async function decide(subscriptionRequestId: string): Promise<{ outcome: string; why: readonly string[] }> {
    const { aws, invoke } = world(policies, { DOMAIN_ID: domainIdentifier }, { "0": publisher });
    const client = zone.as("approver");
    for (const name of USED) {
      const Command = datazone[`${name}Command`] as unknown as new (input: object) => datazone.GetListingCommand;
      aws.on(name, (input) => client.send(new Command(input)));
    }
    return await invoke({ operation: "decide", subscriptionRequestId, dryRun: true });
  }

  const again = (entityIdentifier: string, entityType: EntityType) =>
    producer().send(
      new CreateListingChangeSetCommand({ domainIdentifier, entityIdentifier, entityType, action: "PUBLISH" }),
    );
  const revise = (identifier: string, ...glossaryTerms: string[]) =>
    producer().send(new CreateAssetRevisionCommand({ domainIdentifier, identifier, name: "orders", glossaryTerms }));
  const publishPublic = (...forms: FormInput[]) => publish(zone, publisher, { glossaryTerms: [terms.Public], forms });
  const ask = (listingId: string) => request(zone, "consumer", consumers, listingId);
  const onColumn = (term: string): FormInput => ({
    formName: "ColumnBusinessMetadataForm",
    typeIdentifier: "amazon.datazone.ColumnBusinessMetadataFormType",
    content: JSON.stringify({ columnsBusinessMetadata: [{ columnIdentifier: "mail", glossaryTerms: [term] }] }),
  });
  const items = (...identifiers: string[]) =>
    identifiers.map((identifier) => ({ itemType: "ASSET" as const, identifier }));

  test.each(["id", "name", "nested"] as const)(
    "harmless columns are approved, sensitive ones not: terms by %s",
    async (by) => {
      zone.service.behaviour.columnTerms = by;
      const [harmless, sensitive] = [
        await publishPublic(onColumn(terms.Public)),
        await publishPublic(onColumn(terms.Confidential)),
      ];
      expect(await decide(await ask(harmless.listingId))).toMatchObject({ outcome: "approved" });
      expect(await decide(await ask(sensitive.listingId))).toMatchObject({
        outcome: "waiting",
        why: ["forbidden by allowed-terms"],
      });
    },
  );

  test("an approval moves the counter of subscribers, and nothing that a later request waits for", async () => {
    const { listingId } = await publishPublic();
    const waiting = await ask(listingId);
    const client = zone.as("producer");
    await client.send(
      new datazone.AcceptSubscriptionRequestCommand({ domainIdentifier, identifier: await ask(listingId) }),
    );
    expect(await decide(waiting)).toMatchObject({ outcome: "approved" });
  });

  test("what has become sensitive while the request waits is not approved", async () => {
    const { assetId, listingId } = await publishPublic();
    const waiting = await ask(listingId);
    await revise(assetId, terms.Public, terms.Confidential);
    expect(await decide(waiting)).toMatchObject({ outcome: "approved" });
    await again(assetId, "ASSET");
    expect(await decide(waiting)).toMatchObject({ outcome: "waiting" });
  });

  test("a data product that got another asset, or whose asset became sensitive, is not approved", async () => {
    const [one, two] = [await publishPublic(), await publishPublic()];
    const own = { domainIdentifier, name: "sales", glossaryTerms: [terms.Public] };
    const { id = "" } = await producer().send(
      new CreateDataProductCommand({ ...own, owningProjectIdentifier: publisher, items: items(one.assetId) }),
    );
    const { listingId = "" } = await again(id, "DATA_PRODUCT");
    const waiting = await ask(listingId);
    expect(await decide(waiting)).toMatchObject({ outcome: "approved" });

    await revise(one.assetId, terms.Confidential);
    await again(one.assetId, "ASSET");
    expect(await decide(waiting)).toMatchObject({ outcome: "waiting" });

    await revise(one.assetId, terms.Public);
    await again(one.assetId, "ASSET");
    expect(await decide(waiting)).toMatchObject({ outcome: "approved" });
    const both = items(one.assetId, two.assetId);
    await producer().send(new CreateDataProductRevisionCommand({ ...own, identifier: id, items: both }));
    await again(id, "DATA_PRODUCT");
    expect(await decide(waiting)).toMatchObject({ outcome: "waiting" });
  });

  test("an asset that was given to another project is not for this approver", async () => {
    const { assetId, listingId } = await publishPublic();
    const waiting = await ask(listingId);
    await zone.call("producer", "PATCH", `/assets/${assetId}`, { targetProjectIdentifier: administration });
    await zone.service.settled();
    expect(await decide(waiting)).toMatchObject({ outcome: "failed", why: [expect.stringMatching(/not permitted/)] });
    await addMember(zone, administration, "approver", "PROJECT_CONTRIBUTOR");
    expect(await decide(waiting)).toMatchObject({ outcome: "left" });
  });
});
