import { type IResolvable, type IResolveContext, Token } from "cdktf";
import { hcl, raw } from "./expression";
import type { AnyInput } from "./inputs";

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * What a construct is given in a module where an environment would give it an object or a map: an expression whose
 * attributes have the props' names. JavaScript sees no keys in it: use each() and values().
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

  /** What the entries of a map variable look like. */
  get entry(): AnyInput {
    if (!this.#input.of) throw new Error("only a map variable has entries");
    return this.#input.of;
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

/** Terraform's type constraint of an input. */
export function typeConstraint(input: AnyInput): string {
  switch (input.kind) {
    case "list":
    case "map":
      return `${input.kind}(${typeConstraint(input.of!)})`;
    case "object": {
      const fields = Object.entries(input.fields!).map(([name, field]) => `${snake(name)} = ${attributeType(field)}`);
      return `object({ ${fields.join(", ")} })`;
    }
    default:
      return input.kind;
  }
}

function attributeType(field: AnyInput): string {
  const type = typeConstraint(field);
  if (field.default !== undefined) return `optional(${type}, ${JSON.stringify(field.default)})`;
  return field.optional ? `optional(${type})` : type;
}

/** A value with the props' names as one with Terraform's. What is undefined is left out. */
export function attributes(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Token.isUnresolved(value)) return value;
  if (Array.isArray(value)) return value.map(attributes);
  const given = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(given.map(([name, field]) => [snake(name), attributes(field)]));
}

export { snake };
