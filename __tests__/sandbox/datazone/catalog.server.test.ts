import {
  AssociateGovernedTermsCommand,
  CreateAssetCommand,
  CreateAssetRevisionCommand,
  CreateAssetTypeCommand,
  CreateDataProductCommand,
  CreateFormTypeCommand,
  CreateGlossaryCommand,
  CreateGlossaryTermCommand,
  CreateListingChangeSetCommand,
  DeleteGlossaryCommand,
  DeleteGlossaryTermCommand,
  type FormInput,
  GetAssetCommand,
  GetFormTypeCommand,
  GetGlossaryCommand,
  GetGlossaryTermCommand,
  GetListingCommand,
  GetSubscriptionRequestDetailsCommand,
  ListAssetRevisionsCommand,
  SearchListingsCommand,
  UpdateGlossaryCommand,
  UpdateGlossaryTermCommand,
} from "@aws-sdk/client-datazone";
import { defaultBehaviour } from "../../../sandbox/datazone/behaviour";
import { type Zone, accept, addMember, createProject, publish, request, startZone, termsForm } from "./zone";

jest.setTimeout(30_000);

let zone: Zone;
let project: string;
let domainIdentifier: string;

beforeAll(async () => {
  zone = await startZone();
  ({ domainIdentifier } = zone);
  project = await createProject(zone, "producer");
  await addMember(zone, project, "viewer", "PROJECT_CATALOG_VIEWER");
});
afterAll(() => zone.stop());

const producer = () => zone.as("producer");

async function createTerm(name: string, isGoverned = false): Promise<string> {
  const { id } = await producer().send(
    new CreateGlossaryCommand({
      domainIdentifier,
      owningProjectIdentifier: project,
      name: `Glossary of ${name}`,
      ...(isGoverned && { usageRestrictions: ["ASSET_GOVERNED_TERMS"] }),
    }),
  );
  const term = await producer().send(
    new CreateGlossaryTermCommand({
      domainIdentifier,
      glossaryIdentifier: id,
      name,
      shortDescription: `It is ${name}`,
    }),
  );
  return term.id ?? "";
}

const listingItem = async (identifier: string) =>
  (await producer().send(new GetListingCommand({ domainIdentifier, identifier }))).item;

describe("glossary terms", () => {
  test("are shown by name in listings and requests, and by id on assets", async () => {
    const term = await createTerm("Confidential");
    const { assetId, listingId } = await publish(zone, project, { glossaryTerms: [term] });
    const shown = [{ name: "Confidential", shortDescription: "It is Confidential" }];

    expect(
      (await producer().send(new GetAssetCommand({ domainIdentifier, identifier: assetId }))).glossaryTerms,
    ).toEqual([term]);
    expect((await listingItem(listingId))?.assetListing?.glossaryTerms).toEqual(shown);
    const identifier = await request(zone, "root", project, listingId);
    const details = await zone.as().send(new GetSubscriptionRequestDetailsCommand({ domainIdentifier, identifier }));
    expect(details.subscribedListings?.[0]?.item?.assetListing?.glossaryTerms).toEqual(shown);
    const read = await zone.as("stranger").send(new GetGlossaryTermCommand({ domainIdentifier, identifier: term }));
    expect(read.name).toBe("Confidential");
  });

  test("of a governed glossary are associated, not assigned, and only listings show them", async () => {
    const term = await createTerm("Restricted", true);
    const { assetId, listingId } = await publish(zone, project);
    const associate = (id: string) =>
      producer().send(
        new AssociateGovernedTermsCommand({
          domainIdentifier,
          entityType: "ASSET",
          entityIdentifier: assetId,
          governedGlossaryTerms: [id],
        }),
      );
    await associate(term);
    expect((await listingItem(listingId))?.assetListing?.governedGlossaryTerms).toEqual([
      { name: "Restricted", shortDescription: "It is Restricted" },
    ]);
    const identifier = await request(zone, "root", project, listingId);
    const details = await zone.as().send(new GetSubscriptionRequestDetailsCommand({ domainIdentifier, identifier }));
    expect(JSON.stringify(details.subscribedListings)).not.toContain("Restricted");

    await expect(publish(zone, project, { glossaryTerms: [term] })).rejects.toMatchObject({
      name: "ValidationException",
    });
    await expect(associate(await createTerm("Free"))).rejects.toMatchObject({ name: "ValidationException" });
  });
});

test("glossaries and terms change, and go, the terms first", async () => {
  const identifier = await createTerm("Draft");
  const term = await producer().send(
    new UpdateGlossaryTermCommand({ domainIdentifier, identifier, name: "Final", status: "DISABLED" }),
  );
  expect(term).toMatchObject({ name: "Final", status: "DISABLED", shortDescription: "It is Draft" });

  const glossary = { domainIdentifier, identifier: term.glossaryId };
  const updated = await producer().send(new UpdateGlossaryCommand({ ...glossary, description: "Stages" }));
  expect(updated).toMatchObject({ name: "Glossary of Draft", description: "Stages" });
  await expect(producer().send(new DeleteGlossaryCommand(glossary))).rejects.toMatchObject({
    name: "ConflictException",
  });
  await producer().send(new DeleteGlossaryTermCommand({ domainIdentifier, identifier }));
  await producer().send(new DeleteGlossaryCommand(glossary));
  const gone = producer().send(new GetGlossaryCommand(glossary));
  await expect(gone).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

describe("a revision", () => {
  const revise = (identifier: string, more: object) =>
    producer().send(new CreateAssetRevisionCommand({ domainIdentifier, identifier, name: "orders", ...more }));

  test("replaces everything: what is left out is gone, and what is published stays until it is published anew", async () => {
    const { assetId, listingId } = await publish(zone, project, { forms: [termsForm("YES")] });
    const revised = await revise(assetId, {});
    expect(revised).toMatchObject({ revision: "2", formsOutput: [], listing: { listingId, listingStatus: "ACTIVE" } });
    expect(revised.description).toBeUndefined();

    expect((await listingItem(listingId))?.assetListing).toMatchObject({
      assetRevision: "1",
      forms: expect.stringContaining("SubscriptionTermsForm") as string,
    });
    const published = await producer().send(
      new CreateListingChangeSetCommand({
        domainIdentifier,
        entityIdentifier: assetId,
        entityType: "ASSET",
        action: "PUBLISH",
      }),
    );
    expect(published).toMatchObject({ listingId, listingRevision: "2", status: "ACTIVE" });
    expect((await listingItem(listingId))?.assetListing).toMatchObject({
      assetRevision: "2",
      forms: expect.not.stringContaining("SubscriptionTermsForm") as string,
    });

    const first = await producer().send(new GetAssetCommand({ domainIdentifier, identifier: assetId, revision: "1" }));
    expect(first.formsOutput).toHaveLength(1);
    const revisions = await producer().send(
      new ListAssetRevisionsCommand({ domainIdentifier, identifier: assetId, maxResults: 1 }),
    );
    expect(revisions.items?.map(({ revision }) => revision)).toEqual(["2"]);
    expect(revisions.nextToken).toBeDefined();
  });

  test("has forms that only the service writes", async () => {
    const { assetId } = await publish(zone, project);
    const { readOnlyFormsOutput = [] } = await producer().send(
      new GetAssetCommand({ domainIdentifier, identifier: assetId }),
    );
    expect(readOnlyFormsOutput).toHaveLength(1);
    const formsInput = readOnlyFormsOutput.map(({ formName, typeName, content }) => ({
      formName,
      typeIdentifier: typeName,
      content,
    }));
    await expect(revise(assetId, { formsInput })).rejects.toThrow(/read-only/);
  });

  test("takes forms of known types with JSON in them", async () => {
    const { assetId } = await publish(zone, project);
    const form = { formName: "Classification", typeIdentifier: "Classification", content: '{"level":"public"}' };
    await expect(revise(assetId, { formsInput: [form] })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const model = { smithy: "structure Classification { level: String }" };
    await producer().send(
      new CreateFormTypeCommand({ domainIdentifier, owningProjectIdentifier: project, name: "Classification", model }),
    );
    const formType = await producer().send(
      new GetFormTypeCommand({ domainIdentifier, formTypeIdentifier: "Classification" }),
    );
    expect(formType.model).toEqual(model);
    expect((await revise(assetId, { formsInput: [form] })).formsOutput?.[0]).toMatchObject({
      typeName: "Classification",
    });
    await expect(revise(assetId, { formsInput: [{ ...form, content: "level: public" }] })).rejects.toThrow(/not JSON/);
  });
});

test("an asset type of one's own asks for its forms", async () => {
  await producer().send(
    new CreateAssetTypeCommand({
      domainIdentifier,
      owningProjectIdentifier: project,
      name: "Report",
      formsInput: {
        Terms: { typeIdentifier: "amazon.datazone.SubscriptionTermsFormType", typeRevision: "1", required: true },
      },
    }),
  );
  const create = (formsInput: { formName: string; content: string }[]) =>
    producer().send(
      new CreateAssetCommand({
        domainIdentifier,
        owningProjectIdentifier: project,
        name: "report",
        typeIdentifier: "Report",
        formsInput,
      }),
    );
  await expect(create([])).rejects.toThrow(/Terms is required/);
  const asset = await create([{ formName: "Terms", content: "{}" }]);
  expect(asset.formsOutput?.[0]?.typeName).toBe("amazon.datazone.SubscriptionTermsFormType");
});

test("a data product's listing names its assets by id and published revision, nothing more", async () => {
  const [one, two] = [await publish(zone, project), await publish(zone, project)];
  const product = await producer().send(
    new CreateDataProductCommand({
      domainIdentifier,
      owningProjectIdentifier: project,
      name: "sales",
      items: [one, two].map(({ assetId }) => ({ itemType: "ASSET", identifier: assetId })),
    }),
  );
  const { listingId } = await producer().send(
    new CreateListingChangeSetCommand({
      domainIdentifier,
      entityIdentifier: product.id,
      entityType: "DATA_PRODUCT",
      action: "PUBLISH",
    }),
  );
  const draft = new CreateAssetRevisionCommand({ domainIdentifier, identifier: one.assetId, name: "not published" });
  await producer().send(draft);
  const identifier = await request(zone, "root", project, listingId ?? "");
  const details = await zone.as().send(new GetSubscriptionRequestDetailsCommand({ domainIdentifier, identifier }));
  expect(details.subscribedListings?.[0]?.item?.productListing?.assetListings).toEqual(
    [one, two].map(({ assetId }) => ({ entityId: assetId, entityRevision: "1", entityType: "GlueTableAssetType" })),
  );
  expect((await listingItem(listingId ?? ""))?.dataProductListing?.items).toHaveLength(2);
});

describe("a listing is written", () => {
  afterEach(() => Object.assign(zone.service.behaviour, defaultBehaviour()));

  const formsOf = async (listingId: string) =>
    JSON.parse((await listingItem(listingId))?.assetListing?.forms ?? "") as Record<string, unknown>;
  const columnForm = (...glossaryTerms: string[]): FormInput => ({
    formName: "ColumnBusinessMetadataForm",
    typeIdentifier: "amazon.datazone.ColumnBusinessMetadataFormType",
    content: JSON.stringify({ columnsBusinessMetadata: [{ columnIdentifier: "mail", glossaryTerms }] }),
  });

  test("as measured: its forms as text, beside fields, lists and a counter", async () => {
    const term = await createTerm("Shared");
    const onColumn = await createTerm("Shop");
    const forms = [termsForm("YES"), columnForm(onColumn)];
    const { assetId, listingId } = await publish(zone, project, { forms, glossaryTerms: [term] });
    const shown = await formsOf(listingId);
    expect(shown).toEqual({
      SubscriptionTermsForm: '{"approvalRequired":"YES"}',
      ColumnBusinessMetadataForm: JSON.stringify({
        columnsBusinessMetadata: [
          {
            columnIdentifier: "mail",
            glossaryTerms: [{ BusinessGlossaryTermForm: { name: "Shop" }, amazonmetadata: { entityId: onColumn } }],
          },
        ],
      }),
      AssetCommonDetailsForm: expect.stringContaining("maintainedBy") as string,
      "AwsConfigurationForm.region": "eu-west-1",
      "AwsConfigurationForm.accountId": "123456789012",
      hasAttached: "[]",
      __DataZoneGlossaryTerms: JSON.stringify([term, term]),
      ListingSubscriberCountFormType: { subscriberCount: 0 },
    });
    const asset = await producer().send(new GetAssetCommand({ domainIdentifier, identifier: assetId }));
    expect(asset.formsOutput?.map(({ content }) => content)).toEqual(forms.map(({ content }) => content));
  });

  test.each(["id", "name", "nested", "mixed"] as const)("terms on columns are written as %s", async (columnTerms) => {
    zone.service.behaviour.columnTerms = columnTerms;
    const names = ["One", "Two", "Three"].map((name) => `${name} ${columnTerms}`);
    const ids: string[] = [];
    for (const name of names) ids.push(await createTerm(name));
    const { listingId } = await publish(zone, project, { forms: [columnForm(...ids)] });
    const form = JSON.parse((await formsOf(listingId))["ColumnBusinessMetadataForm"] as string) as {
      columnsBusinessMetadata: { glossaryTerms: unknown[] }[];
    };
    const nested = ids.map((id, index) => ({
      BusinessGlossaryTermForm: { name: names[index] },
      amazonmetadata: { entityId: id },
    }));
    const expected = { id: ids, name: names, nested, mixed: [ids[0], names[1], nested[2]] };
    expect(form.columnsBusinessMetadata[0]?.glossaryTerms).toEqual(expected[columnTerms]);
  });

  test("and plainly where that is wanted: objects by form name, nothing else", async () => {
    Object.assign(zone.service.behaviour, { listingShapes: "plain", requestShapes: "plain" });
    const term = await createTerm("Plain");
    const { listingId } = await publish(zone, project, { forms: [termsForm("YES"), columnForm(term)] });
    const plain = {
      SubscriptionTermsForm: { approvalRequired: "YES" },
      ColumnBusinessMetadataForm: { columnsBusinessMetadata: [{ columnIdentifier: "mail", glossaryTerms: [term] }] },
    };
    expect(await formsOf(listingId)).toEqual(plain);
    const identifier = await request(zone, "root", project, listingId);
    const details = await zone.as().send(new GetSubscriptionRequestDetailsCommand({ domainIdentifier, identifier }));
    expect(JSON.parse(details.subscribedListings?.[0]?.item?.assetListing?.forms ?? "")).toEqual(plain);
  });

  test("the counter of subscribers moves with each approval, and a request keeps what it was", async () => {
    const { listingId } = await publish(zone, project);
    const subscribers = [await createProject(zone, "root"), await createProject(zone, "root")];
    for (const [count, subscriber] of subscribers.entries()) {
      const identifier = await request(zone, "root", subscriber, listingId);
      await accept(zone, "root", identifier);
      const details = await zone.as().send(new GetSubscriptionRequestDetailsCommand({ domainIdentifier, identifier }));
      const forms = JSON.parse(details.subscribedListings?.[0]?.item?.assetListing?.forms ?? "") as object;
      expect(forms).toMatchObject({ ListingSubscriberCountFormType: { subscriberCount: count } });
      expect(await formsOf(listingId)).toMatchObject({
        ListingSubscriberCountFormType: { subscriberCount: count + 1 },
      });
    }
  });
});

test("what is unpublished cannot be asked for, nor found", async () => {
  const { assetId, listingId } = await publish(zone, project);
  const search = async () => {
    const { items = [] } = await zone
      .as("stranger")
      .send(new SearchListingsCommand({ domainIdentifier, searchText: "ORDERS", maxResults: 50 }));
    return items.map(({ assetListing }) => assetListing?.listingId);
  };
  expect(await search()).toContain(listingId);
  await producer().send(
    new CreateListingChangeSetCommand({
      domainIdentifier,
      entityIdentifier: assetId,
      entityType: "ASSET",
      action: "UNPUBLISH",
    }),
  );
  expect(await search()).not.toContain(listingId);
  await expect(request(zone, "root", project, listingId)).rejects.toMatchObject({ name: "ValidationException" });
});

test.each(["viewer", "stranger"])("%s publishes nothing", async (role) => {
  const { assetId } = await publish(zone, project);
  const revise = new CreateAssetRevisionCommand({ domainIdentifier, identifier: assetId, name: "mine" });
  await expect(zone.as(role).send(revise)).rejects.toMatchObject({ name: "AccessDeniedException" });
  const read = zone.as(role).send(new GetAssetCommand({ domainIdentifier, identifier: assetId }));
  if (role === "viewer") expect((await read).id).toBe(assetId);
  else await expect(read).rejects.toMatchObject({ name: "AccessDeniedException" });
});

test("everything exchanged is as botocore's model has it", async () => {
  expect(await zone.departures()).toEqual([]);
});
