import * as fs from "node:fs";
import * as path from "node:path";
import { synthesizeAll } from "../../constructs/publishing/definitions";
import { type Replacement, replacementDocs, replacements } from "../../constructs/publishing/replacements";
import * as replacing from "../../constructs/publishing/replacing.json";
import { SCHEMA_VERSION } from "../../constructs/publishing/schema";
import type { SynthesizedModule } from "../../constructs/publishing/synthesize";

let modules: readonly SynthesizedModule[];
let found: readonly Replacement[];
beforeAll(async () => {
  modules = await synthesizeAll();
  found = replacements(modules);
});

test("the provider was asked of every type that modules use", () => {
  const types = modules.flatMap(({ things }) => things.filter(({ kind }) => kind === "resource"));
  const used = new Set(types.map(({ labels }) => labels[0]!).filter((type) => type.startsWith("aws_")));
  expect(Object.keys(replacing.resource).sort()).toEqual([...used].sort());
  expect(replacing.provider).toBe(SCHEMA_VERSION);
});

test("what becomes of every argument that forces replacement is decided", () => {
  expect(found.filter(({ happens }) => happens === undefined)).toEqual([]);
});

test.each([
  ...["auth_mode", "domain_name", "kms_key_id", "vpc_id"].map((argument) => `aws_sagemaker_domain.${argument}`),
  ...[
    "aws_s3_bucket.bucket",
    "aws_sns_topic.name",
    "aws_sqs_queue.name",
    "aws_vpc.cidr_block",
    "aws_subnet.cidr_block",
  ],
  "aws_sagemaker_user_profile.single_sign_on_user_value",
])("%s holds what is lost with it: another is refused", (argument) => {
  const all = found.filter((one) => one.argument === argument);
  expect(all.length).toBeGreaterThan(0);
  expect(all.filter(({ happens }) => happens !== "refused")).toEqual([]);
});

test("nothing that forces replacement comes from a data source, unless it is ignored", () => {
  const late = found.filter(({ module, resource, argument, happens }) => {
    const thing = modules
      .find(({ definition }) => definition.name === module)!
      .things.find(({ labels }) => labels[0] === argument.split(".")[0] && labels[1] === resource)!;
    const value = JSON.stringify(thing.body[argument.split(".")[1]!]);
    return happens !== "ignored" && /\bdata\.|local\.(account_id|region|partition)\b/.test(value);
  });
  expect(late).toEqual([]);
});

test("each value that is refused is changed in a test that ships with its module", () => {
  const refused = modules.flatMap(({ definition, things }) =>
    things
      .filter(({ body }) => JSON.stringify(body).includes("postcondition"))
      .map(({ labels }) => ({ module: definition.name, address: labels.join(".") })),
  );
  expect(refused.length).toBeGreaterThan(12);
  const untried = refused.filter(({ module, address }) => {
    const tests = fs.readFileSync(path.resolve(__dirname, `../../modules/${module}/tests/promises.tftest.hcl`), "utf8");
    return !new RegExp(`expect_failures *= \\[([^\\]]*, )?${address.replace(".", "\\.")}[,\\]]`).test(tests);
  });
  expect(untried).toEqual([]);
});

test("docs/replacing.md says so", () => {
  const docs = fs.readFileSync(path.resolve(__dirname, "../../docs/replacing.md"), "utf8");
  expect(docs).toBe(replacementDocs(modules));
});
