import type { Construct } from "constructs";
import { LambdaFunction, type LambdaFunctionConfig } from "@cdktf/provider-aws/lib/lambda-function";
import { block, bundle, given, here, putBlocks, type Statement, type Statements } from "../hosting";
import { object, type Resolved } from "../inputs";
import { securityGroupIds, subnetIds } from "./network";

/** VPC subnets and security groups of a function. */
export const vpc = object({
  /** Ids of the subnets for the function's network interfaces, preferably in two or more Availability Zones. */
  subnetIds,
  /** Ids of the security groups of the network interfaces. */
  securityGroupIds,
});
type Vpc = Resolved<typeof vpc>;

export interface FunctionProps extends Pick<
  LambdaFunctionConfig,
  "description" | "memorySize" | "timeout" | "publish" | "tags" | "dependsOn" | "count"
> {
  readonly functionName: string;
  readonly roleArn: string;
  /** The folder below functions/ that is bundled. */
  readonly source: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly vpc: Vpc | undefined;
}

/** A Lambda function with what all functions here have in common: a prebuilt bundle, Node.js 22, arm64, and a VPC where one is given. */
export function lambdaFunction(scope: Construct, id: string, props: FunctionProps): LambdaFunction {
  const { roleArn, source, environment, vpc, ...config } = props;
  const lambda = new LambdaFunction(scope, id, {
    ...config,
    role: roleArn,
    ...bundle(scope, source),
    handler: "index.handler",
    runtime: "nodejs22.x",
    architectures: ["arm64"],
    environment: { variables: environment },
  });
  putBlocks(lambda, "vpc_config", [
    block(given(vpc), ({ subnetIds, securityGroupIds }) => ({ subnetIds, securityGroupIds })),
  ]);
  return lambda;
}

/** Trust policy of a function's role: Lambda may assume it. */
export const LAMBDA_TRUST: Statement = {
  sid: "Lambda",
  actions: ["sts:AssumeRole"],
  principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
};

/** As in AWS's managed policy AWSLambdaVPCAccessExecutionRole; none of them can be narrowed to a subnet. */
const NETWORK_INTERFACES = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

/** What every function's role may do: write its log, and let Lambda, but not the function's code, attach it to its VPC. */
export function functionStatements(
  scope: Construct,
  access: { readonly functionName: string; readonly logGroupArn: string; readonly vpc: Vpc | undefined },
): Statements {
  const inVpc = given(access.vpc);
  return [
    { sid: "Log", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${access.logGroupArn}:*`] },
    block(inVpc, { sid: "NetworkInterfaces", actions: NETWORK_INTERFACES, resources: ["*"] }),
    block(inVpc, {
      // AWS's advice (Lambda, "Best practice for using condition keys"): the service attaches the interfaces, the code must not.
      sid: "NoNetworkInterfacesForTheCode",
      effect: "Deny",
      actions: NETWORK_INTERFACES,
      resources: ["*"],
      condition: [
        {
          test: "ArnEquals",
          variable: "lambda:SourceFunctionArn",
          values: [here(scope).arn("lambda", `function:${access.functionName}`)],
        },
      ],
    }),
  ];
}
