import * as ts from "typescript";
import { doc, type Doc, type Docs, type Sources } from "./docs";
import type { InputDocs } from "./input-docs";

type Declaration = ts.TypeAliasDeclaration | ts.ClassDeclaration;

/** Types that have the members of the type that they are given. */
const TRANSPARENT = ["Attributes", "Partial", "Readonly"];

/** The doc comments of a construct's attributes, the public fields of its class. Nothing is type-checked. */
export class AttributeDocs {
  constructor(
    private readonly sources: Sources,
    private readonly inputs: InputDocs,
  ) {}

  /** @throws Error where there is no such class. */
  of(name: string, file: string): Docs {
    const source = this.sources.of(file);
    const found = source && this.sources.find(name, source, declaration);
    if (!found) throw new Error(`no class ${name} in ${file}`);
    return this.declared(found);
  }

  private declared(declaration: Declaration): Docs {
    if (ts.isTypeAliasDeclaration(declaration)) return this.type(declaration.type);
    const attributes = [...declaration.members].filter(ts.isPropertyDeclaration).filter(isAttribute);
    return Object.fromEntries(attributes.map((attribute) => [attribute.name.getText(), this.attribute(attribute)]));
  }

  private type(node: ts.TypeNode | undefined): Docs {
    if (node && ts.isIntersectionTypeNode(node)) {
      return Object.assign({}, ...node.types.map((type) => this.type(type))) as Docs;
    }
    if (!node || !ts.isTypeReferenceNode(node)) return {};
    const name = node.typeName.getText();
    const [argument] = node.typeArguments ?? [];
    const { fileName } = node.getSourceFile();
    if (argument && ts.isTypeQueryNode(argument)) return this.inputs.of(argument.exprName.getText(), fileName);
    if (TRANSPARENT.includes(name)) {
      const docs = Object.entries(this.type(argument));
      return Object.fromEntries(docs.map(([key, doc]) => [key, name === "Partial" ? { ...doc, optional: true } : doc]));
    }
    const found = this.sources.find(name, node.getSourceFile(), declaration);
    return found ? this.declared(found) : {};
  }

  private attribute(property: ts.PropertyDeclaration): Doc {
    const optional = property.questionToken && ({ optional: true } as const);
    return { ...doc(property), ...optional, fields: this.type(property.type) };
  }
}

function declaration(statement: ts.Statement, name: string): Declaration | undefined {
  const declares = ts.isTypeAliasDeclaration(statement) || ts.isClassDeclaration(statement);
  return declares && statement.name?.text === name ? statement : undefined;
}

const HIDDEN = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.StaticKeyword];
const isAttribute = ({ modifiers }: ts.PropertyDeclaration): boolean =>
  !modifiers?.some(({ kind }) => HIDDEN.includes(kind));
