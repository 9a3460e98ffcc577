import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPolicySet } from "../../functions/approver/policies/files";
import { environmentOf, readSource } from "../../commands/policy/sources";

const PROD = loadPolicySet("policies/prod");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sources-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (content: unknown, name = "shown.json"): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
};

const parameter = (id: string, insecure_value: unknown, values: object = {}) => ({
  address: `aws_ssm_parameter.set_policy["${id}"]`,
  type: "aws_ssm_parameter",
  index: id,
  values: { description: "Approval policy (Cedar)", insecure_value, ...values },
});
const policies = (texts: Readonly<Record<string, string>> = PROD) =>
  Object.entries(texts).map(([id, text]) => parameter(id, text));
const approver = (environment: string) => ({
  address: "aws_lambda_function.function",
  type: "aws_lambda_function",
  values: { environment: [{ variables: { APPROVER_NAME: "sales", ENVIRONMENT: environment } }] },
});
const other = {
  address: "aws_ssm_parameter.set_projects",
  type: "aws_ssm_parameter",
  values: { description: "Publishing projects", insecure_value: "a,b" },
};
const inModule = (address: string, ...resources: object[]) => ({ address, resources });

describe("a set comes from", () => {
  const resources = [...policies(), approver("prod"), other];

  it.each([
    ["a plan", { planned_values: { root_module: { child_modules: [inModule("module.sales", ...resources)] } } }],
    [
      "a state",
      {
        values: {
          root_module: {
            child_modules: [
              { address: "module.all", child_modules: [inModule("module.all.module.approver", ...resources)] },
            ],
          },
        },
      },
    ],
    [
      "the root, where an environment has it",
      { values: { root_module: { resources: resources.map((one) => ({ ...one, index: undefined })) } } },
    ],
  ])("%s", async (_, shown) => {
    const file = write({ format_version: "1.2", ...shown });
    await expect(readSource(file)).resolves.toEqual({ name: file, texts: PROD, environment: "prod" });
  });

  it("one of several approvers, by the module's address", async () => {
    const child_modules = [
      inModule("module.a", ...policies(), approver("prod")),
      inModule("module.b", ...policies(loadPolicySet("policies/dev")), approver("dev")),
    ];
    const file = write({ values: { root_module: { child_modules } } });
    await expect(readSource(file)).rejects.toThrow(
      `${file} has several approvers: give one of ${file}#module.a, ${file}#module.b`,
    );
    await expect(readSource(`${file}#module.b`)).resolves.toMatchObject({
      environment: "dev",
      texts: loadPolicySet("policies/dev"),
    });
    await expect(readSource(`${file}#module.c`)).rejects.toThrow(
      /no such approver with policies in it: there is module\.a, module\.b/,
    );
  });
});

it.each([
  ["with a mark at its beginning", (text: string) => Buffer.from(`\uFEFF${text}`)],
  ["in UTF-16, as > writes it in PowerShell", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le")],
])("a state %s is read", async (_, written) => {
  const state = { values: { root_module: { resources: policies(loadPolicySet("policies/prod")) } } };
  const file = write("");
  writeFileSync(file, written(JSON.stringify(state)));
  await expect(readSource(file)).resolves.toMatchObject({ texts: loadPolicySet("policies/prod") });
});

describe("what is not a set is told by what it is", () => {
  it.each<[string, unknown, RegExp]>([
    ["a plan file", "PK\u0003\u0004", /is a plan as Terraform keeps it\. Expected is .* terraform show -json/],
    ["a state file", { version: 4, lineage: "…", resources: [] }, /is a state as Terraform keeps it\. Expected is/],
    ["text", "secret = 1", /shown\.json is not JSON\. Expected is a plan or a state as JSON: terraform show -json/],
    ["an empty file", "", /shown\.json is empty\. Expected is/],
    ["a state of nothing", { format_version: "1.0" }, /is an empty state: nothing has been applied yet/],
    ["other JSON", { version: 4 }, /is neither a plan nor a state\. Expected is/],
    [
      "a plan without an approver",
      { planned_values: { root_module: {} } },
      /has no such approver with policies in it: there is none/,
    ],
    [
      "a plan that does not know its policies",
      { planned_values: { root_module: { resources: [parameter("p", undefined)] } } },
      /set_policy\["p"\]: the policy is known only after the apply/,
    ],
    [
      "policies that are wrong",
      { planned_values: { root_module: { resources: policies({ p: "permit (" }) } } },
      /The policy set in .* is not valid:\np:1:9: /,
    ],
    [
      "a key that is not the policy's id",
      { planned_values: { root_module: { resources: policies({ q: PROD["public-data"]! }) } } },
      /@id\("public-data"\) is not "q"/,
    ],
  ])("%s", async (_, content, reason) => {
    await expect(readSource(write(content))).rejects.toThrow(reason);
  });

  it("nothing of that name", async () => {
    await expect(readSource("nowhere")).rejects.toThrow(
      /Which policy set is nowhere\? There is no such file or folder, and no environment of that name/,
    );
  });
});

it("policies take for their environment what is said, or what the source says, or the folder's name", () => {
  const source = { name: "policies/prod/", texts: {}, folder: "policies/prod/" };
  expect(environmentOf(source)).toBe("prod");
  expect(environmentOf({ ...source, environment: "staging" })).toBe("staging");
  expect(environmentOf({ ...source, environment: "staging" }, "dev")).toBe("dev");
  expect(() => environmentOf({ name: "plan.json", texts: {} })).toThrow(
    "plan.json does not say yet what the environment is: give --environment",
  );
});
