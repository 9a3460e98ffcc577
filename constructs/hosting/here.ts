import type { Construct } from "constructs";
import { DataResource, type TerraformElement, TerraformStack } from "cdktf";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";

/** Where a stack or module is deployed to. */
export interface Here {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /**
   * The account of the first deployment. A name made from it stays the same where `accountId` is not known at plan
   * time, as it is where the caller's `depends_on` names something that changes: Terraform then reads data sources
   * late, and a name that is not known would replace its resource.
   */
  readonly firstAccountId: string;
  /** The Region of the first deployment, for arguments whose change replaces their resource. */
  readonly firstRegion: string;
  /** ARN of something in this account and Region. */
  arn(service: string, resource: string): string;
}

/**
 * Where a construct is deployed to. Each value is looked up once in a stack or module, and only if something asks for
 * it.
 */
export const here = (scope: Construct): Here => ({
  get partition() {
    return once(scope, "current_partition", (stack, id) => new DataAwsPartition(stack, id)).partition;
  },
  get accountId() {
    return once(scope, "current_account", (stack, id) => new DataAwsCallerIdentity(stack, id)).accountId;
  },
  /** `id`, because `name` is deprecated in provider 6 and its successor `region` is not in provider 5. */
  get region() {
    return once(scope, "current_region", (stack, id) => new DataAwsRegion(stack, id)).id;
  },
  get firstAccountId() {
    return first(scope, "account", this.accountId);
  },
  get firstRegion() {
    return first(scope, "region", this.region);
  },
  arn(service, resource) {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  },
});

/** A value as it was at the first apply, whatever it is now. */
function first(scope: Construct, name: string, value: string): string {
  // cdktf types it as a map; Terraform takes any value.
  const input = value as unknown as Record<string, string>;
  const lifecycle = { ignoreChanges: ["input"] };
  const make = (stack: TerraformStack, id: string) => new DataResource(stack, id, { input, lifecycle });
  // Not its `output`: that is not known before the first apply.
  return once(scope, `first_${name}`, make, name).getStringAttribute("input");
}

const once = <T extends TerraformElement>(
  scope: Construct,
  id: string,
  make: (stack: TerraformStack, id: string) => T,
  logicalId = "current",
): T => {
  const stack = TerraformStack.of(scope);
  const there = stack.node.tryFindChild(id) as T | undefined;
  if (there) return there;
  const made = make(stack, id);
  made.overrideLogicalId(logicalId);
  return made;
};
