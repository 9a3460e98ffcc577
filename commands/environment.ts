import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { didYouMean } from "../constructs/inputs/nearest";
import { NotUnderstood } from "./program/exit";
import { runCommand } from "./run";

const USAGE = `Environments: each is a file environments/<name>.ts.

  npm run environment -- list
  npm run environment -- new <name>
  npm run environment -- check [<name>...]

  new    writes environments/<name>.ts, with a comment on everything that is to be filled in
  check  says what is wrong with environments, all of them or those that are named, and which example values are left in
         them, without deploying anything

Exit codes: 0 nothing is wrong, or it is done; 1 something is wrong; 2 the command was not understood.`;

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
  if (command === "new")
    throw new NotUnderstood("A new environment needs one name: npm run environment -- new staging");
  if (command === "list") throw new NotUnderstood(`list takes no names: ${names.join(" ")}`);
  const meant = command === undefined ? "" : `${command} is none.${didYouMean(command, ["new", "check", "list"])} `;
  throw new NotUnderstood(`${meant}Say what to do: list, new <name>, or check.\n\n${USAGE}`);
}

function create(name: string, print: (line: string) => void, folder: string): void {
  // So that the names that the template makes of it fit, and the file can be imported.
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name)) {
    throw new NotUnderstood(`${name}: must be 1 to 20 lower-case letters, digits and hyphens, and start with a letter`);
  }
  if (fs.existsSync(path.join(folder, name)))
    throw new NotUnderstood(`${name}: must not be the name of a folder in environments/; choose another`);
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
    throw new NotUnderstood(
      `${path.relative(process.cwd(), file)} exists already: nothing was written. Choose another name, or edit that file`,
      { cause: error },
    );
  }
  print(`Written: ${path.relative(process.cwd(), file)}. Fill it in, then: npm run environment -- check ${name}`);
}

async function check(names: readonly string[], print: (line: string) => void, folder: string): Promise<void> {
  const { App } = await import("cdktf");
  const { environmentNames, examplesLeft, putEnvironments } = await import("../environments/definition");
  const there = environmentNames(folder);
  const unknown = names.find((name) => !there.includes(name));
  if (unknown !== undefined)
    throw new NotUnderstood(
      `There is no environment ${unknown}: there are ${there.join(", ")}.${didYouMean(unknown, there)} To make it: npm run environment -- new ${unknown}`,
    );
  const problems = putEnvironments(new App(), names, folder);
  const lines = [...problems.values()].flat();
  if (lines.length > 0) throw new Error(lines.join("\n"));
  const left = names.flatMap((name) => examplesLeft(name, folder));
  left.forEach((one) => print(`warning: ${one}`));
  const but = left.length > 0 ? `, but ${left.length} example values are left, with which nothing can be deployed` : "";
  print(`Nothing is wrong with ${names.join(", ")}${but}.`);
}

if (require.main === module) runCommand(environment);
