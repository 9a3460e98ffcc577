import { z } from "zod";

/**
 * How the sandbox's SageMaker behaves where both ways are wanted: AWS's is not certain, or tests need the other one.
 * May be changed at any time (`POST /_sandbox/behaviour`).
 */
export const BEHAVIOUR = z.strictObject({
  /**
   * UpdateDomain that names `AppNetworkAccessType: VpcOnly` without VpcId and SubnetIds, as the AWS provider sends it:
   * refused, as hashicorp/terraform-provider-aws #45528 reports, or taken.
   */
  vpcOnlyWithoutVpc: z.enum(["refused", "taken"]).default("refused"),
  /** What becomes of a processing job whose role may do its part. */
  jobs: z.enum(["complete", "fail"]).default("complete"),
});
export type Behaviour = z.infer<typeof BEHAVIOUR>;
