import type { Construct } from "constructs";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { block, each, type Each, filled, Heading, here, map, merge, policyDocument, values } from "../hosting";
import type { ResolvedNetworkProps } from "./props";

interface EndpointsProps {
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly routeTableIds: string[];
}

/** The ways to AWS that do not cross the internet. */
export function endpoints(
  scope: Construct,
  props: ResolvedNetworkProps & EndpointsProps,
): { readonly s3: VpcEndpoint; readonly others: Each<VpcEndpoint> } {
  const { vpcId, name, tags } = props;
  // An endpoint of another service name would be another endpoint, and the Region may be known late.
  const { accountId, partition, firstRegion: region } = here(scope);
  const everyone = [{ type: "AWS", identifiers: ["*"] }];
  const layers = `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`;
  new Heading(scope, "Ways to AWS that do not cross the internet");
  const s3 = new VpcEndpoint(scope, "s3_endpoint", {
    vpcId,
    serviceName: `com.amazonaws.${region}.s3`,
    vpcEndpointType: "Gateway",
    routeTableIds: props.routeTableIds,
    policy: policyDocument(scope, "s3_endpoint_policy", [
      {
        // Someone else's credentials cannot carry data out through here.
        sid: "ThisAccountsPrincipals",
        actions: ["s3:*"],
        resources: ["*"],
        principals: everyone,
        condition: [{ test: "StringEquals", variable: "aws:PrincipalAccount", values: [accountId] }],
      },
      // ECR hands out layers with signatures of its own (Amazon ECR User Guide, "Create the Amazon S3 gateway endpoint").
      { sid: "ImageLayers", actions: ["s3:GetObject"], resources: [layers], principals: everyone },
      block(filled(props.publicBuckets), {
        sid: "PublicBuckets",
        actions: ["s3:GetObject"],
        resources: map(values(props.publicBuckets), (bucket) => `arn:${partition}:s3:::${bucket}/*`),
        principals: everyone,
      }),
    ]),
    tags: merge({ Name: `${name}-s3` }, tags),
  });
  const others = each(props.interfaceEndpoints, "endpoint", ({ service }, key, id, forEach) => {
    return new VpcEndpoint(scope, id, {
      vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      vpcEndpointType: "Interface",
      subnetIds: props.subnetIds,
      securityGroupIds: props.securityGroupIds,
      privateDnsEnabled: true,
      tags: merge({ Name: `${name}-${key}` }, tags),
      forEach,
    });
  });
  return { s3, others };
}
