import * as path from "node:path";
import ts from "typescript";

/** One thing that is wrong with an environment, and where its author finds it. */
export interface Problem {
  /** `environments/dev.ts:12:5`, without line and column where nothing is written about it. */
  readonly where: string;
  /** The prop as the author wrote it: `studioAccess.personas.userA`; empty where it is about none. */
  readonly prop: string;
  /** The rule and the fix. */
  readonly says: string;
}

export const line = ({ where, prop, says }: Problem): string => [where, prop, says].filter(Boolean).join(": ");

/** A position in a file, as terminals and editors understand it. */
export function whereIs(source: ts.SourceFile, position?: number): string {
  const file = path.relative(process.cwd(), source.fileName);
  if (position === undefined) return file;
  const { line, character } = source.getLineAndCharacterOfPosition(position);
  return `${file}:${line + 1}:${character + 1}`;
}

/** The prop at a position: the names of the properties around it. */
export function propAt(source: ts.SourceFile, position: number): string {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (position < node.getStart(source) || position >= node.getEnd()) return;
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) names.push(nameOf(node.name, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names.join(".");
}

/**
 * Where a file's default export says something about a prop: the innermost property on the way to it that is written there.
 *
 * @param problem begins with the prop: `studioAccess.personas.userA: must …`
 */
export function positionOf(source: ts.SourceFile, problem: string): number | undefined {
  let value = exported(source);
  let rest = problem;
  let position: number | undefined;
  while (value && ts.isObjectLiteralExpression(value)) {
    const entry: ts.PropertyAssignment | undefined = value.properties
      .filter(ts.isPropertyAssignment)
      .find(({ name }) => {
        const text = nameOf(name, source);
        return rest.startsWith(text) && /^[.:]/.test(rest.slice(text.length));
      });
    if (!entry) break;
    position = entry.getStart(source);
    rest = rest.slice(nameOf(entry.name, source).length + 1);
    value = bare(entry.initializer);
  }
  return position;
}

const variables = (source: ts.SourceFile): ts.VariableDeclaration[] =>
  source.statements.filter(ts.isVariableStatement).flatMap((all) => [...all.declarationList.declarations]);

/** Names of the objects that a file declares as constants. */
export const constants = (source: ts.SourceFile): string[] =>
  variables(source)
    .filter(({ initializer }) => initializer && ts.isObjectLiteralExpression(bare(initializer)))
    .map(({ name }) => name.getText(source));

/** What a file exports by default: an object, by itself or as a constant. */
function exported(source: ts.SourceFile): ts.Expression | undefined {
  const value = source.statements.find(ts.isExportAssignment)?.expression;
  if (!value || !ts.isIdentifier(value)) return value && bare(value);
  const initializer = variables(source).find(({ name }) => name.getText(source) === value.text)?.initializer;
  return initializer && bare(initializer);
}

/** Without what only types need. */
const bare = (value: ts.Expression): ts.Expression =>
  ts.isSatisfiesExpression(value) || ts.isAsExpression(value) || ts.isParenthesizedExpression(value)
    ? bare(value.expression)
    : value;

const nameOf = (name: ts.PropertyName, source: ts.SourceFile): string =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : name.getText(source);
