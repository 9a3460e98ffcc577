import type { AnyInput } from "../../constructs/inputs";
import { rule } from "../../constructs/inputs";
import { Samples } from "../../constructs/publishing/samples";
import { validations } from "../../constructs/publishing/validation";

const word = { kind: "string", rules: [rule.matches(/^[a-z]+$/, "must be a word")] } as unknown as AnyInput;
const hours = { kind: "number", optional: true, rules: [rule.between(1, 9, "hours")] } as unknown as AnyInput;

describe("conditions", () => {
  test("of a variable that is always there", () => {
    expect(validations("theName", word)).toEqual([
      { condition: '${can(regex("^[a-z]+$", var.the_name))}', error_message: "the_name must be a word." },
    ]);
  });

  test("of one that may not be given: asked only where it is, which || does not do before Terraform 1.12", () => {
    expect(validations("hours", hours)[0]!.condition).toBe(
      "${var.hours == null ? true : var.hours >= 1 && var.hours <= 9 && floor(var.hours) == var.hours}",
    );
    expect(validations("word", { ...word, optional: true })[0]!.condition).toBe(
      '${var.word == null || can(regex("^[a-z]+$", var.word))}',
    );
  });

  test("of what is in a map's entries: the message names those that break it", () => {
    const input: AnyInput = {
      kind: "map",
      of: { kind: "object", fields: { inner: { kind: "object", optional: true, fields: { theWord: word } } } },
    };
    expect(validations("things", input)).toEqual([
      {
        condition:
          '${alltrue([for entry in var.things : entry.inner == null || can(regex("^[a-z]+$", entry.inner.the_word))])}',
        error_message:
          '${format("things: inner.the_word must be a word; entries that break this: %s.", join(", ", [for key, entry in var.things : key if ' +
          'entry.inner != null && !can(regex("^[a-z]+$", entry.inner.the_word))]))}',
      },
    ]);
  });

  test("texts of rules are texts, whatever is in them", () => {
    const odd = { kind: "string", rules: [rule.matches(/x/, "100% ${x}")] } as unknown as AnyInput;
    expect(validations("a", odd)[0]!.error_message).toBe("a 100% $${x}.");
    expect(validations("a", { kind: "map", of: odd })[0]!.error_message).toContain(
      'format("a: 100%% $${x}; entries that break this: %s."',
    );
  });
});

describe("samples", () => {
  test("break one rule and keep the others", () => {
    const input = {
      kind: "map",
      rules: [rule.keysMatch(/^[a-z]+$/, "must have words for keys")],
      of: { kind: "object", fields: { word, hours } },
    } as unknown as AnyInput;
    const broken = new Samples().broken("things", input);
    expect(broken.map(({ says }) => says)).toEqual([
      "things must have words for keys",
      "things.word must be a word",
      "things.hours must be a whole number of hours from 1 to 9",
    ]);
    expect(broken[2]!.value).toEqual({ example: { word: "example", hours: expect.any(Number) } });
  });

  test("a rule that no sample knows asks for one", () => {
    const odd = { kind: "string", rules: [rule.matches(/^zebra-\d{17}$/, "must be odd")] } as unknown as AnyInput;
    expect(() => new Samples().valid("odd", odd)).toThrow("odd: no sample keeps its rules");
    expect(new Samples({ odd: [`zebra-${"0".repeat(17)}`] }).valid("odd", odd)).toBe("zebra-00000000000000000");
  });
});
