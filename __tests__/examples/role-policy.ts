import { StudioDomain } from "../../constructs/studio-domain/studio-domain";
import { studioDomain } from "../constructs/studio-fixtures";
import { environment } from "../support/hosts";
import { statements } from "../support/synthesized";

/** What stands for the key of Studio's volumes. */
export const STUDIO_KEY = studioDomain.complete.studioKey!;

/** The policy of userA's role as the construct makes it, its references filled in as a deployment here would. */
export function rolePolicy(account: string, scratchBucket = "scratch"): string {
  const props = { ...studioDomain.minimal, studioKey: STUDIO_KEY };
  const synthesized = environment((stack) => new StudioDomain(stack, "studio", props));
  const values: Readonly<Record<string, string>> = {
    "aws_s3_bucket.studio_scratch.arn": `arn:aws:s3:::${scratchBucket}`,
    "aws_iam_role.studio_role_userA.arn": `arn:aws:iam::${account}:role/sagemaker-usera-role`,
    "aws_sagemaker_domain.studio_domain.id": "d-1",
    "data.aws_partition.current.partition": "aws",
    "data.aws_region.current.id": "us-east-1",
    "data.aws_caller_identity.current.account_id": account,
    "data.aws_sagemaker_prebuilt_ecr_image.studio_spark_image.registry_id": "173754725891",
  };
  const Statement = Object.values(statements(synthesized, "role_policy_userA_document")).map(
    ({ actions, resources, condition = [] }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      Condition: Object.fromEntries(
        condition.map(({ test }) => [
          test,
          Object.fromEntries(condition.filter((one) => one.test === test).map((one) => [one.variable, one.values])),
        ]),
      ),
    }),
  );
  return JSON.stringify({ Version: "2012-10-17", Statement }).replace(/\$\{([^}]+)\}/g, (_, reference: string) => {
    const value = values[reference];
    if (value === undefined) throw new Error(`The role's policy refers to ${reference}`);
    return value;
  });
}
