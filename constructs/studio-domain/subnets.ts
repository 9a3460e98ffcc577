import { compute, hcl } from "../hosting";
import type { StudioPlace } from "./props";

/** The AWS CLI command that sets a domain's subnets to those of `network`. */
export const updateSubnetsCommand = (domainId: string, { vpcId, subnetIds }: StudioPlace): string =>
  [
    "aws sagemaker update-domain",
    `--domain-id ${domainId}`,
    "--app-network-access-type VpcOnly",
    `--vpc-id ${vpcId}`,
    `--subnet-ids ${compute(
      subnetIds,
      (ids) => ids.join(" "),
      (ids) => hcl`join(" ", ${ids})`,
    )}`,
  ].join(" ");
