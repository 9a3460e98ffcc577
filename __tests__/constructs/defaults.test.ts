import * as path from "node:path";
import { accessGrantsProps } from "../../constructs/access-grants/props";
import { type AnyInput, object } from "../../constructs/inputs";
import { definitions } from "../../constructs/publishing/definitions";
import { type Docs, Sources } from "../../constructs/publishing/docs";
import { InputDocs } from "../../constructs/publishing/input-docs";
import { studioAccessProps } from "../../constructs/studio-access/props";
import { environmentInputs } from "../../environments/definition/environment";

const ROOT = path.resolve(__dirname, "../..");
const folder = (name: string): string => path.join(ROOT, name);
const docs = new InputDocs(new Sources(folder("constructs"), folder("environments")));

/** The plain defaults of inputs, by their paths. */
function defaults(input: AnyInput, at: string): Array<[string, string]> {
  const plain = ["string", "number", "boolean"].includes(typeof input.default);
  const fields = Object.entries((input.of ?? input).fields ?? {});
  return [
    ...(plain ? ([[at, JSON.stringify(input.default)]] as Array<[string, string]>) : []),
    ...fields.flatMap(([name, field]) => defaults(field, `${at}.${name}`)),
  ];
}

/** The plain defaults that doc comments tell, by their paths. */
const told = (of: Docs, at: string): Array<[string, string]> =>
  Object.entries(of).flatMap(([name, doc]) => [
    ...(doc.default === undefined ? [] : ([[`${at}.${name}`, doc.default]] as Array<[string, string]>)),
    ...told(doc.fields, `${at}.${name}`),
  ]);

test("each @default in a doc comment is the default in the inputs, and none is left out", async () => {
  const camel = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const modules = (await definitions()).map(({ name, inputs }): [string, string, AnyInput] => [
    `constructs/${name}/${name}.ts`,
    `${camel(name)}Inputs`,
    object(inputs.fields as never),
  ]);
  const all: ReadonlyArray<[string, string, AnyInput]> = [
    ...modules,
    ["constructs/access-grants/props.ts", "accessGrantsProps", accessGrantsProps],
    ["constructs/studio-access/props.ts", "studioAccessProps", studioAccessProps],
    ["environments/definition/environment.ts", "environmentInputs", environmentInputs],
  ];
  const inDocs = all.flatMap(([file, name]) => told(docs.of(name, path.join(ROOT, file)), name));
  // Taken out of the composition's inputs, whose docs are compared above.
  const taken = /^environmentInputs\.subscriptionApproval\./;
  const inInputs = all.flatMap(([, name, input]) => defaults(input, name)).filter(([at]) => !taken.test(at));
  expect(Object.fromEntries(inDocs)).toEqual(Object.fromEntries(inInputs));
  expect(inInputs.length).toBeGreaterThan(40);
});
