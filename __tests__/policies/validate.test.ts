import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type Finding, validateSet } from "../../functions/approver/policies/validate";
import { digestOf } from "../../functions/approver/policies/digest";
import { loadPolicySet } from "../../functions/approver/policies/files";

const PERMIT = "permit (principal, action, resource);";
const FORBID = "forbid (principal, action, resource);";

const finding = (text: string, id = "p"): Finding | undefined => validateSet({ [id]: text })[0];

describe("a policy is refused", () => {
  it.each([
    [
      "that does not parse",
      '@id("p")\npermit (principal, action, resource)\nwhen { foo ba };',
      3,
      12,
      /unexpected token `ba`/,
    ],
    [
      "that does not type-check",
      '@id("p")\npermit (principal, action, resource)\nwhen { resource.nope == "x" };',
      3,
      8,
      /attribute `nope` .* not found/,
    ],
    [
      "that reads an optional attribute unguarded",
      '@id("p")\npermit (principal, action, resource) when { context.product.id == "x" };',
      2,
      45,
      /optional attribute|product/,
    ],
    [
      "that can never apply",
      '@id("p") permit (principal, action, resource) when { false };',
      1,
      1,
      /policy is impossible/,
    ],
    [
      "for an unknown action",
      '@id("p") permit (principal, action == DataZone::Action::"Read", resource);',
      1,
      39,
      /unrecognized action/,
    ],
    ["of an unknown type", '@id("p") permit (principal is DataZone::Robot, action, resource);', 1, 31, /Robot/],
    [
      "with an undeclared form as an attribute",
      '@id("p") permit (principal, action, resource) when { resource.Classification.level == "x" };',
      1,
      54,
      /Classification/,
    ],
    ["without @id", `\n${PERMIT}`, 1, 1, /has no @id\("p"\)/],
    ["with another @id", `// x\n@id("q") ${PERMIT}`, 2, 1, /@id\("q"\) is not "p"/],
    [
      "with an unknown annotation",
      `@id("p")\n@coment("x") ${PERMIT}`,
      2,
      1,
      /@coment\("x"\) is unknown; known are @id, @comment, @decision, @assetScope, @severity/,
    ],
    [
      "with an annotation named like a method",
      `@id("p")\n@constructor("x") ${PERMIT}`,
      2,
      1,
      /@constructor\("x"\) is unknown/,
    ],
    ["with an empty annotation", `@id("p") @comment("") ${PERMIT}`, 1, 10, /@comment is empty/],
    ["with an annotation without a value", `@id("p") @comment ${PERMIT}`, 1, 10, /@comment is empty/],
    ["with a duplicate annotation", `@id("p") @id("p") ${PERMIT}`, 1, 10, /duplicate annotation/],
    [
      "with @decision on a permit",
      `@id("p") @decision("reject") ${PERMIT}`,
      1,
      10,
      /@decision\("reject"\) on a permit: it can only be "reject", on a forbid/,
    ],
    [
      "with another @decision",
      `@id("p") @decision("accept") ${FORBID}`,
      1,
      10,
      /@decision\("accept"\) on a forbid: it can only/,
    ],
    [
      "with @assetScope on a forbid",
      `@id("p") @assetScope("f1") ${FORBID}`,
      1,
      10,
      /@assetScope\("f1"\) on a forbid: .*asset filter ids/,
    ],
    [
      "with six filters",
      `@id("p") @assetScope("a,b,c,d,e,f") ${PERMIT}`,
      1,
      10,
      /@assetScope\("a,b,c,d,e,f"\) on a permit: it names one to five/,
    ],
    ["that is a template", '@id("p") permit (principal == ?principal, action, resource);', 1, 1, /templates/],
    ["that is two", `@id("p") ${PERMIT} @id("q") ${PERMIT}`, 1, 1, /one policy is expected, 2 were found/],
    ["that is none", "// nothing", 1, 1, /one policy is expected, 0 were found/],
    [
      "with hidden characters",
      '@id("p") permit (principal, action, resource) when { context.environment == "a\u202e" };',
      1,
      77,
      /BIDI/,
    ],
    [
      "with what Parameter Store refuses",
      `@id("p")\n// é {{ticket}}\n${PERMIT}`,
      2,
      6,
      /Parameter Store.*refuses \{\{/,
    ],
    [
      "with a computed tag",
      '@id("p") // .getTag(context.environment)\npermit (principal, action, resource)\nwhen { resource.hasTag("a.b") && "x.getTag(y)" == resource.getTag(context.environment) };',
      3,
      59,
      /getTag and hasTag must name the tag by a literal/,
    ],
    [
      "with a tag that is chosen",
      '@id("p") permit (principal, action, resource) when { context.request.hasTag(if true then "a.b" else "c.d") };',
      1,
      69,
      /getTag and hasTag must name the tag by a literal/,
    ],
    [
      "with an unknown severity",
      `@id("p") @severity("bad") ${PERMIT}`,
      1,
      10,
      /@severity\("bad"\) is not one of low, medium, high, critical/,
    ],
    ["of more than 4,096 bytes", `@id("p") ${PERMIT}// ${"é".repeat(2048)}`, 1, 1, /bytes, more than 4096/],
  ])("%s, with its line and column", (_, text, line, column, reason) => {
    expect(finding(text)).toEqual({ policy: "p", line, column, reason: expect.stringMatching(reason) });
  });

  it.each(["UPPER", "under_score", "a".repeat(65), "ä"])("with the id %s", (id) => {
    expect(finding(`@id("${id}") ${PERMIT}`, id)?.reason).toMatch(/lower-case letters, digits and hyphens/);
  });

  it("at the right column behind letters that are more than a byte", () => {
    const text = '@id("p") permit (principal, action, resource) when { "é😀" == resource.nope };';
    expect(finding(text)).toMatchObject({ line: 1, column: [...text].indexOf("r", 55) + 1 });
  });
});

describe("an attribute that not every principal has", () => {
  const reasons = (condition: string, head = "principal") =>
    validateSet({ p: `@id("p") permit (${head}, action, resource) when { ${condition} };` }).map(
      ({ reason }) => reason,
    );

  it("is one finding, with what to write", () => {
    expect(reasons('principal.details.tags.contains("x")')).toEqual([
      "attribute `details` is not on every principal that this policy is about: begin it with principal is DataZone::Project, or ask first: principal has details && …",
    ]);
    expect(reasons('principal.name == "x"')).toEqual([
      expect.stringContaining(
        "begin it with principal is DataZone::Project or principal is DataZone::User or principal is DataZone::Group, or ask",
      ),
    ]);
  });

  it.each([
    ['principal has details && principal.details.tags.contains("x")', "principal"],
    ['principal.details.tags.contains("x")', "principal is DataZone::Project"],
  ])("is none where that is written: %s", (condition, head) => expect(reasons(condition, head)).toEqual([]));

  it("and one that none has is told as Cedar does", () =>
    expect(reasons('principal.nam == "x"', "principal is DataZone::User")).toEqual([
      "attribute `nam` on entity type `DataZone::User` not found; did you mean `name`?",
    ]));
});

describe("a set", () => {
  it("without a policy is refused", () => {
    expect(validateSet({})).toEqual([{ policy: "", line: 1, column: 1, reason: "the set has no policies" }]);
  });

  it("with everything that is allowed is fine", () => {
    expect(
      validateSet({
        a: `@id("a") @comment("Fine.") @assetScope("f1, f2") @severity("low") ${PERMIT}`,
        b: `@id("b") @comment("No.") @decision("reject") ${FORBID}`,
      }),
    ).toEqual([]);
  });

  it("has all its findings told, by policy and position", () => {
    const findings = validateSet({
      b: '@id("b")\npermit (principal, action, resource) when { resource.one == 1 && resource.two == 2 };',
      a: `@id("x") @y("z") ${PERMIT}`,
      fine: `@id("fine") ${PERMIT}`,
    });
    expect(findings.map(({ policy, line, column }) => [policy, line, column])).toEqual([
      ["a", 1, 1],
      ["a", 1, 10],
      ["b", 2, 45],
      ["b", 2, 66],
    ]);
  });
});

describe("a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "policies-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is read one policy a file, other files left alone", () => {
    writeFileSync(join(folder, "b.cedar"), `@id("b") ${PERMIT}`);
    writeFileSync(join(folder, "a.cedar"), `@id("a") ${FORBID}`);
    writeFileSync(join(folder, "README.md"), "words");
    expect(loadPolicySet(folder)).toEqual({ a: `@id("a") ${FORBID}`, b: `@id("b") ${PERMIT}` });
  });

  it("with mistakes is refused with file, line, column and reason of each", () => {
    writeFileSync(join(folder, "a.cedar"), '@id("a")\npermit (principal, action, resource)\nwhen { oops };');
    writeFileSync(join(folder, "b.cedar"), PERMIT);
    expect(() => loadPolicySet(folder)).toThrow(
      `The policy set ${folder} is not valid:\n${join(folder, "a.cedar")}:3:8: invalid variable: oops`,
    );
    expect(() => loadPolicySet(folder)).toThrow(`${join(folder, "b.cedar")}:1:1: the policy has no @id("b")`);
  });

  it("without policies, or that is not there, is refused", () => {
    expect(() => loadPolicySet(folder)).toThrow(`${folder}: the set has no policies`);
    mkdirSync(join(folder, "empty"));
    expect(() => loadPolicySet(join(folder, "missing"))).toThrow(/missing cannot be read: there is no such folder/);
  });
});

describe("the digest", () => {
  const sha = (text: string) => createHash("sha256").update(text).digest("hex");

  it("is sha256 over the sorted lines id:sha256(text)", () => {
    expect(digestOf({ b: "two", a: "one" })).toBe(sha(`a:${sha("one")}\nb:${sha("two")}`));
  });

  it("depends on every id and text, and not on the order", () => {
    const id = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
    fc.assert(
      fc.property(fc.dictionary(id, fc.string(), { minKeys: 1, maxKeys: 5 }), (texts) => {
        const reversed = Object.fromEntries(Object.entries(texts).reverse());
        expect(digestOf(reversed)).toBe(digestOf(texts));
        const [first] = Object.keys(texts);
        expect(digestOf({ ...texts, [first!]: `${texts[first!]} ` })).not.toBe(digestOf(texts));
        expect(digestOf({ ...texts, "another-one": "" })).not.toBe(digestOf(texts));
      }),
    );
  });
});
