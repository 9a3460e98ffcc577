import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { schemaToJson } from "@cedar-policy/cedar-wasm/nodejs";

// What a new attribute of the schema needs beside the schema: this says which of the places lacks it.

const ROOT = path.resolve(__dirname, "../..");
/** A file, or all files of a folder, but for the schema's own. */
function read(place: string): string {
  const whole = path.join(ROOT, place);
  if (!statSync(whole).isDirectory()) return readFileSync(whole, "utf8");
  const files = readdirSync(whole).filter((file) => file.endsWith(".ts"));
  return files.map((file) => readFileSync(path.join(whole, file), "utf8")).join("\n");
}

/** Places, what an attribute is for there, and how it stands there. */
const PLACES: Readonly<Record<string, (name: string) => RegExp>> = {
  // The policy author's table.
  "docs/policies.md": (name) => new RegExp(`\`[^\`\n]*\\b${name}\\b[^\`\n]*\``),
  // What is read, and Cedar is given: facts.ts, read.ts or listing.ts, question.ts.
  "functions/approver": (name) => new RegExp(`\\b${name}\\b`),
  // Random worlds of the oracle, which decides anew what the approver decides.
  "__tests__/functions/approver/oracle": (name) => new RegExp(`\\b${name}\\b`),
};

interface Shape {
  readonly attributes?: Readonly<Record<string, Shape>>;
  readonly shape?: Shape;
}

/** Names of all attributes, of entities, of the context and of records inside them. */
function attributesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Object.keys((value as Shape).attributes ?? {});
  return [...own, ...Object.values(value).flatMap((inner) => attributesOf(inner))];
}

const schema = schemaToJson(read("policies/datazone.cedarschema"));
const names = schema.type === "success" ? [...new Set(attributesOf(schema.json))].sort() : [];

test("the schema has attributes", () =>
  expect(names).toEqual(expect.arrayContaining(["columnTerms", "requester", "tags"])));

test.each(Object.keys(PLACES))("%s knows every attribute of the schema", (place) => {
  const text = read(place);
  expect(names.filter((name) => !PLACES[place]!(name).test(text))).toEqual([]);
});
