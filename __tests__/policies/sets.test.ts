import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { decideRequest, readRequests } from "../../commands/requests";
import { type Asset, type Facts, known } from "../../functions/approver/facts";
import { MAXIMUM_POLICY_BYTES } from "../../functions/approver/policies/validate";
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
    ["dev", "approved approved approved approved waiting waiting waiting approved waiting waiting"],
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

describe.each([
  ["dev", "allowed-terms", ["Public", "Internal"]],
  ["prod", "allowed-terms", ["Public"]],
])("%s", (name, policy, allowed) => {
  const [request] = TEN;
  const [asset] = request!.facts.assets;
  const set = parseSet(load(name));
  const decide = (facts: Partial<Facts>) => decideRequest(set, { ...request!.facts, ...facts }, name);
  const on = (change: Partial<Asset>) => decide({ assets: [{ ...asset!, ...change }] });
  const product = (...terms: string[]) => ({ id: "p", name: known("p"), terms: known(terms) });

  const OTHERS = ["PII", "pii", "PII ", "Highly Confidential", "Confidential", "public", "Public ", "", "P\u200bublic"];
  it.each(OTHERS)("sends data with the term %j to a person, wherever it is, whatever stands beside it", (term) => {
    const waits = { outcome: "waiting", policies: [policy] };
    for (const terms of [[term], ["Public", term], [term, "Public"]]) {
      expect(on({ terms: known(terms) })).toMatchObject(waits);
      expect(on({ columnTerms: known(terms) })).toMatchObject(waits);
      expect(on({ governed: known(terms) })).toMatchObject(waits);
      expect(decide({ product: product(...terms) })).toMatchObject(waits);
    }
  });

  it("approves data whose every term is allowed", () => {
    const terms = known(allowed);
    expect(on({ terms, columnTerms: terms, governed: terms }).outcome).toBe("approved");
    expect(decide({ product: product(...allowed) }).outcome).toBe("approved");
  });

  it("never approves a term that is not allowed", () => {
    const names = fc.array(fc.oneof(fc.constantFrom("Public", "Internal", ...OTHERS), fc.string()), { maxLength: 3 });
    fc.assert(
      fc.property(names, names, names, fc.option(names), (terms, columnTerms, governed, ofProduct) => {
        const { outcome } = decide({
          assets: [{ ...asset!, terms: known(terms), columnTerms: known(columnTerms), governed: known(governed) }],
          product: ofProduct ? product(...ofProduct) : undefined,
        });
        const every = [...terms, ...columnTerms, ...governed, ...(ofProduct ?? [])];
        if (!every.every((term) => allowed.includes(term))) expect(outcome).toBe("waiting");
      }),
    );
  });
});

it("dev goes by a project's tag, not by its name", () => {
  const [request] = TEN;
  const unclassified = { assets: [{ ...request!.facts.assets[0]!, terms: known([]) }] };
  const from = (name: string, ...tags: string[]) => {
    const subscriber = { ...request!.facts.subscriber, name: known(name), details: known({ tags }) };
    return decideRequest(parseSet(load("dev")), { ...request!.facts, ...unclassified, subscriber }, "dev").outcome;
  };
  expect(from("dev-analytics")).toBe("waiting");
  expect(from("dev-analytics", "stage=prod", "stage=development")).toBe("waiting");
  expect(from("analytics", "team=a", "stage=dev")).toBe("approved");
});

it("approve-all looks at no term, as it says", () => {
  const [request] = TEN;
  const facts = { ...request!.facts, assets: [{ ...request!.facts.assets[0]!, terms: known(["PII"]) }] };
  expect(decideRequest(parseSet(load("approve-all")), facts, "any").outcome).toBe("approved");
  expect(load("approve-all")["read-access"]).toMatch(/sensitive or not/);
});
