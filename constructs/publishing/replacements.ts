import * as data from "./replacing.json";
import { withoutByKey } from "./locals";
import type { SynthesizedModule, Thing } from "./synthesize";

/** An argument that forces replacement, and what happens where it changes. */
export interface Replacement {
  /** `aws_s3_bucket.bucket` */
  readonly argument: string;
  readonly module: string;
  /** Name of the resource in its module. */
  readonly resource: string;
  /** What happens, or undefined where nobody has decided it. */
  readonly happens: string | undefined;
}

/** Arguments whose change makes the resource anew, and why that does no harm. */
const MADE_ANEW: Readonly<Record<string, string>> = {
  "aws_cloudformation_stack.name":
    "made anew with another `name`: the member is missing from its project for seconds, and what fails meanwhile is tried again",
  "aws_cloudwatch_dashboard.dashboard_name": "made anew with another `name`: it holds no data",
  "aws_cloudwatch_event_rule.name": "made anew with another `name`: a sweep finds the requests of that time",
  "aws_cloudwatch_event_target.rule": "made anew with its rule",
  "aws_cloudwatch_log_group.name":
    "made anew with another `name`: a new deployment; the old log goes with the old name",
  "aws_cloudwatch_metric_alarm.alarm_name": "made anew with another `name`: it holds no data",
  "aws_datazone_user_profile.domain_identifier": "made anew for another domain",
  "aws_datazone_user_profile.user_identifier": "made anew: another identity is another profile",
  "aws_datazone_user_profile.user_type": "made anew: another identity is another profile",
  "aws_iam_role.name":
    "made anew with another `name` or `role_prefix`: grants, profiles and policies of the deployment follow; policies elsewhere that name the old role do not",
  "aws_iam_role.path": "made anew with another `role_path`: as with another name",
  "aws_lambda_event_source_mapping.event_source_arn":
    "made anew with another `queue`: messages wait in the queue meanwhile",
  "aws_lambda_function.function_name": "made anew with another `name`: it holds no data",
  "aws_lambda_invocation.triggers": "made anew: that is how the function is invoked again",
  "aws_lambda_permission.function_name": "made anew: it holds no data",
  "aws_lambda_permission.qualifier": "made anew: it holds no data",
  "aws_lambda_permission.source_arn": "made anew: it holds no data",
  "aws_nat_gateway.allocation_id": "made anew with another `elastic_ip`: connections to the internet break for minutes",
  "aws_s3control_access_grant.access_grants_location_configuration":
    "made anew: a grant cannot be changed; it is gone for a second, and credentials stay valid",
  "aws_s3control_access_grant.access_grants_location_configuration.s3_sub_prefix": "as above",
  "aws_s3control_access_grant.access_grants_location_id": "made anew with its location",
  "aws_s3control_access_grant.grantee":
    "made anew: a grant cannot be changed; it is gone for a second, and credentials stay valid",
  "aws_s3control_access_grant.grantee.grantee_identifier": "as above",
  "aws_s3control_access_grant.grantee.grantee_type": "as above",
  "aws_s3control_access_grant.permission":
    "made anew: a grant cannot be changed; it is gone for a second, and credentials stay valid",
  "aws_s3control_access_grant.s3_prefix_type":
    "made anew: a grant cannot be changed; it is gone for a second, and credentials stay valid",
  "aws_s3control_access_grants_location.location_scope":
    "made anew with its grants, which are gone for seconds: for another bucket or prefix add a location under a new key",
  "aws_sagemaker_domain.retention_policy": "always set; its content changes in place",
  "aws_sagemaker_user_profile.single_sign_on_user_identifier":
    "a constant, set together with `single_sign_on_user_value`",
  "aws_sns_topic_subscription.endpoint": "made anew: another endpoint is another subscriber, who has to confirm",
  "aws_sns_topic_subscription.protocol": "made anew: another endpoint is another subscriber, who has to confirm",
  "aws_sns_topic_subscription.topic_arn": "made anew with another `topic`, whose subscribers have to confirm",
  "aws_sns_topic_policy.arn": "made anew with its topic",
  "aws_sqs_queue_policy.queue_url": "made anew with its queue",
  "aws_vpc_endpoint.service_name": "made anew for another service; the Region in it is remembered",
  "aws_s3_bucket_logging.bucket": "made anew with its bucket",
};

const REPLACING: Readonly<Record<string, readonly string[]>> = data.resource;

/** All arguments that force replacement and that a module sets, with what happens where they change. */
export const replacements = (modules: readonly SynthesizedModule[]): Replacement[] =>
  modules.flatMap((module) =>
    module.things
      .filter(({ kind }) => kind === "resource")
      .flatMap((thing) =>
        (REPLACING[thing.labels[0]!] ?? [])
          .filter((path) => valueAt(thing, path) !== undefined)
          .map((path) => ({
            argument: `${thing.labels[0]}.${path}`,
            module: module.definition.name,
            resource: thing.labels[1]!,
            happens: happens(module, thing, path),
          })),
      ),
  );

const valueAt = ({ body }: Thing, path: string): unknown =>
  path.split(".").reduce<unknown>((value, step) => (Array.isArray(value) ? value[0] : value)?.[step as never], body);

function happens(module: SynthesizedModule, thing: Thing, path: string): string | undefined {
  const lifecycle = (thing.body["lifecycle"] ?? {}) as {
    ignore_changes?: string[];
    postcondition?: unknown;
    create_before_destroy?: boolean;
  };
  const text = withoutByKey(JSON.stringify(valueAt(thing, path)), module.json.locals);
  const isCompared = JSON.stringify(lifecycle.postcondition ?? "").includes(`self.${path} `);
  if (lifecycle.ignore_changes?.includes(path)) return isCompared ? "refused" : "ignored";
  if (lifecycle.create_before_destroy) return "the new one is made before the old one goes";
  if (!text.includes("${")) return "cannot change: a constant";
  const remembered = /^"\$\{.*?terraform_data\.(\w+)(\[(?:each\.key|count\.index)\])?\.input\}"$/.exec(text)?.[1];
  const isSettled = module.json.resource?.["terraform_data"]?.[remembered ?? ""]?.["lifecycle"];
  if (JSON.stringify(isSettled ?? "").includes("postcondition")) return "refused";
  const decided = MADE_ANEW[`${thing.labels[0]}.${path}`];
  if (decided !== undefined) return decided;
  const isNamed = /\b(var\.|each\.value)/.test(text);
  const from = /(aws_\w+)\.\w+/.exec(text)?.[1];
  if (isNamed) return undefined;
  return from === undefined && text.includes("each.key")
    ? "cannot change: another key is another thing"
    : from && `made anew only with its \`${from}\``;
}

const ABOUT = `# What forces replacement

The AWS provider replaces a resource where one of these arguments changes. \`npm run modules -- --schema\` asks
release ${data.provider} of the provider which arguments these are, and \`npm run modules\` makes this table. Where a change is *refused*, a
\`terraform_data\` beside the resource remembers the value of the first apply (a Studio domain remembers its name itself), and the plan compares it with the new one. If the new value is not
known at plan, the resource stays as it is, and the comparison follows at apply. To replace the resource all the same, and lose what is in it:
\`terraform apply -replace=<address of the terraform_data>\`. An argument that a module does not set cannot change.
`;

/** docs/replacing.md */
export const replacementDocs = (modules: readonly SynthesizedModule[]): string =>
  `${ABOUT}\n${replacementTable(modules)}\n`;

/** The table for operators. */
function replacementTable(modules: readonly SynthesizedModule[]): string {
  const decided = new Map<string, Set<string>>();
  for (const { argument, happens: what } of replacements(modules)) {
    decided.set(argument, (decided.get(argument) ?? new Set()).add(what ?? "undecided"));
  }
  const types = [...new Set([...decided.keys()].map((argument) => argument.split(".")[0]!))].sort();
  const rows = types.flatMap((type) => {
    const own = [...decided].filter(([argument]) => argument.startsWith(`${type}.`)).sort();
    const unset = REPLACING[type]!.filter((path) => !decided.has(`${type}.${path}`));
    return [
      ...own.map(([argument, what]) => [
        `\`${type}\``,
        `\`${argument.slice(type.length + 1)}\``,
        [...what].join("; or "),
      ]),
      ...(unset.length > 0 ? [[`\`${type}\``, unset.map((path) => `\`${path}\``).join(", "), "never set"]] : []),
    ];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(["resource", "argument", "what happens where it changes"]),
    line(["---", "---", "---"]),
    ...rows.map(line),
  ].join("\n");
}
