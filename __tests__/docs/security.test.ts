import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const TEXT = readFileSync(path.join(ROOT, "docs/security.md"), "utf8").replace(/\s+/g, " ");

/** `file`: “test”, “test” … */
const references = [...TEXT.matchAll(/`([a-z][\w./-]+)`:((?: “[^”]+”,?)+)/g)].flatMap(([, file, names]) =>
  [...names!.matchAll(/“([^”]+)”/g)].map(([, name]) => [file!, name!] as const),
);

test("the threat model names tests, and no quotation is left out", () => {
  expect(references.length).toBeGreaterThan(35);
  expect(references.length).toBe([...TEXT.matchAll(/“/g)].length);
});

test.each(references)("%s has the test “%s”", (file, name) => {
  const source = path.join(ROOT, "__tests__", `${file}.test.ts`);
  expect(existsSync(source)).toBe(true);
  const named = readFileSync(source, "utf8").includes(`("${name}"`);
  expect([name, named]).toEqual([name, true]);
});

test.each([
  "requester",
  "project creator",
  "publishing contributor",
  "glossary owner",
  "other account",
  "Studio persona",
  "SQS",
  "SSM",
  "Lambda",
  "log rights",
  "deployer",
])("the threat model is about %s", (actor) => expect(TEXT.toLowerCase()).toContain(actor.toLowerCase()));
