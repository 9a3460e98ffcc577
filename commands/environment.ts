import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "./run";

const USAGE = `Environments: each is a file environments/<name>.ts.

  npm run environment -- list
  npm run environment -- new <name>
  npm run environment -- check [<name>...]

  new    writes environments/<name>.ts, with a comment on everything that is to be filled in
  check  says what is wrong with environments, all of them or those that are named, without deploying anything`;

const FOLDER = path.join(__dirname, "..", "environments");
const TEMPLATE = path.join(FOLDER, "definition", "template.ts");

/**
 * The command `npm run environment`.
 *
 * @param print takes the output, line by line
 * @param folder the folder with the environments
 * @throws Error with a message for the person, if something is wrong
 */
export async function environment(args: string[], print: (line: string) => void, folder = FOLDER): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: "boolean", default: false } },
  });
  const [command, ...names] = positionals;
  if (values.help) return print(USAGE);
  const { environmentNames } = await import("../environments/definition");
  if (command === "list" && names.length === 0) return print(environmentNames(folder).join("\n"));
  if (command === "new" && names.length === 1) {
    create(names[0]!, print, folder);
    return print(`Environments: ${environmentNames(folder).join(", ")}`);
  }
  if (command === "check") return await check(names.length > 0 ? names : environmentNames(folder), print, folder);
  throw new Error(`Say what to do: list, new <name>, or check.\n\n${USAGE}`);
}

function create(name: string, print: (line: string) => void, folder: string): void {
  // So that the names that the template makes of it fit, and the file can be imported.
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name)) {
    throw new Error(`${name}: must be 1 to 20 lower-case letters, digits and hyphens, and start with a letter`);
  }
  if (fs.existsSync(path.join(folder, name)))
    throw new Error(`${name}: must not be the name of a folder in environments/; choose another`);
  const file = path.join(folder, `${name}.ts`);
  const definition = path.relative(folder, path.dirname(TEMPLATE)).split(path.sep).join("/");
  const text = fs
    .readFileSync(TEMPLATE, "utf8")
    .replaceAll("NAME", name)
    .replace('"./index"', JSON.stringify(definition.startsWith(".") ? definition : `./${definition}`));
  try {
    fs.writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(
      `${path.relative(process.cwd(), file)} exists already: nothing was written. Choose another name, or edit that file`,
      { cause: error },
    );
  }
  print(`Written: ${path.relative(process.cwd(), file)}. Fill it in, then: npm run environment -- check ${name}`);
}

async function check(names: readonly string[], print: (line: string) => void, folder: string): Promise<void> {
  const { App } = await import("cdktf");
  const { putEnvironments } = await import("../environments/definition");
  const problems = putEnvironments(new App(), names, folder);
  const lines = [...problems.values()].flat();
  if (lines.length > 0) throw new Error(lines.join("\n"));
  print(`Nothing is wrong with ${names.join(", ")}.`);
}

if (require.main === module) runCommand(environment);
