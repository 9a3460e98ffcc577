import fc from "fast-check";
import { block, tokensOf } from "../../constructs/publishing/hcl/block";
import { group } from "../../constructs/publishing/hcl/groups";
import { flat, layout } from "../../constructs/publishing/hcl/layout";
import { tokenize } from "../../constructs/publishing/hcl/tokens";
import { parse } from "@cdktf/hcl2json";

const laid = (expression: string): string => layout(group(tokenize(expression)), { indent: 1, column: 10 });
const value = (json: unknown): string => layout(group(tokensOf(json)), { indent: 1, column: 10 });

describe("values of Terraform JSON", () => {
  test.each([
    ["${var.name}", "var.name"],
    ["a-${var.name}", '"a-${var.name}"'],
    ['say "${var.name}"\n', '"say \\"${var.name}\\"\\n"'],
    ["$${aws:username} %%{x}", '"$${aws:username} %%{x}"'],
    ['${var.x ? "${var.y}-a" : "b}"}', 'var.x ? "${var.y}-a" : "b}"'],
    ["C:\\x", '"C:\\\\x"'],
    ["", '""'],
    ['a ${"b-${var.c}"}', '"a b-${var.c}"'],
    [[], "[]"],
    [{}, "{}"],
    [{ a: -1, "b c": [true, null] }, '{\n    a     = -1\n    "b c" = [true, null]\n  }'],
  ])("%j", (json, expected) => {
    expect(value(json)).toBe(expected);
  });

  test("mean the same after a parser that is not ours has read them", async () => {
    const text = fc.string({ maxLength: 20 }).map((s) => s.replace(/[$%]\{/g, ""));
    const leaf = fc.oneof(
      text,
      fc.integer({ min: -999, max: 999 }),
      fc.boolean(),
      fc.constant("${var.x == null ? [1] : var.x}"),
    );
    const any = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie("json"), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z][a-z -]{0,9}$/), tie("json"), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).json;
    await fc.assert(
      fc.asyncProperty(any, async (json) => {
        const parsed = (await parse("x.tf", `locals {\n  x = ${value(json)}\n}\n`)) as { locals: [{ x: unknown }] };
        expect(canonical(parsed.locals[0].x)).toEqual(canonical(json));
      }),
      { numRuns: 60 },
    );
  });
});

/** Expressions on one line, so that only what they say is compared. */
function canonical(json: unknown): unknown {
  if (typeof json === "string") return flat(group(tokensOf(json)));
  if (Array.isArray(json)) return json.map(canonical);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, canonical(item)]));
}

describe("expressions", () => {
  test.each([
    ["a==null?1:-b.c[*].d[0]", "a == null ? 1 : -b.c[*].d[0]"],
    ['!contains(["a","b"],x)&&(y -1)>2', '!contains(["a", "b"], x) && (y - 1) > 2'],
    ['{for k,v in m:k=>v... if v!=""}', '{ for k, v in m : k => v... if v != "" }'],
    ['merge({"a"=1},{"b-c":2})', "merge({ a = 1 }, { b-c = 2 })"],
    ["# comment\n(\n  x\n)", "x"],
  ])("%s", (given, expected) => {
    expect(laid(given)).toBe(expected);
  });

  test("a long conditional gets a line for each branch", () => {
    const [condition, yes, no] = [`var.${"a".repeat(40)} == null`, `var.${"b".repeat(30)}`, `var.${"c".repeat(30)}`];
    expect(laid(`${condition} ? ${yes} : ${no}`)).toBe(`(\n    ${condition}\n    ? ${yes}\n    : ${no}\n  )`);
  });

  test("an object with several fields gets a line for each", () => {
    expect(laid('jsonencode({"a"=1,"bcd"=[2]})')).toBe("jsonencode({\n    a   = 1\n    bcd = [2]\n  })");
  });

  test("an object that is asked for one of its fields gets a line for each, the index at its end", () => {
    expect(laid('{"a"=["x"],"b"=["y"]}[each.key]')).toBe('{\n    a = ["x"]\n    b = ["y"]\n  }[each.key]');
  });

  test("what no token starts with is refused", () => {
    expect(() => tokenize("a ; b")).toThrow("not an expression at character 2: a ; b");
    expect(() => tokenize('"a')).toThrow("unclosed string");
  });
});

test("a block: what decides how many first, names next, what is long later, lifecycle and depends_on last", () => {
  const body = {
    tags: "${var.tags}",
    depends_on: ["aws_x.y"],
    lifecycle: { ignore_changes: ["tags"] },
    statement: [{ sid: "A" }],
    dynamic: { statement: { for_each: "${[1]}", content: { sid: "B" } } },
    alpha: true,
    policy: '${jsonencode({"a" = 1, "b" = 2})}',
    name: "x",
    count: 1,
  };
  expect(block('resource "aws_x" "z"', body, { statement: {} })).toMatchInlineSnapshot(`
   "resource "aws_x" "z" {
     count = 1

     name  = "x"
     alpha = true

     policy = jsonencode({
       a = 1
       b = 2
     })

     tags = var.tags

     statement {
       sid = "A"
     }

     dynamic "statement" {
       for_each = [1]

       content {
         sid = "B"
       }
     }

     lifecycle {
       ignore_changes = [tags]
     }

     depends_on = [aws_x.y]
   }"
  `);
});
