import fc from "fast-check";
import { validateSet } from "../../functions/approver/policies/validate";

/** Conditions that between them use all of the language that a policy set may use. Some fail for some requests. */
export const CONDITIONS = [
  // Entities, by type and by id, and what is known of those that a policy names.
  "principal is DataZone::Project",
  'principal == DataZone::Project::"p1"',
  'resource == DataZone::Asset::"a1"',
  'context.publisher == DataZone::Project::"p1"',
  "principal == context.publisher",
  'principal in DataZone::Group::"g1"',
  'principal in [DataZone::Group::"g1", DataZone::Group::"g2"]',
  'principal is DataZone::Project in DataZone::Project::"p1"',
  'context.request == DataZone::Request::"r1"',
  'DataZone::Project::"p1".name == "alpha"',
  'DataZone::Project::"p1" has name && DataZone::Project::"p1".details.tags.contains("stage=dev")',
  'DataZone::Asset::"a1".hasTag("F.level")',
  '(if principal is DataZone::Project then principal else context.publisher).name == "alpha"',
  // Names.
  "principal is DataZone::Project && [context.publisher].contains(principal)",
  'principal has name && principal.name like "al*"',
  'principal has arn && principal.arn like "arn:*:role/*"',
  'context.publisher.name == "alpha"',
  'resource.name like "*sec\\\\*ret*"',
  'resource.name like ""',
  'resource.name like "*é*"',
  "resource.name == resource.type",
  'resource.type == "GlueTableAssetType"',
  'context.requester.id == "u1"',
  'context.requester.details == {kind: "SSO", name: "maria"}',
  'context.requester.details.kind != "IAM"',
  'context.environment == "dev"',
  // Sets.
  'resource.terms.contains("Public")',
  'resource.terms.containsAny(["PII", "pii"])',
  'resource.terms.containsAll(["Public", "PII"])',
  '["Public", "PII"].containsAll(resource.terms)',
  "resource.terms.isEmpty()",
  "resource.terms.containsAll(resource.columnTerms)",
  "resource.governed.containsAny(resource.terms)",
  "resource.terms == resource.columnTerms",
  'resource.governed == ["PII"]',
  "resource.terms.contains(resource.name)",
  '["Public", resource.name].containsAll(resource.terms)',
  'resource.terms.contains(if context.alreadySubscribed then resource.name else "PII")',
  '(if context.alreadySubscribed then resource.terms else ["Public"]).containsAll(resource.columnTerms)',
  'resource.columnTerms.containsAny(if context.alreadySubscribed then ["PII", "Public"] else resource.terms)',
  '["READ"].containsAll(context.permissions)',
  'context.requestedFilters.isEmpty() || context.requestedFilters.contains("f1")',
  "[[1, 2], [3]].contains([2, 1]) && [{a: 1}, {a: 2}].containsAny([{a: 2}])",
  // Optional attributes, records, tags.
  'context has product && context.product.terms.contains("PII")',
  'context has product && context.product.name == "alpha" && context.product.id == "d1"',
  'context has product && context.product == {id: "d1", name: "alpha", terms: ["Public"]}',
  'principal has details && principal.details has domainUnit && principal.details.domainUnit == "unit"',
  "principal has details.profile",
  "principal has details.domainUnit && context.publisher has details.domainUnit && principal.details.domainUnit == context.publisher.details.domainUnit",
  "principal has details && principal.details == context.publisher.details",
  'principal has details && principal.details.tags.contains("stage=dev")',
  'resource.hasTag("F.level") && resource.getTag("F.level") == "public"',
  'resource.hasTag("F.level") && resource.getTag("F.level") like "*ret*"',
  'resource.hasTag("G.owner") && resource.terms.contains(resource.getTag("G.owner"))',
  'context.request.hasTag("F.level") && context.request.getTag("F.level") == "public"',
  'resource.hasTag("F.level") && context.request.hasTag("F.level") && resource.getTag("F.level") == context.request.getTag("F.level")',
  "{a: resource.name, b: {c: context.alreadySubscribed}}.b.c",
  '{a: resource.name} == {a: "alpha"}',
  // Time, numbers, and what can overflow.
  'context.now < datetime("2026-06-01")',
  'context.now >= datetime("2026-06-01T12:30:00.500+0130")',
  'context.now.toDate() == datetime("2026-06-01")',
  'context.now.toTime() < duration("12h30m")',
  'context.now.durationSince(datetime("2026-06-01")) > duration("-1d2h")',
  'context.now.offset(duration("-106751991167d")) < datetime("2026-06-01")',
  'context.now.offset(duration("1d1ms")) > datetime("2026-06-01")',
  'context.now.durationSince(datetime("2026-06-01")).toDays() == -1',
  'context.now.durationSince(datetime("2026-06-01")).toHours() > 12',
  "context.now.toTime().toSeconds() * 1000 == context.now.toTime().toMilliseconds()",
  "context.now.toTime().toMilliseconds() * 9007199254740991 < 9007199254740991",
  'context.now.durationSince(datetime("2026-06-01")).toMilliseconds() * 1000000 > 0',
  "-context.now.toTime().toMinutes() + 60 < 0",
  'decimal("1.5").lessThan(if context.alreadySubscribed then decimal("2.0") else decimal("1.0"))',
  'decimal("1.50") == decimal("1.5") && ip("10.0.0.1").isInRange(ip("10.0.0.0/8"))',
] as const;

const EVERY = [
  "principal",
  "principal is DataZone::Project",
  'principal == DataZone::User::"u1"',
  'principal in DataZone::Group::"g1"',
  'principal is DataZone::Project in DataZone::Project::"p1"',
];

const condition: fc.Arbitrary<string> = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...CONDITIONS).map((text) => `(${text})`),
    tie("condition").map((one) => `!${one}`),
    fc.tuple(tie("condition"), tie("condition")).map(([a, b]) => `(${a} && ${b})`),
    fc.tuple(tie("condition"), tie("condition")).map(([a, b]) => `(${a} || ${b})`),
    fc.tuple(tie("condition"), tie("condition"), tie("condition")).map(([a, b, c]) => `(if ${a} then ${b} else ${c})`),
  ),
})).condition;

const policy = fc.record({
  effect: fc.constantFrom("permit", "permit", "forbid"),
  reject: fc.boolean(),
  scope: fc.constantFrom("", "", "", "f1", "f1, f2"),
  principal: fc.oneof({ weight: 4, arbitrary: fc.constant("principal") }, fc.constantFrom(...EVERY)),
  resource: fc.constantFrom("resource", "resource", 'resource == DataZone::Asset::"a1"', "resource is DataZone::Asset"),
  action: fc.constantFrom(
    "action",
    'action == DataZone::Action::"Subscribe"',
    'action in [DataZone::Action::"Subscribe"]',
  ),
  clauses: fc.array(fc.tuple(fc.constantFrom("when", "when", "unless"), condition), { minLength: 1, maxLength: 2 }),
});

/** Sets that pass the check: what can never apply, say, does not. */
export const sets: fc.Arbitrary<Record<string, string>> = fc
  .array(policy, { minLength: 1, maxLength: 4 })
  .map((policies) =>
    Object.fromEntries(
      policies.map(({ effect, reject, scope, principal, action, resource, clauses }, index) => {
        const annotations = [
          `@id("p${index}")`,
          effect === "forbid" && reject ? '@decision("reject")' : "",
          effect === "permit" && scope !== "" ? `@assetScope("${scope}")` : "",
        ];
        const conditions = clauses.map(([kind, text]) => `${kind} { ${text} }`).join(" ");
        return [
          `p${index}`,
          `${annotations.join(" ")} ${effect} (${principal}, ${action}, ${resource}) ${conditions};`,
        ];
      }),
    ),
  )
  .filter((texts) => validateSet(texts).length === 0);
