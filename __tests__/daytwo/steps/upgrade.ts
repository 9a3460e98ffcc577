import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../../modules/support/examples";
import { all, type Year } from "../year";

/** Names of resources that docs/upgrading.md has, by themselves or behind their type. */
function documentedNames(): readonly string[] {
  const upgrading = fs.readFileSync(path.join(ROOT, "docs", "upgrading.md"), "utf8");
  return [...upgrading.matchAll(/`\w*\.(\w+)(?:\["\w+"\])?`/g)].map(([, name]) => name!);
}

/** Whether the docs have what has this address: in an environment the construct's path is in front of its name, and a key behind it. */
function isDocumented(address: string): boolean {
  const name = /\.(\w+)(\[[^[]*\])?$/.exec(address)![1]!;
  return documentedNames().some((documented) =>
    address.startsWith("module.") ? name === documented : `_${name}_`.includes(`_${documented}_`),
  );
}

/** The environment and the modules of the baseline become today's. */
export function upgrade(year: () => Year): void {
  test("the baseline's environment and modules become today's: data stay, and docs/upgrading.md says what is new", async () => {
    const { deployment, settings } = year();
    await deployment.become("today's");
    // As if the name had been left to a default, which is another one now.
    const { domain_name } = settings;
    const other = deployment.plan({ domain_name: "Product-Domain" });
    await expect(other).rejects.toThrow(/domain_name: must be Called, the value that it has/);
    const before = deployment.sandbox.calls().length;
    await year().change("the baseline becomes today's", { domain_name }, (changes) => {
      const made = Object.keys(changes).filter((address) => changes[address] === "create");
      expect(made.filter((address) => !isDocumented(address))).toEqual([]);
      const others = Object.entries(changes).filter(([, action]) => !["create", "update", "move"].includes(action));
      expect(Object.fromEntries(others)).toEqual({
        // A new function has its check; a policy set is made beside the old one; the data set is looked at again, and is in place.
        ...all(
          "replace",
          "aws_lambda_invocation.approval_approver_check",
          "aws_lambda_invocation.data_access_data_load",
          "aws_ssm_parameter.approval_approver_set_policy_public_data",
          "terraform_data.approval_approver_set_generation",
          "module.approval.module.approver.aws_lambda_invocation.check",
          'module.approval.module.approver.aws_ssm_parameter.set_policy["public-data"]',
          'module.approval.module.approver.aws_ssm_parameter.set_projects["0"]',
          "module.approval.module.approver.terraform_data.set_generation",
          "module.studio.module.data[0].aws_lambda_invocation.load[0]",
        ),
        ...all(
          "delete",
          // Its successor has another name, and is made before it goes.
          "aws_ssm_parameter.approval_approver_set_projects",
          // Sixteen rules take its place.
          "aws_cloudwatch_event_rule.approval_event_rule_rule",
          "aws_cloudwatch_event_target.approval_event_rule_queue",
          "module.approval.module.event_rule.aws_cloudwatch_event_rule.rule",
          "module.approval.module.event_rule.aws_cloudwatch_event_target.queue",
        ),
      });
    });
    // Nothing of a set goes before the alias has left it.
    for (const name of ["own", "called"]) {
      const calls = deployment.sandbox.calls().slice(before);
      const about = calls.filter(({ resource }) => new RegExp(`:(function:|parameter/)${name}(/|$)`).test(resource));
      const operations = about.map(({ operation }) => operation);
      expect(operations.filter((operation) => /^(UpdateAlias|DeleteParameter)$/.test(operation))).toEqual([
        "UpdateAlias",
        "DeleteParameter",
        "DeleteParameter",
      ]);
    }
    await year().isDone();
  });
}
