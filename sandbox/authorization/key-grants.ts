import type { AwsClient } from "../gateway/aws-client";
import type { Caller } from "../service";
import type { Access, ConditionKeys } from "./access";

interface Grant {
  readonly GranteePrincipal: string;
  readonly Operations: readonly string[];
  readonly Constraints?: {
    readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
    readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
  };
}

const CONTEXT = "kms:EncryptionContext:";

/**
 * KMS grants: a grant allows its grantee its operations, whatever the policies say, where the call has the encryption
 * context that the grant asks for (https://docs.aws.amazon.com/kms/latest/developerguide/grants.html).
 */
export class KeyGrants {
  constructor(private readonly aws: AwsClient) {}

  async allow(caller: Caller, { action, resource, context = {} }: Access): Promise<boolean> {
    const found = await this.aws
      .json<{ Grants?: readonly Grant[] }>("kms", "TrentService.ListGrants", { KeyId: resource })
      .catch(() => undefined);
    return (found?.Grants ?? []).some(
      ({ GranteePrincipal, Operations, Constraints }) =>
        [caller.roleArn, caller.arn].includes(GranteePrincipal) &&
        Operations.includes(action.slice("kms:".length)) &&
        isMet(Constraints, context),
    );
  }
}

function isMet(constraints: Grant["Constraints"], keys: ConditionKeys): boolean {
  const context = Object.entries(keys).filter(([name]) => name.startsWith(CONTEXT));
  const given = new Map(context.map(([name, value]) => [name.slice(CONTEXT.length), value]));
  const holds = (wanted: Readonly<Record<string, string>>) =>
    Object.entries(wanted).every(([name, value]) => given.get(name) === value);
  const { EncryptionContextSubset: subset = {}, EncryptionContextEquals: equal } = constraints ?? {};
  return holds(subset) && (equal === undefined || (holds(equal) && Object.keys(equal).length === given.size));
}
