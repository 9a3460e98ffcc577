import * as path from "node:path";
import ts from "typescript";
import { type Problem, propAt, whereIs } from "./source";

/** A problem that TypeScript sees. */
export interface TypeProblem extends Problem {
  /** No rule on values could find it: a key that is repeated, a name that is not there. */
  readonly onlyHere: boolean;
}

const PROJECT = path.join(__dirname, "..", "..");

/** What rules on values say too, and better: wrong types, unknown and missing props. */
const SAID_BY_RULES = [2322, 2353, 2561, 2739, 2740, 2741, 2820];
/** TypeScript's words for it leave open what happens. */
const REPEATED = 1117;

/** What keeps a file from being read at all. */
export function syntaxProblems({ fileName, text }: ts.SourceFile): Problem[] {
  const { diagnostics = [] } = ts.transpileModule(text, { fileName, reportDiagnostics: true });
  return diagnostics.map(problem);
}

/**
 * Type-checks environments, and what they import from their own folder, against the project's types. It reads what they need
 * of the project and checks nothing else of it.
 *
 * @returns the problems of each file, its imports' included
 */
export function typeProblems(files: readonly string[]): ReadonlyMap<string, readonly TypeProblem[]> {
  const program = ts.createProgram(files, options());
  return new Map(
    files.map((file) => {
      const found = [...withImports(program, file)].flatMap((source) => [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ]);
      return [file, found.map(problem)];
    }),
  );
}

/** The project's own, without what only a check of the whole project needs. */
function options(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(PROJECT, "tsconfig.json"), ts.sys.readFile) as { config: object };
  const parsed = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, PROJECT);
  return { ...parsed.options, incremental: false, tsBuildInfoFile: undefined, types: ["node"] };
}

/** A file, and the files that it imports from its own folder or below. */
function withImports(program: ts.Program, file: string, seen = new Set<ts.SourceFile>()): Set<ts.SourceFile> {
  const source = program.getSourceFile(file);
  if (!source || seen.has(source)) return seen;
  seen.add(source);
  for (const { fileName } of ts.preProcessFile(source.text).importedFiles) {
    const imported = path.join(path.dirname(file), `${fileName}.ts`);
    if (fileName.startsWith("./") && path.dirname(imported) !== __dirname) withImports(program, imported, seen);
  }
  return seen;
}

function problem({ code, file, start = 0, messageText }: ts.Diagnostic): TypeProblem {
  return {
    where: file ? whereIs(file, start) : "TypeScript",
    prop: file ? propAt(file, start) : "",
    says:
      code === REPEATED
        ? "is given twice, and only the last would count; rename one, or merge them"
        : ts.flattenDiagnosticMessageText(messageText, " ").replace(/\s+/g, " "),
    onlyHere: !SAID_BY_RULES.includes(code),
  };
}
