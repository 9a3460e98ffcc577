import fc from "fast-check";
import {
  type ColumnTermShape,
  type ListingContent,
  type ListingStyle,
  listingForms,
} from "../../sandbox/datazone/listing-forms";

/** What a listing says, and the names of the terms that it has by id. */
export interface Drawn {
  readonly content: ListingContent;
  /** Names by id: what GetGlossaryTerm answers. */
  readonly terms: ReadonlyMap<string, string>;
  /** The ids of the terms on columns. */
  readonly columnTermIds: readonly string[];
}

/** An id as the service makes them: fourteen lower-case letters and digits, both. */
const termId = fc.integer({ min: 36 ** 9, max: 36 ** 10 - 1 }).map((number) => `${number.toString(36)}a7b9`);

const words = fc.oneof(
  fc.constantFrom("Public", "Internal", "Confidential", "PII", "Shop", "Customer data", "Zürich"),
  fc.string({ minLength: 1, maxLength: 20 }),
);

const scalar = fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null), fc.constant(""));
const fields = fc.dictionary(
  fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,11}$/),
  fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
  {
    maxKeys: 4,
  },
);

const columnForm = (termIds: readonly string[]) =>
  fc
    .array(
      fc.record({
        columnIdentifier: fc.stringMatching(/^[a-z_]{1,10}$/),
        description: words,
        glossaryTerms: fc.subarray([...termIds]),
      }),
      { maxLength: 4 },
    )
    .map((columns) => ({ columnsBusinessMetadata: columns }));

/** The service's own forms, an author's with any name, and the columns' terms. */
const forms = (termIds: readonly string[]) =>
  fc
    .tuple(
      fc.record(
        {
          GlueTableForm: fc.record({
            tableName: words,
            columns: fc.array(fc.record({ columnName: words }), { maxLength: 3 }),
          }),
          DataOwnershipForm: fc.record({ owner: words, steward: words, team: words }),
          SubscriptionTermsForm: fc.record(
            { approvalRequired: fc.constantFrom("YES", "NO"), terms: words },
            { requiredKeys: [] },
          ),
          DataSourceReferenceForm: fields,
          AssetCommonDetailsForm: fc.record({ customProperties: fields }),
          ColumnBusinessMetadataForm: columnForm(termIds),
        },
        { requiredKeys: [] },
      ),
      fc.dictionary(fc.stringMatching(/^[A-Z][a-zA-Z]{2,9}Terms$/), fields, { maxKeys: 2 }),
    )
    .map(([known, own]) => ({ ...own, ...known }) as Record<string, unknown>);

/** Listings at random, from all kinds of entries that `forms` has been seen to hold, mixed. */
export const drawnListings = (): fc.Arbitrary<Drawn> =>
  fc.uniqueArray(termId, { maxLength: 5 }).chain((ids) =>
    fc
      .record({
        forms: forms(ids),
        fields: fc.record(
          {
            "AwsConfigurationForm.region": fc.constantFrom("eu-west-1", "us-east-1"),
            "AwsConfigurationForm.accountId": fc.stringMatching(/^[0-9]{12}$/),
          },
          { requiredKeys: [] },
        ) as fc.Arbitrary<Record<string, string>>,
        // With duplicates.
        termIds: ids.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...ids), { maxLength: 6 }),
        attached: fc.uniqueArray(termId, { maxLength: 2 }),
        subscriberCount: fc.nat({ max: 1000 }),
        names: fc.uniqueArray(words, { minLength: ids.length, maxLength: ids.length }),
      })
      .map(({ names, ...content }) => ({
        content,
        terms: new Map(ids.map((id, index) => [id, names[index]!])),
        columnTermIds: columnTermIdsOf(content.forms),
      })),
  );

function columnTermIdsOf(drawn: Readonly<Record<string, unknown>>): string[] {
  const { columnsBusinessMetadata = [] } = (drawn["ColumnBusinessMetadataForm"] ?? {}) as {
    columnsBusinessMetadata?: { glossaryTerms: string[] }[];
  };
  return [...new Set(columnsBusinessMetadata.flatMap(({ glossaryTerms }) => glossaryTerms))];
}

/**
 * One way to write a listing's `forms`: each form as text or as the object itself, each column's term as id, name or nested
 * object, with and without what is not a form, the entries in any order. Two ways of one content say the same.
 */
export const writings = ({ content, terms }: Drawn): fc.Arbitrary<string> =>
  fc
    .record({
      forms: turns("text" as const, "object" as const),
      columnTerms: turns<ColumnTermShape>("id", "name", "nested"),
      hasMore: fc.boolean(),
    })
    .chain(({ forms: form, columnTerms, hasMore }) => {
      const style: ListingStyle = { form: inTurn(form), columnTerm: inTurn(columnTerms), hasMore };
      const entries = Object.entries(listingForms(content, style, (id) => terms.get(id)));
      return fc
        .shuffledSubarray(entries, { minLength: entries.length })
        .map((shuffled) => JSON.stringify(Object.fromEntries(shuffled)));
    });

const turns = <T>(...choices: T[]): fc.Arbitrary<T[]> =>
  fc.array(fc.constantFrom(...choices), { minLength: 7, maxLength: 7 });

/** One after the other, and from the first again. */
function inTurn<T>(choices: readonly T[]): () => T {
  let turn = 0;
  return () => choices[turn++ % choices.length]!;
}
