import { awsError } from "../errors";
import { AwsError, type AwsClient } from "../gateway/aws-client";
import { ACCOUNT } from "../gateway/callers";
import type { Call, Caller, Reply } from "../service";
import { accessOf, type Access, type ConditionKeys } from "./access";
import { AccessLog } from "./access-log";
import { KeyGrants } from "./key-grants";
import { isManagedByAws, ResourcePolicies } from "./resource-policies";
import { Roles } from "./roles";
import { decideByIdentity, decideByResource, type Asked, type Policy } from "./simulate";

/**
 * Decides what roles and AWS services may do, by the policies in moto: a role's own (inline, attached, boundary, session)
 * and those of topics, queues, keys, functions and roles. The account itself (key `test`) may do everything.
 */
export class Authorizer {
  private readonly roles: Roles;
  private readonly resourcePolicies: ResourcePolicies;
  private readonly keyGrants: KeyGrants;
  private readonly carried = new Map<string, Readonly<Record<string, string>>>();
  private readonly sessionPolicies = new Map<string, Policy>();
  /** What roles have done, and what they were refused. */
  readonly log = new AccessLog();

  constructor(
    aws: AwsClient,
    private readonly now: () => Date,
    private readonly conditionKeys: (call: Call) => Promise<ConditionKeys>,
  ) {
    this.roles = new Roles(aws);
    this.resourcePolicies = new ResourcePolicies(aws);
    this.keyGrants = new KeyGrants(aws);
  }

  /** The error for a call that its caller's role may not make. */
  async refuse(call: Call): Promise<Reply | undefined> {
    if (isOpenToAll(call)) return undefined;
    if (call.caller.accessKeyId === "") return awsError(call, 403, "AccessDenied", "The request is not signed.");
    const accesses = await this.needed(call);
    for (const access of accesses) {
      const reason = await this.refusal(call.caller, access, call.region);
      if (reason === undefined) continue;
      this.log.add(call.caller, access, "refused");
      return denial(call, access, reason);
    }
    for (const access of accesses) this.log.add(call.caller, access, "allowed");
    return undefined;
  }

  /** Why policies refuse a caller something that a service does in the caller's name; undefined where they allow it. */
  async refusalInService(caller: Caller, access: Access, region: string): Promise<string | undefined> {
    const reason = await this.refusal(caller, access, region);
    this.log.add(caller, access, reason === undefined ? "allowed" : "refused");
    return reason;
  }

  /** Why policies refuse a caller something; undefined where they allow it. */
  async refusal(caller: Caller, access: Access, region: string): Promise<string | undefined> {
    const reason = await this.refusalByPolicies(caller, access, region);
    const isFinal = reason === undefined || reason.startsWith(EXPLICITLY) || reason === NO_SESSION_POLICY;
    if (isFinal || !access.action.startsWith("kms:")) return reason;
    return (await this.keyGrants.allow(caller, access)) ? undefined : reason;
  }

  private async refusalByPolicies(
    caller: Caller,
    { action, resource, context }: Access,
    region: string,
  ): Promise<string | undefined> {
    if (caller.roleArn === undefined) return undefined;
    const role = await this.roles.find(caller.roleArn);
    const all = { ...this.context(caller, region), ...context };
    const asked: Asked = { principal: caller.arn, action, resource, context: all };
    const session = this.sessionPolicies.get(caller.accessKeyId);
    if (session && decideByIdentity(asked, { policies: [session] }) !== "Allowed") {
      return NO_SESSION_POLICY;
    }
    const policy = await this.resourcePolicies.find(action, resource, (arn) => this.trust(arn));
    const ofResource = policy && (await decideByResource(asked, policy, role));
    if (ofResource === "ExplicitlyDenied") return `${EXPLICITLY} in a resource-based policy or its own for`;
    // A key's policy and a role's trust policy must let the caller in, by name or by leaving it to the account's IAM
    // policies. For anything else the caller's own policy is enough.
    const isStrict = action.startsWith("kms:") || action === "sts:AssumeRole";
    if (isStrict && ofResource !== undefined) {
      return ofResource === "Allowed" ? undefined : "no resource-based policy allows";
    }
    // A bucket's policy is enough, too. On AWS a permissions boundary limits what that policy gives to a role, not what
    // it gives to a session; here it limits both.
    if (ofResource === "Allowed" && action.startsWith("s3:") && !role.boundary) return undefined;
    switch (decideByIdentity(asked, role)) {
      case "Allowed":
        return undefined;
      case "ExplicitlyDenied":
        return `${EXPLICITLY} in an identity-based policy for`;
      case "ImplicitlyDenied":
        return role.boundary && decideByIdentity(asked, { policies: role.policies }) === "Allowed"
          ? "no permissions boundary allows"
          : "no identity-based policy allows";
    }
  }

  /**
   * Whether an AWS service may act on a resource in somebody's name (`events.amazonaws.com` on a queue, for a rule), the
   * key of an encrypted one included.
   */
  async allowsService(service: string, access: Access, sourceArn: string): Promise<boolean> {
    const accesses = [access, ...(await this.resourcePolicies.keyAccess(access.action, access.resource))];
    for (const one of accesses) if (!(await this.isServiceAllowed(service, one, sourceArn))) return false;
    return true;
  }

  private async isServiceAllowed(service: string, { action, resource }: Access, sourceArn: string): Promise<boolean> {
    const policy = await this.resourcePolicies.find(action, resource, (arn) => this.trust(arn));
    if (!policy) return false;
    const context = { "aws:SourceArn": sourceArn, "aws:SourceAccount": ACCOUNT, "aws:SecureTransport": "true" };
    return (await decideByResource({ principal: service, action, resource, context }, policy)) === "Allowed";
  }

  /** Whether a service may assume a role. */
  async trusts(roleArn: string, service: string): Promise<boolean> {
    const trust = await this.trust(roleArn).catch(() => undefined);
    const asked = { principal: service, action: "sts:AssumeRole", resource: roleArn, context: {} };
    return trust !== undefined && (await decideByResource(asked, trust)) === "Allowed";
  }

  /** @throws AwsError AccessDeniedException */
  async requireTrust(roleArn: string, service: string): Promise<void> {
    if (await this.trusts(roleArn, service)) return;
    const message = `The role defined for the function cannot be assumed by ${service}: ${roleArn}`;
    throw new AwsError("AccessDeniedException", message, 403);
  }

  /** Condition keys that every request with these credentials carries. */
  carry(accessKeyId: string, keys: Readonly<Record<string, string>>): void {
    this.carried.set(accessKeyId, { ...this.carried.get(accessKeyId), ...keys });
  }

  /** A resource's policy that moto does not keep as it was put. */
  keepPolicy(arn: string, policy: string | undefined): void {
    this.resourcePolicies.keep(arn, policy);
  }

  /** A session's own policy, which narrows its role's. */
  limit(accessKeyId: string, policy: Policy): void {
    this.sessionPolicies.set(accessKeyId, policy);
  }

  /** Forgets what it has read: policies have changed. */
  forget(): void {
    this.roles.forget();
  }

  private async needed(call: Call): Promise<readonly Access[]> {
    // The keys that DeleteObjects names are judged one by one, in sandbox/s3.
    if (call.caller.roleArn === undefined || isDeleteObjects(call)) return [];
    const [about, ...besides] = accessOf(call);
    const accesses = [{ ...about, context: { ...about.context, ...(await this.conditionKeys(call)) } }, ...besides];
    const keyAccess = await Promise.all(
      accesses.map(({ action, resource }) => this.resourcePolicies.keyAccess(action, resource)),
    );
    return [...accesses, ...keyAccess.flat().filter(({ resource }) => !isManagedByAws(resource))];
  }

  private async trust(roleArn: string): Promise<Policy> {
    return (await this.roles.find(roleArn)).trust;
  }

  private context(caller: Caller, region: string): Record<string, string> {
    const now = this.now();
    return {
      "aws:CurrentTime": now.toISOString(),
      "aws:EpochTime": String(Math.floor(now.getTime() / 1000)),
      "aws:PrincipalAccount": ACCOUNT,
      "aws:PrincipalArn": caller.roleArn ?? caller.arn,
      "aws:PrincipalType": "AssumedRole",
      "aws:RequestedRegion": region,
      "aws:ResourceAccount": ACCOUNT,
      // The sandbox speaks plain HTTP on the loopback interface and plays TLS.
      "aws:SecureTransport": "true",
      ...this.carried.get(caller.accessKeyId),
    };
  }
}

const EXPLICITLY = "of an explicit deny";
const NO_SESSION_POLICY = "no session policy allows";

/** GetCallerIdentity needs no permission, AssumeRoleWithWebIdentity and AssumeRoleWithSAML no signature. */
const isOpenToAll = ({ service, operation }: Call): boolean =>
  (service === "sts" && operation === "GetCallerIdentity") || (service === "" && /^AssumeRoleWith/.test(operation));

const isDeleteObjects = ({ service, operation }: Call): boolean => service === "s3" && operation === "DeleteObjects";

/** Each service has its own error code for a denied call. */
const CODES: Readonly<Record<string, string>> = { sns: "AuthorizationError", s3: "AccessDenied", sts: "AccessDenied" };

function denial(call: Call, { action, resource }: Access, reason: string): Reply {
  const isQuery = ["iam", "sqs", "cloudformation", "monitoring", "ec2"].includes(call.service);
  const code = CODES[call.service] ?? (isQuery ? "AccessDenied" : "AccessDeniedException");
  const on = resource === "*" ? "" : ` on resource: ${resource}`;
  const message = `User: ${call.caller.arn} is not authorized to perform: ${action}${on} because ${reason} the ${action} action`;
  return awsError(call, 403, code, message);
}
