import type { AwsClient } from "../gateway/aws-client";
import type { TargetInput } from "./input";

export interface Rule {
  readonly Name: string;
  readonly Arn: string;
  readonly State: string;
  readonly EventPattern?: string;
  readonly ScheduleExpression?: string;
  readonly EventBusName?: string;
}

export interface Target extends TargetInput {
  readonly Id: string;
  readonly Arn: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
}

/** The rules of a bus, as moto keeps them. */
export async function rulesOf(aws: AwsClient, bus: string): Promise<readonly Rule[]> {
  const rules: Rule[] = [];
  let NextToken: string | null | undefined;
  do {
    const page = await aws.json<{ Rules: Rule[]; NextToken?: string | null }>("events", "AWSEvents.ListRules", {
      EventBusName: bus,
      ...(NextToken && { NextToken }),
    });
    rules.push(...page.Rules);
    ({ NextToken } = page);
  } while (NextToken);
  return rules;
}

export async function targetsOf(aws: AwsClient, rule: Rule): Promise<readonly Target[]> {
  const { Targets } = await aws.json<{ Targets: Target[] }>("events", "AWSEvents.ListTargetsByRule", {
    Rule: rule.Name,
    ...(rule.EventBusName !== undefined && { EventBusName: rule.EventBusName }),
  });
  return Targets;
}
