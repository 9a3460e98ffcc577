import type { ITerraformIterator } from "cdktf";
import type { Construct } from "constructs";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import {
  block,
  choose,
  each,
  type Each,
  filled,
  given,
  Heading,
  here,
  map,
  merge,
  policyDocument,
  putBlocks,
  values,
} from "../hosting";
import type { ResolvedNetworkProps } from "./props";
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
  const { accountId, partition, firstRegion: region } = here(scope);
  const everyone = [{ type: "AWS", identifiers: ["*"] }];
  const layers = `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`;
  new Heading(scope, "Ways to AWS that do not cross the internet");
  // Of every endpoint that leads to S3: what one of them refuses, no other may let through.
  const policy = policyDocument(scope, "s3_endpoint_policy", [
    {
      // Someone else's credentials cannot carry data out through here.
      sid: "ThisAccountsPrincipals",
      actions: ["s3:*"],
      resources: ["*"],
      principals: everyone,
      condition: [{ test: "StringEquals", variable: "aws:PrincipalAccount", values: [accountId] }],
    },
    block(filled(props.trustedAccounts), {
      // What another account's S3 Access Grants hand out is that account's.
      sid: "TrustedAccountsData",
      actions: ["s3:*"],
      resources: ["*"],
      principals: everyone,
      condition: ["aws:PrincipalAccount", "aws:ResourceAccount"].map((variable) => {
        return { test: "StringEquals", variable, values: values(props.trustedAccounts) };
      }),
    }),
    // ECR hands out layers with signatures of its own (Amazon ECR User Guide, "Create the Amazon S3 gateway endpoint").
    { sid: "ImageLayers", actions: ["s3:GetObject"], resources: [layers], principals: everyone },
    block(filled(props.publicBuckets), {
      sid: "PublicBuckets",
      actions: ["s3:GetObject"],
      resources: map(values(props.publicBuckets), (bucket) => `arn:${partition}:s3:::${bucket}/*`),
      principals: everyone,
    }),
  ]);
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
