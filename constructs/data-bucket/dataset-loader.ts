import type { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import {
  allMatch,
  atLeast,
  atMost,
  attributeOf,
  blockIf,
  bundle,
  type Count,
  existing,
  ifGiven,
  type InputOf,
  isKnown,
  json,
  logFields,
  type Logs,
  mapEach,
  matches,
  partition,
  policyDocument,
  putBlocks,
  region,
  type Rule,
  text,
  type Vpc,
  vpcInput,
} from "../hosting";

/** Where a data set comes from: exactly one of `s3` and `url`. */
export interface DatasetSource {
  /** An object in any bucket and Region that the loader may read. */
  readonly s3?: { readonly bucket: string; readonly key: string };
  /** A URL that begins with `https://`. */
  readonly url?: string;
  /** Name of the file below each prefix. */
  readonly file: string;
  /**
   * Customer-managed key that the object in `s3` is encrypted with.
   * @default - none
   */
  readonly kmsKey?: { readonly arn: string };
}

/** A data set that is loaded at each apply that changes something of it. */
export interface Dataset {
  /** Where to put it: 1 to 100 prefixes that end with a slash. One that is taken off keeps its copy. */
  readonly prefixes: readonly string[];
  /**
   * What to load.
   * @default - the Abalone data set that AWS publishes for SageMaker's samples (4,177 lines, us-east-1)
   */
  readonly source?: DatasetSource;
  /**
   * SHA-256 of the source, in hexadecimal; anything else is then refused.
   * @default - whatever is there
   */
  readonly sha256?: string;
  /**
   * Network of the function. It needs a way to the source and to S3.
   * @default - none of yours
   */
  readonly vpc?: Vpc;
  /**
   * The function's log group.
   * @default - kept for a year, encrypted by CloudWatch Logs itself
   */
  readonly logs?: Logs;
}

const exactlyOne: Rule<DatasetSource> = {
  says: "must have exactly one of s3 and url",
  holds: ({ s3, url }) => (s3 === undefined) !== (url === undefined),
  condition: (value) => `(${value}.s3 == null) != (${value}.url == null)`,
};

const noneTwice: Rule<readonly string[]> = {
  says: "must not name a prefix twice",
  holds: (prefixes) => !isKnown(prefixes) || new Set(prefixes).size === prefixes.length,
  condition: (value) => `length(distinct(${value})) == length(${value})`,
};

const PLAIN = matches(
  /^[^*?$]*$/,
  "must have no * ? and $, which the policy of the loader's role would not take as they are",
);

const plain = { kind: "string", rules: [PLAIN] } as const;

export const datasetInput = {
  kind: "object",
  optional: true,
  fields: {
    prefixes: {
      kind: "list",
      of: text,
      rules: [
        atLeast(1, "prefix"),
        atMost(100, "prefixes"),
        allMatch(
          /^[^/*?$][^*?$]*[/]$/,
          "must name prefixes that end with a slash, do not begin with one, and have no * ? and $, which the policy of the loader's role would not take as they are",
        ),
        noneTwice,
      ],
    },
    source: {
      kind: "object",
      optional: true,
      // One level of lower-case names: a default's keys reach Terraform as they are.
      default: {
        s3: { bucket: "sagemaker-sample-files", key: "datasets/tabular/uci_abalone/abalone.csv" },
        file: "abalone.csv",
      },
      rules: [exactlyOne],
      fields: {
        s3: { kind: "object", optional: true, fields: { bucket: plain, key: plain } },
        url: { kind: "string", optional: true, rules: [matches(/^https:[/][/]/, "must begin with https://")] },
        file: { kind: "string", rules: [matches(/^[^/]+$/, "must be a file name without a slash"), PLAIN] },
        kmsKey: existing,
      },
    },
    sha256: {
      kind: "string",
      optional: true,
      rules: [matches(/^[0-9a-fA-F]{64}$/, "must be 64 hexadecimal digits, as sha256sum prints them")],
    },
    vpc: vpcInput,
    logs: { kind: "object", optional: true, default: {}, fields: logFields },
  },
} as const satisfies InputOf<Dataset> & { readonly optional: true };

export interface DatasetLoaderProps {
  readonly name: string;
  readonly dataset: Dataset & {
    readonly source: DatasetSource;
    readonly logs: Logs & { readonly retentionDays: number };
  };
  readonly bucket: { readonly name: string; readonly arn: string; readonly ready: readonly ITerraformDependable[] };
  readonly kmsKey: { readonly arn: string } | undefined;
  readonly permissionsBoundary: { readonly arn: string } | undefined;
  readonly rolePath: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly count: Count | undefined;
}

/**
 * The function that loads a data set, and its invocation: docs/architecture.md has the contract. A failed load fails the
 * apply.
 */
export function datasetLoader(
  scope: Construct,
  props: DatasetLoaderProps,
): { readonly role: IamRole; readonly loader: LambdaFunction; readonly load: LambdaInvocation } {
  const { dataset, bucket, tags, count } = props;
  const name = `${props.name}-dataset-loader`;
  const logs = new CloudwatchLogGroup(scope, "loader_logs", {
    name: `/aws/lambda/${name}`,
    retentionInDays: dataset.logs.retentionDays,
    kmsKeyId: ifGiven(dataset.logs.kmsKey, ({ arn }) => arn, undefined),
    tags,
    count,
  });
  const role = new IamRole(scope, "loader_role", {
    name,
    description: `Loads a data set into the bucket of ${props.name}`,
    path: props.rolePath,
    permissionsBoundary: ifGiven(props.permissionsBoundary, ({ arn }) => arn, undefined),
    assumeRolePolicy: policyDocument(
      scope,
      "loader_trust",
      [
        {
          sid: "Lambda",
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
        },
      ],
      { count },
    ),
    tags,
    count,
  });
  const policy = new IamRolePolicy(scope, "loader_policy", {
    name: "load",
    role: attributeOf(role, "name"),
    policy: policyDocument(scope, "loader_policy_document", statements(scope, props, attributeOf(logs, "arn")), {
      count,
    }),
    count,
  });
  const { filename, sourceCodeHash } = bundle(scope, "dataset-loader", "data-bucket");
  const loader = new LambdaFunction(scope, "loader", {
    functionName: name,
    description: `Loads a data set into the bucket of ${props.name}`,
    role: attributeOf(role, "arn"),
    filename,
    sourceCodeHash,
    handler: "index.handler",
    runtime: "nodejs22.x",
    architectures: ["arm64"],
    memorySize: 1769,
    timeout: 900,
    environment: { variables: { POWERTOOLS_SERVICE_NAME: props.name, POWERTOOLS_LOG_LEVEL: "INFO" } },
    tags,
    dependsOn: [logs, policy],
    count,
  });
  putBlocks(loader, "vpc_config", [blockIf(dataset.vpc, networked)]);
  const load = new LambdaInvocation(scope, "load", {
    functionName: attributeOf(loader, "function_name"),
    lifecycleScope: "CRUD",
    input: json({
      source: { s3: dataset.source.s3, url: dataset.source.url },
      sha256: dataset.sha256,
      bucket: bucket.name,
      prefixes: dataset.prefixes,
      key: dataset.source.file,
      kmsKeyArn: ifGiven(props.kmsKey, ({ arn }) => arn, undefined),
    }),
    triggers: { bundle: sourceCodeHash },
    dependsOn: [policy, ...bucket.ready],
    count,
  });
  return { role, loader, load };
}

const networked = ({ subnetIds, securityGroupIds }: Vpc): object => ({ subnetIds, securityGroupIds });

function statements(
  scope: Construct,
  { dataset, bucket, kmsKey }: DatasetLoaderProps,
  logGroupArn: string,
): Parameters<typeof policyDocument>[2] {
  const targets = mapEach(dataset.prefixes, (prefix) => `${bucket.arn}/${prefix}${dataset.source.file}`);
  const throughS3 = [{ test: "StringLike", variable: "kms:ViaService", values: [`s3.${region(scope)}.amazonaws.com`] }];
  return [
    blockIf(dataset.source.s3, (source) => ({
      sid: "ReadSource",
      actions: ["s3:GetObject"],
      resources: [`arn:${partition(scope)}:s3:::${source.bucket}/${source.key}`],
    })),
    blockIf(dataset.source.kmsKey, ({ arn }) => ({
      sid: "DecryptSource",
      actions: ["kms:Decrypt"],
      resources: [arn],
    })),
    { sid: "TellWhatIsThere", actions: ["s3:ListBucket"], resources: [bucket.arn] },
    {
      sid: "Write",
      actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      resources: targets,
    },
    blockIf(kmsKey, ({ arn }) => ({
      sid: "Encrypt",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [arn],
      condition: throughS3,
    })),
    { sid: "Log", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroupArn}:*`] },
    blockIf(dataset.vpc, () => ({
      sid: "NetworkInterfaces",
      actions: [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ],
      resources: ["*"],
    })),
  ];
}
