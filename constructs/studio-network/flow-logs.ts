import type { Construct } from "constructs";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { accountId, attributeOf, ifGiven, type Logs, type Maybe, named, onlyIf, policyDocument } from "../hosting";

export interface FlowLogsProps {
  readonly vpcId: string;
  readonly flowLogs: (Logs & { readonly retentionDays: number }) | undefined;
  readonly name: string;
  readonly rolePath: string;
  readonly permissionsBoundary: { readonly arn: string } | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Records the traffic of a VPC in CloudWatch Logs, where asked for. */
export function flowLogs(scope: Construct, props: FlowLogsProps): Maybe<FlowLog> {
  const { name, tags } = props;
  return onlyIf(props.flowLogs, (logs, count) => {
    const group = new CloudwatchLogGroup(scope, "flow_logs", {
      name: `/aws/vpc/${name}`,
      retentionInDays: logs.retentionDays,
      kmsKeyId: ifGiven(logs.kmsKey, ({ arn }) => arn, undefined),
      tags,
      count,
    });
    const trust = {
      sid: "FlowLogs",
      actions: ["sts:AssumeRole"],
      principals: [{ type: "Service", identifiers: ["vpc-flow-logs.amazonaws.com"] }],
      condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId(scope)] }],
    };
    const role = new IamRole(scope, "flow_logs_role", {
      name: `${name}-flow-logs`,
      path: props.rolePath,
      permissionsBoundary: ifGiven(props.permissionsBoundary, ({ arn }) => arn, undefined),
      assumeRolePolicy: policyDocument(scope, "flow_logs_trust", [trust], { count }),
      tags,
      count,
    });
    const write = {
      sid: "Write",
      actions: ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [attributeOf(group, "arn"), `${attributeOf(group, "arn")}:*`],
    };
    const policy = new IamRolePolicy(scope, "flow_logs_policy", {
      name: "write",
      role: attributeOf(role, "name"),
      policy: policyDocument(scope, "flow_logs_policy_document", [write], { count }),
      count,
    });
    return new FlowLog(scope, "flow_log", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestination: attributeOf(group, "arn"),
      iamRoleArn: attributeOf(role, "arn"),
      tags: named(tags, name),
      dependsOn: [policy],
      count,
    });
  });
}
