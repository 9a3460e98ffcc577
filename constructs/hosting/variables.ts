import { type IResolvable, type IResolveContext, Token } from "cdktf";
import { type AnyInput, snake } from "../inputs";
import { hcl, raw } from "./expression";

/**
 * Stands in a module for an object or a map of the props: an expression whose attributes have the props' names.
 * JavaScript sees no keys in it: use each(), map() and values().
 */
export class StructuredVariable implements IResolvable {
  public readonly creationStack: string[] = [];
  readonly #expression: IResolvable;
  readonly #input: AnyInput;

  constructor(input: AnyInput, expression: IResolvable) {
    this.#input = input;
    this.#expression = expression;
    for (const [name, field] of Object.entries(input.fields ?? {})) {
      Object.defineProperty(this, name, {
        configurable: true,
        get: () => variable(field, hcl`${expression}${raw(`.${snake(name)}`)}`),
      });
    }
  }

  /** Static, because fields of any name stand on the object itself. */
  static inputOf(variable: StructuredVariable): AnyInput {
    return variable.#input;
  }

  resolve(context: IResolveContext): unknown {
    return this.#expression.resolve(context);
  }

  toString(): string {
    return Token.asString(this.#expression);
  }
}

/** The value that a construct's prop has in a module: a token of the prop's type. */
export function variable(input: AnyInput, expression: IResolvable): unknown {
  switch (input.kind) {
    case "string":
      return Token.asString(expression);
    case "number":
      return Token.asNumber(expression);
    case "bool":
      return expression;
    case "list":
      return Token.asList(expression);
    default:
      return new StructuredVariable(input, expression);
  }
}

type Fields = NonNullable<AnyInput["fields"]>;

/** The input that declares such a value. */
export function inputLike(value: unknown): AnyInput {
  if (value instanceof StructuredVariable) return StructuredVariable.inputOf(value);
  if (Array.isArray(value)) return { kind: "list", of: { kind: "string" } };
  if (typeof value === "number") return { kind: "number" };
  if (typeof value !== "object" || value === null || "resolve" in value) return { kind: "string" };
  if (Token.isUnresolved(value)) return { kind: "map", of: { kind: "string" } }; // Token.asStringMap
  return { kind: "object", fields: Object.fromEntries(Object.entries(value).map(([k, v]) => [k, inputLike(v)])) };
}

/**
 * An object that is one expression as a whole, and whose fields are expressions of their own. A field must not be used
 * where the whole is null.
 */
export function composed<T extends object>(fields: T, whole: IResolvable): T {
  const made = new StructuredVariable(inputLike(fields), whole);
  for (const [name, value] of Object.entries(fields)) Object.defineProperty(made, name, { value: value as unknown });
  return made as unknown as T;
}

/**
 * The input that declares the entries of a map.
 *
 * @throws Error for an expression whose entries have no known type
 */
export function entryLike(entries: object): AnyInput {
  if (entries instanceof StructuredVariable) {
    const { of } = StructuredVariable.inputOf(entries);
    if (of) return of;
  } else if (Token.isUnresolved(entries)) {
    if (!("resolve" in entries)) return { kind: "string" }; // Token.asStringMap
  } else {
    const inputs = Object.values(entries).map(inputLike);
    const fields = inputs.map((input) => input.fields);
    return fields.some(Boolean)
      ? { kind: "object", fields: Object.assign({}, ...fields) as Fields }
      : (inputs[0] ?? { kind: "string" });
  }
  throw new Error("an expression whose entries have no known type: only a map has entries");
}

/** A value with Terraform's attribute names in place of the props' names. Fields that are undefined are left out. */
export function attributes(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Token.isUnresolved(value)) return value;
  if (Array.isArray(value)) return value.map(attributes);
  const given = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(given.map(([name, field]) => [snake(name), attributes(field)]));
}
