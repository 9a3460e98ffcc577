import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { DocComments } from "../../constructs/publishing/docs";
import { describe as said } from "../../constructs/publishing/synthesize";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "docs-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const docs = (source: string): ReturnType<DocComments["of"]> => {
  const file = path.join(folder, "x.ts");
  fs.writeFileSync(file, source);
  return new DocComments(folder).of("Props", file);
};

test("texts, defaults in words and the fields of nested types, inherited ones too", () => {
  const found = docs(`
    export interface Base {
      /** A name. */
      readonly name: string }
    interface Entry {
      /** An id,\n * in two lines. */ readonly id: string }
    export interface Props extends Omit<Base, "x"> {
      /** Entries.
       * @default - none */
      readonly entries?: Readonly<Record<string, Entry>>;
      /** A path. @default "/" */
      readonly path?: string;
      /** Things. */
      readonly things: ReadonlyArray<{
        /** Inner. */ readonly inner: string }> | undefined;
    }`);
  expect(found).toEqual({
    name: { text: "A name.", fields: {} },
    entries: {
      text: "Entries.",
      otherwise: "none",
      optional: true,
      fields: { id: { text: "An id, in two lines.", fields: {} } },
    },
    path: { text: "A path.", optional: true, fields: {} },
    things: { text: "Things.", fields: { inner: { text: "Inner.", fields: {} } } },
  });
});

test("the public fields of a class, and through the type of a part those of the part", () => {
  const found = docs(`
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
    interface Place {
      /** Another text. */
      readonly arn: string }
    export class Props extends Construct {
      /** Always there. */
      readonly part: Attributes<Part>;
      /** Perhaps there. */
      readonly other: Partial<Attributes<Part>> & Place;
    }`);
  const key = { text: "A key.", optional: true, fields: {} };
  expect(found).toEqual({
    part: { text: "Always there.", fields: { arn: { text: "An ARN.", fields: {} }, key } },
    other: { text: "Perhaps there.", fields: { arn: { text: "Another text.", fields: {} }, key } },
  });
});

test("an interface that is not there", () => {
  expect(() => docs("export interface Other {}")).toThrow(/no interface or class Props in .*x\.ts/);
});

test("props' names and objects are said in Terraform's words, names of AWS are left alone", () => {
  const text = "Give `kmsKey`, as `{ roleArn: [1] }`; see `kms:GenerateDataKey*` and `context.isFine()`.";
  expect(said({ text, otherwise: "`displayName`", fields: {} })).toBe(
    "Give `kms_key`, as `{ role_arn = [1] }`; see `kms:GenerateDataKey*` and `context.isFine()`. Default: `display_name`.",
  );
});
