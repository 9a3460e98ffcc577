import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { decideRequest, readRequests } from "../../commands/requests";
import { MAXIMUM_POLICY_BYTES } from "../../functions/approver/policies/check";
import { loadPolicySet } from "../../functions/approver/policies/files";
import { parseSet } from "../../functions/approver/policies/set";

const ROOT = join(__dirname, "../..");
const POLICIES = join(ROOT, "policies");
const SETS = readdirSync(POLICIES).filter((name) => statSync(join(POLICIES, name)).isDirectory());
const TEN = readRequests(join(ROOT, "examples/requests/ten.json"));

const load = (name: string) => loadPolicySet(join(POLICIES, name));
const decisions = (texts: Record<string, string>, environment = "any") =>
  TEN.map(({ facts }) => decideRequest(parseSet(texts), facts, environment).outcome);

it.each(SETS)("%s is valid, and each policy fits into a parameter", (name) => {
  for (const text of Object.values(load(name)))
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAXIMUM_POLICY_BYTES);
});

describe("over the same ten requests", () => {
  it.each([
    ["approve-all", "approved approved approved approved approved approved waiting approved approved approved"],
    ["dev", "approved approved approved approved waiting waiting waiting approved approved waiting"],
    ["prod", "approved approved waiting waiting waiting waiting waiting rejected waiting waiting"],
    ["kill-switch", "waiting waiting waiting waiting waiting waiting waiting waiting waiting waiting"],
  ])("%s decides as documented", (name, expected) => {
    expect(decisions(load(name)).join(" ")).toBe(expected);
  });
});

it.each(["approve-all", "dev", "prod"])("%s with the kill switch decides nothing", (name) => {
  expect(new Set(decisions({ ...load(name), ...load("kill-switch") }))).toEqual(new Set(["waiting"]));
});

it("no set approves writing", () => {
  const [request] = TEN;
  const [asset] = request!.facts.assets;
  for (const permissions of [["WRITE"], ["READ", "WRITE"]]) {
    const facts = { ...request!.facts, assets: [{ ...asset!, permissions: { value: permissions } }] };
    for (const name of SETS) expect(decideRequest(parseSet(load(name)), facts, "any").outcome).toBe("waiting");
  }
});

it.each(["terms", "columnTerms", "governed"] as const)(
  "prod sends a sensitive term among the %s to a person",
  (where) => {
    const [request] = TEN;
    const [asset] = request!.facts.assets;
    for (const term of ["Confidential", "Restricted", "Sensitive", "PII"]) {
      const terms = where === "terms" ? ["Public", term] : [term];
      const facts = { ...request!.facts, assets: [{ ...asset!, [where]: { value: terms } }] };
      expect(decideRequest(parseSet(load("prod")), facts, "prod")).toMatchObject({
        outcome: "waiting",
        policies: ["sensitive-terms"],
      });
    }
  },
);

it.each(["dev", "prod"])("%s sends a data product with a sensitive term to a person", (name) => {
  const [request] = TEN;
  const product = { id: "p", name: { value: "p" }, terms: { value: ["PII"] } };
  expect(decideRequest(parseSet(load(name)), { ...request!.facts, product }, name)).toMatchObject({
    outcome: "waiting",
    policies: ["sensitive-terms"],
  });
});
