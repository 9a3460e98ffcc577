import { readFileSync } from "node:fs";
import * as path from "node:path";
import { accessGrantsInputs } from "../../constructs/access-grants/props";
import { approverInputs } from "../../constructs/approver/props";
import { dataBucketInputs } from "../../constructs/data-bucket/props";
import { eventRuleInputs } from "../../constructs/event-rule/props";
import { type AnyInput, checkProps } from "../../constructs/inputs";
import { notificationTopicInputs } from "../../constructs/notification-topic/props";
import { projectMembershipInputs } from "../../constructs/project-membership/props";
import { studioDomainInputs } from "../../constructs/studio-domain/props";
import { studioNetworkInputs } from "../../constructs/studio-network/props";
import { SubscriptionApproval } from "../../constructs/subscription-approval/subscription-approval";
import { environment } from "../support/hosts";
import { resource } from "../support/synthesized";
import * as systemA from "./fixtures";
import * as systemB from "./studio-fixtures";

// Every limit of docs/limits.md that is ours: the most is taken, one more is refused, and the message says what to do.

const many = <T>(count: number, entry: (i: number) => T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`e${i}`, entry(i)]));
const list = <T>(count: number, entry: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => entry(i));
const arn = (service: string, what: string): { arn: string } => ({
  arn: `arn:aws:${service}:us-east-1:111122223333:${what}`,
});
const role = (i: number): string => `arn:aws:iam::111122223333:role/role-${i}`;
const mail = (i: number): object => ({ protocol: "email", endpoint: `someone${i}@example.com` });

/** What is wrong with the props. Rules say it; nothing is synthesized for a thousand people. */
const made =
  (inputs: AnyInput, minimal: object) =>
  (props: object): readonly string[] =>
    checkProps(inputs, { ...minimal, ...props } as never).problems;

const approver = made(approverInputs, systemA.approver.minimal);
const topic = made(notificationTopicInputs, systemA.notificationTopic.minimal);
const grants = made(accessGrantsInputs, systemB.accessGrants.minimal);
const membership = made(projectMembershipInputs, systemA.projectMembership.minimal);
const studio = made(studioDomainInputs, systemB.studioDomain.minimal);
const network = made(studioNetworkInputs, systemB.studioNetwork.minimal);
const bucket = made(dataBucketInputs, systemB.dataBucket.minimal);
const rule = made(eventRuleInputs, systemA.eventRule.minimal);

const LIMITS = readFileSync(path.resolve(__dirname, "../../docs/limits.md"), "utf8");

test.each<[string, (props: object) => readonly string[], number, (count: number) => object, RegExp]>([
  [
    "policies of a set",
    approver,
    500,
    (n) => ({ policies: many(n, (i) => `@id("e${i}")permit(principal,action,resource);`) }),
    /at most 500 policies/,
  ],
  [
    "rules that may send",
    approver,
    50,
    (n) => ({ eventRules: many(n, (i) => arn("events", `rule/${i}`)) }),
    /at most 50 rules/,
  ],
  [
    "rules that may publish",
    topic,
    50,
    (n) => ({ eventRules: many(n, (i) => arn("events", `rule/${i}`)) }),
    /at most 50 rules/,
  ],
  [
    "roles that may publish",
    topic,
    50,
    (n) => ({ publishers: many(n, (i) => ({ roleArn: role(i) })) }),
    /at most 50 roles/,
  ],
  [
    "subscriptions with a filter",
    topic,
    200,
    (n) => ({ subscriptions: many(n, (i) => ({ ...mail(i), filterPolicy: { decision: ["waiting"] } })) }),
    /at most 200 subscriptions with a filterPolicy/,
  ],
  [
    "combinations of a filter's values",
    topic,
    50,
    (n) => ({
      subscriptions: {
        me: {
          ...mail(0),
          filterPolicy: { project: list(n, (i) => `p${i}`), decision: ["approved", "rejected", "failed"] },
        },
      },
    }),
    /at most 150 combinations of values/,
  ],
  [
    "locations",
    grants,
    1000,
    (n) => ({ locations: many(n, (i) => ({ scope: `s3://bucket-${i}` })) }),
    /at most 1000 locations/,
  ],
  [
    "keys of a location",
    grants,
    50,
    (n) => ({ locations: { data: { scope: "s3://data", kmsKeys: many(n, (i) => arn("kms", `key/${i}`)) } } }),
    /at most 50 keys/,
  ],
  [
    "memberships",
    membership,
    2000,
    (n) => ({
      cloudFormation: {},
      members: many(n - 1, () => ({ projectId: "sal3s", identifier: role(0) })),
      memberPools: many(1, () => ({ domainUnitId: "unit1", identifier: role(0) })),
    }),
    /at most 2000 with memberPools.*leave out cloudFormation/,
  ],
  ["people", studio, 1000, (n) => ({ profiles: many(n, () => ({})) }), /at most 1000 people.*another account/],
  [
    "subnets",
    studio,
    16,
    (n) => ({ network: { ...systemB.studioDomain.minimal.network, subnetIds: list(n, (i) => `subnet-${i}`) } }),
    /at most 16 subnets/,
  ],
  [
    "shared instances",
    studio,
    20,
    (n) => ({ sharedAccessGrantsInstances: many(n, () => arn("s3", "access-grants/default")) }),
    /at most 20 instances/,
  ],
  [
    "accounts of images",
    studio,
    20,
    (n) => ({ imageRegistries: { accountIds: list(n, (i) => `${111122223333 + i}`) } }),
    /at most 20 accounts/,
  ],
  ["public buckets", network, 100, (n) => ({ publicBuckets: many(n, (i) => `public-${i}`) }), /at most 100 buckets/],
  [
    "roles that alone reach the objects",
    bucket,
    100,
    (n) => ({ objectsOnlyFor: { roles: many(n, role) } }),
    /at most 100 roles/,
  ],
  [
    "prefixes of a data set",
    bucket,
    100,
    (n) => ({ dataset: { sha256: "ab".repeat(32), prefixes: list(n, (i) => `p${i}/`) } }),
    /at most 100 prefixes/,
  ],
  [
    "publishing projects",
    rule,
    1000,
    (n) => ({ publishingProjects: many(n, (i) => ({ id: `project${i}` })) }),
    /at most 1000 projects.*second approval/,
  ],
  [
    "security groups",
    studio,
    5,
    (n) => ({ network: { ...systemB.studioDomain.minimal.network, securityGroupIds: list(n, (i) => `sg-${i}`) } }),
    /at most 5 security groups/,
  ],
])("%s", (_, make, most, props, message) => {
  expect(LIMITS).toMatch(new RegExp(`(?<![\\d,])${most.toLocaleString("en-US")}(?!,?\\d)`));
  expect(make(props(most))).toEqual([]);
  expect(make(props(most + 1))).toEqual([expect.stringMatching(message)]);
});

test("subscriptions without a filter have no limit of ours", () => {
  expect(topic({ subscriptions: many(300, mail) })).toEqual([]);
});

test("the function's environment stays below Lambda's 4,096 bytes, however long its names are", () => {
  const longest = environment((stack) => {
    new SubscriptionApproval(stack, "approval", {
      ...systemA.subscriptionApproval.minimal,
      name: "a".repeat(30),
      environment: "e".repeat(64),
      domain: { id: `dzd-${"d".repeat(36)}` },
      approverRole: { role: { arn: `arn:aws-us-gov:iam::111122223333:role/${"p/".repeat(255)}/${"r".repeat(64)}` } },
    });
  });
  const { environment: settings } = resource(longest, "aws_lambda_function") as {
    environment: { variables: Record<string, string> };
  };
  // What Terraform fills in: ARNs, URLs and ids of what has the name, none longer than this.
  const filled = Object.entries(settings.variables).map(
    ([name, value]) => name + value.replace(/\$\{[^}]*\}/g, "x".repeat(140)),
  );
  expect(filled.join("").length).toBeLessThan(3_500);
});
