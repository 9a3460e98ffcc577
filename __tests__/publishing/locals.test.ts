import { withLocals, withoutByKey } from "../../constructs/publishing/locals";
import type { ModuleJson } from "../../constructs/publishing/synthesize";

/** A module with the given expressions as arguments, after repeated ones got names. */
function named(expressions: readonly string[]): Pick<ModuleJson, "locals" | "resource"> {
  const values = expressions.map((expression, i) => [`x${i}`, `\${${expression}}`]);
  const json = {
    terraform: { required_version: "", required_providers: {} },
    variable: { map: { default: "${data.aws_partition.current.partition}" } },
    output: {},
    resource: { aws_x: { y: Object.fromEntries(values) as object } },
  };
  return withLocals(json as unknown as ModuleJson);
}
const arguments_ = ({ resource }: ReturnType<typeof named>): unknown[] => Object.values(resource!["aws_x"]!["y"]!);

describe("what people give a name where it is repeated", () => {
  test.each([
    ["data.aws_caller_identity.current.account_id", "account_id"],
    ["data.aws_region.current.id", "region"],
    ["var.queue == null ? one(aws_sqs_queue.made[*].arn) : var.queue.arn", "queue_arn"],
    ["var.existing_instance == null ? one(aws_x.instance[*].arn) : var.existing_instance.arn", "instance_arn"],
    ["(var.role == null ? null : var.role.role)", "given_role"],
    ["{ for k, v in var.profiles : k => v if v.role == null }", "profiles_without_role"],
    ["{ for k, v in var.profiles : k => v if v.space != null }", "profiles_with_space"],
  ])("%s is local.%s", (expression, name) => {
    const module = named([expression, `coalesce(${expression}, "")`]);
    expect(module.locals).toEqual({ [name]: `\${${expression}}` });
    expect(arguments_(module)).toEqual([`\${local.${name}}`, `\${coalesce(local.${name}, "")}`]);
  });

  test("what stands once stays, and so do variables, which may not refer to locals", () => {
    const once = named(["data.aws_partition.current.partition"]);
    expect(once.locals).toBeUndefined();
    expect(arguments_(once)).toEqual(["${data.aws_partition.current.partition}"]);
  });

  test("two expressions of one name are refused", () => {
    const given = (attribute: string): string => `var.q == null ? one(aws_x.${attribute}[*].arn) : var.q.arn`;
    expect(() => named([given("a"), given("a"), given("b"), given("b")])).toThrow("the same local name: q_arn");
  });
});

test("what another resource has of the same key goes by a local, which is evaluated once", () => {
  const module = named([
    "aws_iam_role.role[each.key].arn",
    "data.aws_x.y[each.key].json",
    "aws_iam_role.role[each.key].arn",
  ]);
  expect(module.locals).toEqual({
    role_arns: "${{ for k, v in aws_iam_role.role : k => v.arn }}",
    y_jsons: "${{ for k, v in data.aws_x.y : k => v.json }}",
  });
  expect(arguments_(module)).toEqual([
    "${local.role_arns[each.key]}",
    "${local.y_jsons[each.key]}",
    "${local.role_arns[each.key]}",
  ]);
  expect(withoutByKey("local.role_arns[each.key] local.other[each.key]", module.locals)).toBe(
    "aws_iam_role.role[each.key].arn local.other[each.key]",
  );
});

test("an object made of what may not be given is there where that is given", () => {
  const made = '(var.sweep == null ? null : {"every" = var.sweep.every, "of" = [f({})]})';
  expect(arguments_(named([`${made} != null ? 1 : 0`, `${made} == null`, made]))).toEqual([
    "${var.sweep != null ? 1 : 0}",
    "${var.sweep == null}",
    `\${${made}}`,
  ]);
});
