import type { Construct } from "constructs";
import { DataAwsSagemakerPrebuiltEcrImage } from "@cdktf/provider-aws/lib/data-aws-sagemaker-prebuilt-ecr-image";
import { choose, given, make } from "../hosting";
import { listOf, object, type Resolved, rule } from "../inputs";
import { accountId } from "../shared/names";

export const registries = object({
  /** Ids of the accounts that own the registries. Those of AWS are listed in SageMaker's documentation, "Docker Registry Paths". */
  accountIds: listOf(
    accountId,
    rule.atLeast(1, "account"),
    rule.distinct("account"),
    rule.atMost(20, "accounts: a role's policies hold 10,240 characters"),
  ),
});
export type Registries = Resolved<typeof registries>;

/** Accounts whose container images jobs may run in addition to this one: by default AWS's account of the SageMaker Spark image. */
export function imageAccounts(scope: Construct, registries: Registries | undefined): readonly string[] {
  const spark = make(given(registries).not, (_it, count) => {
    return new DataAwsSagemakerPrebuiltEcrImage(scope, "spark_image", {
      repositoryName: "sagemaker-spark-processing",
      count,
    });
  });
  return choose(
    given(registries),
    ({ accountIds }) => accountIds,
    () => [spark.attribute("registry_id")!],
  );
}
