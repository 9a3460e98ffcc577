import { type Check, asExpected, differs, notTried } from "../check";
import { asObject, listedForms } from "../forms";

/** Whether its forms are objects is for listing-forms. */
export const columnTerms: Check = {
  id: "column-terms",
  asks: "how a listing writes glossary terms on columns",
  run: async (account) => {
    const terms = (await listedForms(account)).flatMap((forms) => {
      const form = forms["ColumnBusinessMetadataForm"];
      return typeof form === "string" ? termsIn(asObject(form)) : [];
    });
    if (terms.length === 0) return notTried("no listing has terms on columns, in a form that is JSON text");
    const nested = terms.filter((term) => typeof term === "object").length;
    const seen = `${nested} with name and id, ${terms.length - nested} as a text`;
    return (nested === terms.length ? asExpected : differs)(seen);
  },
};

function termsIn(node: unknown): unknown[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "glossaryTerms" && Array.isArray(value) ? (value as unknown[]) : termsIn(value),
  );
}
