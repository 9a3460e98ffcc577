import type { Surroundings } from "../service";
import type { Permission, Scope } from "./scope";

/** What credentials that GetDataAccess vended are good for. */
export interface VendedSession {
  readonly scope: Scope;
  readonly permission: Permission;
  readonly expiration: Date;
}

/** The directory user behind an identity-aware role session (sts:SetContext). */
export interface DirectoryIdentity {
  readonly userId: string;
  readonly groupIds: readonly string[];
  /** The Identity Center application that the session came through. */
  readonly applicationArn?: string;
}

/** What is known of sessions by their access key, beyond what STS says of them. */
export class Sessions {
  readonly vended = new Map<string, VendedSession>();
  readonly directory = new Map<string, DirectoryIdentity>();
}

const kept = new WeakMap<Surroundings, Sessions>();

/** The sessions of one sandbox: what S3 Access Grants vends, S3 confines. */
export function sessionsOf(surroundings: Surroundings): Sessions {
  const sessions = kept.get(surroundings) ?? new Sessions();
  kept.set(surroundings, sessions);
  return sessions;
}
