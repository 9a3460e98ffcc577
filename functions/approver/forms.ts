import { type Fact, type Fields, all, flatMap, known, map, unknown } from "./facts";
import { MAXIMUM_FIELD_LENGTH, MAXIMUM_JSON_LENGTH } from "./limits";

/** Metadata forms by name. The content is as DataZone sends it: JSON text, an object, a flattened field, a list or a counter. */
export type Forms = ReadonlyMap<string, readonly unknown[]>;

/** Forms as a listing carries them: an object by form name, or its JSON text. */
export const formsOfListing = (forms: unknown): Fact<Forms> =>
  map(recordOf("the listing's forms", forms), (record) => byName(Object.entries(record)));

/** Forms as requests carry them: a list. */
export const formsOfRequest = (forms: readonly ({ formName?: string; content?: unknown } | null)[] = []): Forms =>
  byName(forms.map((form) => [form?.formName ?? "", form?.content]));

/** All forms of the same name are kept: where two differ, it is not known which one counts. */
function byName(entries: Iterable<readonly [string, unknown]>): Forms {
  const forms = new Map<string, unknown[]>();
  for (const [name, content] of entries) forms.set(name, [...(forms.get(name) ?? []), content]);
  return forms;
}

/** The fields named "<Form>.<field>": text as it is, anything else as JSON. A field that is null or missing is absent. */
export function fieldsOf(forms: Forms, names: Iterable<string>): Fields {
  const records = new Map<string, Fact<Record<string, unknown>>[]>();
  const recordsOf = (form: string): Fact<Record<string, unknown>>[] => {
    const read = records.get(form) ?? (forms.get(form) ?? []).map((content) => recordOf(`the form ${form}`, content));
    records.set(form, read);
    return read;
  };
  const found = [...names].flatMap((name) => {
    const value = oneOf(name, [...(forms.get(name) ?? []).map(known), ...findField(name, recordsOf)]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

/** Finds a field. A listing may have it flattened, in addition to its form or instead of it, and a field's name may contain dots. */
function findField(
  name: string,
  recordsOf: (form: string) => readonly Fact<Record<string, unknown>>[],
): Fact<unknown>[] {
  const dots = [...name.matchAll(/\./g)].map(({ index }) => index);
  return dots.flatMap((dot) => {
    const field = name.slice(dot + 1);
    return recordsOf(name.slice(0, dot)).flatMap((record): Fact<unknown>[] => {
      if ("unknown" in record) return [record];
      return Object.hasOwn(record.value, field) ? [known(record.value[field])] : [];
    });
  });
}

function oneOf(name: string, found: readonly Fact<unknown>[]): Fact<string> | undefined {
  const texts = all(found.map((value) => flatMap(value, (one) => textOf(name, one))));
  if ("unknown" in texts) return texts;
  const [first, ...others] = new Set(texts.value);
  if (others.length > 0) return unknown(`the form field ${name} occurs twice with different content`);
  return first === undefined ? undefined : known(first);
}

/** @returns undefined for null: the field is not filled in */
function textOf(name: string, value: unknown): Fact<string | undefined> {
  if (value === null || value === undefined) return known(undefined);
  const text = typeof value === "string" ? value : stringify(value);
  if (text === undefined) return unknown(`the form field ${name} is nested too deep`);
  return text.length > MAXIMUM_FIELD_LENGTH ? tooLong(`the form field ${name}`, MAXIMUM_FIELD_LENGTH) : known(text);
}

/** The content of a form as an object. A form without content is an empty object: its fields are not filled in. */
function recordOf(what: string, content: unknown): Fact<Record<string, unknown>> {
  if (typeof content === "string" && content.length > MAXIMUM_JSON_LENGTH) return tooLong(what, MAXIMUM_JSON_LENGTH);
  const parsed = structureOf(content);
  if (isEmpty(parsed)) return known({});
  return isRecord(parsed) ? known(parsed) : unknown(`${what} cannot be read: not a JSON object`);
}

/** The form of a listing that has its columns' descriptions and glossary terms. */
const COLUMNS = "ColumnBusinessMetadataForm";

/**
 * The glossary terms on an asset's columns: all lists called glossaryTerms in the form of the columns, or in flattened parts of it.
 */
export function columnTermsOf(forms: Forms): Fact<ColumnTerm[]> {
  const whole = (forms.get(COLUMNS) ?? []).map((content) => recordOf(`the form ${COLUMNS}`, content));
  const flattened = [...forms].filter(([name]) => name.startsWith(`${COLUMNS}.`));
  const parts = flattened.flatMap(([name, contents]) =>
    contents.map((content) => ({ [name.slice(name.lastIndexOf(".") + 1)]: content })),
  );
  return flatMap(all(whole), (records) => all(termsIn([...records, ...parts]).map(columnTerm)));
}

/** A glossary term as a column refers to it: by name, by id, or by a text that may be either. */
export type ColumnTerm = { readonly name: string } | { readonly nameOrId: string } | { readonly id: string };

/** Collects the terms, without recursion: content can be nested deeper than the call stack allows. */
function termsIn(root: unknown): unknown[] {
  const found: unknown[] = [];
  const open = [root];
  while (open.length > 0) {
    const node = structureOf(open.pop());
    if (typeof node !== "object" || node === null) continue;
    for (const [key, value] of Object.entries(node)) {
      const terms = key === "glossaryTerms" ? structureOf(value) : undefined;
      if (key !== "glossaryTerms") open.push(value);
      else if (Array.isArray(terms)) terms.forEach((term) => found.push(term));
      else if (terms !== null) found.push(undefined);
    }
  }
  return found;
}

/** Reads a term. In public code terms are ids, names, objects with either, or objects that wrap a term in the form of its own type. */
function columnTerm(term: unknown): Fact<ColumnTerm> {
  if (isName(term)) return known({ nameOrId: term });
  const unread = unknown("a column's glossary terms have a form that this version of the approver does not know");
  if (!isRecord(term)) return unread;
  const wrapped = structureOf(term["BusinessGlossaryTermForm"]);
  const service = structureOf(term["amazonmetadata"]);
  const name = term["name"] ?? (isRecord(wrapped) ? wrapped["name"] : undefined);
  const id = term["id"] ?? (isRecord(service) ? service["entityId"] : undefined);
  if (isName(name)) return known({ name });
  return isName(id) && name === undefined ? known({ id }) : unread;
}

export const isName = (value: unknown): value is string => typeof value === "string" && value !== "";

const isEmpty = (content: unknown): boolean =>
  content === undefined || content === null || (typeof content === "string" && content.trim() === "");

/** The object or list that a JSON text stands for; anything else unchanged. */
function structureOf(content: unknown): unknown {
  if (typeof content !== "string" || !/^\s*(?:[{[]|null\s*$)/.test(content)) return content;
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}

const tooLong = (what: string, limit: number): Fact<never> => unknown(`${what} is longer than ${limit} characters`);

/** @returns undefined where the value is nested too deep for the call stack */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
