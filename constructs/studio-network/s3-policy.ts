import type { Construct } from "constructs";
import { block, filled, here, map, policyDocument, values } from "../hosting";
import type { ResolvedNetworkProps } from "./props";

/** The policy of every endpoint that leads to S3: what one of them refuses, no other may let through. */
export function s3Policy(scope: Construct, props: ResolvedNetworkProps): string {
  const { accountId, partition, firstRegion: region } = here(scope);
  const everyone = [{ type: "AWS", identifiers: ["*"] }];
  const layers = `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`;
  return policyDocument(scope, "s3_endpoint_policy", [
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
}
