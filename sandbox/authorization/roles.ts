import type { AwsClient } from "../gateway/aws-client";
import type { IdentityPolicies, Policy } from "./simulate";

const VERSION = "2010-05-08";

export interface Role extends IdentityPolicies {
  readonly trust: Policy;
}

/** Roles with their policies, read from moto's IAM and kept until IAM changes. */
export class Roles {
  private readonly known = new Map<string, Promise<Role>>();

  constructor(private readonly aws: AwsClient) {}

  /** @throws AwsError NoSuchEntity */
  async find(roleArn: string): Promise<Role> {
    let role = this.known.get(roleArn);
    if (!role) {
      role = this.read(roleArn.split("/").at(-1) ?? "");
      this.known.set(roleArn, role);
      role.catch(() => this.known.delete(roleArn));
    }
    return await role;
  }

  forget(): void {
    this.known.clear();
  }

  private async read(RoleName: string): Promise<Role> {
    interface Found {
      Role: { AssumeRolePolicyDocument: string; PermissionsBoundary?: { PermissionsBoundaryArn: string } };
    }
    const { Role } = await this.iam<Found>("GetRole", { RoleName });
    const inline = await this.iam<{ PolicyNames?: { member?: string[] } }>("ListRolePolicies", { RoleName });
    const attached = await this.iam<{ AttachedPolicies?: { member?: { PolicyArn: string }[] } }>(
      "ListAttachedRolePolicies",
      { RoleName },
    );
    const boundary = Role.PermissionsBoundary?.PermissionsBoundaryArn;
    return {
      trust: document(Role.AssumeRolePolicyDocument),
      policies: await Promise.all([
        ...(inline.PolicyNames?.member ?? []).map(async (PolicyName) => {
          const found = await this.iam<{ PolicyDocument: string }>("GetRolePolicy", { RoleName, PolicyName });
          return document(found.PolicyDocument);
        }),
        ...(attached.AttachedPolicies?.member ?? []).map(({ PolicyArn }) => this.managed(PolicyArn)),
      ]),
      boundary: boundary === undefined ? undefined : await this.managed(boundary),
    };
  }

  private async managed(PolicyArn: string): Promise<Policy> {
    const { Policy } = await this.iam<{ Policy: { DefaultVersionId: string } }>("GetPolicy", { PolicyArn });
    const { PolicyVersion } = await this.iam<{ PolicyVersion: { Document: string } }>("GetPolicyVersion", {
      PolicyArn,
      VersionId: Policy.DefaultVersionId,
    });
    return document(PolicyVersion.Document);
  }

  private async iam<T>(action: string, input: Record<string, string>): Promise<T> {
    return await this.aws.query<T>("iam", VERSION, action, input);
  }
}

/** IAM answers documents percent-encoded. */
function document(text: string): Policy {
  return JSON.parse(text.startsWith("%") ? decodeURIComponent(text) : text) as Policy;
}
