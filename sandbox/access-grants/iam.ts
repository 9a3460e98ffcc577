import { decideByResource, type Policy } from "../authorization/simulate";
import { AwsClient, AwsError } from "../gateway/aws-client";
import { ADMIN } from "../gateway/callers";
import type { Surroundings } from "../service";

const PRINCIPAL = "access-grants.s3.amazonaws.com";

export interface Role {
  readonly arn: string;
  /** The longest session it allows, in seconds. */
  readonly maximumSession: number;
  readonly trustPolicy: Policy;
}

/** What S3 Access Grants asks of IAM and STS. */
export class Iam {
  private readonly aws: AwsClient;

  constructor({ moto, region, account }: Surroundings) {
    this.aws = new AwsClient(moto, { ...ADMIN, account }, region);
  }

  /** A role by its ARN, path included; undefined where there is none. */
  async role(arn: string): Promise<Role | undefined> {
    const found = await this.ask<{ Role: Record<string, string> }>("GetRole", { RoleName: lastPart(arn) });
    const { Arn = "", MaxSessionDuration, AssumeRolePolicyDocument = "{}" } = found?.Role ?? {};
    if (Arn !== arn) return undefined;
    const trustPolicy = JSON.parse(decodeURIComponent(AssumeRolePolicyDocument)) as Policy;
    return { arn, maximumSession: Number(MaxSessionDuration ?? 3600), trustPolicy };
  }

  /** Whether a role or user of this account exists. Principals of other accounts are assumed to exist. */
  async principalExists(arn: string, account: string): Promise<boolean> {
    const [, owner, type] = /^arn:[^:]+:iam::(\d{12}):(role|user)\/.+$/.exec(arn) ?? [];
    if (owner === undefined) return false;
    if (owner !== account) return true;
    if (type === "role") return (await this.role(arn)) !== undefined;
    const found = await this.ask<{ User: { Arn: string } }>("GetUser", { UserName: lastPart(arn) });
    return found?.User.Arn === arn;
  }

  /** Credentials of a location's role, which S3 Access Grants gets by assuming it. */
  async assume(role: Role, sessionName: string, durationSeconds: number): Promise<Record<string, string>> {
    const { Credentials } = await this.aws.query<{ Credentials: Record<string, string> }>(
      "sts",
      "2011-06-15",
      "AssumeRole",
      { RoleArn: role.arn, RoleSessionName: sessionName, DurationSeconds: durationSeconds },
    );
    return Credentials;
  }

  private async ask<T>(action: string, input: Record<string, string>): Promise<T | undefined> {
    try {
      return await this.aws.query<T>("iam", "2010-05-08", action, input);
    } catch (error) {
      if (error instanceof AwsError && error.code === "NoSuchEntity") return undefined;
      throw error;
    }
  }
}

/**
 * The first of the actions that the role's trust policy does not allow S3 Access Grants for this instance; undefined
 * where it allows all of them
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-location-register.html).
 */
export async function distrusted(
  role: Role,
  instance: string,
  actions: readonly string[],
): Promise<string | undefined> {
  const [, partition = "aws", , , account = ""] = instance.split(":");
  const context = {
    "aws:SourceAccount": account,
    "aws:SourceArn": instance,
    "sts:RequestContextProviders": [`arn:${partition}:iam::aws:contextProvider/IdentityCenter`],
  };
  for (const action of actions) {
    const asked = { principal: PRINCIPAL, action, resource: role.arn, context };
    if ((await decideByResource(asked, role.trustPolicy)) !== "Allowed") return action;
  }
  return undefined;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
