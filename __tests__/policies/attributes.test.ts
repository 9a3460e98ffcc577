import { readFileSync } from "node:fs";
import * as path from "node:path";
import { schemaToJson } from "@cedar-policy/cedar-wasm/nodejs";
import { evaluate } from "../../functions/approver/evaluate";
import { type Facts, known } from "../../functions/approver/facts";
import { parseSet } from "../../functions/approver/policies/set";
import { PRINCIPALS } from "../../functions/approver/policies/validate";

// What a new attribute of the schema needs beside the schema: this says which of the places lacks it.

const read = (file: string): string => readFileSync(path.resolve(__dirname, "../..", file), "utf8");

interface Type {
  /** Of a record: its attributes. */
  readonly attributes?: Readonly<Record<string, Type>>;
  /** Of a named type: which. */
  readonly name?: string;
}
interface Schema {
  readonly commonTypes: Readonly<Record<string, Type>>;
  readonly entityTypes: Readonly<Record<string, { readonly shape?: Type }>>;
  readonly actions: { readonly Subscribe: { readonly appliesTo: { readonly context: Type } } };
}

const parsed = schemaToJson(read("policies/datazone.cedarschema"));
if (parsed.type !== "success") throw new Error("The schema cannot be read.");
const { commonTypes, entityTypes, actions } = (parsed.json as unknown as { readonly DataZone: Schema }).DataZone;

/** The attributes of a record, and of the records in it: `details`, `details.profile`. */
function pathsOf({ attributes, name = "" }: Type): string[] {
  if (attributes === undefined) return commonTypes[name] ? pathsOf(commonTypes[name]) : [];
  return Object.entries(attributes).flatMap(([attribute, type]) => [
    attribute,
    ...pathsOf(type).map((inner) => `${attribute}.${inner}`),
  ]);
}

const SUBSCRIBERS = ["Project", "User", "Group", "IamPrincipal"] as const;
/** Every attribute, by who has it in a policy: `context`, `resource`, or a kind of `principal`. */
const ATTRIBUTES: readonly (readonly [owner: string, path: string])[] = [
  ...pathsOf(actions.Subscribe.appliesTo.context).map((found) => ["context", found] as const),
  ...pathsOf(entityTypes["Asset"]?.shape ?? {}).map((found) => ["resource", found] as const),
  ...SUBSCRIBERS.flatMap((kind) => pathsOf(entityTypes[kind]?.shape ?? {}).map((found) => [kind, found] as const)),
];
const NAMES = [...new Set(ATTRIBUTES.map(([, found]) => found.split(".").at(-1)!))].sort();

test("the schema has attributes, of records in records too", () =>
  expect(ATTRIBUTES).toEqual(
    expect.arrayContaining([
      ["resource", "columnTerms"],
      ["context", "requester.details.kind"],
      ["Project", "details.tags"],
    ]),
  ));

/** Places that know an attribute by its name; what they call otherwise, and what it is to them. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  // The policy author's table.
  "docs/policies.md": [],
  // What the approver knows of a request. The ARN of an IAM principal is its id; the environment is the function's.
  "functions/approver/facts.ts": ["arn", "environment"],
  // Random requests of the oracle, and random policies that refer to them; it calls an ask's filters `filters`.
  "__tests__/functions/approver/oracle/worlds.ts": ["environment", "requestedFilters"],
  "__tests__/functions/approver/oracle/policies.ts": ["arn"],
  // Requests in files (`policy test`), and any request at all (`policy prove`).
  "commands/requests.ts": ["arn"],
  "prover/request.ts": [],
};

test.each(Object.keys(PLACES))("%s knows every attribute of the schema", (place) => {
  const text = read(place);
  const named = (name: string): boolean =>
    (place.endsWith(".md") ? new RegExp(`\`[^\`\n]*\\b${name}\\b[^\`\n]*\``) : new RegExp(`\\b${name}\\b`)).test(text);
  expect(NAMES.filter((name) => !named(name) && !PLACES[place]!.includes(name))).toEqual([]);
});

test.each(ATTRIBUTES)("Cedar is given %s.%s", (owner, found) => {
  const kind = SUBSCRIBERS.find((one) => one === owner);
  const project = {
    id: "p1",
    name: known("alpha"),
    details: known({ profile: "profile", category: "ADMIN", domainUnit: "unit", tags: ["stage=dev"] }),
  };
  const names = known(["Public"]);
  const facts: Facts = {
    requestId: "r1",
    subscriber: { ...project, id: "s1", type: kind ?? "Project" },
    publisher: project,
    requester: { id: known("u1"), details: known({ kind: "SSO", name: "maria" }) },
    assets: [
      {
        id: "a1",
        name: known("orders"),
        type: known("GlueTableAssetType"),
        terms: names,
        columnTerms: names,
        governed: names,
        fields: known({}),
        permissions: known(["READ"]),
      },
    ],
    product: { id: "d1", name: known("sales"), terms: names },
    alreadySubscribed: false,
    requestedFilters: known([]),
    answers: known({}),
    now: new Date("2026-06-01T12:00:00Z"),
  };
  const subject = kind ? `principal is DataZone::${kind} && principal` : owner;
  const text = `@id("p") permit (principal, action, resource) when { ${subject} has ${found} };`;
  // A wrong type or an attribute that the schema requires and nobody gives is a doubt, an optional one that nobody gives no permit.
  const [asked] = evaluate(parseSet({ p: text }), facts, "dev");
  expect(asked).toMatchObject({ permits: ["p"], doubts: [] });
});

test("the kinds of principals that have an attribute are those of the schema", () => {
  const kinds = SUBSCRIBERS.flatMap((kind) =>
    Object.keys(entityTypes[kind]?.shape?.attributes ?? {}).map((attribute) => [attribute, kind] as const),
  );
  const told = Object.entries(PRINCIPALS).flatMap(([attribute, those]) => those.map((kind) => [attribute, kind]));
  expect(told.map(String).sort()).toEqual(kinds.map(String).sort());
});
