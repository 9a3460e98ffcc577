import fc from "fast-check";
import { listingForms } from "../../../sandbox/datazone/listing-forms";
import { type Drawn, drawnListings, writings } from "../../support/listings";

const read = (form: unknown): unknown => (typeof form === "string" ? JSON.parse(form) : form);

/** What was written, with every column's term as its id again. */
function unwritten(text: string, { terms }: Drawn): Record<string, unknown> {
  const entries = JSON.parse(text) as Record<string, unknown>;
  const ids = new Map([...terms].map(([id, name]) => [name, id]));
  const idOf = (term: unknown): unknown =>
    typeof term === "string"
      ? (ids.get(term) ?? term)
      : (term as { amazonmetadata: { entityId: string } }).amazonmetadata.entityId;
  const columns = read(entries["ColumnBusinessMetadataForm"]) as
    { columnsBusinessMetadata: { glossaryTerms: unknown[] }[] } | undefined;
  return {
    ...entries,
    ...(columns && {
      ColumnBusinessMetadataForm: {
        columnsBusinessMetadata: columns.columnsBusinessMetadata.map(({ glossaryTerms, ...column }) => ({
          ...column,
          glossaryTerms: glossaryTerms.map(idOf),
        })),
      },
    }),
  };
}

test("however a listing is written, it says what it says", () => {
  fc.assert(
    fc.property(
      drawnListings().chain((drawn) => fc.tuple(fc.constant(drawn), writings(drawn))),
      ([drawn, text]) => {
        const { content } = drawn;
        const entries = unwritten(text, drawn);
        const forms = Object.fromEntries(Object.keys(content.forms).map((name) => [name, read(entries[name])]));
        expect(forms).toEqual(content.forms);
        if (!("hasAttached" in entries)) {
          expect(Object.keys(entries).sort()).toEqual(Object.keys(content.forms).sort());
          return;
        }
        expect(entries).toMatchObject(content.fields);
        expect(read(entries["__DataZoneGlossaryTerms"])).toEqual(content.termIds);
        expect(read(entries["hasAttached"])).toEqual(content.attached);
        expect(entries["ListingSubscriberCountFormType"]).toEqual({ subscriberCount: content.subscriberCount });
      },
    ),
  );
});

test("as measured, it has an entry of every kind", () => {
  const written = listingForms(
    {
      forms: {
        GlueTableForm: { tableName: "orders" },
        ColumnBusinessMetadataForm: {
          columnsBusinessMetadata: [{ columnIdentifier: "mail", glossaryTerms: ["a1b2c3d4e5f6g7", "unknown"] }],
        },
      },
      fields: { "AwsConfigurationForm.region": "eu-west-1", "AwsConfigurationForm.accountId": "123456789012" },
      termIds: ["b1b2c3d4e5f6g7", "b1b2c3d4e5f6g7"],
      attached: ["c1b2c3d4e5f6g7"],
      subscriberCount: 3,
    },
    { form: () => "text", columnTerm: () => "nested", hasMore: true },
    (id) => (id === "a1b2c3d4e5f6g7" ? "Shop" : undefined),
  );
  expect(written).toEqual({
    GlueTableForm: '{"tableName":"orders"}',
    ColumnBusinessMetadataForm:
      '{"columnsBusinessMetadata":[{"columnIdentifier":"mail","glossaryTerms":[' +
      '{"BusinessGlossaryTermForm":{"name":"Shop"},"amazonmetadata":{"entityId":"a1b2c3d4e5f6g7"}},"unknown"]}]}',
    "AwsConfigurationForm.region": "eu-west-1",
    "AwsConfigurationForm.accountId": "123456789012",
    hasAttached: '["c1b2c3d4e5f6g7"]',
    __DataZoneGlossaryTerms: '["b1b2c3d4e5f6g7","b1b2c3d4e5f6g7"]',
    ListingSubscriberCountFormType: { subscriberCount: 3 },
  });
});

test("what is drawn has every kind of entry, and every shape of a column's term", () => {
  const drawn = fc.sample(
    drawnListings().chain((listing) => writings(listing)),
    { numRuns: 80, seed: 7 },
  );
  const kinds: Readonly<Record<string, RegExp>> = {
    "a form as text": /"GlueTableForm":"/,
    "a form as an object": /"GlueTableForm":{/,
    "an author's form": /Terms":/,
    "a flattened field": /"AwsConfigurationForm.region":"/,
    "a list": /"hasAttached":"\[/,
    "terms twice": /"__DataZoneGlossaryTerms":"\[[^\]]*\\"([a-z0-9]{14})\\"[^\]]*\1/,
    "the counter": /"ListingSubscriberCountFormType":{/,
    "a column's term by id": /glossaryTerms\\?":\[\\?"[a-z0-9]{10}a7b9\\?"/,
    "a column's term by name": /glossaryTerms\\?":\[\\?"(Public|Shop|PII)\\?"/,
    "a column's term as an object": /BusinessGlossaryTermForm/,
  };
  const missing = Object.entries(kinds).filter(([, kind]) => !drawn.some((text) => kind.test(text)));
  expect(missing.map(([name]) => name)).toEqual([]);
});
