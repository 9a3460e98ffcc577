import fc from "fast-check";
import {
  bestGrant,
  covers,
  grantScope,
  parseScope,
  PERMISSIONS,
  permits,
  type Scope,
} from "../../../sandbox/access-grants/scope";

const scope = (uri: string): Scope => {
  const parsed = parseScope(uri);
  if (parsed === undefined) throw new Error(`${uri} is no scope`);
  return parsed;
};

test.each([
  ["s3://b-1/UserA/*", "s3://b-1/UserA/*", true],
  ["s3://b-1/UserA/*", "s3://b-1/UserA/x.csv", true],
  ["s3://b-1/UserA/*", "s3://b-1/UserA/", true],
  ["s3://b-1/UserA/*", "s3://b-1/UserA", false],
  ["s3://b-1/UserA/*", "s3://b-1/UserA*", false],
  ["s3://b-1/UserA/*", "s3://b-1/UserAdmin/x.csv", false],
  ["s3://b-1/UserA/*", "s3://b-2/UserA/x.csv", false],
  ["s3://b-1/UserA*", "s3://b-1/UserAdmin/x.csv", true],
  ["s3://b-1/UserA*", "s3://b-1/UserA", true],
  ["s3://b-1/*", "s3://b-1", true],
  ["s3://b-1/*", "s3://b-1/*", true],
  ["s3://b-1/UserA/x.csv", "s3://b-1/UserA/x.csv", true],
  ["s3://b-1/UserA/x.csv", "s3://b-1/UserA/x.csv*", false],
  ["s3://b-1/UserA/x.csv", "s3://b-1/UserA/x.csv.bak", false],
])("%s covers %s: %s", (outer, inner, expected) => {
  expect(covers(scope(outer), scope(inner))).toBe(expected);
});

test.each(["", "s3://", "s3://*", "s3://Bucket/x", "s3://b", "http://bucket/x", "bucket/x"])(
  "%j is no scope",
  (uri) => {
    expect(parseScope(uri)).toBeUndefined();
  },
);

test.each([
  ["s3://", "b-1/UserA/*", "s3://b-1/UserA/*"],
  ["s3://b-1", "UserA/*", "s3://b-1/UserA/*"],
  ["s3://b-1", undefined, "s3://b-1/*"],
  ["s3://b-1/", "UserA/*", "s3://b-1/UserA/*"],
  ["s3://b-1/*", "*", "s3://b-1/*"],
  ["s3://b-1/team", "UserA/*", "s3://b-1/team/UserA/*"],
  ["s3://b-1/team/*", "UserA/*", "s3://b-1/team/UserA/*"],
  ["s3://b-1/team/", undefined, "s3://b-1/team/*"],
])("location %s and sub-prefix %s make %s", (location, subPrefix, expected) => {
  expect(grantScope(location, subPrefix)).toBe(expected);
});

const key = fc.string({ unit: fc.constantFrom("a", "b", "/", "*"), maxLength: 6 });
const scopes = fc.record({ bucket: fc.constantFrom("b-1", "b-2"), key, open: fc.boolean() });
const grants = fc.array(fc.record({ scope: scopes, Permission: fc.constantFrom(...PERMISSIONS) }), { maxLength: 8 });
const permission = fc.constantFrom(...PERMISSIONS);

test("a scope covers another exactly where no key is in the other alone", () => {
  fc.assert(
    fc.property(scopes, scopes, key, (outer, inner, tail) => {
      const holds = (one: Scope, bucket: string, name: string) =>
        one.bucket === bucket && (one.open ? name.startsWith(one.key) : name === one.key);
      const keys = inner.open ? [inner.key, `${inner.key}a`, inner.key + tail] : [inner.key];
      expect(keys.every((name) => holds(outer, inner.bucket, name))).toBe(covers(outer, inner));
    }),
    { numRuns: 2_000 },
  );
});

test("what a location is narrowed to stays inside it", () => {
  fc.assert(
    fc.property(fc.constantFrom("s3://b-1", "s3://b-1/team/", "s3://b-1/team/*"), key, (location, subPrefix) => {
      const whole = scope(grantScope(location, undefined));
      expect(covers(whole, scope(grantScope(location, subPrefix)))).toBe(true);
    }),
  );
});

test("the best grant is one that allows the request, and none that allows it is narrower", () => {
  fc.assert(
    fc.property(grants, scopes, permission, (all, target, wanted) => {
      const allowing = all.filter((grant) => covers(grant.scope, target) && permits(grant.Permission, wanted));
      const best = bestGrant(all, target, wanted);
      if (best === undefined) expect(allowing).toEqual([]);
      else {
        expect(allowing).toContain(best);
        for (const other of allowing) {
          expect(covers(best.scope, other.scope) && !covers(other.scope, best.scope)).toBe(false);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test("READWRITE is given for itself only, and is all that allows it", () => {
  expect(PERMISSIONS.filter((granted) => permits(granted, "READWRITE"))).toEqual(["READWRITE"]);
  expect(PERMISSIONS.filter((granted) => permits(granted, "READ"))).toEqual(["READ", "READWRITE"]);
  expect(PERMISSIONS.filter((granted) => permits(granted, "WRITE"))).toEqual(["WRITE", "READWRITE"]);
});
