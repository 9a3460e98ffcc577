import type { Construct } from "constructs";
import { block, choose, given, here, local, policyDocument } from "../hosting";

/**
 * ARN of the instance as a text, without a dependency on the instance. With one, a destroy would have to delete a bucket policy that names a
 * location's role before it deletes the instance, that is, before it finds out that grants of others keep the instance from being deleted.
 */
export const knownInstanceArn = (scope: Construct, existing: { readonly arn: string } | undefined): string =>
  local(
    scope,
    "known_instance_arn",
    choose(
      given(existing),
      ({ arn }) => arn,
      () => here(scope).arn("s3", "access-grants/default"),
    ),
  );

/** Trust policy of a location's role: S3 Access Grants of the one instance may assume it, for directory users with their identity context. */
export function locationTrust(
  scope: Construct,
  instanceArn: string,
  identityCenter: { readonly arn: string } | undefined,
): string {
  const { accountId, partition } = here(scope);
  const principals = [{ type: "Service", identifiers: ["access-grants.s3.amazonaws.com"] }];
  const fromInstance = [
    { test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] },
    { test: "ArnEquals", variable: "aws:SourceArn", values: [instanceArn] },
  ];
  const contexts = {
    test: "ForAllValues:ArnEquals",
    variable: "sts:RequestContextProviders",
    values: [`arn:${partition}:iam::aws:contextProvider/IdentityCenter`],
  };
  return policyDocument(scope, "location_trust", [
    {
      sid: "AccessGrants",
      actions: ["sts:AssumeRole", "sts:SetSourceIdentity"],
      principals,
      condition: fromInstance,
    },
    block(given(identityCenter), {
      sid: "DirectoryIdentities",
      actions: ["sts:SetContext"],
      principals,
      condition: [...fromInstance, contexts],
    }),
  ]);
}
