import fc from "fast-check";
import { whatIsReached, whoReaches } from "../../../commands/access/ask";
import { matrixOf } from "../../../commands/access/matrix";
import type { Access, Grant, Permission, Persona } from "../../../commands/access/model";
import { target } from "../../../commands/access/scopes";
import { bestGrant, covers, grantScope, parseScope, permits } from "../../../sandbox/access-grants/scope";

const PERMISSIONS = ["READ", "WRITE", "READWRITE"] as const;

const person = (name: string): Persona => ({ name, type: "IAM", id: `arn:aws:iam::123456789012:role/${name}` });
const PEOPLE = ["userA", "userB", "auditor"].map(person);
const group: Persona = { name: "analysts", type: "DIRECTORY_GROUP", id: "a1b2c3d4-5e6f-7081-92a3-b4c5d6e7f809" };

let made = 0;
const grant = (persona: Persona, permission: Permission, scope: string, more: Partial<Grant> = {}): Grant => ({
  ...{ id: `grant-${(made += 1)}`, persona, permission, scope, location: "s3://data" },
  ...more,
});
const access = (grants: readonly Grant[], more: Partial<Access> = {}): Access => ({
  ...{ source: "test", personas: [...PEOPLE, group], grants, unplaced: [], own: [], unknown: [] },
  ...more,
});

// Grants as S3 Access Grants takes them: in a location of a bucket, of a prefix, or in the default one; prefixes and objects.
const part = fc.constantFrom("a", "ab", "b", "UserA", "UserAdmin");
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const subPrefix = fc.oneof(
  path.map((one) => `${one}/*`),
  path.map((one) => `${one}*`),
  path,
  fc.constant("*"),
);
const scopes = fc.oneof(
  fc.tuple(fc.constantFrom("s3://data", "s3://other", "s3://data/a/"), subPrefix),
  fc.tuple(
    fc.constant("s3://"),
    fc.tuple(fc.constantFrom("data", "other"), subPrefix).map((both) => both.join("/")),
  ),
  fc.tuple(fc.constantFrom("s3://data", "s3://data/a/"), fc.constant(undefined)),
);
const grants = fc.array(
  fc
    .tuple(scopes, fc.constantFrom(...PEOPLE), fc.constantFrom(...PERMISSIONS))
    .map(([[location, sub], persona, permission]) =>
      grant(persona, permission, grantScope(location, sub), { location }),
    ),
  { maxLength: 10 },
);
const targets = fc
  .tuple(
    fc.constantFrom("data", "other"),
    fc.oneof(
      path,
      path.map((one) => `${one}/*`),
      path.map((one) => `${one}/file.csv`),
      fc.constant("*"),
    ),
  )
  .map(([bucket, key]) => `s3://${bucket}/${key}`);

/** What the sandbox's S3 Access Grants would answer a persona's request with. */
const answered = (all: readonly Grant[], persona: Persona, uri: string, permission: Permission): string | undefined =>
  bestGrant(
    all
      .filter((one) => one.persona.id === persona.id)
      .map(({ id, scope, permission }) => ({ id, scope: parseScope(scope)!, Permission: permission })),
    parseScope(uri)!,
    permission,
  )?.id;

test("who says what S3 Access Grants answers, of random grants", () => {
  let answers = 0;
  let nothing = 0;
  fc.assert(
    fc.property(grants, targets, (all, uri) => {
      const reaching = whoReaches(all, target(uri));
      for (const persona of PEOPLE) {
        for (const permission of PERMISSIONS) {
          const said = reaching.filter(
            ({ grant, answers }) => grant.persona.id === persona.id && answers.includes(permission),
          );
          const expected = answered(all, persona, uri, permission);
          expect(said.map(({ grant }) => grant.id)).toEqual(expected === undefined ? [] : [expected]);
          if (expected === undefined) nothing += 1;
          else answers += 1;
        }
      }
    }),
    { numRuns: 400 },
  );
  expect(Math.min(answers, nothing)).toBeGreaterThan(200);
});

test("the matrix and what say the same as who, of random grants", () => {
  fc.assert(
    fc.property(grants, (all) => {
      const { personas, rows, idle } = matrixOf(access(all));
      expect(new Set([...personas, ...idle].map(({ name }) => name))).toEqual(
        new Set([...PEOPLE, group].map(({ name }) => name)),
      );
      for (const { scope, cells, marks } of rows) {
        const reaching = whoReaches(all, scope);
        personas.forEach((persona, i) => {
          const of = reaching.filter(({ grant }) => grant.persona.id === persona.id);
          const may = PERMISSIONS.filter((one) => of.some(({ answers }) => answers.includes(one)));
          const cell = cells[i]?.permissions ?? [];
          expect(PERMISSIONS.filter((one) => cell.some((granted) => permits(granted, one)))).toEqual(may);
        });
        // Private is what the sandbox gives to one persona alone.
        const some = PEOPLE.filter((one) => PERMISSIONS.some((may) => answered(all, one, scope, may) !== undefined));
        expect(marks.some(({ is }) => is === "private")).toBe(some.length === 1);
        const writers = PEOPLE.filter((one) => answered(all, one, scope, "WRITE") !== undefined);
        expect(marks.find(({ is }) => is === "written")?.personas ?? []).toEqual(
          writers.length > 1 ? writers.map(({ name }) => name).sort() : [],
        );
      }
      for (const persona of personas) {
        const reached = whatIsReached(access(all), persona.name).grants;
        expect(reached.map(({ id }) => id).sort()).toEqual(
          all
            .filter((one) => one.persona.id === persona.id)
            .map(({ id }) => id)
            .sort(),
        );
        for (const one of reached.filter(({ coveredBy }) => coveredBy !== undefined)) {
          const by = all.find(({ id }) => id === one.coveredBy)!;
          expect(covers(parseScope(by.scope)!, parseScope(one.scope)!)).toBe(true);
          expect(permits(by.permission, one.permission)).toBe(true);
        }
      }
    }),
    { numRuns: 200 },
  );
});

describe("who is matched exactly as S3 Access Grants does", () => {
  const [userA] = PEOPLE as [Persona];
  it.each([
    ["s3://data/UserA/*", "s3://data/UserA/data.csv", true],
    ["s3://data/UserA/*", "s3://data/UserA", false],
    ["s3://data/UserA/*", "s3://data/UserAdmin/data.csv", false],
    ["s3://data/UserA*", "s3://data/UserAdmin/data.csv", true],
    ["s3://data/UserA/data.csv", "s3://data/UserA/data.csv", true],
    ["s3://data/UserA/data.csv", "s3://data/UserA/data.csv.bak", false],
    ["s3://data/UserA/data.csv", "s3://data/UserA/*", false],
    ["s3://data/*", "s3://data", true],
    ["s3://data/a/*", "s3://data", false],
    ["s3://data/*", "s3://data-2/a", false],
  ])("%s reaches %s: %s", (scope, uri, is) => {
    expect(whoReaches([grant(userA, "READ", scope)], target(uri))).toHaveLength(is ? 1 : 0);
  });

  it.each(["data/UserA", "s3://", "https://data", "s3://DATA/x"])("%s is no place", (uri) => {
    expect(() => target(uri)).toThrow(`${uri} is no place in S3`);
  });

  it("tells of grants that answer nothing, because a narrower one does", () => {
    const all = [grant(userA, "READWRITE", "s3://data/*"), grant(userA, "READ", "s3://data/a/*")];
    expect(whoReaches(all, "s3://data/a/x").map(({ answers }) => answers)).toEqual([["READ"], ["WRITE", "READWRITE"]]);
    expect(
      whoReaches([...all, grant(userA, "READWRITE", "s3://data/a/x")], "s3://data/a/x").map(({ answers }) => answers),
    ).toEqual([["READ", "WRITE", "READWRITE"], [], []]);
  });
});

describe("the matrix marks", () => {
  const [userA, userB, auditor] = PEOPLE as [Persona, Persona, Persona];
  const marks = (...all: Grant[]): object =>
    Object.fromEntries(matrixOf(access(all)).rows.map(({ scope, marks }) => [scope, marks]));

  it("what is private, and what a broader grant opens, to whom and by what", () => {
    expect(marks(grant(userA, "READWRITE", "s3://data/UserA/*"))).toEqual({
      "s3://data/UserA/*": [{ is: "private", personas: ["userA"] }],
    });
    expect(marks(grant(userA, "READ", "s3://data/UserA/*"), grant(auditor, "READ", "s3://data/*"))).toEqual({
      "s3://data/*": [{ is: "private", personas: ["auditor"] }],
      "s3://data/UserA/*": [{ is: "opened", personas: ["auditor"], by: ["s3://data/*"] }],
    });
  });

  it("what several have by name, and what several may write, by a broader grant too", () => {
    expect(
      marks(
        grant(userA, "READ", "s3://data/in/*"),
        grant(userB, "READWRITE", "s3://data/in/*"),
        grant(auditor, "WRITE", "s3://data/*"),
      ),
    ).toMatchObject({
      "s3://data/in/*": [
        { is: "shared", personas: ["userA", "userB"] },
        { is: "written", personas: ["auditor", "userB"] },
      ],
    });
  });

  it("what a group of the directory reaches: nobody knows here who that is", () => {
    expect(marks(grant(group, "READ", "s3://data/in/*"))).toEqual({
      "s3://data/in/*": [{ is: "group", personas: ["analysts"] }],
    });
  });

  it("grants that add nothing, and of two that say the same the younger", () => {
    const [old, young, small] = [
      grant(userA, "READWRITE", "s3://data/*"),
      grant(userA, "READWRITE", "s3://data/*"),
      grant(userA, "READ", "s3://data/in/*"),
    ] as const;
    expect(marks(old, young, small)).toEqual({
      "s3://data/*": [
        { is: "private", personas: ["userA"] },
        { is: "covered", personas: ["userA"], by: [old.id] },
      ],
      "s3://data/in/*": [
        { is: "private", personas: ["userA"] },
        { is: "covered", personas: ["userA"], by: [old.id] },
      ],
    });
    // Only who uses the application has the broader one.
    const application = { application: "arn:aws:sso::123456789012:application/ssoins-1/apl-1" };
    expect(marks(grant(userA, "READWRITE", "s3://data/*", application), small)).toMatchObject({
      "s3://data/in/*": [{ is: "private" }],
    });
  });
});

describe("what is asked about one persona", () => {
  const all = [grant(PEOPLE[0]!, "READ", "s3://data/a/*"), grant(group, "WRITE", "s3://data/in/*")];

  it.each(["userA", "arn:aws:iam::123456789012:role/userA"])("who is called %s", (name) => {
    const { persona, grants, groups } = whatIsReached(access(all), name);
    expect(persona).toBe(PEOPLE[0]);
    expect(grants).toEqual([{ ...all[0], alsoReachedBy: [] }]);
    expect(groups).toEqual([all[1]]);
  });

  it("and is nobody, or several", () => {
    expect(() => whatIsReached(access(all), "userC")).toThrow(
      "Who is userC? Known to test are: analysts, auditor, userA, userB",
    );
    const twins = ["module.a", "module.b"].map((at): Persona => ({ name: "userA", type: "IAM", at }));
    expect(() => whatIsReached(access([], { personas: twins }), "userA")).toThrow(
      "Who is userA? There are 2: module.a, module.b. Give an ARN or, of a plan, <file>#<module>",
    );
  });
});
