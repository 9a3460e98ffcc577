import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../../modules/support/examples";
import { all, type Year } from "../year";

const upgrading = (): string => fs.readFileSync(path.join(ROOT, "docs", "upgrading.md"), "utf8");

/** The modules of the baseline become today's. */
export function upgrade(year: () => Year): void {
  test("the baseline's modules become today's: data stay, and docs/upgrading.md says what is new", async () => {
    await year().deployment.modules("today's");
    await year().change("the baseline's modules become today's", {}, (changes) => {
      const made = Object.keys(changes).filter((address) => changes[address] === "create");
      const names = made.map((address) => /(\w+)\.(\w+)(\[[^[]*\])?$/.exec(address)!);
      expect(
        names.filter(([, type, name]) => ![type!, `.${name}`].every((part) => upgrading().includes(part))),
      ).toEqual([]);
      const others = Object.entries(changes).filter(([, action]) => !["create", "update", "move"].includes(action));
      expect(Object.fromEntries(others)).toEqual({
        // A new function has its check; a policy set is made beside the old one; the data set is looked at again, and is in place.
        ...all(
          "replace",
          "module.approval.module.approver.aws_lambda_invocation.check",
          'module.approval.module.approver.aws_ssm_parameter.set_policy["public-data"]',
          'module.approval.module.approver.aws_ssm_parameter.set_projects["0"]',
          "module.approval.module.approver.terraform_data.set_generation",
          "module.studio.module.data[0].aws_lambda_invocation.load[0]",
        ),
        // Sixteen rules take its place.
        ...all(
          "delete",
          "module.approval.module.event_rule.aws_cloudwatch_event_rule.rule",
          "module.approval.module.event_rule.aws_cloudwatch_event_target.queue",
        ),
      });
    });
    await year().isDone();
  });
}
