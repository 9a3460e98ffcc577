import type { Construct } from "constructs";
import { type TerraformElement, TerraformStack } from "cdktf";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";

const once = <T extends TerraformElement>(
  scope: Construct,
  id: string,
  make: (stack: TerraformStack, id: string) => T,
): T => {
  const stack = TerraformStack.of(scope);
  const there = stack.node.tryFindChild(id) as T | undefined;
  if (there) return there;
  const made = make(stack, id);
  made.overrideLogicalId("current");
  return made;
};

/** The partition, account and Region that a stack or module is deployed to. */
export const partition = (scope: Construct): string =>
  once(scope, "current_partition", (stack, id) => new DataAwsPartition(stack, id)).partition;

export const accountId = (scope: Construct): string =>
  once(scope, "current_account", (stack, id) => new DataAwsCallerIdentity(stack, id)).accountId;

/** `id`, because `name` is deprecated in provider 6 and its successor `region` is not in provider 5. */
export const region = (scope: Construct): string =>
  once(scope, "current_region", (stack, id) => new DataAwsRegion(stack, id)).id;

/** ARN of something in this account and Region. */
export const arn = (scope: Construct, service: string, resource: string): string =>
  `arn:${partition(scope)}:${service}:${region(scope)}:${accountId(scope)}:${resource}`;
