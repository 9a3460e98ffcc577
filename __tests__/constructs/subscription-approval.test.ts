import {
  SubscriptionApproval,
  type SubscriptionApprovalProps,
} from "../../constructs/subscription-approval/subscription-approval";
import definition from "../../constructs/subscription-approval/subscription-approval.module";
import { digitOf } from "../../constructs/hosting";
import { environment, moduleOf } from "../support/hosts";
import { addresses, comesAfter, resource, resources, statements } from "../support/synthesized";
import { given, subscriptionApproval } from "./fixtures";

let made: SubscriptionApproval;
const synth = (props: SubscriptionApprovalProps): object =>
  environment((stack) => (made = new SubscriptionApproval(stack, "approval", props)));

const minimal = synth(subscriptionApproval.minimal);
const { commands } = made!.membership;
const complete = synth(subscriptionApproval.complete);

const REQUEST_RULES = [..."0123456789abcdef"].map(
  (part) => `\${aws_cloudwatch_event_rule.approval_event_rule_requests_${part}.arn}`,
);
const FUNCTION_ROLE = "${aws_iam_role.approval_approver_role_function.arn}";

describe("the parts know one another", () => {
  test("the rules feed the approver's queues, and the queues let in those rules alone", () => {
    for (const target of ["_queue_0", "_queue_f", "_later_target"]) {
      expect(resource(minimal, "aws_cloudwatch_event_target", target)).toMatchObject({
        arn: "${aws_sqs_queue.approval_approver_queue.arn}",
        dead_letter_config: { arn: "${aws_sqs_queue.approval_approver_dead_letter_queue.arn}" },
      });
    }
    for (const queue of ["approver_queue_document", "dead_letter_queue_document"]) {
      expect(statements(minimal, queue).EventRules!.condition![0]!.values).toEqual([
        ...REQUEST_RULES,
        "${aws_cloudwatch_event_rule.approval_event_rule_later.arn}",
      ]);
    }
  });

  test("the function's role alone publishes to both topics, and may use their keys", () => {
    for (const topic of ["notifications", "operators"]) {
      expect(statements(minimal, `${topic}_topic_policy`).Publishers!.principals).toEqual([
        { type: "AWS", identifiers: [FUNCTION_ROLE] },
      ]);
      expect(statements(minimal, `${topic}_topic_policy`).NoOneElse!.condition![1]!.values).toEqual([FUNCTION_ROLE]);
      expect(statements(minimal, `${topic}_key_policy`).PublishingRoles!.principals![0]!.identifiers).toEqual([
        FUNCTION_ROLE,
      ]);
    }
    const policy = statements(minimal, "function_document");
    expect(policy.AnnounceKey!.resources).toEqual(["${aws_kms_key.approval_notifications_key.arn}"]);
    expect(policy.ReportFailuresKey!.resources).toEqual(["${aws_kms_key.approval_operators_key.arn}"]);
  });

  test("the event rule publishes to the people's topic, not to the operators'", () => {
    expect(statements(complete, "notifications_topic_policy").EventRules!.condition![0]!.values).toEqual(REQUEST_RULES);
    expect(statements(minimal, "operators_topic_policy")).not.toHaveProperty("EventRules");
    expect(resource(complete, "aws_cloudwatch_event_target", "arrival_notices_0").arn).toBe(
      "${aws_sns_topic.approval_notifications_topic.arn}",
    );
  });

  test("decisions go to the people, alarms and failures to the operators", () => {
    const { variables } = resource(complete, "aws_lambda_function").environment as {
      variables: Record<string, string>;
    };
    expect(variables.TOPIC_ARN).toBe("${aws_sns_topic.approval_notifications_topic.arn}");
    const operators = subscriptionApproval.complete.operators.topic!.arn;
    for (const alarm of Object.values(resources(complete, "aws_cloudwatch_metric_alarm")))
      expect(alarm.alarm_actions).toEqual([operators]);
    expect(resource(complete, "aws_lambda_function_event_invoke_config")).toMatchObject({
      destination_config: { on_failure: { destination: operators } },
    });
  });

  test("the schedule invokes the approver's live alias", () => {
    expect(resource(complete, "aws_lambda_permission", "sweep_permission")).toMatchObject({
      function_name: "${aws_lambda_function.approval_approver_function.function_name}",
      qualifier: "${aws_lambda_alias.approval_approver_alias.name}",
    });
  });

  test("roles and queues of one's own are the ones that topics, rule and commands name", () => {
    const own = synth({ ...subscriptionApproval.minimal, ...given });
    expect(statements(own, "notifications_topic_policy").Publishers!.principals![0]!.identifiers).toEqual([
      given.role!.arn,
    ]);
    expect(resource(own, "aws_cloudwatch_event_target", "_queue_0").arn).toBe(given.queue!.arn);
    expect(made.membership.commands.sales).toContain(given.approverRole!.role!.arn);
  });
});

describe("what is off by default", () => {
  test("is the schedule, arrival notices, memberships and the separate role", () => {
    expect(
      addresses(minimal).filter((address) => /rule_sweep|arrival|membership|pending|role_approver/.test(address)),
    ).toEqual([]);
  });

  test("is said as commands where it is the membership", () => {
    expect(Object.keys(commands)).toEqual(["sales"]);
    expect(commands.sales).toMatch(
      /^aws datazone create-project-membership --domain-identifier dzd_4fbz9qk1x2 --project-identifier sal3s --designation PROJECT_CONTRIBUTOR --member /,
    );
  });
});

test("the role that acts becomes a contributor of each publishing project, where that is asked for", () => {
  const asked = subscriptionApproval.complete;
  for (const [membership, identifier] of [
    [{}, "aws_iam_role.approval_approver_role_approver.arn"],
    [{ userProfile: {} }, "aws_datazone_user_profile.approval_membership_profile_approver.id"],
  ] as const) {
    const stacks = resources(synth({ ...asked, membership }), "aws_cloudformation_stack");
    expect(Object.keys(stacks)).toEqual(["approval_membership_member_sales", "approval_membership_member_hr"]);
    for (const { template_body } of Object.values(stacks)) {
      expect(template_body).toContain(`"UserIdentifier" = ${identifier}`);
    }
  }
});

test("the role that acts may be added to the projects of the domain units that are named, before it is", () => {
  const stacks = resources(complete, "aws_cloudformation_stack");
  expect(stacks.approval_membership_pool_sales!.template_body).toContain('"EntityIdentifier" = "sales-unit"');
  expect(stacks.approval_membership_member_hr!.depends_on).toEqual([
    "aws_cloudformation_stack.approval_membership_pool_sales",
  ]);
});

test("every resource that can carry tags has them", () => {
  const untagged = Object.entries(
    (complete as { resource: Record<string, Record<string, { tags?: object }>> }).resource,
  )
    .flatMap(([type, named]) => Object.entries(named).map(([name, { tags }]) => ({ type, name, tags })))
    .filter(({ tags }) => JSON.stringify(tags) !== '{"team":"data-platform"}');
  expect([...new Set(untagged.map(({ type }) => type))].sort()).toEqual([
    "aws_cloudwatch_dashboard",
    "aws_cloudwatch_event_target",
    "aws_cloudwatch_query_definition",
    "aws_datazone_user_profile",
    "aws_iam_role_policy",
    "aws_lambda_alias",
    "aws_lambda_function_event_invoke_config",
    "aws_lambda_invocation",
    "aws_lambda_permission",
    "aws_sns_topic_policy",
    "aws_sns_topic_subscription",
    "aws_sqs_queue_policy",
    "terraform_data",
  ]);
});

test("no ARN has a partition, an account or a Region written into it", () => {
  const { resource, data } = minimal as { resource: object; data: object };
  expect(JSON.stringify([resource, data]).match(/arn:[^$][^"]*/g)).toBeNull();
});

describe("is refused", () => {
  test.each([
    [
      "a name too long for what is named after it",
      { name: "a".repeat(31) },
      /name: must be 1 to 30 lower-case letters/,
    ],
    ["a name that Parameter Store refuses", { name: "ssm" }, /name: must not begin with aws or ssm/],
    ["a topic that is no object", { operators: { topic: "arn:aws:sns:x" } }, /operators\.topic: must be an object/],
    ["no operators", { operators: undefined }, /operators: is required/],
  ])("%s", (_, props, message) => {
    const wrong = (): object => synth({ ...subscriptionApproval.minimal, ...props } as SubscriptionApprovalProps);
    expect(wrong).toThrow(message);
    expect(wrong).toThrow(/^test\/approval:\n/);
  });

  test("and the part that refuses is named", () => {
    const subscriptions = { me: { protocol: "email" as const, endpoint: "me@example.com" } };
    const together = Array.from({ length: 5000 }, (_, i) => `p${i}`).filter((key) => digitOf(key) === "0");
    const projects = Object.fromEntries(together.slice(0, 99).map((key, i) => [key, { id: `${i}`.padStart(36, "a") }]));
    expect(() =>
      synth({ ...subscriptionApproval.minimal, publishingProjects: projects, notifications: { subscriptions } }),
    ).toThrow(/^test\/approval\/event_rule:\n {2}- publishingProjects: too many projects are in one event pattern/);
  });
});

test("a policy more is one parameter more: the others only get the new set's name", () => {
  const policies = {
    ...subscriptionApproval.minimal.policies,
    more: '@id("more") forbid(principal, action, resource);',
  };
  const after = synth({ ...subscriptionApproval.minimal, policies });
  expect(addresses(after).filter((address) => !addresses(minimal).includes(address))).toEqual([
    "aws_ssm_parameter.approval_approver_set_policy_more",
  ]);
});

test("a project more changes one rule in place and makes the list anew, and no policy, queue or topic", () => {
  const publishingProjects = { ...subscriptionApproval.minimal.publishingProjects, more: { id: "m0re" } };
  const after = synth({ ...subscriptionApproval.minimal, publishingProjects });
  expect(addresses(after)).toEqual(addresses(minimal));
  const changed = addresses(after).filter((address) => {
    const [type, name] = address.split(".") as [string, string];
    return JSON.stringify(resources(after, type)[name]) !== JSON.stringify(resources(minimal, type)[name]);
  });
  expect(changed).toEqual([
    `aws_cloudwatch_event_rule.approval_event_rule_requests_${digitOf("more")}`,
    "terraform_data.approval_approver_set_projects_generation",
    "aws_ssm_parameter.approval_approver_set_projects_0",
    "aws_lambda_function.approval_approver_function",
  ]);
  expect((after as { data: object }).data).toEqual((minimal as { data: object }).data);
});

test("the minimal composition", () => expect(minimal).toMatchSnapshot());
test("the complete composition", () => expect(complete).toMatchSnapshot());
test("the module", () => expect(moduleOf(definition)).toMatchSnapshot());

describe("the check of the policies", () => {
  const CHECK = "aws_lambda_invocation.approval_approver_check";
  const managed = (configuration: object, address: string): string[] =>
    comesAfter(configuration, address).filter((one) => !one.startsWith("data."));

  test.each([
    ["minimal", minimal],
    ["complete", complete],
  ])("comes after what it needs, and before all else: %s", (_, configuration) => {
    const before = managed(configuration, CHECK);
    const after = addresses(configuration).filter((address) => managed(configuration, address).includes(CHECK));
    const beside = addresses(configuration).filter((one) => ![CHECK, ...before, ...after].includes(one));
    expect(before).not.toContain(CHECK);
    expect({ before: before.sort(), beside: beside.sort() }).toMatchSnapshot();
    const types = (all: readonly string[]): Set<string> => new Set(all.map((address) => address.split(".")[0]!));
    // What lets events in and what watches is there only once a set has been found right.
    for (const type of ["aws_cloudwatch_event_rule", "aws_cloudwatch_event_target", "aws_sqs_queue_policy"]) {
      expect(types(after)).toContain(type);
      expect(types([...before, ...beside])).not.toContain(type);
    }
    const alarms = [...before, ...beside].filter((one) => one.startsWith("aws_cloudwatch_metric_alarm."));
    expect(alarms).toEqual([]);
  });
});
