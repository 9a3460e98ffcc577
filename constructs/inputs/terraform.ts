import type { AnyInput } from "./input";

/** A prop's name as Terraform has it. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

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
