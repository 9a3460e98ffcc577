import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { AttributeDocs } from "../../constructs/publishing/attribute-docs";
import { Sources } from "../../constructs/publishing/docs";
import { InputDocs } from "../../constructs/publishing/input-docs";
import { describe as said } from "../../constructs/publishing/synthesize";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "docs-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const docs = (source: string, others: Readonly<Record<string, string>> = {}): ReturnType<InputDocs["of"]> => {
  for (const [name, text] of Object.entries({ ...others, "x.ts": source }))
    fs.writeFileSync(path.join(folder, name), text);
  return new InputDocs(new Sources(folder)).of("props", path.join(folder, "x.ts"));
};

test("texts, defaults and the fields of what an input is made of", () => {
  const found = docs(`
    const entry = object({
      /** An id,\n * in two lines. */ id: text() });
    const base = {
      /** A name. */
      name: text() };
    export const props = object({
      ...base,
      /** Entries.
       * @default - none */
      entries: optional(mapOf(entry, rule.key), {}),
      /** A path. @default "/" */
      path: optional(text(), "/"),
      /** Things. */
      things: listOf(object({
        /** Inner. */ inner: text() })),
    }, exactlyOne);`);
  expect(found).toEqual({
    name: { text: "A name.", fields: {} },
    entries: { text: "Entries.", otherwise: "none", fields: { id: { text: "An id, in two lines.", fields: {} } } },
    path: { text: "A path.", default: '"/"', fields: {} },
    things: { text: "Things.", fields: { inner: { text: "Inner.", fields: {} } } },
  });
});

test("what another file declares, under its name or another, whole or a field of it", () => {
  const there = `
    /** An entry. */
    export const entry = object({
      /** An id. */
      id: text() });
    export const there = object({
      /** A key. @default 5 */
      key: optional(number(), 5),
      /** One. */
      one: entry });`;
  const source = `
    import { there as other, entry } from "./there";
    const taken = other.fields;
    export const props = object({
      key: taken.key,
      /** Mine. */
      one: taken.one,
      /** Short. */
      entry });`;
  const id = { id: { text: "An id.", fields: {} } };
  expect(docs(source, { "there.ts": there })).toEqual({
    key: { text: "A key.", default: "5", fields: {} },
    one: { text: "Mine.", fields: id },
    entry: { text: "Short.", fields: id },
  });
});

test("the public fields of a class, and through the type of a part those of the part", () => {
  const source = `
    import { place } from "./place";
    type Place = PropsOf<typeof place>;
    export class Part extends Construct {
      static readonly module = "part";
      private readonly hidden: string;
      /** An ARN. */
      readonly arn: string;
      /** A key. */
      readonly key?: string;
      /** No field. */
      method(): void {}
    }
    export class Whole extends Construct {
      /** Always there. */
      readonly part: Attributes<Part>;
      /** Perhaps there. */
      readonly other: Partial<Attributes<Part>> & Place;
    }`;
  const place = `export const place = object({
    /** Another text. */
    arn: text() });`;
  for (const [name, text] of Object.entries({ "x.ts": source, "place.ts": place }))
    fs.writeFileSync(path.join(folder, name), text);
  const sources = new Sources(folder);
  const attributes = new AttributeDocs(sources, new InputDocs(sources));
  const key = { text: "A key.", optional: true, fields: {} };
  expect(attributes.of("Whole", path.join(folder, "x.ts"))).toEqual({
    part: { text: "Always there.", fields: { arn: { text: "An ARN.", fields: {} }, key } },
    other: { text: "Perhaps there.", fields: { arn: { text: "Another text.", fields: {} }, key } },
  });
  expect(() => attributes.of("Other", path.join(folder, "x.ts"))).toThrow(/no class Other in .*x\.ts/);
});

test("a constant that is not there", () => {
  expect(() => docs("export const other = 1;")).toThrow(/no constant props in .*x\.ts/);
});

test("props' names and objects are said in Terraform's words, names of AWS are left alone", () => {
  const text = "Give `kmsKey`, as `{ roleArn: [1] }`; see `kms:GenerateDataKey*` and `context.isFine()`.";
  expect(said({ text, otherwise: "`displayName`", fields: {} })).toBe(
    "Give `kms_key`, as `{ role_arn = [1] }`; see `kms:GenerateDataKey*` and `context.isFine()`. Default: `display_name`.",
  );
});

describe("each README explains objects of one field, where it has some", () => {
  const modules = path.resolve(__dirname, "../../modules");
  test.each(fs.readdirSync(modules))("%s", (name) => {
    const readme = fs.readFileSync(path.join(modules, name, "README.md"), "utf8");
    const has = /\| `object\(\{ ?(\w+ = \w+ )?\}\)` \| `?null/.test(readme);
    expect(readme.includes("An input that is an object with one field, such as `{ arn = … }`")).toBe(has);
  });
});
