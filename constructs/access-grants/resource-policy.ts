import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { S3ControlAccessGrantsInstanceResourcePolicy } from "@cdktf/provider-aws/lib/s3control-access-grants-instance-resource-policy";
import { given, here, make, policyDocument } from "../hosting";

/** Resource policy of the instance that lets the named principals of other accounts ask for credentials. */
export function resourcePolicy(
  scope: Construct,
  crossAccount: { readonly principalArns: string[] } | undefined,
  instanceArn: string,
  dependsOn: ITerraformDependable[],
): void {
  make(given(crossAccount), ({ principalArns }, count) => {
    const ask = {
      sid: "AskForCredentials",
      actions: ["s3:GetDataAccess", "s3:GetAccessGrantsInstanceForPrefix"],
      resources: [instanceArn],
      principals: [{ type: "AWS", identifiers: principalArns }],
    };
    return new S3ControlAccessGrantsInstanceResourcePolicy(scope, "resource_policy", {
      accountId: here(scope).accountId,
      policy: policyDocument(scope, "resource_policy_document", [ask], { count }),
      dependsOn,
      lifecycle: { ignoreChanges: ["account_id"] },
      count,
    });
  });
}
