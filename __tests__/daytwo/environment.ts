import * as fs from "node:fs";
import * as path from "node:path";
import { App, TerraformOutput } from "cdktf";
import type { Permission } from "../../constructs/shared/grant";
import type { StudioAccess, StudioAccessProps } from "../../constructs/studio-access/studio-access";
import type { SubscriptionApprovalProps } from "../../constructs/subscription-approval/subscription-approval";
import { EnvironmentStack } from "../../environments/definition/stack";
import type { Grants, Settings } from "./settings";

const NAME = "year";

/** Where cdktf puts the root of the environment below its output folder. */
export const rootIn = (outdir: string): string => path.join(outdir, "stacks", NAME);

/** Synthesizes the environment whose account the modules' callers are in, with the settings that they have, and the command that gives its domain subnets as an output. */
export function synthesize(outdir: string, settings: Settings, systems: { readonly approval: boolean }): void {
  const app = new App({ outdir });
  const stack = new EnvironmentStack(app, {
    name: NAME,
    region: "us-east-1",
    account: "123456789012",
    backend: { local: {}, s3: undefined, hcp: undefined },
    tags: settings.tags,
    sandbox: true,
    ...(systems.approval && { subscriptionApproval: approvalProps(settings) }),
    studioAccess: accessProps(settings),
  });
  const { domain } = stack.node.findChild("data_access") as StudioAccess;
  // The baseline does not have it.
  if ("updateSubnetsCommand" in domain)
    new TerraformOutput(stack, "own_update_subnets_command", { value: domain.updateSubnetsCommand });
  app.synth();
  const file = path.join(rootIn(outdir), "cdk.tf.json");
  const configuration = JSON.parse(fs.readFileSync(file, "utf8")) as { terraform: { backend?: unknown } };
  // Terraform's own is in the root's folder.
  delete configuration.terraform.backend;
  // In lines, since Terraform quotes the one that an error is about.
  fs.writeFileSync(file, JSON.stringify(configuration, undefined, 2));
}

const approvalProps = (settings: Settings): SubscriptionApprovalProps => ({
  name: "own",
  environment: "prod",
  domain: { id: settings.domain },
  publishingProjects: settings.projects,
  policies: settings.policies,
  sweep: { everyMinutes: 60 },
  membership: {},
  tags: settings.tags,
  logs: { retentionDays: settings.retention_days },
  notifications: {
    subscriptions: mapped(settings.subscriptions, ({ protocol, endpoint }) => ({
      protocol,
      endpoint,
      rawMessageDelivery: true,
    })),
  },
  operators: { subscriptions: { on_call: { protocol: "email", endpoint: "data-platform@example.com" } } },
});

const accessProps = (settings: Settings): StudioAccessProps => ({
  name: "own",
  domainName: "Own",
  deleteObjectsWithBucket: true,
  tags: settings.tags,
  ...(settings.has_key && { dataKey: { arn: settings.key } }),
  network: {
    create: { vpcCidr: "10.0.0.0/16", privateSubnets: mapped(settings.zones, (subnet) => `10.0.${subnet}.0/24`) },
  },
  dataset: {
    source: { s3: { bucket: settings.samples, key: settings.data_set }, file: "abalone.csv" },
    prefixes: ["Product/"],
    logs: { retentionDays: settings.retention_days },
  },
  personas: mapped(settings.personas, ({ grants }) => ({ grants: mapped(grants, granted) })),
});

const granted = ({ sub_prefix, permission }: Grants[string]) => ({
  subPrefix: sub_prefix,
  permission: permission as Permission,
});

const mapped = <T, U>(entries: Readonly<Record<string, T>>, make: (entry: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, make(entry)]));
