import type { Caller } from "../service";
import type { Access } from "./access";

/** What a role did, or was refused, by IAM's names; each once. */
export interface RoleAccess {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  readonly outcome: "allowed" | "refused";
}

/** Everything that roles did or were refused. The call log has operations; this has the permissions that they took. */
export class AccessLog {
  private readonly accesses = new Map<string, RoleAccess>();

  add({ roleArn }: Caller, { action, resource }: Access, outcome: RoleAccess["outcome"]): void {
    if (roleArn === undefined) return;
    this.accesses.set([roleArn, action, resource, outcome].join(" "), { roleArn, action, resource, outcome });
  }

  get all(): readonly RoleAccess[] {
    return [...this.accesses.values()];
  }
}
