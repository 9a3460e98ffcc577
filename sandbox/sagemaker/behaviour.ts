/** How the sandbox's SageMaker behaves where it can be chosen, because people rely on either. May be changed at any time. */
export interface Behaviour {
  /**
   * UpdateDomain that names `AppNetworkAccessType: VpcOnly` without VpcId and SubnetIds, as the AWS provider sends it:
   * refused, as hashicorp/terraform-provider-aws #45528 reports (default), or taken.
   */
  readonly vpcOnlyWithoutVpc: "refused" | "taken";
}

export const DEFAULT_BEHAVIOUR: Behaviour = { vpcOnlyWithoutVpc: "refused" };
