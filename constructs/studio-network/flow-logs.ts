import type { Construct } from "constructs";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { attributeOf, given, Heading, here, type Made, make, merge, policyDocument } from "../hosting";
import { logGroup } from "../shared/logs";
import { roleCommons } from "../shared/roles";
import type { ResolvedNetworkProps } from "./props";

/** Records the traffic of a VPC in CloudWatch Logs, where asked for. */
export function flowLogs(scope: Construct, props: ResolvedNetworkProps, vpcId: string): Made<FlowLog> {
  const { name, tags } = props;
  new Heading(scope, "Flow logs");
  return make(given(props.flowLogs), (logs, count) => {
    const group = logGroup(scope, "flow_logs", { name: `/aws/vpc/${name}`, logs, tags, count });
    const trust = {
      sid: "FlowLogs",
      actions: ["sts:AssumeRole"],
      principals: [{ type: "Service", identifiers: ["vpc-flow-logs.amazonaws.com"] }],
      condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [here(scope).accountId] }],
    };
    const role = new IamRole(scope, "flow_logs_role", {
      name: `${name}-flow-logs`,
      assumeRolePolicy: policyDocument(scope, "flow_logs_trust", [trust], { count }),
      ...roleCommons(props),
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
      vpcId,
      trafficType: "ALL",
      logDestination: attributeOf(group, "arn"),
      iamRoleArn: attributeOf(role, "arn"),
      tags: merge({ Name: name }, tags),
      dependsOn: [policy],
      count,
    });
  });
}
