import fc from "fast-check";
import { grantScope, openings, type Reach } from "../../constructs/access-grants/overlaps";

/** The definition, pair by pair: what `openings` has to find without comparing every pair. */
function byDefinition(grants: readonly Reach[]): string[] {
  const isPrivate = ({ scope }: Reach): boolean =>
    new Set(grants.filter((other) => other.scope === scope).map(({ grantee }) => grantee)).size === 1;
  const covers = (outer: Reach, inner: Reach): boolean =>
    outer.scope !== inner.scope && outer.scope.endsWith("*") && inner.scope.startsWith(outer.scope.slice(0, -1));
  const found = grants.flatMap((by) =>
    grants
      .filter((inner) => inner.grantee !== by.grantee && isPrivate(inner) && covers(by, inner))
      .map((inner) => `${by.grantee} ${by.scope} > ${inner.scope}`),
  );
  return [...new Set(found)].sort();
}

const found = (grants: readonly Reach[]): string[] =>
  [
    ...new Set(
      openings(grants).flatMap(({ by, opened }) => opened.map((inner) => `${by.grantee} ${by.scope} > ${inner.scope}`)),
    ),
  ].sort();

const part = fc.constantFrom("a", "b", "ab", "abc");
const scope = fc
  .tuple(fc.array(part, { maxLength: 3 }), fc.constantFrom("/*", "*", "", "/file"))
  .map(([parts, end]) => `s3://bucket/${parts.join("/")}${parts.length === 0 ? "*" : end}`);
const reach = fc.record({ scope, grantee: fc.constantFrom("A", "B", "C") });

test("finds what comparing every pair finds", () => {
  let positives = 0;
  fc.assert(
    fc.property(fc.array(reach, { maxLength: 12 }), (grants) => {
      const expected = byDefinition(grants);
      positives += expected.length;
      expect(found(grants)).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
  expect(positives).toBeGreaterThan(100);
});

test("an object can be opened by the prefix that it lies in, a prefix not by itself", () => {
  const grants = [
    { scope: "s3://bucket/a/file", grantee: "A" },
    { scope: "s3://bucket/a/*", grantee: "B" },
  ];
  expect(found(grants)).toEqual(["B s3://bucket/a/* > s3://bucket/a/file"]);
});

test.each([
  ["s3://", "bucket/a/*", "s3://bucket/a/*"],
  ["s3://bucket", "a/*", "s3://bucket/a/*"],
  ["s3://bucket/a/", "b/*", "s3://bucket/a/b/*"],
  ["s3://bucket", "*", "s3://bucket/*"],
])("the scope of a grant: %s and %s", (location, subPrefix, expected) => {
  expect(grantScope(location, subPrefix)).toBe(expected);
});
