import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PropDocs } from "../../constructs/publishing/docs";
import { describe as said } from "../../constructs/publishing/synthesize";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "docs-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const docs = (source: string): ReturnType<PropDocs["of"]> => {
  const file = path.join(folder, "x.ts");
  fs.writeFileSync(file, source);
  return new PropDocs(folder).of("Props", file);
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
    entries: { text: "Entries.", otherwise: "none", fields: { id: { text: "An id, in two lines.", fields: {} } } },
    path: { text: "A path.", fields: {} },
    things: { text: "Things.", fields: { inner: { text: "Inner.", fields: {} } } },
  });
});

test("an interface that is not there", () => {
  expect(() => docs("export interface Other {}")).toThrow(/no interface Props in .*x\.ts/);
});

test("props' names and objects are said in Terraform's words, names of AWS are left alone", () => {
  const text = "Give `kmsKey`, as `{ roleArn: [1] }`; see `kms:GenerateDataKey*` and `context.isFine()`.";
  expect(said({ text, otherwise: "`displayName`", fields: {} })).toBe(
    "Give `kms_key`, as `{ role_arn = [1] }`; see `kms:GenerateDataKey*` and `context.isFine()`. Default: `display_name`.",
  );
});
