import { statSync } from "node:fs";
import { didYouMean } from "../../constructs/inputs/nearest";
import { type Module, readRoot, readTerraform } from "../policy/terraform";
import { NotUnderstood } from "../program/exit";

/** What a deployment has that is looked at. */
export interface Targets {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly approver: {
    readonly name: string;
    readonly domainId: string;
    /** The role that decides. */
    readonly roleArn: string;
    readonly topicArns: readonly string[];
    /** Ids of the publishing projects. */
    readonly projects: readonly string[];
  };
  readonly studio?: {
    readonly domainId: string;
    readonly profiles: readonly string[];
    readonly roleArns: readonly string[];
  };
  /** Locations of S3 Access Grants that the deployment registered. */
  readonly locations: readonly { readonly id: string; readonly scope: string }[];
  readonly alarms: readonly string[];
}

/**
 * Reads what a deployment has from its state.
 *
 * @param given a folder where Terraform runs, of an environment cdktf.out/stacks/<environment>, or a file with `terraform show -json`
 * @param name which approver, where there are several
 * @throws Error that says what is missing
 */
export async function readTargets(given: string, name?: string): Promise<Targets> {
  const there = statSync(given, { throwIfNoEntry: false });
  if (!there)
    throw new NotUnderstood(
      `${given} is not there. Expected is the folder where Terraform runs (of an environment cdktf.out/stacks/<environment>), or a file: terraform show -json > state.json`,
    );
  return targetsIn(there.isFile() ? readTerraform(given) : await readRoot(given), given, name);
}

type Values = Readonly<Record<string, unknown>>;

function targetsIn(modules: readonly Module[], given: string, name: string | undefined): Targets {
  const all = (type: string): Values[] =>
    modules.flatMap(({ resources }) => resources.filter((one) => one.type === type).map(({ values }) => values));
  const functions = all("aws_lambda_function").flatMap((values) => {
    const [environment] = (values["environment"] ?? []) as readonly { variables?: Record<string, string> }[];
    const variables = environment?.variables ?? {};
    return variables["APPROVER_NAME"] === undefined ? [] : [{ arn: String(values["arn"]), variables }];
  });
  const names = functions.map(({ variables }) => variables["APPROVER_NAME"]!);
  const found = functions.filter(({ variables }) => name === undefined || variables["APPROVER_NAME"] === name);
  const [only, ...others] = found;
  if (!only && name !== undefined)
    throw new NotUnderstood(
      `${given} has no approver ${name}, but: ${names.join(", ") || "none"}.${didYouMean(name, names)}`,
    );
  if (!only) throw new Error(`${given} has no approver: nothing of this project has been applied there.`);
  if (others.length > 0) throw new NotUnderstood(`Which approver? Give --approver, one of: ${names.join(", ")}`);

  const { variables, arn } = only;
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  const [domain] = all("aws_sagemaker_domain");
  const profiles = all("aws_sagemaker_user_profile").filter((one) => one["domain_id"] === domain?.["id"]);
  const roleOf = (profile: Values): string =>
    ((profile["user_settings"] ?? []) as readonly { execution_role?: string }[])[0]?.execution_role ?? "";
  return {
    partition,
    region,
    account,
    approver: {
      name: variables["APPROVER_NAME"]!,
      domainId: variables["DOMAIN_ID"]!,
      roleArn: variables["MEMBER_ROLE_ARN"]!,
      topicArns: [variables["TOPIC_ARN"], variables["OPERATORS_TOPIC_ARN"]].filter((topic) => topic !== undefined),
      projects: all("aws_ssm_parameter")
        .filter((one) => String(one["name"]).startsWith(`${variables["PROJECTS_PATH"]}/`))
        .flatMap((one) => String(one["insecure_value"]).split(",")),
    },
    ...(domain && {
      studio: {
        domainId: String(domain["id"]),
        profiles: profiles.map((one) => String(one["user_profile_name"])),
        roleArns: profiles.map(roleOf),
      },
    }),
    locations: all("aws_s3control_access_grants_location").map((one) => ({
      id: String(one["access_grants_location_id"]),
      scope: String(one["location_scope"]),
    })),
    alarms: all("aws_cloudwatch_metric_alarm").map((one) => String(one["alarm_name"])),
  };
}
