import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { decimal, given, Heading, here, type Made, make } from "../hosting";
import type { ResolvedEventRuleProps } from "./props";

/** The rule that invokes the approver to sweep on a schedule, with `sweep`. */
export function schedule(
  scope: Construct,
  { name, tags, sweep }: Pick<ResolvedEventRuleProps, "name" | "tags" | "sweep">,
  dependsOn: ITerraformDependable[],
): Made<CloudwatchEventRule> {
  new Heading(scope, "The schedule");
  const schedule = make(given(sweep), ({ everyMinutes }, count) => {
    return new CloudwatchEventRule(scope, "sweep", {
      name: `${name}-sweep`,
      description: "Makes the approver decide requests that are still pending",
      scheduleExpression: `rate(${decimal(everyMinutes)} minutes)`,
      tags,
      dependsOn,
      count,
    });
  });
  make(given(sweep), ({ everyMinutes, functionName, functionAlias }, count) => {
    return new CloudwatchEventTarget(scope, "sweep_function", {
      rule: schedule.attribute("name")!,
      targetId: "approver",
      arn: here(scope).arn("lambda", `function:${functionName}:${functionAlias}`),
      inputTransformer: {
        inputPaths: { at: "$.time" },
        inputTemplate: `{"operation":"sweep","scheduled":{"at":<at>,"everyMinutes":${decimal(everyMinutes)}}}`,
      },
      // No dead-letter queue: the next sweep finds what this one would have found.
      retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 3 },
      count,
    });
  });
  make(given(sweep), ({ functionName, functionAlias }, count) => {
    return new LambdaPermission(scope, "sweep_permission", {
      action: "lambda:InvokeFunction",
      functionName,
      qualifier: functionAlias,
      principal: "events.amazonaws.com",
      sourceArn: schedule.attribute("arn"),
      count,
    });
  });
  return schedule;
}
