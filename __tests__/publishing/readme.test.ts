import * as fs from "node:fs";
import * as path from "node:path";
import { definitions } from "../../constructs/publishing/definitions";
import type { ModuleDefinition } from "../../constructs/publishing/module";

// A module's README stands alone: whoever came by a git address has nothing else.

const ROOT = path.resolve(__dirname, "../..");
const SCHEMA = fs.readFileSync(path.join(ROOT, "policies/datazone.cedarschema"), "utf8").trim();
let all: readonly ModuleDefinition[];
beforeAll(async () => (all = await definitions()));

const readmes = (): Array<[ModuleDefinition, string]> =>
  all.map((definition) => [
    definition,
    fs.readFileSync(path.join(ROOT, "modules", definition.name, "README.md"), "utf8"),
  ]);

test("calls can be pasted: every module has an address that is pinned, and no path into this repository", () => {
  expect(all.length).toBeGreaterThan(10);
  for (const [{ name }, text] of readmes()) {
    expect(text).toContain(`//modules/${name}?ref=<tag or commit>"`);
    expect([name, /source = "\.\./.test(text)]).toEqual([name, false]);
  }
});

test("the deployer's permissions are a policy document with every action of the table, and no other", () => {
  for (const [{ name, readme }, text] of readmes()) {
    const [, json] = /```json\n(\{\n {2}"Version": "2012-10-17"[^]*?)\n```/.exec(text) ?? [];
    const { Statement } = JSON.parse(json!) as { Statement: ReadonlyArray<{ Effect: string; Action: string[] }> };
    const allowed = Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
    expect([name, allowed]).toEqual([name, readme.permissions.flatMap(({ actions }) => actions)]);
    expect(allowed.filter((action) => !/^[a-z0-9-]+:[A-Za-z*]+$/.test(action))).toEqual([]);
  }
});

test("where there are policies, it has their schema, and how to try them", () => {
  const withPolicies = readmes().filter(([{ inputs }]) => "policies" in inputs.fields);
  expect(withPolicies.map(([{ name }]) => name)).toEqual(["approver", "subscription-approval"]);
  for (const [, text] of withPolicies) expect(text).toContain(SCHEMA);
});

test("what a scanner says is there, with the reason of everything that stays", () => {
  for (const [{ accepted = [] }, text] of readmes()) {
    expect(text).toContain("## What a scanner says\n\n[checkov]");
    for (const { check, at, why } of accepted) expect(text).toContain(`| ${check} | \`${at}\` | ${why}. |`);
  }
});
