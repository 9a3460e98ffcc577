import { runSimulation, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import { ACCOUNT } from "../gateway/callers";

export interface Asked {
  /** ARN of a role session, or a service's name: `events.amazonaws.com`. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | string[]>>;
}

export type Policy = object;

/** A role's own policies. */
export interface IdentityPolicies {
  readonly policies: readonly Policy[];
  readonly boundary?: Policy | undefined;
}

const EVERYTHING = {
  orgIdentifier: "sandbox",
  policies: [
    { name: "all", policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] } },
  ],
};

export type Decision = "Allowed" | "ImplicitlyDenied" | "ExplicitlyDenied";

/**
 * What a role's own policies say.
 *
 * The library's checked simulation refuses what the service authorization reference does not list: a domain as the
 * resource of an Amazon DataZone action, `s3:AccessGrantsInstanceArn` as a condition key. AWS evaluates both.
 */
export function decideByIdentity(asked: Asked, { policies, boundary }: IdentityPolicies): Decision {
  return runUnsafeSimulation(
    {
      request: request(asked),
      identityPolicies: policies.map(named),
      ...(boundary && { permissionBoundaryPolicies: [named(boundary, 0)] }),
      serviceControlPolicies: [EVERYTHING],
      resourceControlPolicies: [],
    },
    {},
  );
}

/**
 * What a resource's policy (a queue's, a topic's, a key's, a function's, a role's trust policy) says, with the caller's
 * own where the resource leaves it to the account.
 */
export async function decideByResource(
  asked: Asked,
  resourcePolicy: Policy,
  identity: IdentityPolicies = { policies: [] },
): Promise<Decision> {
  const answer = await runSimulation(
    withKnownKeys({
      request: request(asked),
      identityPolicies: identity.policies.map(named),
      serviceControlPolicies: [EVERYTHING],
      resourceControlPolicies: [],
      resourcePolicy,
    }),
    {},
  );
  if (answer.resultType === "error") {
    throw new Error(`The policy of ${asked.resource} cannot be evaluated: ${JSON.stringify(answer.errors)}`);
  }
  return answer.resultType === "single" ? answer.overallResult : "ImplicitlyDenied";
}

/**
 * Renames the condition keys `kms:EncryptionContext:<name>` to `aws:PrincipalTag/kms:EncryptionContext:<name>`: the
 * library's checked simulation drops a key with a name in it, unless a slash stands before the name.
 */
function withKnownKeys<T>(simulation: T): T {
  const renamed = JSON.stringify(simulation).replace(/"(kms:EncryptionContext:[^"]+)"/gi, '"aws:PrincipalTag/$1"');
  return JSON.parse(renamed) as T;
}

function request({ principal, action, resource, context }: Asked) {
  return { principal, action, resource: { resource, accountId: ACCOUNT }, contextVariables: { ...context } };
}

function named(policy: Policy, index: number) {
  return { name: String(index), policy };
}
