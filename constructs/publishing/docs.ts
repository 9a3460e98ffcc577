import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

/** What the doc comment of a prop says. */
export interface Doc {
  readonly text: string;
  /** What happens where it is not given, unless that is a plain default value. */
  readonly otherwise?: string;
  /** The fields of an object; of a map or a list of objects, those of an entry. */
  readonly fields: Docs;
}
export type Docs = Readonly<Record<string, Doc>>;

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

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
};

/** The doc comments of the props in a folder of constructs, by the names of their interfaces. Nothing is type-checked. */
export class PropDocs {
  private readonly declarations = new Map<string, Declaration[]>();

  constructor(folder: string) {
    const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    for (const file of files.sort()) this.read(path.join(folder, file));
  }

  /** @throws Error where there is no such interface, or more than one and none of them in `file`. */
  of(name: string, file: string): Docs {
    const found = this.find(name, file);
    if (!found) throw new Error(`no interface ${name} in ${file}`);
    return this.declared(found);
  }

  private read(file: string): void {
    const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
    for (const statement of source.statements) {
      if (!ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement)) continue;
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
    if (position !== undefined) return this.type(node.typeArguments?.[position]);
    const found = this.find(name, node.getSourceFile().fileName);
    return found ? this.declared(found) : {};
  }

  private members(members: ts.NodeArray<ts.TypeElement>): Docs {
    const properties = members.filter(ts.isPropertySignature);
    return Object.fromEntries(properties.map((property) => [property.name.getText(), this.property(property)]));
  }

  private property(property: ts.PropertySignature): Doc {
    const comments = ts.getJSDocCommentsAndTags(property).filter(ts.isJSDoc);
    const text = comments.map(({ comment }) => oneLine(ts.getTextOfJSDocComment(comment))).join(" ");
    const tag = ts.getJSDocTags(property).find((t) => t.tagName.text === "default");
    const otherwise = /^- (.*)$/.exec(oneLine(ts.getTextOfJSDocComment(tag?.comment)))?.[1];
    return { text, ...(otherwise !== undefined && { otherwise }), fields: this.type(property.type) };
  }
}

const oneLine = (text: string | undefined): string => (text ?? "").replace(/\s+/g, " ").trim();
