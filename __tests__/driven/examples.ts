import * as fs from "node:fs";
import * as path from "node:path";
import { callExamples, examples, fillExample } from "../modules/support/examples";

/** Every complete example. */
export const COMPLETE = examples().filter((name) => name.endsWith("-complete"));

type Values = Readonly<Record<string, string>>;

const APPROVES = { '"dzd_4rgxv6ns8t3knp"': "var.account.domain" };
const OWN_PROJECTS = {
  ...APPROVES,
  '"5yw1mwl0k9d3sh"': "var.account.projects.pricing",
  '"8qv2nxk4c7j1mz"': "var.account.projects.offers",
};
const PATHS = { '"arn:aws:iam::123456789012:policy/boundary"': "var.account.boundary" };
const INSTANCE = { '"arn:aws:s3:us-east-1:123456789012:access-grants/default"': "var.account.instance_arn" };
const IDENTITIES = {
  '"arn:aws:sso:::instance/ssoins-0123456789abcdef"': "var.account.identity_center",
  '"a1b2c3d4-5e6f-7081-92a3-b4c5d6e7f809"': "var.account.auditors",
};
const NETWORK = {
  '"vpc-0123456789abcdef0"': "var.account.vpc_id",
  '["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]': "var.account.subnet_ids",
};
const DEPLOYMENT = { '"arn:aws:iam::123456789012:role/datazone-deployment"': "var.account.deployment_role" };
const UNIT = { '"5zq2nxm1l8c4ti"': "var.account.domain_unit" };
/** What is in the buckets of a test goes with them. */
const EMPTIED = { delete_objects_with_bucket: "true" };

/** What stands in an example for something of an account, and what this one has. */
const VALUES: Readonly<Record<string, { readonly given?: Values; readonly more?: Readonly<Record<string, Values>> }>> =
  {
    "access-grants-complete": {
      given: {
        ...PATHS,
        ...INSTANCE,
        ...IDENTITIES,
        '"s3://example-reports/published/"': '"s3://${var.account.reports_bucket}/published/"',
        '"arn:aws:iam::123456789012:role/reports-location"': "var.account.reports_role",
      },
      more: { data: EMPTIED },
    },
    "approver-complete": {
      given: {
        ...OWN_PROJECTS,
        ...PATHS,
        ...NETWORK,
        '"arn:aws:kms:us-east-1:123456789012:key/3a1b2c4d-datazone"': "var.account.catalog_key",
      },
    },
    "data-bucket-complete": {
      given: {
        ...PATHS,
        '"example-access-logs"': "var.account.log_bucket",
        '"https://data.example.com/2024/abalone.csv"': '"${var.account.website}/2024/abalone.csv"',
        '"de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f"': "var.account.sha256",
      },
      more: { data_bucket: EMPTIED },
    },
    "event-rule-complete": { given: OWN_PROJECTS },
    "notification-topic-complete": {},
    "persona-grants-complete": {
      given: { ...IDENTITIES, '"s3://example-product-data/"': '"s3://${var.account.bucket}/"' },
    },
    "project-membership-complete": {
      given: {
        ...APPROVES,
        ...DEPLOYMENT,
        ...UNIT,
        '"5yw1mwl0k9d3sh"': "var.account.projects.pricing",
        // The approver that is to decide there is that of another example.
        "aws_iam_role.approver.arn": "var.account.member_role_arn",
      },
    },
    "studio-access-complete": {
      given: {
        ...PATHS,
        ...INSTANCE,
        ...NETWORK,
        '["sg-0123456789abcdef0"]': "var.account.security_group_ids",
        '"example-access-logs"': "var.account.log_bucket",
        '"example-raw-data"': "var.account.samples",
      },
      more: { studio_access: EMPTIED },
    },
    "studio-domain-complete": { given: { ...PATHS, ...INSTANCE }, more: { studio_domain: EMPTIED } },
    "studio-network-complete": { given: PATHS },
    "subscription-approval-complete": {
      given: {
        ...APPROVES,
        ...PATHS,
        ...DEPLOYMENT,
        ...UNIT,
        '"5yw1mwl0k9d3sh"': "var.account.projects.sales",
        '"8qv2nxk4c7j1mz"': "var.account.projects.marketing",
      },
    },
  };

/** The examples name things after one product; here they are in one account, and each has names of its own. */
const short = (example: string): string =>
  example
    .replace(/-complete$/, "")
    .split("-")
    .map((word) => word.slice(0, 3))
    .join("-");

/** Writes one root: an account with what it has, all complete examples called from it, and a call for what people bring. */
export function writeRoot(folder: string): void {
  const instance = '{ instance_arn = module.persona-grants-complete.made["module.access_grants"].instance_arn }';
  const member = '{ member_role_arn = module.approver-complete.made["module.approver"].member_role_arn }';
  const own: Readonly<Record<string, string>> = {
    "access-grants-complete": instance,
    "studio-access-complete": instance,
    "studio-domain-complete": instance,
    "project-membership-complete": member,
  };
  const call = (name: string): Values => ({ account: `\${merge(local.account, ${own[name] ?? "{}"})}` });
  callExamples(folder, Object.fromEntries(COMPLETE.map((name) => [name, call(name)])));
  for (const name of COMPLETE) {
    const file = path.join(folder, "examples", name, "main.tf");
    const text = fs
      .readFileSync(file, "utf8")
      .replace(/"(product|sales)\b/g, `"${short(name)}`)
      .replaceAll('= "sagemaker"', `= "${short(name)}"`)
      .replaceAll('"example-product-data"', `"example-${short(name)}-data"`);
    fs.writeFileSync(file, text);
    const { given = {}, more = {} } = VALUES[name] ?? {};
    const inModules = Object.entries(more).map(([module, lines]) => {
      const begins = new RegExp(`^module "${module}" \\{\\n  source += .*\\n`, "m").exec(text)![0];
      return [
        begins,
        begins +
          Object.entries(lines)
            .map(([key, value]) => `  ${key} = ${value}\n`)
            .join(""),
      ] as const;
    });
    fillExample(folder, name, accountOf(text), { ...given, ...Object.fromEntries(inModules) });
  }
  for (const file of ["account.tf", "brought.tf"]) fs.copyFileSync(path.join(__dirname, file), path.join(folder, file));
}

/** What an example gets, and what of it can be looked at from outside. */
function accountOf(text: string): string {
  const modules = [...text.matchAll(/^module "(\w+)"/gm)].map(([, name]) => `module.${name}`);
  const made = [...text.matchAll(/^resource "(aws_sqs_queue|aws_iam_role)" "(\w+)"/gm)].map(
    ([, type, name]) => `${type}.${name}`,
  );
  const looked = [
    ...modules.map((address) => `    "${address}" = ${address}`),
    ...made.map((address) => {
      const url = address.startsWith("aws_sqs_queue") ? `, url = ${address}.url` : "";
      return `    "${address}" = { arn = ${address}.arn${url} }`;
    }),
  ];
  return `variable "account" {\n  type = any\n}\n\noutput "made" {\n  value = {\n${looked.join("\n")}\n  }\n}\n`;
}
