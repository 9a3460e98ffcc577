import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import type { Construct } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AddressedStack } from "../../constructs/hosting";
import { type AnyInput, snake } from "../../constructs/inputs";
import { NotificationTopic, notificationTopicInputs } from "../../constructs/notification-topic/notification-topic";
import { StudioAccess, studioAccessInputs } from "../../constructs/studio-access/studio-access";
import {
  SubscriptionApproval,
  subscriptionApprovalInputs,
} from "../../constructs/subscription-approval/subscription-approval";
import { loadPolicySet } from "../../functions/approver/policies/files";
import { ROOT } from "../modules/support/examples";
import type { OfflineTerraform } from "../support/terraform";
import { parsed, type Part, withoutReadLate } from "./part";

/**
 * The same inputs through a construct and through its module, side by side: the real provider plans the same
 * values, resource by resource. The map of addresses: the path in the module, keys included and without `module` and index
 * numbers, joined by `_`, is the name in an environment.
 */
const cases = {
  topic: {
    make: (scope: Construct, id: string) => new NotificationTopic(scope, id, TOPIC),
    module: "notification-topic",
    inputs: notificationTopicInputs,
    props: () => TOPIC,
  },
  approval: {
    make: (scope: Construct, id: string) => new SubscriptionApproval(scope, id, APPROVAL),
    module: "subscription-approval",
    inputs: subscriptionApprovalInputs,
    props: () => APPROVAL,
  },
  studio: {
    make: (scope: Construct, id: string) => new StudioAccess(scope, id, STUDIO),
    module: "studio-access",
    inputs: studioAccessInputs,
    props: () => STUDIO,
  },
} as const;

const ROLE = { arn: "arn:aws:iam::123456789012:role/example" };
const KEY = { arn: "arn:aws:kms:us-east-1:123456789012:key/example" };
const TAGS = { team: "sales" };
const TOPIC = {
  name: "sales",
  displayName: 'Sales "data" access',
  publishers: { approver: { roleArn: ROLE.arn } },
  eventRules: { requests: { arn: "arn:aws:events:us-east-1:123456789012:rule/requests" } },
  subscriptions: {
    owners: { protocol: "email", endpoint: "owners@example.com", filterPolicy: { decision: ["waiting", "failed"] } },
    machines: {
      protocol: "sqs",
      endpoint: "arn:aws:sqs:us-east-1:123456789012:machines",
      rawMessageDelivery: true,
      deadLetterQueue: { arn: "arn:aws:sqs:us-east-1:123456789012:dead" },
    },
    function: { protocol: "lambda", endpoint: "arn:aws:lambda:us-east-1:123456789012:function:x" },
  },
  tags: TAGS,
} as const;
const APPROVAL = {
  name: "approval",
  environment: "prod",
  domain: { id: "dzd_example", kmsKey: KEY },
  publishingProjects: { sales: { id: "project1" }, pricing: { id: "project2" } },
  policies: loadPolicySet(path.join(ROOT, "policies/prod")),
  sweep: { everyMinutes: 60, alarmAfterHours: 48 },
  approverRole: {},
  queueKey: KEY,
  notifications: { subscriptions: TOPIC.subscriptions },
  operators: { subscriptions: { onCall: { protocol: "email", endpoint: "operators@example.com" } } },
  arrivalNotices: {},
  membership: { role: ROLE },
  logs: { retentionDays: 731 },
  rolePath: "/data-access/",
  permissionsBoundary: { arn: "arn:aws:iam::123456789012:policy/boundary" },
  tags: TAGS,
} as const;
const STUDIO = {
  name: "studio",
  network: {
    create: {
      vpcCidr: "10.0.0.0/16",
      privateSubnets: { "us-east-1a": "10.0.0.0/20", "us-east-1b": "10.0.16.0/20" },
      publicSubnets: { "us-east-1a": "10.0.240.0/24" },
      natGateways: { "us-east-1a": {} },
      flowLogs: {},
    },
  },
  dataset: { prefixes: ["Product/", "UserA/", "UserB/"], sha256: "ab".repeat(32) },
  personas: {
    userA: {
      space: {},
      grants: {
        product: { subPrefix: "Product/*", permission: "READWRITE" },
        own: { subPrefix: "UserA/*", permission: "READWRITE" },
      },
    },
    userB: { grants: { product: { subPrefix: "Product/*", permission: "READ" } } },
  },
  tags: TAGS,
} as const;

class Environment extends AddressedStack {}

/** Both in one module: the constructs as they synthesize, and calls of the published modules beside them. */
function write(terraform: OfflineTerraform, folder: string): void {
  const app = new App({ outdir: path.join(terraform.folder, "synthesized") });
  const stack = new Environment(app, "environment");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const module: Record<string, object> = {};
  for (const [id, { make, module: name, inputs, props }] of Object.entries(cases)) {
    make(stack, id);
    module[id] = { source: `./modules/${name}`, ...(variables(inputs as unknown as AnyInput, props()) as object) };
  }
  app.synth();
  const target = path.join(terraform.folder, folder);
  fs.cpSync(path.join(terraform.folder, "synthesized/stacks/environment"), target, { recursive: true });
  fs.symlinkSync(path.join(ROOT, "modules"), path.join(target, "modules"));
  const { resource, data, locals } = JSON.parse(fs.readFileSync(path.join(target, "cdk.tf.json"), "utf8")) as Record<
    string,
    object
  >;
  terraform.write(`${folder}/cdk.tf.json`, { resource, data, locals });
  terraform.write(`${folder}/modules.tf.json`, { module });
}

export const equality: Part = { write, tests };

/** A prop's value under Terraform's names, its text escaped for Terraform JSON. */
function variables(input: AnyInput, value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\$\{/g, "$$${").replace(/%\{/g, "%%{");
  if (Array.isArray(value)) return value.map((item) => variables(input.of!, item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      input.kind === "object" ? [snake(key), variables(input.fields![key]!, item)] : [key, variables(input.of!, item)],
    ),
  );
}

/** `module.studio.module.persona["userA"].aws_x.grant["own"]` → `aws_x.studio_persona_userA_grant_own` */
function environmentAddress(address: string): string {
  const [, type] = /(?:^|\.)((?:aws|terraform)_\w+)\./.exec(address)!;
  const parts = address.replace(`${type}.`, "").matchAll(/(?:module\.)?(\w+)(?:\[(?:"([^"]*)"|\d+)\])?/g);
  const names = [...parts].flatMap(([, name, key]) => (key === undefined ? [name!] : [name!, key]));
  return `${type}.${names.join("_").replace(/[^A-Za-z0-9_]/g, "_")}`;
}

/** JSON texts by what they say; where the bundle lies is the one difference that there has to be. */
function comparable(values: object): object {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key !== "filename")
      .map(([key, value]) => [key, parsed(value)]),
  );
}

function tests(all: Parameters<Part["tests"]>[0]): void {
  /** What was planned of a case in one of the hosts, by the addresses that it has in an environment. */
  function planned(id: string, host: "construct" | "module"): Readonly<Record<string, unknown>> {
    const own = Object.values(all().plan).filter(
      // An environment remembers its account once, a module by itself.
      ({ address }) =>
        address.startsWith("module.") === (host === "module") &&
        !/(^|[.])terraform_data[.](account|region)$/.test(address),
    );
    const entries = own.map(({ address, change }) => {
      const named = host === "module" ? environmentAddress(address) : address;
      const values = { ...comparable(change.after!), unknown: change.after_unknown };
      return [named, withoutReadLate(named, values)] as const;
    });
    return Object.fromEntries(entries.filter(([address]) => address.split(".")[1]!.startsWith(`${id}_`)));
  }

  test.each(Object.keys(cases))("%s: the same resources", (id) => {
    const made = Object.keys(planned(id, "construct"));
    expect(made.length).toBeGreaterThan(5);
    expect(Object.keys(planned(id, "module")).sort()).toEqual(made.sort());
  });

  test.each(Object.keys(cases))("%s: the same values in each", (id) => {
    expect(planned(id, "module")).toEqual(planned(id, "construct"));
  });
}
