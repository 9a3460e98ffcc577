import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const USAGE = `npm run construct -- <name>   begins a construct and its module: a log group that synthesizes, publishes and is tested, to be changed`;

const EXAMPLE = (name: string, call: string): string => `terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

module "${name.replaceAll("-", "_")}" {
  source = "../../modules/${name}"

${call}
}
`;

/** The files of a new construct that works, by their paths, with its names in them. */
export function filesOf(name: string): Readonly<Record<string, string>> {
  const camel = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const pascal = camel.charAt(0).toUpperCase() + camel.slice(1);
  const folder = `constructs/${name}`;
  return {
    [`${folder}/props.ts`]: `import { object, optional, type PropsOf } from "../inputs";
import { logs } from "../shared/logs";
import { naming } from "../shared/names";

export const ${camel}Inputs = object({
  ...naming,
  /**
   * The log group.
   * @default - kept for a year, encrypted by CloudWatch Logs itself
   */
  logs: optional(logs, {}),
});
export type ${pascal}Props = PropsOf<typeof ${camel}Inputs>;
`,
    [`${folder}/${name}.ts`]: `import { Construct } from "constructs";
import { resolveProps } from "../inputs";
import { logGroup } from "../shared/logs";
import { ${camel}Inputs, type ${pascal}Props } from "./props";

export { ${camel}Inputs, type ${pascal}Props } from "./props";

/** TODO: what it is and when to use it. */
export class ${pascal} extends Construct {
  static readonly module = "${name}";
  /** Name of the log group. */
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: ${pascal}Props) {
    super(scope, id);
    const p = resolveProps(this, ${camel}Inputs, props);
    this.logGroupName = logGroup(this, "log_group", { name: p.name, logs: p.logs, tags: p.tags }).name;
  }
}
`,
    [`${folder}/${name}.module.ts`]: `import { defineModule } from "../publishing/module";
import { ${pascal}, ${camel}Inputs, type ${pascal}Props } from "./${name}";

export default defineModule<${pascal}Props>({
  name: "${name}",
  summary: "TODO: one sentence, without a full stop",
  construct: ${pascal},
  inputs: ${camel}Inputs,
  readme: {
    about: \`TODO: what it is and when to use it, and when not.\`,
    promises: ["Log events are kept for a year unless said otherwise."],
    permissions: [
      {
        actions: [
          "logs:CreateLogGroup",
          "logs:DeleteLogGroup",
          "logs:PutRetentionPolicy",
          "logs:TagResource",
          "logs:UntagResource",
          "logs:Describe*",
          "logs:List*",
        ],
        purpose: "the log group",
      },
    ],
  },
});
`,
    [`${folder}/${name}.tftest.hcl`]: `# What the README promises, against a provider that answers without AWS.

mock_provider "aws" {}

variables {
  name = "example"
}

run "keeps_logs" {
  command = plan

  assert {
    condition     = aws_cloudwatch_log_group.log_group.retention_in_days == 365
    error_message = "Log events must be kept for a year."
  }
}
`,
    [`examples/${name}-minimal/main.tf`]: EXAMPLE(name, `  name = "example"`),
    [`examples/${name}-complete/main.tf`]: EXAMPLE(
      name,
      `  name = "example"\n  logs = { retention_days = 400 }\n  tags = { team = "data" }`,
    ),
    [`__tests__/constructs/${name}.test.ts`]: `import { ${pascal}, type ${pascal}Props } from "../../constructs/${name}/${name}";
import definition from "../../constructs/${name}/${name}.module";
import { environment, moduleOf } from "../support/hosts";
import { resource } from "../support/synthesized";

const minimal: ${pascal}Props = { name: "example" };
const synth = (props: ${pascal}Props): object => environment((stack) => new ${pascal}(stack, "it", props));

test("log events are kept for a year, unless said otherwise", () => {
  expect(resource(synth(minimal), "aws_cloudwatch_log_group").retention_in_days).toBe(365);
});

test("configurations", () => {
  expect(synth(minimal)).toMatchSnapshot("environment, minimal");
  expect(moduleOf(definition)).toMatchSnapshot("module");
});
`,
  };
}

const ARCHITECTURE = "docs/architecture.md";

/**
 * Begins a construct, and allows it to import what constructs may import ("Who may know whom" in docs/architecture.md).
 *
 * @throws Error where the name is not allowed, or something of that name exists
 */
export function begin(name: string, root: string): string[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(`${name}: must be lower-case words with hyphens\n${USAGE}`);
  const files = filesOf(name);
  const there = Object.keys(files).find((file) => fs.existsSync(path.join(root, file)));
  if (there !== undefined) throw new Error(`${there} is there already: nothing was written`);
  const lock = path.join(root, "examples/approver-minimal/.terraform.lock.hcl");
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
    if (file.startsWith("examples/")) fs.copyFileSync(lock, path.join(root, path.dirname(file), ".terraform.lock.hcl"));
  }
  const architecture = path.join(root, ARCHITECTURE);
  const table = fs.readFileSync(architecture, "utf8");
  fs.writeFileSync(
    architecture,
    table.replace("| `constructs/approver`, ", `| \`constructs/approver\`, \`constructs/${name}\`, `),
  );
  return Object.keys(files);
}

if (require.main === module && process.argv.includes("--help")) console.log(USAGE);
else if (require.main === module) {
  try {
    const [name = "", ...rest] = process.argv.slice(2);
    if (rest.length > 0) throw new Error(USAGE);
    const written = begin(name, path.resolve(__dirname, ".."));
    // The length of the lines depends on the name.
    execFileSync(process.execPath, [
      require.resolve("prettier/bin/prettier.cjs"),
      "--write",
      "--ignore-unknown",
      ...written,
    ]);
    console.log([...written, ARCHITECTURE].join("\n"));
    console.log(
      `Now: npm run modules && npx jest __tests__/constructs/${name}.test.ts, then change it into the construct that you want: CONTRIBUTING.md, "Add a construct and its module".`,
    );
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
