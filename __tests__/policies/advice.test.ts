import { readdirSync } from "node:fs";
import { join } from "node:path";
import { adviseSet } from "../../functions/approver/policies/advice";
import { validateSet } from "../../functions/approver/policies/validate";
import { loadPolicySet } from "../../functions/approver/policies/files";

const advice = (text: string): string[] => {
  const set = { p: `@id("p") ${text}` };
  expect(validateSet(set)).toEqual([]);
  return adviseSet(set).map(({ reason }) => reason);
};
const permit = (
  condition: string,
  scope = "principal is DataZone::Project, action, resource",
  kind = "when",
): string[] => advice(`permit (${scope}) ${kind} { ${condition} };`);

const NOTHING = "this permit is guarded by nothing: it approves whatever is asked for";
const NAMES = "this permit is guarded by nothing but names or answers, which those who ask choose";
const TERMS = "this permit is guarded by nothing but the absence of terms, which data has that nobody classified";
const BOTH = `${NAMES}, and the absence of terms, which data has that nobody classified`;

describe("a permit is warned of", () => {
  it.each([
    ["true", NOTHING],
    ['["READ"].containsAll(context.permissions)', NOTHING],
    ['context.environment == "dev" && !context.alreadySubscribed && context.now < datetime("2027-01-01")', NOTHING],
    ["context has product || context.requestedFilters.isEmpty()", NOTHING],
    ['principal.name like "dev-*"', NAMES],
    ['principal.name == "analytics" && ["READ"].containsAll(context.permissions)', NAMES],
    ['!(principal.name like "prod-*")', NAMES],
    ['context.publisher.name == "sales"', NAMES],
    ['context.request.hasTag("Purpose.why") && context.request.getTag("Purpose.why") == "report"', NAMES],
    ['!resource.terms.contains("PII")', TERMS],
    ["resource.terms.isEmpty()", TERMS],
    ['!(resource.governed == ["PII"])', TERMS],
    ['["Public"].containsAll(resource.terms)', TERMS],
    ['!resource.columnTerms.containsAny(["PII", "Restricted"])', TERMS],
    ['if context has product then !context.product.terms.contains("PII") else true', TERMS],
    ['principal.name like "dev-*" && !resource.terms.contains("PII")', BOTH],
    ['resource.terms.contains("Public") || principal.name like "dev-*"', BOTH],
    ['principal.details.tags.contains("stage=dev") || principal.name like "dev-*"', NAMES],
    ['if principal.name == "x" then true else resource.terms.contains("Public")', BOTH],
  ])("that is guarded only by %s", (condition, warning) => {
    expect(permit(condition)).toEqual([warning]);
  });

  it("that has no condition, or whose exception does not guard it", () => {
    expect(advice("permit (principal, action, resource);")).toEqual([NOTHING]);
    expect(permit('resource.terms.contains("PII")', "principal, action, resource", "unless")).toEqual([TERMS]);
    expect(permit('principal.name == "eve"', undefined, "unless")).toEqual([NAMES]);
  });
});

describe("a permit is fine", () => {
  it.each([
    'resource.terms.contains("Public")',
    'resource.terms.containsAll(["Public"]) && principal.name like "dev-*"',
    '["Public"].containsAll(resource.terms) && !resource.terms.isEmpty()',
    'principal.details.tags.contains("stage=dev")',
    'principal.name like "dev-*" && principal.details has domainUnit && principal.details.domainUnit == "u1"',
    'context.publisher.details.tags.contains("open=yes")',
    'context.requester.details.kind == "SSO"',
    'context.requester.id == "u1"',
    'resource.hasTag("A.b") && resource.getTag("A.b") == "x"',
    'resource.type == "GlueTableAssetType"',
    'context has product && context.product.id == "p1"',
    "principal == context.publisher",
    'resource == DataZone::Asset::"a1"',
    '[DataZone::Asset::"a1"].contains(resource)',
    'context.publisher == DataZone::Project::"p1"',
  ])("that is guarded by %s", (condition) => {
    expect(permit(condition)).toEqual([]);
  });

  it("that is for one subscriber, or one asset, or people and groups by their directory's names", () => {
    expect(advice('permit (principal == DataZone::Project::"p1", action, resource);')).toEqual([]);
    expect(advice('permit (principal, action, resource == DataZone::Asset::"a1");')).toEqual([]);
    for (const type of ["User", "Group"]) {
      expect(permit('principal.name == "stewards"', `principal is DataZone::${type}, action, resource`)).toEqual([]);
    }
  });
});

describe("`in` is warned of, which no member is", () => {
  const IN = [expect.stringContaining("members of a group are not in it here")];

  it.each([
    'forbid (principal in DataZone::Group::"g1", action, resource);',
    'forbid (principal is DataZone::Group in DataZone::Group::"g1", action, resource);',
    'forbid (principal, action, resource in DataZone::Asset::"a1");',
    'forbid (principal, action, resource) when { principal in DataZone::Group::"g1" };',
    'forbid (principal, action, resource) unless { principal is DataZone::Group in DataZone::Group::"g1" };',
    'forbid (principal, action, resource) when { principal in [DataZone::Group::"g1", DataZone::Group::"g2"] };',
    'permit (principal in DataZone::Group::"g1", action, resource);',
  ])("%s", (text) => {
    expect(advice(text)).toEqual(IN);
  });

  it.each([
    'forbid (principal, action in [DataZone::Action::"Subscribe"], resource);',
    'forbid (principal == DataZone::Group::"g1", action, resource);',
    'forbid (principal, action, resource) when { resource.name == "in" };',
    'forbid (principal, action, resource) when { { "in": resource.name } == { "in": "x" } };',
    "forbid (principal, action, resource);",
  ])("but not in %s", (text) => {
    expect(advice(text)).toEqual([]);
  });
});

it("dev and prod follow the advice, and approve-all says what it is", () => {
  const folder = join(__dirname, "../../policies");
  const sets = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const all = sets.map((name) => [name, adviseSet(loadPolicySet(join(folder, name))).map(({ reason }) => reason)]);
  expect(Object.fromEntries(all)).toEqual({ "approve-all": [NOTHING], dev: [], "kill-switch": [], prod: [] });
});
