import { grant, policy } from "../settings";
import type { Resource } from "../state";
import { all, type Year } from "../year";
import { grants, profile, role, told } from "./persona";

/** The approver of the modules, of the environment, and how a change of either's set goes live. */
const CALLED = "module.approval.module.approver";
const OWN = "approval_approver";
const NEW_VERSION = {
  ...all("update", `aws_lambda_function.${OWN}_function`, `aws_lambda_alias.${OWN}_alias`),
  ...all("update", `${CALLED}.aws_lambda_function.function`, `${CALLED}.aws_lambda_alias.alias`),
  ...all("replace", `aws_lambda_invocation.${OWN}_check`, `${CALLED}.aws_lambda_invocation.check`),
};

const NETWORK = "data_access_network";
const DATA = "module.studio.module.data[0]";

/** The data set, in both: its load is an invocation, which can only be made anew. */
export const LOADED_AGAIN = all(
  "replace",
  "aws_lambda_invocation.data_access_data_load",
  `${DATA}.aws_lambda_invocation.load[0]`,
);

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

  test("a subscriber", async () => {
    const { deployment, settings } = year();
    const { QueueUrl } = await deployment.aws<{ QueueUrl: string }>(
      ...["sqs", "create-queue", "--queue-name", "auditors", "--endpoint-url", deployment.sandbox.endpoint],
    );
    const endpoint = `arn:aws:sqs:us-east-1:${deployment.sandbox.account}:${QueueUrl.split("/").pop()!}`;
    const auditors = { protocol: "sqs", endpoint, raw_message_delivery: true } as const;
    await year().change(
      "a subscriber",
      { subscriptions: { ...settings.subscriptions, auditors } },
      all(
        "create",
        "aws_sns_topic_subscription.approval_notifications_subscription_auditors",
        'module.approval.module.notifications.aws_sns_topic_subscription.subscription["auditors"]',
      ),
    );
  });

  test("a persona is made, and nothing of the others changes", async () => {
    const { personas } = year().settings;
    const userC = { grants: { product: grant("Product/*", "READ"), own: grant("UserC/*") } };
    const made = all("create", ...role("userC"), ...profile("userC"), ...grants("userC", ["own", "product"]));
    await year().change("a persona", { personas: { ...personas, userC } }, made);
  });

  test("a grant is made anew, and no other", async () => {
    const { personas } = year().settings;
    const userA = { grants: { ...personas["userA"]!.grants, product: grant("Product/*", "READ") } };
    const changed = all("replace", ...grants("userA", ["product"]));
    await year().change("a grant", { personas: { ...personas, userA } }, changed);
  });

  test("a zone, whose subnets the domains get by the command", async () => {
    const { deployment, settings } = year();
    const names = Object.keys(settings.personas);
    await year().change(
      "a zone",
      { zones: { ...settings.zones, "us-east-1b": 2 } },
      {
        ...all("create", 'aws_subnet.group["us-east-1b"]', `aws_subnet.${NETWORK}_private_subnet_us_east_1b`),
        ...all("create", `aws_route_table.${NETWORK}_private_route_table_us_east_1b`),
        ...all("create", `aws_route_table_association.${NETWORK}_private_association_us_east_1b`),
        ...all("create", `terraform_data.${NETWORK}_private_subnet_cidr_us_east_1b`),
        // Its route table leads to S3 too, and the roles may run jobs in it.
        ...all("update", `aws_vpc_endpoint.${NETWORK}_s3_endpoint`),
        ...all("update", ...names.map((name) => `aws_iam_role_policy.data_access_studio_role_policy_${name}`)),
        ...told(names),
      },
    );
    for (const command of await deployment.updateSubnetsCommands()) await deployment.script(command);
    const subnets = (await deployment.resources())
      .filter(({ type }) => type === "aws_subnet")
      .map(({ values }) => values["id"]);
    const { Domains } = await deployment.aws<{ Domains: { DomainId: string }[] }>("sagemaker", "list-domains");
    const given: string[] = [];
    for (const { DomainId } of Domains) {
      const described = await deployment.aws<{ SubnetIds: string[] }>(
        ...["sagemaker", "describe-domain", "--domain-id", DomainId],
      );
      given.push(...described.SubnetIds);
    }
    expect(given.sort()).toEqual(subnets.sort());
    await year().isDone();
  });

  test("a key of the data: new objects have it, and the data set is loaded again", async () => {
    await year().change(
      "a key",
      { has_key: true },
      {
        ...all("create", "aws_kms_key.data[0]"),
        ...all(
          "update",
          "aws_iam_role_policy.data_access_access_location_policy_data",
          "aws_iam_role_policy.data_access_data_loader_policy",
          "aws_lambda_function.data_access_data_loader",
          "aws_s3_bucket_server_side_encryption_configuration.data_access_data_bucket_encryption",
          'module.studio.module.access.aws_iam_role_policy.location_policy["data"]',
          `${DATA}.aws_iam_role_policy.loader_policy[0]`,
          `${DATA}.aws_lambda_function.loader[0]`,
          `${DATA}.aws_s3_bucket_server_side_encryption_configuration.bucket_encryption`,
        ),
        ...LOADED_AGAIN,
      },
    );
  });

  test("a longer retention", async () => {
    await year().change(
      "a longer retention",
      { retention_days: 90 },
      all(
        "update",
        `aws_cloudwatch_log_group.${OWN}_log_group`,
        "aws_cloudwatch_log_group.data_access_data_loader_logs",
        `aws_iam_role_policy.${OWN}_role_function_policy`,
        "aws_iam_role_policy.data_access_data_loader_policy",
        `${CALLED}.aws_cloudwatch_log_group.log_group`,
        `${CALLED}.aws_iam_role_policy.role_function_policy[0]`,
        `${DATA}.aws_cloudwatch_log_group.loader_logs[0]`,
        `${DATA}.aws_iam_role_policy.loader_policy[0]`,
      ),
    );
  });
}
