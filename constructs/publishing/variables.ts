import { type AnyInput, snake, typeConstraint } from "../inputs";
import type { Docs } from "./docs";
import { block, type Body, tokensOf } from "./hcl/block";
import { group } from "./hcl/groups";
import { aligned, flat, layout } from "./hcl/layout";
import { tokenize } from "./hcl/tokens";
import { describe, inputsOf, type SynthesizedModule } from "./synthesize";

const WIDTH = 100;
const pad = (indent: number): string => "  ".repeat(indent);

/** variables.tf */
export function variables({ definition, json, docs }: SynthesizedModule): string {
  return inputsOf(definition)
    .map(([prop, input]) => variable(snake(prop), input, json.variable[snake(prop)]!, docs[prop]!.fields))
    .join("\n");
}

function variable(name: string, input: AnyInput, body: Body, fields: Docs): string {
  const plain = ["description", "type", "default", "nullable", "sensitive"].filter((key) => key in body);
  const lines = plain.map((key) => {
    const place = { indent: 1, column: key.length + 5 };
    return { name: key, value: key === "type" ? type(input, fields, 1) : layout(group(tokensOf(body[key])), place) };
  });
  const rules = ((body["validation"] ?? []) as Body[]).map((rule) => `\n${block("validation", rule, {}, 1)}\n`);
  return `variable "${name}" {\n${aligned(lines, 1).join("\n")}\n${rules.join("")}}\n`;
}

/** A type constraint, with the doc comments of an object's fields as comments. */
function type(input: AnyInput, docs: Docs, indent: number): string {
  if (input.kind === "map" || input.kind === "list") return `${input.kind}(${type(input.of!, docs, indent)})`;
  if (input.kind !== "object") return input.kind;
  const fields = Object.entries(input.fields!);
  const documented = fields.some(([name]) => docs[name]?.text);
  if (!documented && fields.length < 2) return flat(group(tokenize(typeConstraint(input))));
  // Equals signs are aligned among neighbouring lines only, and a comment ends a neighbourhood.
  const neighbours: Array<Array<{ name: string; value: string }>> = [];
  const comments: Array<string | undefined> = [];
  for (const [name, field] of fields) {
    const doc = docs[name];
    const line = { name: snake(name), value: attribute(field, doc?.fields ?? {}, indent + 1) };
    if (doc?.text || neighbours.length === 0) {
      neighbours.push([line]);
      comments.push(doc?.text ? `${comment(describe(doc), indent + 1)}\n` : "");
    } else neighbours.at(-1)!.push(line);
  }
  const lines = neighbours.map((some, i) => `${comments[i]}${aligned(some, indent + 1).join("\n")}`);
  return `object({\n${lines.join("\n")}\n${pad(indent)}})`;
}

function attribute(field: AnyInput, docs: Docs, indent: number): string {
  const text = type(field, docs, indent);
  if (field.default !== undefined) return `optional(${text}, ${flat(group(tokensOf(field.default)))})`;
  return field.optional ? `optional(${text})` : text;
}

function comment(text: string, indent: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (2 * indent + 2 + last.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.map((line) => `${pad(indent)}# ${line}`).join("\n");
}
