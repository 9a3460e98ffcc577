import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import type { App } from "cdktf";
import { about, checkEnvironment, furtherProblems, propOf } from "./check";
import type { Environment, EnvironmentFile } from "./environment";
import { examplesIn } from "./examples";
import { constants, line, positionOf, type Problem, whereIs } from "./source";
import { EnvironmentStack } from "./stack";
import { syntaxProblems, type TypeProblem, typeProblems } from "./type-check";

export type { EnvironmentFile } from "./environment";

const FOLDER = path.join(__dirname, "..");

/** Names of the environments there are: each file environments/<name>.ts is one. */
export const environmentNames = (folder = FOLDER): string[] =>
  fs
    .readdirSync(folder)
    .filter((file) => /^[^.]+\.ts$/.test(file))
    .map((file) => file.slice(0, -".ts".length))
    .sort();

/** A file that was read, and run where that was possible. */
interface Run {
  readonly name: string;
  readonly source: ts.SourceFile;
  readonly exported?: unknown;
  /** Why it could not be run. */
  readonly failure?: readonly Problem[];
}

function run(name: string, folder: string): Run {
  const file = path.join(folder, `${name}.ts`);
  const names = environmentNames(folder);
  if (!names.includes(name)) {
    throw new Error(
      `There is no environment "${name}": there are ${names.join(", ")}. \`npm run environment -- new ${name}\` makes one.`,
    );
  }
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const failure = syntaxProblems(source);
  if (failure.length > 0) return { name, source, failure };
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- one by one, so that no file holds up another
    return { name, source, exported: (require(file) as { readonly default?: unknown }).default };
  } catch (error) {
    return {
      name,
      source,
      failure: [{ where: whereIs(source), prop: "", says: `fails: ${(error as Error).message}` }],
    };
  }
}

/**
 * What an environment's file says, unchecked.
 *
 * @throws Error where there is none, or none that can be run
 */
export function environmentFile(name: string): EnvironmentFile {
  const { exported, failure = [] } = run(name, FOLDER);
  if (failure.length > 0) throw new Error(failure.map(line).join("\n"));
  return exported as EnvironmentFile;
}

/** The example values that are left in an environment, a line each; the sandbox has nothing else. */
export function examplesLeft(name: string, folder = FOLDER): readonly string[] {
  const { exported, source } = run(name, folder);
  return (exported as EnvironmentFile).sandbox ? [] : examplesIn(exported, source).map(line);
}

/**
 * Makes the stacks of those environments that are right.
 *
 * @returns for each that is not, everything that is wrong with it, a line each
 */
export function putEnvironments(
  app: App,
  names: readonly string[],
  folder = FOLDER,
): ReadonlyMap<string, readonly string[]> {
  const all = names.map((name) => run(name, folder));
  const types = typeProblems(all.map(({ source }) => source.fileName));
  const problems = all.map((one) => [one.name, put(app, one, types.get(one.source.fileName)!).map(line)] as const);
  return new Map(problems.filter(([, lines]) => lines.length > 0));
}

function put(app: App, { name, source, exported, failure }: Run, types: readonly TypeProblem[]): readonly Problem[] {
  if (failure) return types.length > 0 ? types : failure;
  if (typeof exported !== "object" || exported === null) {
    const [only, ...others] = constants(source);
    const end =
      only !== undefined && others.length === 0
        ? `export default ${only};`
        : "export default { … } satisfies EnvironmentFile;";
    return [
      { where: whereIs(source), prop: "", says: `must export an environment by default; end the file with: ${end}` },
      ...types,
    ];
  }
  const { environment, problems } = checkEnvironment(name, exported as EnvironmentFile);
  const values = [...problems, ...refusedBy(app, environment, problems)];
  const found = [
    ...types.filter(({ onlyHere, prop }) => onlyHere || !values.some((value) => about(value, prop))),
    ...values.map((value) => located(value, source)),
  ];
  found.sort((a, b) => a.where.localeCompare(b.where, "en", { numeric: true }));
  if (found.length > 0) app.node.tryRemoveChild(name);
  return found;
}

/** What the constructs of an environment refuse, beyond what is known to be wrong with it. */
function refusedBy(app: App, environment: Environment, problems: readonly string[]): string[] {
  try {
    return furtherProblems(new EnvironmentStack(app, environment).refusals, problems);
  } catch (error) {
    // With something wrong in it, it may fail anyhow.
    return problems.length > 0 ? [] : [`: ${(error as Error).message}`];
  }
}

const located = (problem: string, source: ts.SourceFile): Problem => {
  const prop = propOf(problem);
  return { where: whereIs(source, positionOf(source, problem)), prop, says: problem.slice(prop.length + 2) };
};
