import * as fs from "node:fs";
import * as path from "node:path";
import { addressProblems } from "./addresses";
import { readme } from "./readme";
import { render } from "./render";
import { differences } from "./round-trip";
import type { SynthesizedModule } from "./synthesize";
import { validationTests } from "./tests";

const ROOT = path.resolve(__dirname, "../..");

/** Contents by path. */
export type Files = Readonly<Record<string, string | Buffer>>;

/**
 * All files of a module, below `modules/`.
 *
 * @throws Error where the configuration does not say what the construct says, an address of the last release is gone, or something that belongs to the module is
 * missing: an example, the function's bundle.
 */
export async function generate(module: SynthesizedModule): Promise<Files> {
  const { name, bundle } = module.definition;
  const configuration = render(module);
  const wrong = [...(await differences(module, configuration)), ...addressProblems(module)];
  if (wrong.length > 0) throw new Error(`the module ${name} cannot be published:\n${wrong.join("\n")}`);
  const promises = path.join(ROOT, "constructs", name, `${name}.tftest.hcl`);
  const files: Files = {
    ...configuration,
    "README.md": readme(module, { minimal: example(name, "minimal"), complete: example(name, "complete") }),
    "tests/validations.tftest.hcl": validationTests(module),
    ...(fs.existsSync(promises) && { "tests/promises.tftest.hcl": fs.readFileSync(promises) }),
    ...(bundle !== undefined && bundled(bundle)),
  };
  return Object.fromEntries(Object.entries(files).map(([file, contents]) => [path.join(name, file), contents]));
}

/** A function's zip, and what it is made of: the bill of materials and the third-party notices. */
const bundled = (bundle: string): Files =>
  Object.fromEntries(
    ["zip", "cdx.json", "notices.txt"].map((type) => {
      const file = `${bundle}.${type}`;
      return [file, read(`dist/functions/${file}`, "run npm run build")];
    }),
  );

const example = (name: string, kind: string): string =>
  read(`examples/${name}-${kind}/main.tf`, "every module has a minimal and a complete example").toString();

function read(file: string, hint: string): Buffer {
  const source = path.join(ROOT, file);
  if (!fs.existsSync(source)) throw new Error(`${file} is not there: ${hint}`);
  return fs.readFileSync(source);
}
