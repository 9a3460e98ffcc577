import type { Construct } from "constructs";
import { block, choose, given, here, local, policyDocument } from "../hosting";

/**
 * ARN of the instance, made here or not, without waiting for it: the policy of a bucket that names a location's role would otherwise
 * have to go before the instance, and with it before what keeps the instance from going.
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

/** Who may take on a location's role: S3 Access Grants, for the one instance; and where people of a directory ask, with who they are. */
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
