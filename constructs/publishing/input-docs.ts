import * as ts from "typescript";
import { doc, type Docs, type Sources } from "./docs";

/** Functions that declare an input with the fields of their first argument, or of its entries. */
const TRANSPARENT = ["object", "optional", "mapOf", "listOf"];

/**
 * The doc comments of props. An input is declared as a constant (`object({ … })`); what it is made of is found by the
 * constants' names. Nothing is type-checked.
 */
export class InputDocs {
  constructor(private readonly sources: Sources) {}

  /**
   * The docs of an input's fields.
   *
   * @param name the constant's name
   * @param file where it is declared, or exported again
   * @throws Error where there is no such constant
   */
  of(name: string, file: string): Docs {
    const source = this.sources.of(file);
    const found = source && this.sources.find(name, source, constant);
    if (!found) throw new Error(`no constant ${name} in ${file}`);
    return this.fields(found);
  }

  private fields(expression: ts.Expression): Docs {
    const resolved = this.resolve(expression);
    if (!resolved || !ts.isObjectLiteralExpression(resolved)) return {};
    return Object.assign({}, ...resolved.properties.map((property) => this.property(property))) as Docs;
  }

  /** The object literal that an expression stands for, if it is one. */
  private resolve(expression: ts.Expression): ts.Expression | undefined {
    if (ts.isIdentifier(expression)) {
      const found = this.sources.find(expression.text, expression.getSourceFile(), constant);
      return found && this.resolve(found);
    }
    if (ts.isPropertyAccessExpression(expression)) {
      const object = this.resolve(expression.expression);
      const { text } = expression.name;
      if (text === "fields" || !object || !ts.isObjectLiteralExpression(object)) return object;
      const member = object.properties.find((property) => property.name?.getText() === text);
      const value = member && valueOf(member);
      return value && this.resolve(value);
    }
    if (ts.isCallExpression(expression)) {
      const [first] = expression.arguments;
      return first && TRANSPARENT.includes(expression.expression.getText()) ? this.resolve(first) : undefined;
    }
    return expression;
  }

  private property(property: ts.ObjectLiteralElementLike): Docs {
    if (ts.isSpreadAssignment(property)) return this.fields(property.expression);
    const value = valueOf(property);
    if (!value) return {};
    const said = doc(property);
    // A field that is taken over from another input has that input's doc comment.
    const there = said.text === "" && ts.isPropertyAccessExpression(value) ? this.fields(value.expression) : {};
    const name = property.name!.getText();
    return { [name]: there[name] ?? { ...said, fields: this.fields(value) } };
  }
}

const valueOf = (property: ts.ObjectLiteralElementLike): ts.Expression | undefined =>
  ts.isPropertyAssignment(property)
    ? property.initializer
    : ts.isShorthandPropertyAssignment(property)
      ? property.name
      : undefined;

function constant(statement: ts.Statement, name: string): ts.Expression | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations.find((declaration) => declaration.name.getText() === name)?.initializer;
}
