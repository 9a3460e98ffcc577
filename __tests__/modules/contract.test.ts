import * as fs from "node:fs";
import * as path from "node:path";
import { addressProblems } from "../../constructs/publishing/addresses";
import { generate } from "../../constructs/publishing/generate";
import { synthesizeAll } from "../../constructs/publishing/definitions";
import { mapTexts } from "../../constructs/publishing/locals";
import { render } from "../../constructs/publishing/render";
import { differences } from "../../constructs/publishing/round-trip";
import { inputsOf, type SynthesizedModule } from "../../constructs/publishing/synthesize";
import { type AnyInput, snake } from "../../constructs/inputs";
import { examples } from "./support/examples";

const ROOT = path.resolve(__dirname, "../..");
const PUBLISHED = fs.readdirSync(path.join(ROOT, "constructs")).filter((name) => {
  return fs.existsSync(path.join(ROOT, "constructs", name, `${name}.module.ts`));
});

let modules: ReadonlyMap<string, SynthesizedModule>;
beforeAll(async () => {
  modules = new Map((await synthesizeAll()).map((module) => [module.definition.name, module]));
});

describe.each(PUBLISHED)("modules/%s", (name) => {
  const module = (): SynthesizedModule => modules.get(name)!;
  let files: Readonly<Record<string, string>>;
  beforeAll(() => (files = render(module())));
  const configuration = (): string => Object.values(files).join("\n");
  /** What stands in the HCL outside descriptions and comments. */
  const expressions = (): string => configuration().replace(/^ *(description = .*|# .*)$/gm, "");

  test("is what would be generated now", async () => {
    const generated = Object.entries(await generate(module()));
    const stale = generated.filter(([file, contents]) => {
      const target = path.join(ROOT, "modules", file);
      return !fs.existsSync(target) || !fs.readFileSync(target).equals(Buffer.from(contents));
    });
    const cure = "npm run build && npm run modules";
    expect(stale.map(([file]) => `modules/${file} is stale: ${cure}`)).toEqual([]);
  });

  test("has no sentence left to be written", () => {
    expect(Object.values(files).filter((text) => text.includes("TODO"))).toEqual([]);
  });

  test("says in HCL what the construct says, token by token", async () => {
    expect(await differences(module(), files)).toEqual([]);
  });

  test("has neither provider nor backend, and pins a range of providers", () => {
    const { json } = module();
    expect(Object.keys(json)).not.toContain("provider");
    expect(json.terraform).toEqual({
      required_version: ">= 1.9",
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
    });
  });

  test("holds no token that synthesis has not resolved", () => {
    expect(configuration()).not.toMatch(/TfToken/i);
    const numbers = expressions().match(/(?<![\w."-])-?\d[\d.e+]{5,}(?![\w"])/g) ?? [];
    expect(numbers.map(Number).filter((number) => Math.abs(number) > 1e15)).toEqual([]);
    expect(configuration()).not.toContain("[object Object]");
  });

  test("interpolates only where there is text around", () => {
    expect(expressions()).not.toMatch(/"\$\{[^{}"]*\}"/);
  });

  test("has no condition inside a condition: the inner one has a name", () => {
    const { json, things } = module();
    const expressions: string[] = [];
    mapTexts([json.locals, json.output, things.map(({ body }) => body)], (text) => (expressions.push(text), text));
    expect(expressions.filter((text) => / \? [^?]* : [^?]* \? | \? [^:]* \? /.test(text))).toEqual([]);
  });

  test("has names that a person would type", () => {
    const names = module().things.map(({ labels }) => labels.at(-1)!);
    expect([...names, ...Object.keys(module().json.locals ?? {})].filter((name) => name.length > 30)).toEqual([]);
  });

  test("has a comment that heads each part of a long file", () => {
    const long = Object.entries(files).filter(
      ([file, text]) => !/^(variables|outputs)/.test(file) && text.split("\n").length > 150,
    );
    for (const [file, text] of long) {
      const blocks = text.split(/^# .*\.$/m).map((part) => part.match(/^(resource|data|module) /gm)?.length ?? 0);
      expect([file, ...blocks.filter((count) => count > 8)]).toEqual([file]);
    }
  });

  test("types, describes and uses every variable", () => {
    const used = configuration().replace(/^ *(error_message|condition) += .*$/gm, "");
    for (const [variable, body] of Object.entries(module().json.variable)) {
      expect(variable).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
      expect(body["type"]).toEqual(expect.not.stringMatching(/\bany\b/));
      expect(String(body["description"]).length).toBeGreaterThan(10);
      expect(used).toMatch(new RegExp(`\\bvar\\.${variable}\\b`));
    }
    for (const body of Object.values(module().json.output)) expect(String(body["description"])).toMatch(/\.$/);
  });

  test("keeps the names of a default's keys", () => {
    for (const [prop, input] of inputsOf(module().definition)) {
      if (input.default === undefined) continue;
      expect(module().json.variable[snake(prop)]!["default"]).toEqual(input.default);
    }
  });

  test("refers only to what is there", () => {
    const { json, things } = module();
    const known = new Set([
      ...Object.keys(json.variable).map((variable) => `var.${variable}`),
      ...Object.keys(json.locals ?? {}).map((local) => `local.${local}`),
      ...things.map(({ kind, labels }) => (kind === "resource" ? labels : [kind, ...labels]).join(".")),
    ]);
    const references = expressions()
      .replace(/\\"/g, "")
      .match(/(?<![\w."-])((var|local|module)\.\w+|data\.aws_\w+\.\w+|aws_\w+\.\w+)/g);
    expect([...new Set(references)].filter((reference) => !known.has(reference))).toEqual([]);
  });

  test("counts or repeats what it refers to with an index", () => {
    for (const { kind, labels, body } of module().things) {
      if (!body["count"] && !body["for_each"]) continue;
      const address = (kind === "resource" ? labels : [kind, ...labels]).join(".");
      const whole = expressions().replace(/depends_on = \[[^\]]*\]/g, "");
      expect(whole.match(new RegExp(`(?<![\\w.])${address.replaceAll(".", "\\.")}\\.\\w+`, "g"))).toBeNull();
    }
  });

  test("finds the doc comments of every prop", () => {
    const variables = inputsOf(module().definition).map(([prop]) => prop);
    expect(variables.sort()).toEqual(Object.keys(module().docs).sort());
  });

  test("passes on every output of every module that it calls, or says why not", () => {
    const { definition, json, things } = module();
    const whole = (text: string): string =>
      text.replace(/local\.(\w+)/g, (_, local: string) => whole(String(json.locals![local])));
    const values = whole(
      Object.values(json.output)
        .map(({ value }) => String(value))
        .join("\n"),
    );
    const kept = things
      .filter(({ kind }) => kind === "module")
      .flatMap(({ labels: [call], body }) => {
        const called = modules.get(path.basename(String(body["source"])))!;
        return Object.keys(called.json.output)
          .filter(
            (output) =>
              !new RegExp(`\\bmodule\\.${call}(\\[(?:\\*|0)\\]\\.|\\.| : k => v\\.)${output}\\b`).test(values),
          )
          .map((output) => `${call}.${output}`);
      });
    expect(kept).toEqual(Object.keys(definition.keptInside ?? {}).map(snake));
  });

  test("names and documents every field of every input", () => {
    const undocumented = (path: string, input: AnyInput, docs: SynthesizedModule["docs"]): string[] => {
      if (input.of) return undocumented(path, input.of, docs);
      return Object.entries(input.fields ?? {}).flatMap(([field, of]) => [
        ...(field in docs ? [] : [`${path}.${field}`]),
        ...undocumented(`${path}.${field}`, of, docs[field]?.fields ?? {}),
      ]);
    };
    expect(
      inputsOf(module().definition).flatMap(([p, input]) => undocumented(p, input, module().docs[p]!.fields)),
    ).toEqual([]);
  });

  test("keeps the addresses of the last release, or ships where they moved", () => {
    expect(addressProblems(module())).toEqual([]);
  });

  test("lists in its README the variables and outputs that it has", async () => {
    const readme = String((await generate(module()))[`${name}/README.md`]);
    const rows = (title: string): string[] => {
      const section = readme.split(`\n## ${title}\n`)[1]!.split(/\n##+ /)[0]!;
      return [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, cell]) => cell!);
    };
    expect(rows("Inputs")).toEqual(Object.keys(module().json.variable));
    expect(rows("Outputs")).toEqual(Object.keys(module().json.output));
  });
});

test.each([
  [
    "subscription-approval",
    [
      ...[
        "queue_arn",
        "queue_url",
        "dead_letter_queue_arn",
        "dead_letter_queue_url",
        "alarm_names",
        "event_rule_names",
      ],
      ...["topic_name", "topic_key_arn", "operators_topic_name", "operators_topic_key_arn", "membership_commands"],
    ],
  ],
  [
    "studio-access",
    [
      ...[
        "location_role_arns",
        "location_role_names",
        "location_ids",
        "grant_ids",
        "domain_arn",
        "home_file_system_id",
      ],
      ...["vpc_cidr", "public_subnet_ids", "private_route_table_ids", "public_route_table_id", "nat_addresses"],
      ...["s3_endpoint_id", "interface_endpoint_ids", "loader_function_name", "loader_role_arn"],
    ],
  ],
])("%s tells what a caller needs next", (name, outputs) => {
  expect(Object.keys(modules.get(name)!.json.output)).toEqual(expect.arrayContaining(outputs));
});

test("modules/ holds nothing but what is generated", () => {
  expect(fs.readdirSync(path.join(ROOT, "modules")).sort()).toEqual(PUBLISHED.sort());
});

test("a role of an example that SageMaker may take on lets a domain say who works with it", () => {
  const documents = examples().flatMap((name) => {
    const text = fs.readFileSync(path.join(ROOT, "examples", name, "main.tf"), "utf8");
    const found = text.matchAll(/data "aws_iam_policy_document" "\w+" \{[^]*?^\}/gm);
    return [...found].filter(([document]) => document.includes('"sagemaker.amazonaws.com"')).map(([it]) => [name, it]);
  });
  expect(documents.map(([name]) => name)).toContain("studio-domain-complete");
  for (const [name, document] of documents) {
    expect([name, document]).toEqual([name, expect.stringContaining('"sts:SetSourceIdentity"')]);
  }
});
