import type ts from "typescript";
import { type Problem, positionOf, whereIs } from "./source";

/** Values that the template, and the environments that are shipped, give as examples: none of them can be somebody's own. */
const EXAMPLE = /example|^(\d)\1{11}$/i;

/** The example values that are left in an environment, in the order of the file: it is valid, and nothing to deploy yet. */
export function examplesIn(exported: unknown, source: ts.SourceFile): Problem[] {
  const found = [...textsIn(exported, "")].filter(([, text]) => EXAMPLE.test(text));
  return found.map(([prop, text]) => ({
    where: whereIs(source, positionOf(source, `${prop}: `)),
    prop,
    says: `is still the example "${text}"; put your own`,
  }));
}

function* textsIn(value: unknown, prop: string): Generator<readonly [prop: string, text: string]> {
  if (typeof value === "string") yield [prop, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* textsIn(item, prop === "" ? key : `${prop}.${key}`);
}
