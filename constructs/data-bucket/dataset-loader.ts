import type { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import {
  attributeOf,
  block,
  choose,
  type Count,
  ensure,
  given,
  Heading,
  here,
  json,
  map,
  policyDocument,
  type Statements,
} from "../hosting";
import { functionStatements, LAMBDA_TRUST, lambdaFunction } from "../shared/lambda-function";
import { logGroup } from "../shared/logs";
import { viaService, viaServiceAnywhere } from "../shared/via-service";
import { roleCommons, type RoleOptions } from "../shared/roles";
import { type Dataset, FITTING, GRANTABLE, READABLE } from "./props";

export interface DatasetLoaderProps extends RoleOptions {
  readonly name: string;
  readonly dataset: Dataset;
  readonly bucket: { readonly name: string; readonly arn: string; readonly ready: readonly ITerraformDependable[] };
  readonly kmsKey: { readonly arn: string } | undefined;
  readonly count: Count | undefined;
}

/** Name of the function and of its role. */
export const loaderName = ({ name }: { readonly name: string }): string => `${name}-dataset-loader`;

/**
 * The function that loads a data set, and its invocation by the apply, which fails if the load fails. docs/architecture.md has the
 * function's contract.
 */
export function datasetLoader(
  scope: Construct,
  props: DatasetLoaderProps,
): { readonly role: IamRole; readonly loader: LambdaFunction; readonly load: LambdaInvocation } {
  const { dataset, bucket, tags, count } = props;
  const name = loaderName(props);
  const description = `Loads a data set into the bucket of ${props.name}`;
  new Heading(scope, "The dataset loader: its log and its role");
  const logs = logGroup(scope, "loader_logs", { name: `/aws/lambda/${name}`, logs: dataset.logs, tags, count });
  const role = new IamRole(scope, "loader_role", {
    name,
    description,
    assumeRolePolicy: policyDocument(scope, "loader_trust", [LAMBDA_TRUST], { count }),
    ...roleCommons(props),
    count,
  });
  const target = (prefix: string): string =>
    `arn:${here(scope).partition}:s3:::${bucket.name}/${prefix}${dataset.source.file}`;
  const allowed = statements(scope, props, name, attributeOf(logs, "arn"));
  const policy = new IamRolePolicy(scope, "loader_policy", {
    name: "load",
    role: attributeOf(role, "name"),
    policy: policyDocument(scope, "loader_policy_document", allowed, { count }),
    count,
  });
  // Made of the bucket's name, which a plan knows before the bucket exists.
  ensure(policy, json(map(dataset.prefixes, target)), GRANTABLE);
  new Heading(scope, "The function, and its run");
  const loader = lambdaFunction(scope, "loader", {
    functionName: name,
    description,
    roleArn: attributeOf(role, "arn"),
    source: "dataset-loader",
    memorySize: 1769,
    timeout: 900,
    environment: {
      POWERTOOLS_SERVICE_NAME: props.name,
      POWERTOOLS_LOG_LEVEL: "INFO",
      // Not as the input: then whoever may invoke the function could load something else.
      DATASET: json({
        source: { s3: dataset.source.s3, url: dataset.source.url },
        sha256: dataset.sha256,
        bucket: bucket.name,
        prefixes: dataset.prefixes,
        key: dataset.source.file,
        kmsKeyArn: choose(given(props.kmsKey), ({ arn }) => arn),
      }),
    },
    vpc: dataset.vpc,
    tags,
    dependsOn: [logs, policy],
    count,
  });
  const configuration = attributeOf(loader, 'environment[0].variables["DATASET"]');
  const load = new LambdaInvocation(scope, "load", {
    functionName: attributeOf(loader, "function_name"),
    // With "CRUD" the provider records a failed update as done, and the next apply succeeds with the old data in place.
    lifecycleScope: "CREATE_ONLY",
    input: "{}",
    triggers: { bundle: loader.sourceCodeHashInput!, dataset: configuration },
    dependsOn: [policy, ...bucket.ready],
    count,
  });
  const bucketOfSource = choose(given(dataset.source.s3), (s3) => `${here(scope).partition}:${s3.bucket}`, "none");
  ensure(load, bucketOfSource, READABLE);
  ensure(load, configuration, FITTING);
  return { role, loader, load };
}

function statements(
  scope: Construct,
  { dataset, bucket, kmsKey }: DatasetLoaderProps,
  functionName: string,
  logGroupArn: string,
): Statements {
  const { partition } = here(scope);
  const targets = map(dataset.prefixes, (prefix) => `${bucket.arn}/${prefix}${dataset.source.file}`);
  return [
    block(given(dataset.source.s3), (source) => ({
      sid: "ReadSource",
      actions: ["s3:GetObject"],
      resources: [`arn:${partition}:s3:::${source.bucket}/${source.key}`],
    })),
    block(given(dataset.source.kmsKey), ({ arn }) => ({
      sid: "DecryptSource",
      actions: ["kms:Decrypt"],
      resources: [arn],
      // It may be in any Region.
      condition: [viaServiceAnywhere("s3")],
    })),
    { sid: "TellWhatIsThere", actions: ["s3:ListBucket"], resources: [bucket.arn] },
    {
      sid: "Write",
      actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      resources: targets,
    },
    block(given(kmsKey), ({ arn }) => ({
      sid: "Encrypt",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [arn],
      condition: [viaService(scope, "s3")],
    })),
    ...functionStatements(scope, { functionName, logGroupArn, vpc: dataset.vpc }),
  ];
}
