import { randomUUID } from "node:crypto";
import type { Caller, Surroundings } from "../service";
import { AccessGrantsError, invalid } from "./errors";
import { distrusted, type Iam, type Role } from "./iam";
import { bestGrant, parseScope, type Permission, type Scope } from "./scope";
import type { DirectoryIdentity, Sessions } from "./sessions";
import type { Grant, Instance } from "./store";

const DEFAULT_SECONDS = 3_600;

export interface DataAccessRequest {
  readonly Target: string;
  readonly Permission: Permission;
  readonly DurationSeconds?: number;
  readonly Privilege?: "Minimal" | "Default";
  readonly TargetType?: "Object";
}

/**
 * The grants of an instance that answer a caller: those of the calling role or user, and those of the directory user
 * behind the session and of that user's groups.
 */
export function grantsOf(instance: Instance, caller: Caller, directory: DirectoryIdentity | undefined): Grant[] {
  const principal = caller.roleArn ?? caller.arn;
  return [...instance.grants.values()].filter(({ Grantee, ApplicationArn }) => {
    if (ApplicationArn !== undefined && ApplicationArn !== directory?.applicationArn) return false;
    switch (Grantee.GranteeType) {
      case "IAM":
        return Grantee.GranteeIdentifier === principal;
      case "DIRECTORY_USER":
        return Grantee.GranteeIdentifier === directory?.userId;
      case "DIRECTORY_GROUP":
        return directory?.groupIds.includes(Grantee.GranteeIdentifier) ?? false;
    }
  });
}

/**
 * Vends temporary credentials for data that was granted
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-credentials.html).
 */
export class DataAccess {
  constructor(
    private readonly iam: Iam,
    private readonly sessions: Sessions,
    private readonly surroundings: Pick<Surroundings, "carry" | "now">,
  ) {}

  /** @param instance undefined where the account has none, and none is shared with it */
  async get(
    instance: Instance | undefined,
    caller: Caller,
    request: DataAccessRequest,
  ): Promise<Record<string, unknown>> {
    const target = targetOf(request);
    const directory = this.sessions.directory.get(caller.accessKeyId);
    const grant = instance && bestGrant(grantsOf(instance, caller, directory), target, request.Permission);
    const location = grant && instance.locations.get(grant.AccessGrantsLocationId);
    if (!instance || !grant || !location) {
      const message = `You do not have ${request.Permission} permissions to the requested S3 Prefix: ${request.Target}`;
      throw new AccessGrantsError(403, "AccessDenied", message);
    }
    const role = await this.trustingRole(instance, location.IAMRoleArn, directory !== undefined);
    const isMinimal = request.Privilege === "Minimal";
    const credentials = await this.vend(instance, role, request, isMinimal ? target : grant.scope);
    return {
      Credentials: credentials,
      MatchedGrantTarget: isMinimal ? request.Target : grant.GrantScope,
      Grantee: grant.Grantee,
      MatchedInstanceArn: instance.arn,
    };
  }

  private async trustingRole(instance: Instance, arn: string, isDirectory: boolean): Promise<Role> {
    const role = await this.iam.role(arn);
    const actions = ["sts:AssumeRole", isDirectory ? "sts:SetContext" : "sts:SetSourceIdentity"];
    const refused = role === undefined ? actions[0] : await distrusted(role, instance.arn, actions);
    if (role !== undefined && refused === undefined) return role;
    const message = `User: access-grants.s3.amazonaws.com is not authorized to perform: ${refused} on resource: ${arn}`;
    throw new AccessGrantsError(403, "StsNotAuthorizedError", message);
  }

  private async vend(instance: Instance, role: Role, request: DataAccessRequest, scope: Scope): Promise<unknown> {
    const seconds = request.DurationSeconds ?? DEFAULT_SECONDS;
    if (seconds > role.maximumSession) {
      const message =
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role. " +
        `(${seconds} s, ${role.arn} allows ${role.maximumSession} s)`;
      throw new AccessGrantsError(400, "StsValidationError", message);
    }
    const assumed = await this.iam.assume(role, `access-grants-${randomUUID()}`, seconds);
    const { AccessKeyId = "", SecretAccessKey, SessionToken } = assumed;
    const expiration = new Date(this.surroundings.now().getTime() + seconds * 1_000);
    this.sessions.vended.set(AccessKeyId, { scope, permission: request.Permission, expiration });
    this.surroundings.carry(AccessKeyId, { "s3:AccessGrantsInstanceArn": instance.arn });
    return { AccessKeyId, SecretAccessKey, SessionToken, Expiration: expiration };
  }
}

function targetOf({ Target, Privilege, TargetType }: DataAccessRequest): Scope {
  const target = parseScope(Target);
  if (target === undefined)
    throw invalid(`The target ${Target} is not s3://bucket/key, s3://bucket/prefix* or s3://bucket/*.`);
  if (TargetType === "Object" && target.open)
    throw invalid(`The target ${Target} ends in *, so TargetType cannot be Object.`);
  if (Privilege === "Minimal" && !target.open && TargetType === undefined) {
    throw invalid(`With Privilege Minimal the target ${Target} must end in *, or TargetType be Object.`);
  }
  return target;
}
