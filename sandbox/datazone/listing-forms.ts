/** What a listing says in its forms, however that is written. */
export interface ListingContent {
  /** The content of each metadata form, by the form's name; terms on columns are ids. */
  readonly forms: Readonly<Record<string, unknown>>;
  /** Fields that stand beside the forms, flattened: `AwsConfigurationForm.region`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Ids of the glossary terms; some twice, as the service lists them. */
  readonly termIds: readonly string[];
  /** What the ids are of was not measured. */
  readonly attached: readonly string[];
  readonly subscriberCount: number;
}

/** A term on a column: public code has seen each of the three. */
export type ColumnTermShape = "id" | "name" | "nested";

/** How a listing's forms are written. */
export interface ListingStyle {
  /** A form is JSON text inside the JSON, or the object itself. */
  readonly form: (formName: string) => "text" | "object";
  readonly columnTerm: (termId: string) => ColumnTermShape;
  /** Whether what is not a form is there too: flattened fields, lists of ids, the counter of subscribers. */
  readonly hasMore: boolean;
}

const COLUMN_FORM = "ColumnBusinessMetadataForm";

/**
 * The entries of a listing's `forms`, which the service sends as JSON text. The shapes are those measured on a live domain
 * (docs/sandbox.md).
 *
 * @param nameOf the name of a glossary term; undefined where there is no such term, which then stays as it is
 */
export function listingForms(
  content: ListingContent,
  style: ListingStyle,
  nameOf: (termId: string) => string | undefined,
): Record<string, unknown> {
  const forms = Object.entries(content.forms).map(([name, form]) => {
    const shown =
      name === COLUMN_FORM ? withTerms(form, (id) => columnTerm(id, style.columnTerm(id), nameOf(id))) : form;
    return [name, style.form(name) === "text" ? JSON.stringify(shown) : shown] as const;
  });
  return {
    ...Object.fromEntries(forms),
    ...(style.hasMore && {
      ...content.fields,
      hasAttached: JSON.stringify(content.attached),
      __DataZoneGlossaryTerms: JSON.stringify(content.termIds),
      ListingSubscriberCountFormType: { subscriberCount: content.subscriberCount },
    }),
  };
}

function columnTerm(id: string, shape: ColumnTermShape, name: string | undefined): unknown {
  if (name === undefined || shape === "id") return id;
  return shape === "name" ? name : { BusinessGlossaryTermForm: { name }, amazonmetadata: { entityId: id } };
}

/** The same JSON with every id in a list called glossaryTerms replaced. */
function withTerms(node: unknown, shown: (id: string) => unknown): unknown {
  if (Array.isArray(node)) return node.map((entry) => withTerms(entry, shown));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === "glossaryTerms" && Array.isArray(value)
        ? value.map((term) => (typeof term === "string" ? shown(term) : (term as unknown)))
        : withTerms(value, shown),
    ]),
  );
}
