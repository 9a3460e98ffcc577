import * as fs from "node:fs";
import * as path from "node:path";
import type { TerraformStack } from "cdktf";
import { Approver } from "../../constructs/approver/approver";
import approverModule from "../../constructs/approver/approver.module";
import { EventRule } from "../../constructs/event-rule/event-rule";
import eventRuleModule from "../../constructs/event-rule/event-rule.module";
import { NotificationTopic } from "../../constructs/notification-topic/notification-topic";
import notificationTopicModule from "../../constructs/notification-topic/notification-topic.module";
import { ProjectMembership } from "../../constructs/project-membership/project-membership";
import projectMembershipModule from "../../constructs/project-membership/project-membership.module";
import { SubscriptionApproval } from "../../constructs/subscription-approval/subscription-approval";
import subscriptionApprovalModule from "../../constructs/subscription-approval/subscription-approval.module";
import { BUNDLES, environment, moduleOf } from "../support/hosts";
import { resources } from "../support/synthesized";
import type { OfflineTerraform, Plan } from "../support/terraform";
import * as fixtures from "../constructs/fixtures";
import type { Part } from "./part";

/** Props as a caller of a module writes them: snake_case, but not the keys of maps; template sequences escaped. */
const MAPS = [
  "tags",
  "policies",
  "publishingProjects",
  "subscriptions",
  "filterPolicy",
  "members",
  "publishers",
  "eventRules",
];
function variables(props: unknown, ofMap = false): unknown {
  if (typeof props === "string") return props.replace(/([$%])\{/g, "$1$1{");
  if (Array.isArray(props)) return props.map((item) => variables(item));
  if (typeof props !== "object" || props === null) return props;
  const name = (key: string): string => (ofMap ? key : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  return Object.fromEntries(
    Object.entries(props).map(([key, value]) => [name(key), variables(value, !ofMap && MAPS.includes(key))]),
  );
}

const call = (module: string, props: object): object => ({
  source: `./modules/${module}`,
  ...(variables(props) as object),
});

/** The bundle is the same, but it lies elsewhere. */
const comparable = (after: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  typeof after.filename === "string" ? { ...after, filename: path.basename(after.filename) } : after;

/** What the caller of a module makes in the same root: nothing of it is known when the plan is made. */
const COMPUTED = {
  aws_kms_key: { own: {} },
  aws_sqs_queue: { own: { name: "own" } },
  aws_sns_topic: { own: { name: "own" } },
  aws_iam_role: { own: { name: "own", assume_role_policy: "{}" } },
};
const key = { arn: "${aws_kms_key.own.arn}" };
const queue = { arn: "${aws_sqs_queue.own.arn}", url: "${aws_sqs_queue.own.url}", name: "${aws_sqs_queue.own.name}" };
const topic = { arn: "${aws_sns_topic.own.arn}", kms_key: key };
const role = { arn: "${aws_iam_role.own.arn}" };

const withComputed = {
  notification_topic: {
    ...call("notification-topic", fixtures.notificationTopic.minimal),
    kms_key: key,
    publishers: { own: { role_arn: role.arn } },
    subscriptions: { own: { protocol: "sqs", endpoint: queue.arn, dead_letter_queue: { arn: queue.arn } } },
  },
  approval: {
    ...call("subscription-approval", fixtures.subscriptionApproval.minimal),
    domain: { id: "dzd_4fbz9qk1x2", kms_key: key },
    notifications: {
      topic: { arn: topic.arn },
      kms_key: key,
      subscriptions: { own: { protocol: "sqs", endpoint: queue.arn } },
    },
    operators: { kms_key: key },
    queue_key: key,
    dead_letter_queue: queue,
    approver_role: { role },
    membership: { role },
    logs: { kms_key: key },
  },
};

const literal = {
  notification_topic: fixtures.notificationTopic,
  event_rule: fixtures.eventRule,
  approver: fixtures.approver,
  project_membership: fixtures.projectMembership,
  subscription_approval: fixtures.subscriptionApproval,
};
const modules = [
  notificationTopicModule,
  eventRuleModule,
  approverModule,
  projectMembershipModule,
  subscriptionApprovalModule,
];

/** The same props through the constructs, in one environment. */
function constructs(stack: TerraformStack): void {
  const { notification_topic, event_rule, approver, project_membership, subscription_approval } = literal;
  for (const size of ["minimal", "complete"] as const) {
    new NotificationTopic(stack, `notification_topic_${size}`, notification_topic[size]);
    new EventRule(stack, `event_rule_${size}`, event_rule[size]);
    new Approver(stack, `approver_${size}`, approver[size]);
    new ProjectMembership(stack, `project_membership_${size}`, project_membership[size]);
    new SubscriptionApproval(stack, `subscription_approval_${size}`, subscription_approval[size]);
  }
}

/** Every construct of system A, from literals in an environment and from variables as modules. */
function write(terraform: OfflineTerraform, folder: string): void {
  const bundle = fs.readFileSync(path.join(BUNDLES, "approver.zip"), "utf8");
  const hosted: Record<string, unknown> = environment(constructs);
  delete hosted.provider;
  delete (hosted.terraform as Record<string, unknown>).backend;
  terraform.write(`${folder}/environment/main.tf.json`, hosted);
  for (const { filename } of Object.values(resources(hosted, "aws_lambda_function"))) {
    terraform.write((filename as string).replace("${path.module}", `${folder}/environment`), bundle);
  }
  for (const definition of modules) {
    terraform.write(`${folder}/modules/${definition.name}/main.tf.json`, moduleOf(definition as never));
  }
  terraform.write(`${folder}/modules/approver/approver.zip`, bundle);
  const calls = Object.entries(literal).flatMap(([name, { minimal, complete }]) => [
    [`${name}_minimal`, call(name.replace(/_/g, "-"), minimal)],
    [`${name}_complete`, call(name.replace(/_/g, "-"), complete)],
  ]);
  terraform.write(`${folder}/main.tf.json`, {
    resource: COMPUTED,
    module: { environment: { source: "./environment" }, ...Object.fromEntries(calls), ...withComputed },
  });
}

export const systemA: Part = {
  write,
  tests: (planned) => tests(() => planned().plan),
};

function tests(plan: () => Plan): void {
  /** What was planned for a construct, by the address that it has in a module, without index or key. */
  const inModule = (module: string): Readonly<Record<string, unknown>> =>
    planned(`module.${module}.`, (address) =>
      address
        .replace(/\[0\]/g, "")
        .replace(/\["(.*)"\]$/, (_, key: string) => `_${key.replace(/-/g, "_")}`)
        .replace(/^module\.(\w+)\.(\w+)\./, "$2.$1_"),
    );
  const inEnvironment = (module: string): Readonly<Record<string, unknown>> =>
    planned("module.environment.", (address) =>
      address.includes(`.${module}_`) ? address.replace(`.${module}_`, ".") : undefined,
    );
  function planned(
    prefix: string,
    addressed: (address: string) => string | undefined,
  ): Readonly<Record<string, unknown>> {
    const found = Object.values(plan()).filter(({ address }) => address.startsWith(prefix));
    const named = found.map(
      ({ address, change }) => [addressed(address.slice(prefix.length)), comparable(change.after)] as const,
    );
    return Object.fromEntries(named.filter(([address]) => address !== undefined));
  }

  test.each(Object.keys(literal).flatMap((name) => [`${name}_minimal`, `${name}_complete`]))(
    "%s is planned the same from literals and from variables",
    (name) => {
      expect(inModule(name)).toEqual(inEnvironment(name));
    },
  );

  test("what the caller makes in the same root decides nothing: what exists is known when the plan is made", () => {
    const made = (module: string): string[] => Object.keys(inModule(module)).map((address) => address.split(".")[0]!);
    expect(made("notification_topic").sort()).toEqual([
      "aws_sns_topic",
      "aws_sns_topic_policy",
      "aws_sns_topic_subscription",
      "terraform_data",
    ]);
    expect(made("approval")).not.toContain("aws_kms_key");
    // Its own function role; the approver role is the caller's.
    expect(made("approval").filter((type) => type === "aws_iam_role")).toHaveLength(1);
    expect(made("approval").filter((type) => type === "aws_sqs_queue")).toHaveLength(1);
  });

  test("makes what it always made, at the same addresses", () => {
    expect(Object.keys(plan()).sort()).toMatchSnapshot();
  });
}
