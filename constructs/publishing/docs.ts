import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

/** What the doc comment of a prop or an attribute says. */
export interface Doc {
  readonly text: string;
  /** The value of `@default`, as it stands there. */
  readonly default?: string;
  /** The text of `@default - <text>`: what happens where the value is left out, if that is no plain value. */
  readonly otherwise?: string;
  /** The value may be missing. */
  readonly optional?: true;
  /** The fields of an object; of a map or a list of objects, those of an entry. */
  readonly fields: Docs;
}
export type Docs = Readonly<Record<string, Doc>>;

/** The TypeScript files of folders, read once. */
export class Sources {
  private readonly files = new Map<string, ts.SourceFile>();

  constructor(...folders: readonly string[]) {
    for (const folder of folders) {
      const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
      for (const name of names.filter((file) => file.endsWith(".ts"))) {
        const file = path.resolve(folder, name);
        this.files.set(file, ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true));
      }
    }
  }

  of(file: string): ts.SourceFile | undefined {
    return this.files.get(path.resolve(file));
  }

  /**
   * What a file, or one that it imports the name from, declares under the name.
   *
   * @param here the declaration that a statement makes of the name, if it makes one
   */
  find<D>(
    name: string,
    source: ts.SourceFile,
    here: (statement: ts.Statement, name: string) => D | undefined,
  ): D | undefined {
    for (const statement of source.statements) {
      const found = here(statement, name);
      if (found) return found;
      const elsewhere = imported(statement, name);
      const file = elsewhere && path.resolve(path.dirname(source.fileName), elsewhere.module);
      const from = file && (this.files.get(`${file}.ts`) ?? this.files.get(path.join(file, "index.ts")));
      const there = from && this.find(elsewhere.name, from, here);
      if (there) return there;
    }
    return undefined;
  }
}

/** The file that a statement imports a name from. */
function imported(statement: ts.Statement, name: string): { module: string; name: string } | undefined {
  const isImport = ts.isImportDeclaration(statement);
  const clause = isImport
    ? statement.importClause?.namedBindings
    : ts.isExportDeclaration(statement)
      ? statement.exportClause
      : undefined;
  const module = (statement as ts.ImportDeclaration | ts.ExportDeclaration).moduleSpecifier;
  if (!clause || !module || !(ts.isNamedImports(clause) || ts.isNamedExports(clause))) return undefined;
  const elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] = [...clause.elements];
  const found = elements.find((element) => element.name.text === name);
  return found && { module: (module as ts.StringLiteral).text, name: (found.propertyName ?? found.name).text };
}

/** The doc comment above a property. */
export function doc(property: ts.Node): Omit<Doc, "fields"> {
  const comments = ts.getJSDocCommentsAndTags(property).filter(ts.isJSDoc);
  const text = comments.map(({ comment }) => oneLine(ts.getTextOfJSDocComment(comment))).join(" ");
  const tag = ts.getJSDocTags(property).find((t) => t.tagName.text === "default");
  const value = tag && oneLine(ts.getTextOfJSDocComment(tag.comment));
  const otherwise = /^- (.*)$/.exec(value ?? "")?.[1];
  if (otherwise !== undefined) return { text, otherwise };
  return { text, ...(value !== undefined && { default: value }) };
}

const oneLine = (text: string | undefined): string => (text ?? "").replace(/\s+/g, " ").trim();
