import type { Permission, Scope } from "./scope";

/** The ARN of the instance of an account and Region; there is at most one, and it is always named `default`. */
export function instanceArn(account: string, region: string): string {
  return `arn:aws:s3:${region}:${account}:access-grants/default`;
}

export interface Grantee {
  readonly GranteeType: "IAM" | "DIRECTORY_USER" | "DIRECTORY_GROUP";
  readonly GranteeIdentifier: string;
}

export interface Location {
  readonly CreatedAt: Date;
  readonly AccessGrantsLocationId: string;
  readonly AccessGrantsLocationArn: string;
  readonly LocationScope: string;
  readonly IAMRoleArn: string;
}

export interface Grant {
  readonly CreatedAt: Date;
  readonly AccessGrantId: string;
  readonly AccessGrantArn: string;
  readonly Grantee: Grantee;
  readonly Permission: Permission;
  readonly AccessGrantsLocationId: string;
  readonly AccessGrantsLocationConfiguration?: { readonly S3SubPrefix: string };
  readonly GrantScope: string;
  readonly ApplicationArn?: string;
  /** `GrantScope`, parsed. */
  readonly scope: Scope;
}

export interface IdentityCenter {
  readonly IdentityCenterInstanceArn: string;
  readonly IdentityCenterApplicationArn: string;
}

export interface Policy {
  readonly Policy: string;
  readonly Organization?: string;
  readonly CreatedAt: Date;
}

/** The one instance of an account and Region with all that hangs on it. */
export class Instance {
  readonly arn: string;
  readonly locations = new Map<string, Location>();
  readonly grants = new Map<string, Grant>();
  /** Tags by ARN: those of the instance, its locations and its grants. */
  readonly tags = new Map<string, Map<string, string>>();
  identityCenter?: IdentityCenter;
  policy?: Policy;

  constructor(
    account: string,
    region: string,
    readonly createdAt: Date,
  ) {
    this.arn = instanceArn(account, region);
  }
}
