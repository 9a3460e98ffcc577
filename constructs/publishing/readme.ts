import { AWS_PROVIDER_VERSION, TERRAFORM_VERSION } from "../hosting";
import { type AnyInput, snake, typeConstraint } from "../inputs";
import type { Docs } from "./docs";
import { tokensOf } from "./hcl/block";
import { group } from "./hcl/groups";
import { flat } from "./hcl/layout";
import { tokenizeTemplate } from "./hcl/tokens";
import type { ModuleDefinition } from "./module";
import { ADDRESS, addressed, fence, policies, policyDocument, shipped } from "./readme-alone";
import { SCHEMA_VERSION } from "./schema";
import { describe, inputsOf, type SynthesizedModule, type Thing } from "./synthesize";

/** The configurations that show how the module is called. */
export interface Usage {
  readonly minimal: string;
  readonly complete: string;
}

/** README.md of a module: what only its author knows, and tables of what the configuration says. */
export function readme(module: SynthesizedModule, usage: Usage): string {
  const { definition, json } = module;
  const { about, picture, promises, permissions, notes = [], upgrading = [] } = definition.readme;
  const sections: Array<[string, string] | undefined> = [
    [
      "Usage",
      `${addressed(definition)}\n\nThe smallest call, from \`examples/${definition.name}-minimal\`:\n\n${fence("hcl", calls(usage.minimal))}`,
    ],
    ["A complete call", `From \`examples/${definition.name}-complete\`:\n\n${fence("hcl", calls(usage.complete))}`],
    [
      "What it creates",
      table(["address", "how many"], module.things.filter(({ kind }) => kind !== "data").map(created)),
    ],
    ["Security defaults", list(promises)],
    "policies" in definition.inputs.fields ? ["Policies", policies()] : undefined,
    [
      "Permissions to apply it",
      `${table(
        ["actions", "for"],
        permissions.map(({ actions, purpose }) => [actions.map(code).join(", "), purpose]),
      )}\n\n${policyDocument(permissions)}`,
    ],
    definition.bundle === undefined ? undefined : ["What ships in it", shipped(definition.bundle)],
    notes.length > 0 ? ["Good to know", list(notes)] : undefined,
    ["What a scanner says", scanner(definition)],
    ["Requirements", requirements()],
    ["Inputs", inputs(module)],
    [
      "Outputs",
      table(
        ["name", "description"],
        Object.entries(json.output).map(([name, body]) => [code(name), String(body["description"])]),
      ),
    ],
    ["Tests", TESTS],
    [
      "Upgrading",
      upgrading.length > 0
        ? list(upgrading.map(({ release, note }) => `**${release}**: ${note}`))
        : "Nothing has to be done so far.",
    ],
  ];
  const text = sections.flatMap((section) => (section ? [`## ${section[0]}\n\n${section[1]}`] : []));
  return [
    `# ${definition.name}`,
    `${definition.summary}.`,
    about.trim(),
    ...(picture === undefined ? [] : [fence("mermaid", picture)]),
    ...text,
    "Generated from the construct of the same name by `npm run modules`: do not edit.",
  ]
    .join("\n\n")
    .concat("\n");
}

/**
 * An example's call to paste: without the requirements and the provider, which are the same everywhere, and without
 * comments for scanners.
 */
const calls = (root: string): string =>
  root
    .replace(/"\.\.\/\.\.\/modules\/([\w-]+)"/g, `"${ADDRESS}$1?ref=<tag or commit>"`)
    .replace(/^(terraform|provider "aws") \{\n[^]*?^\}\n|^ *# checkov:skip=.*\n\n?/gm, "");

const TESTS = `\`terraform init && terraform test\` in this folder runs the tests in \`tests/\`: no AWS account is needed.`;

/** Findings of the scanner about this module itself; the modules that it calls have READMEs of their own. */
function scanner({ accepted = [] }: ModuleDefinition): string {
  const checkov = "[checkov](https://www.checkov.io)";
  if (accepted.length === 0) return `${checkov} has no findings in this module.`;
  const rows = accepted.map(({ check, at, why }) => [check, code(at), `${why}.`]);
  return `${checkov} has no findings in this module except these, which are intended. Each is a \`checkov:skip\` in the configuration:\n\n${table(["check", "at", "why it stays"], rows)}`;
}

const requirements = (): string =>
  `Terraform \`${TERRAFORM_VERSION}\` (run with 1.11) and the AWS provider \`${AWS_PROVIDER_VERSION}\`. Release ${SCHEMA_VERSION} of the provider is what the tests run; ` +
  "with 6.25 the construct that this module is generated from is type-checked, but not run.";

const code = (text: string): string => `\`${text}\``;
const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");
const cell = (text: string): string => text.replace(/\|/g, "\\|");

function table(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

function created({ labels, kind, body }: Thing): string[] {
  const address = code((kind === "module" ? ["module", ...labels] : labels).join("."));
  if (typeof body["for_each"] === "string") return [address, `one for each of ${code(expression(body["for_each"]))}`];
  if (typeof body["count"] !== "string") return [address, "1"];
  const [, condition, then] = /^(.*) \? ([01]) : [01]$/.exec(expression(body["count"])) ?? [];
  if (condition === undefined) return [address, code(expression(body["count"]))];
  return [address, `1 ${then === "1" ? "if" : "unless"} ${code(condition)}`];
}

const expression = (text: string): string => flat(group(tokenizeTemplate(text)));

function inputs({ definition, docs }: SynthesizedModule): string {
  const rows = inputsOf(definition).map(([prop, input]) => row(prop, input, docs));
  const fields = inputsOf(definition).flatMap(([prop, input]) => objectFields(prop, input, docs[prop]!.fields));
  const all = [
    ...(holdsSmallObject({ kind: "object", fields: Object.fromEntries(inputsOf(definition)) }) ? [SMALL_OBJECTS] : []),
    table(["name", "description", "type", "default"], rows),
    ...fields.map(([path, of]) => `### ${path}\n\n${of}`),
  ];
  return all.join("\n\n");
}

function row(prop: string, input: AnyInput, docs: Docs): string[] {
  const doc = docs[prop];
  const required = !input.optional && input.default === undefined;
  const value = input.default === undefined ? "null" : flat(group(tokensOf(input.default)));
  return [
    code(snake(prop)),
    doc?.text ? describe(doc) : "",
    code(shortType(input)),
    required ? "required" : code(value),
  ];
}

/** The fields of objects stand in tables of their own. */
function shortType(input: AnyInput): string {
  if (input.kind === "object") return hasFields(input) ? "object" : typeConstraint(input);
  return input.of ? `${input.kind}(${shortType(input.of)})` : input.kind;
}

const SMALL_OBJECTS =
  "An input that is an object with one field, such as `{ arn = … }`, stands for something optional. Terraform must know when it plans whether the " +
  "object is given, but not what is in it: `{ arn = aws_kms_key.data.arn }` works with a key that the same apply makes, where a bare ARN, unknown " +
  "until then, could not say whether there is a key. `{}` asks for something that has no settings.";

const holdsSmallObject = ({ kind, fields = {}, of, optional }: AnyInput): boolean =>
  (kind === "object" && optional === true && Object.keys(fields).length < 2) ||
  Object.values(fields).some(holdsSmallObject) ||
  (of !== undefined && holdsSmallObject(of));

const hasFields = (input: AnyInput): boolean => Object.keys(input.fields ?? {}).length > 1;

/** A table for each object inside a variable. */
function objectFields(path: string, input: AnyInput, docs: Docs): Array<[string, string]> {
  if (input.of) return objectFields(`${path}[*]`, input.of, docs);
  if (!input.fields) return [];
  const rows = Object.entries(input.fields).map(([name, field]) => row(name, field, docs));
  const own: Array<[string, string]> = hasFields(input)
    ? [[code(path.split(".").map(snake).join(".")), table(["field", "description", "type", "default"], rows)]]
    : [];
  const inner = Object.entries(input.fields).flatMap(([name, field]) =>
    objectFields(`${path}.${name}`, field, docs[name]?.fields ?? {}),
  );
  return [...own, ...inner];
}
