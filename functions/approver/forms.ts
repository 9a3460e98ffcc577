import { type Fact, type Fields, known, unknown } from "./facts";

/** Metadata forms by name, their content parsed. */
export type Forms = Readonly<Record<string, unknown>>;

/** Forms as a listing carries them: one JSON string, an object by form name. */
export function formsOfListing(json: string): Fact<Forms> {
  const parsed = parse(json);
  if (!isRecord(parsed)) return unknown("the listing's forms are not a JSON object");
  return everyForm(Object.entries(parsed).map(([formName, content]) => ({ formName, content })));
}

/** Forms as assets and requests carry them: a list, the content of each a JSON string. */
export function everyForm(forms: readonly { formName?: string; content?: unknown }[]): Fact<Forms> {
  const parsed = forms.map(({ formName = "", content }) => {
    return [formName, typeof content === "string" ? parse(content) : content] as const;
  });
  const deep = parsed.find(([, content]) => isDeep(content));
  if (deep) return unknown(`the form ${deep[0]} is nested more than ${DEEPEST} levels deep`);
  const broken = parsed.find(([, content]) => !isRecord(content));
  return broken ? unknown(`the form ${broken[0]} is not a JSON object`) : oneOfEach("form", parsed);
}

/** The fields of forms as Cedar tags: "<Form>.<field>"; a string as it is, anything else as JSON, null not at all. */
export function fieldsOf(forms: Forms): Fact<Fields> {
  const fields = Object.entries(forms).flatMap(([form, content]) =>
    Object.entries(content as object)
      .filter(([, value]) => value !== null)
      .map(
        ([field, value]) => [`${form}.${field}`, typeof value === "string" ? value : JSON.stringify(value)] as const,
      ),
  );
  return oneOfEach("form field", fields);
}

/** By name; unknown where there are two of a name that differ, because either may be the one that counts. */
function oneOfEach<T>(kind: string, entries: readonly (readonly [string, T])[]): Fact<Readonly<Record<string, T>>> {
  const found = new Map<string, T>();
  for (const [name, value] of entries) {
    if (found.has(name) && JSON.stringify(found.get(name)) !== JSON.stringify(value)) {
      return unknown(`the ${kind} ${name} is there twice`);
    }
    found.set(name, value);
  }
  return known(Object.fromEntries(found));
}

/**
 * The glossary terms on an asset's columns, in whatever form the service gives them: names or ids. They sit in
 * ColumnBusinessMetadataForm, in lists called glossaryTerms.
 */
export function columnTermsOf(forms: Forms): Fact<string[]> {
  const terms: unknown[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key !== "glossaryTerms") visit(value);
      else if (value !== null) terms.push(...(Array.isArray(value) ? value.map(textOf) : [undefined]));
    }
  };
  visit(forms["ColumnBusinessMetadataForm"]);
  const texts = terms.filter((term) => typeof term === "string");
  return texts.length === terms.length
    ? known([...new Set(texts)])
    : unknown("a column's glossary terms are of a form that this version does not know");
}

/** No form is; a requester's answer may be, on purpose, to exhaust the stack. */
const DEEPEST = 100;

function isDeep(content: unknown): boolean {
  let level = [content];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    level = level.flatMap((node): unknown[] => (typeof node === "object" && node !== null ? Object.values(node) : []));
  }
  return level.length > 0;
}

const textOf = (term: unknown): unknown => (isRecord(term) ? (term["name"] ?? term["id"]) : term);

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
