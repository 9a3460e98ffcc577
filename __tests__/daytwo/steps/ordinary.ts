import { policy } from "../settings";
import type { Resource } from "../state";
import { all, type Year } from "../year";

/** The approver of the modules, of the environment, and how a change of either's set goes live. */
const CALLED = "module.approval.module.approver";
const OWN = "approval_approver";
const NEW_VERSION = {
  ...all("update", `aws_lambda_function.${OWN}_function`, `aws_lambda_alias.${OWN}_alias`),
  ...all("update", `${CALLED}.aws_lambda_function.function`, `${CALLED}.aws_lambda_alias.alias`),
  ...all("replace", `aws_lambda_invocation.${OWN}_check`, `${CALLED}.aws_lambda_invocation.check`),
};

/** What a role, or a policy of something, says of the account is read late. */
const isReadLate = (address: string): boolean =>
  /\.(aws_iam_role(_policy)?|aws_kms_key|aws_\w+_policy|aws_cloudwatch_event_target)\.[^.]+$/.test(`.${address}`);

/** An instance is the account's: it keeps the tags that it has. */
const isTagged = ({ type, values }: Resource): boolean =>
  type !== "aws_s3control_access_grants_instance" &&
  "team" in { ...(values["tags"] as object), ...(values["tags_all"] as object) };

/** What every team changes. */
export function ordinary(year: () => Year): void {
  test("a tag of what the modules depend on changes in place what names the account", async () => {
    await year().change("a tag of what depends_on names", { neighbour_tags: { month: "february" } }, (changes) => {
      const { "aws_ssm_parameter.neighbour": neighbour, ...others } = changes;
      expect(neighbour).toBe("update");
      expect(Object.keys(others).filter((address) => !address.startsWith("module."))).toEqual([]);
      expect(others).toEqual(all("update", ...Object.keys(others).filter(isReadLate)));
    });
  });

  test("a tag of their own changes in place what is tagged, and what names the account", async () => {
    const resources = await year().deployment.resources();
    const tagged = resources.filter(isTagged).map(({ address }) => address);
    expect(tagged.length).toBeGreaterThan(100);
    await year().change("a tag", { tags: { team: "research" } }, (changes) => {
      const late = Object.keys(changes).filter(isReadLate);
      expect(changes).toEqual(all("update", ...tagged, ...late));
    });
  });

  test("a policy makes the set anew, and the list of projects stays", async () => {
    const policies = {
      ...year().settings.policies,
      "open-data": policy("open-data", 'resource.terms.contains("Open")'),
    };
    await year().change(
      "a policy",
      { policies },
      {
        ...NEW_VERSION,
        ...all("create", `aws_ssm_parameter.${OWN}_set_policy_open_data`),
        ...all("create", `${CALLED}.aws_ssm_parameter.set_policy["open-data"]`),
        ...all("replace", `aws_ssm_parameter.${OWN}_set_policy_public_data`),
        ...all("replace", `${CALLED}.aws_ssm_parameter.set_policy["public-data"]`),
        ...all("replace", `terraform_data.${OWN}_set_generation`, `${CALLED}.terraform_data.set_generation`),
      },
    );
  });

  test("a project changes one rule and makes the list anew, and the policies stay", async () => {
    const { marketing } = year().deployment.world.catalog.projects;
    const projects = { ...year().settings.projects, marketing: { id: marketing } };
    await year().change(
      "a project",
      { projects },
      {
        ...NEW_VERSION,
        ...all("create", "aws_cloudformation_stack.approval_membership_member_marketing"),
        ...all("create", 'module.approval.module.membership.aws_cloudformation_stack.member["marketing"]'),
        ...all("update", "aws_cloudwatch_event_rule.approval_event_rule_requests_e"),
        ...all("update", 'module.approval.module.event_rule.aws_cloudwatch_event_rule.requests["e"]'),
        // They name the rule.
        ...all("update", "aws_sns_topic_policy.approval_notifications_policy"),
        ...all("update", `aws_sqs_queue_policy.${OWN}_dead_letter_queue_policy`),
        ...all("update", `aws_sqs_queue_policy.${OWN}_queue_policy`),
        ...all("replace", `aws_ssm_parameter.${OWN}_set_projects_0`, `${CALLED}.aws_ssm_parameter.set_projects["0"]`),
        ...all("replace", `terraform_data.${OWN}_set_projects_generation`),
        ...all("replace", `${CALLED}.terraform_data.set_projects_generation`),
      },
    );
  });
}
