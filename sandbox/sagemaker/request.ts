import { isRecord } from "../datazone/validation";
import type { Fields } from "./records";

/**
 * The input of a request, read from the body alone, so that what is authorized is what is carried out. Empty where the
 * body is not a JSON object.
 */
export function inputOf({ body }: { readonly body: Buffer }): Fields {
  try {
    const value: unknown = JSON.parse(body.toString() || "{}");
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** Every text, number or boolean that stands under one of the names, however deep. */
export function valuesOf(value: unknown, ...names: readonly string[]): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (!names.includes(name)) return valuesOf(inner, ...names);
    return [inner].flat().flatMap((one) => (typeof one === "object" || one === undefined ? [] : [String(one)]));
  });
}
