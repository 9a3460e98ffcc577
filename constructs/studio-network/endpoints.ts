import type { Construct } from "constructs";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import {
  accountId,
  blockIfAny,
  each,
  type Each,
  mapEach,
  named,
  partition,
  policyDocument,
  region,
  values,
} from "../hosting";

export interface EndpointsProps {
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly routeTableIds: string[];
  readonly interfaceEndpoints: Readonly<Record<string, { readonly service: string }>>;
  readonly publicBuckets: Readonly<Record<string, string>>;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The ways to AWS that do not cross the internet. */
export function endpoints(
  scope: Construct,
  props: EndpointsProps,
): { readonly s3: VpcEndpoint; readonly others: Each<VpcEndpoint> } {
  const { vpcId, name, tags } = props;
  const everyone = [{ type: "AWS", identifiers: ["*"] }];
  const layers = `arn:${partition(scope)}:s3:::prod-${region(scope)}-starport-layer-bucket/*`;
  const s3 = new VpcEndpoint(scope, "s3_endpoint", {
    vpcId,
    serviceName: `com.amazonaws.${region(scope)}.s3`,
    vpcEndpointType: "Gateway",
    routeTableIds: props.routeTableIds,
    policy: policyDocument(scope, "s3_endpoint_policy", [
      {
        // Someone else's credentials cannot carry data out through here.
        sid: "ThisAccountsPrincipals",
        actions: ["s3:*"],
        resources: ["*"],
        principals: everyone,
        condition: [{ test: "StringEquals", variable: "aws:PrincipalAccount", values: [accountId(scope)] }],
      },
      // ECR hands out layers with signatures of its own (Amazon ECR User Guide, "Create the Amazon S3 gateway endpoint").
      { sid: "ImageLayers", actions: ["s3:GetObject"], resources: [layers], principals: everyone },
      blockIfAny(props.publicBuckets, {
        sid: "PublicBuckets",
        actions: ["s3:GetObject"],
        resources: mapEach(values(props.publicBuckets), (bucket) => `arn:${partition(scope)}:s3:::${bucket}/*`),
        principals: everyone,
      }),
    ]),
    tags: named(tags, `${name}-s3`),
  });
  const others = each(
    props.interfaceEndpoints,
    "endpoint",
    ({ service }, key, id, forEach) =>
      new VpcEndpoint(scope, id, {
        vpcId,
        serviceName: `com.amazonaws.${region(scope)}.${service}`,
        vpcEndpointType: "Interface",
        subnetIds: props.subnetIds,
        securityGroupIds: props.securityGroupIds,
        privateDnsEnabled: true,
        tags: named(tags, `${name}-${key}`),
        forEach,
      }),
  );
  return { s3, others };
}
