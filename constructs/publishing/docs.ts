import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

/** What the doc comment of a prop or an attribute says. */
export interface Doc {
  readonly text: string;
  /** What happens where it is not given, unless that is a plain default value. */
  readonly otherwise?: string;
  /** It may not be there. */
  readonly optional?: true;
  /** The fields of an object; of a map or a list of objects, those of an entry. */
  readonly fields: Docs;
}
export type Docs = Readonly<Record<string, Doc>>;

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration;

/** Types that say the same of another type's members, or of its entries. */
const TRANSPARENT: Readonly<Record<string, number>> = {
  Readonly: 0,
  Partial: 0,
  Required: 0,
  Omit: 0,
  Pick: 0,
  ReadonlyArray: 0,
  Array: 0,
  Record: 1,
  Attributes: 0,
};

/**
 * The doc comments in a folder of constructs: of the members of interfaces (props) and of the public fields of classes
 * (attributes), by the names of those. Nothing is type-checked.
 */
export class DocComments {
  private readonly declarations = new Map<string, Declaration[]>();

  constructor(folder: string) {
    const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    for (const file of files.sort()) this.read(path.join(folder, file));
  }

  /** @throws Error where there is no such interface or class, or more than one and none of them in `file`. */
  of(name: string, file: string): Docs {
    const found = this.find(name, file);
    if (!found) throw new Error(`no interface or class ${name} in ${file}`);
    return this.declared(found);
  }

  private read(file: string): void {
    const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
    for (const statement of source.statements) {
      const declares =
        ts.isInterfaceDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement) ||
        ts.isClassDeclaration(statement);
      if (!declares || !statement.name) continue;
      const { text } = statement.name;
      this.declarations.set(text, [...(this.declarations.get(text) ?? []), statement]);
    }
  }

  private find(name: string, file: string): Declaration | undefined {
    const isHere = (declaration: Declaration): boolean =>
      path.resolve(declaration.getSourceFile().fileName) === path.resolve(file);
    const all = this.declarations.get(name) ?? [];
    const here = all.find(isHere);
    const found = all.filter((declaration) =>
      declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
    );
    if (!here && found.length > 1)
      throw new Error(`${file}: there are ${found.length} types named ${name}: rename one`);
    return here ?? found[0];
  }

  private declared(declaration: Declaration): Docs {
    if (ts.isTypeAliasDeclaration(declaration)) return this.type(declaration.type);
    const inherited = (declaration.heritageClauses ?? []).flatMap((clause) =>
      clause.types.map((type) => this.type(type)),
    );
    return Object.assign({}, ...inherited, this.members(declaration.members)) as Docs;
  }

  private type(node: ts.TypeNode | undefined): Docs {
    if (!node) return {};
    if (ts.isTypeLiteralNode(node)) return this.members(node.members);
    if (ts.isArrayTypeNode(node)) return this.type(node.elementType);
    if (ts.isTypeOperatorNode(node) || ts.isParenthesizedTypeNode(node)) return this.type(node.type);
    if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node)) {
      return Object.assign({}, ...node.types.map((type) => this.type(type))) as Docs;
    }
    if (!ts.isTypeReferenceNode(node) && !ts.isExpressionWithTypeArguments(node)) return {};
    const name = (ts.isTypeReferenceNode(node) ? node.typeName : node.expression).getText();
    const position = TRANSPARENT[name];
    if (position !== undefined) {
      const fields = this.type(node.typeArguments?.[position]);
      return name === "Partial" ? mapValues(fields, (doc) => ({ ...doc, optional: true })) : fields;
    }
    const found = this.find(name, node.getSourceFile().fileName);
    return found ? this.declared(found) : {};
  }

  private members(members: ts.NodeArray<ts.TypeElement | ts.ClassElement>): Docs {
    const properties = [...members].filter(
      (member): member is ts.PropertySignature | ts.PropertyDeclaration =>
        ts.isPropertySignature(member) || (ts.isPropertyDeclaration(member) && isAttribute(member)),
    );
    return Object.fromEntries(properties.map((property) => [property.name.getText(), this.property(property)]));
  }

  private property(property: ts.PropertySignature | ts.PropertyDeclaration): Doc {
    const comments = ts.getJSDocCommentsAndTags(property).filter(ts.isJSDoc);
    const text = comments.map(({ comment }) => oneLine(ts.getTextOfJSDocComment(comment))).join(" ");
    const tag = ts.getJSDocTags(property).find((t) => t.tagName.text === "default");
    const otherwise = /^- (.*)$/.exec(oneLine(ts.getTextOfJSDocComment(tag?.comment)))?.[1];
    const optional = property.questionToken && ({ optional: true } as const);
    return { text, ...(otherwise !== undefined && { otherwise }), ...optional, fields: this.type(property.type) };
  }
}

const HIDDEN = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.StaticKeyword];
const isAttribute = ({ modifiers }: ts.PropertyDeclaration): boolean =>
  !modifiers?.some(({ kind }) => HIDDEN.includes(kind));

const mapValues = (docs: Docs, change: (doc: Doc) => Doc): Docs =>
  Object.fromEntries(Object.entries(docs).map(([name, doc]) => [name, change(doc)]));

const oneLine = (text: string | undefined): string => (text ?? "").replace(/\s+/g, " ").trim();
