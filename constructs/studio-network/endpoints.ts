import type { ITerraformIterator } from "cdktf";
import type { Construct } from "constructs";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { block, choose, each, type Each, given, Heading, here, merge, putBlocks } from "../hosting";
import type { ResolvedNetworkProps } from "./props";
import { s3Policy } from "./s3-policy";
import { isS3, serviceName, studioServices } from "./services";

interface EndpointsProps {
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly routeTableIds: string[];
}

/** The VPC endpoints: ways to AWS that do not cross the internet. */
export function endpoints(
  scope: Construct,
  props: ResolvedNetworkProps & EndpointsProps,
): { readonly s3: VpcEndpoint; readonly studio: Each<VpcEndpoint>; readonly others: Each<VpcEndpoint> } {
  const { vpcId, name, tags } = props;
  // An endpoint of another service name would be another endpoint, and the Region may be known late.
  const { firstRegion: region } = here(scope);
  new Heading(scope, "Ways to AWS that do not cross the internet");
  const policy = s3Policy(scope, props);
  const s3 = new VpcEndpoint(scope, "s3_endpoint", {
    vpcId,
    serviceName: `com.amazonaws.${region}.s3`,
    vpcEndpointType: "Gateway",
    routeTableIds: props.routeTableIds,
    policy,
    tags: merge({ Name: `${name}-s3` }, tags),
  });
  const endpoint = (id: string, key: string, service: string, forEach?: ITerraformIterator): VpcEndpoint => {
    const made = new VpcEndpoint(scope, id, {
      vpcId,
      serviceName: service,
      vpcEndpointType: "Interface",
      subnetIds: props.subnetIds,
      securityGroupIds: props.securityGroupIds,
      privateDnsEnabled: true,
      tags: merge({ Name: `${name}-${key}` }, tags),
      // AWS takes private names for S3 only where there is a gateway endpoint.
      dependsOn: [s3],
      forEach,
    });
    return made;
  };
  const studio = each(
    studioServices(scope, region, given(props.studioEndpoints)),
    "studio_endpoint",
    (service, key, id, forEach) => endpoint(id, key, service, forEach),
  );
  const others = each(props.interfaceEndpoints, "endpoint", ({ service }, key, id, forEach) => {
    const made = endpoint(id, key, serviceName(service, region), forEach);
    made.policy = choose(isS3(service), policy) as string;
    // Whoever asks from inside the VPC goes by the gateway endpoint, which costs nothing.
    putBlocks(made, "dns_options", [block(isS3(service), { privateDnsOnlyForInboundResolverEndpoint: true })]);
    return made;
  });
  return { s3, studio, others };
}
